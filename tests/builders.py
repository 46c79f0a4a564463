"""Small stores for tests: rows as dicts in the contract's shape, published by the product's own build."""

from pathlib import Path

import duckdb
import polars as pl

from data.access import Viewer
from data.contract import TABLES
from data.imports.frames import create_staged_table, publish_frames
from data.journal import LOCAL_EMAIL, Journal
from data.store import Store
from queries.runner import Ask, asker

EVERYBODY = Viewer(LOCAL_EMAIL, "Manager", "manager", None)


def frame(table: str, rows: list[dict]) -> pl.DataFrame:
    """Rows of a contract table as a typed frame; columns that a row leaves out are null."""
    with duckdb.connect() as con:
        con.execute("create schema staged")
        con.execute(create_staged_table(TABLES[table]))
        for row in rows:
            names = ", ".join(row)
            marks = ", ".join("?" for _name in row)
            con.execute(f"insert into staged.{table} ({names}) values ({marks})", list(row.values()))
        return con.sql(f"select * exclude (source_key) from staged.{table}").pl()


def make_store(folder: Path, **tables: list[dict] | pl.DataFrame) -> Store:
    """A store with one generation of these contract tables (lists of dicts or frames)."""
    store = Store.at(folder)
    Journal(store.journal_path)
    frames = {name: rows if isinstance(rows, pl.DataFrame) else frame(name, rows) for name, rows in tables.items()}
    publish_frames(store, frames, sender="test")
    return store


def ask_as(store: Store, viewer: Viewer = EVERYBODY) -> Ask:
    """`ask` over the store's current generation as this viewer."""
    return asker(store.reader(), viewer)


def lines(*rows: tuple) -> list[dict]:
    """Order lines from short tuples (sold_on, account_id, product_id, quantity, net_amount[, cost_amount])."""
    names = ("sold_on", "account_id", "product_id", "quantity", "net_amount", "cost_amount")
    return [
        {"transaction_id": str(number), "order_id": f"order {number}"} | dict(zip(names, row, strict=False))
        for number, row in enumerate(rows, start=1)
    ]
