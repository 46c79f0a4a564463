"""Stores of any size for measuring, generated inside DuckDB and published by the product's own build.

A beer distribution: 2,000 distributors that each carry 25 of 120 products, 3,000 customers-to-be, 12 regions, 60 salespeople, four years,
300,000 deals of which 23,000 are open, 64,000 scores. More lines never mean more accounts, products or months, so that two sizes differ in
nothing but their order lines.
"""

import hashlib
import shutil
from pathlib import Path

import duckdb

from data.contract import TABLES
from data.imports.build import MARTS, SCHEMA, build_generation
from data.imports.frames import REJECTED_ROWS, SOURCES, create_staged_table
from data.journal import Journal
from data.store import Store

FOLDER = Path(".cache/bench")
STAGED = Path(__file__).parent / "staged.sql"
PIPELINE = Path(__file__).parent / "pipeline.sql"
LINES = Path(__file__).parent / "lines.sql"
MEMORY_LIMIT = "3GB"


def store_of(lines: int) -> Store:
    """The store with that many order lines; made at first, kept in .cache/bench."""
    store = Store.at(FOLDER / f"store-{lines}-{_recipe()}")
    if store.current() is None:
        shutil.rmtree(store.root, ignore_errors=True)
        Journal(store.journal_path)
        _build(store, lines)
    return store


def _recipe() -> str:
    """Short digest of everything that a store is made by: another layout is another store."""
    texts = (path.read_bytes() for path in (STAGED, PIPELINE, LINES, SCHEMA, *sorted(MARTS.glob("*.sql"))))
    return hashlib.sha256(b"".join(texts)).hexdigest()[:8]


def csv_of(lines: int) -> Path:
    """A folder with accounts, products and that many order lines as CSV, as a company would export them."""
    folder = FOLDER / f"csv-{lines}"
    if not (folder / "done").exists():
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        with duckdb.connect() as con:
            _stage(con, lines)
            _write_csv(con, folder)
        (folder / "done").touch()
    return folder


def _write_csv(con: duckdb.DuckDBPyConnection, folder: Path) -> None:
    accounts = "select account_id, account, kind, region_id, salesperson_id, channel from staged.accounts"
    products = "select product_id, product, category, brand, unit_volume, list_price from staged.products"
    lines = """select transaction_id, order_id, sold_on, account_id, product_id, salesperson_id, quantity::integer as quantity,
        net_amount::decimal(18, 2) as net_amount, cost_amount::decimal(18, 2) as cost_amount from staged.transactions"""
    for name, query in (("accounts", accounts), ("products", products), ("transactions", lines)):
        con.execute(f"copy ({query}) to '{folder / name}.csv' (header)")


def _build(store: Store, lines: int) -> None:
    work = store.work_folder / "bench.duckdb"
    con = duckdb.connect(str(work))
    try:
        con.execute(f"set threads = 2; set memory_limit = '{MEMORY_LIMIT}'; set enable_progress_bar = false")
        _stage(con, lines)
        build_generation(con, store)
    finally:
        con.close()
        shutil.rmtree(store.work_folder)


def _stage(con: duckdb.DuckDBPyConnection, lines: int) -> None:
    """Fill the schema `staged`. The order lines are a view, as they are in an import: their text is made when the build reads it."""
    con.execute("create schema staged")
    con.execute(SOURCES)
    con.execute(REJECTED_ROWS)
    for table in TABLES.values():
        if table.name != "transactions":
            con.execute(create_staged_table(table))
    for beside_lines in (STAGED, PIPELINE):
        con.execute(beside_lines.read_text(encoding="utf-8"))
    con.execute(LINES.read_text(encoding="utf-8").replace("$lines", str(lines)))
