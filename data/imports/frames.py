"""Frames in the contract's shape → a generation, by the same build as an import. The demo and the tests come this way."""

import hashlib
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime

import duckdb
import polars as pl

from data.contract import TABLES, Column, Table
from data.imports.build import build_generation
from data.imports.ticker import Progress, silent
from data.store import Store

EXACT = "decimal(18, 4)"
"""The type of amounts and quantities: they add up exactly."""

SQL_TYPES: dict[str, str] = {
    "id": "varchar",
    "text": "varchar",
    "choice": "varchar",
    "date": "date",
    "month": "date",
    "money": EXACT,
    "number": "double",
    "flag": "boolean",
}
EXACT_NUMBERS = frozenset({"quantity"})

SOURCES = """create table staged.sources (
    source_key integer, sender varchar, file_name varchar, table_name varchar, sha256 varchar, mapping_name varchar,
    imported_at timestamp, rows_in bigint, rows_loaded bigint, rows_rejected bigint)"""
REJECTED_ROWS = """create table staged.rejected_rows (
    source_key integer, table_name varchar, file_name varchar, row_number bigint, reasons varchar[], detail varchar,
    row_json varchar)"""


def sql_type(column: Column) -> str:
    """The store's type of a contract column."""
    return EXACT if column.name in EXACT_NUMBERS else SQL_TYPES[column.kind]


def create_staged_table(table: Table) -> str:
    """The statement that makes a contract table's empty staged table."""
    columns = ", ".join(f"{column.name} {sql_type(column)}" for column in table.columns)
    return f"create table staged.{table.name} ({columns}, source_key integer)"


def publish_frames(
    store: Store,
    frames: Mapping[str, pl.DataFrame | Iterable[pl.DataFrame]],
    sender: str,
    progress: Progress = silent,
) -> int:
    """Publish frames (contract table → frame or chunks of one, contract columns, trusted) as the next generation.

    Missing tables and columns are empty. Returns the generation's number.
    """
    work = store.work_folder / f"frames-{datetime.now(UTC):%Y%m%d%H%M%S%f}.duckdb"
    con = duckdb.connect(str(work))
    try:
        con.execute("set threads = 2; set memory_limit = '3GB'; set enable_progress_bar = false")
        con.execute("create schema staged")
        con.execute(SOURCES)
        con.execute(REJECTED_ROWS)
        for source_key, table in enumerate(TABLES.values(), start=1):
            con.execute(create_staged_table(table))
            given = frames.get(table.name)
            if given is not None:
                _stage(con, table, [given] if isinstance(given, pl.DataFrame) else given, source_key, sender)
        return build_generation(con, store, progress)
    finally:
        con.close()
        work.unlink(missing_ok=True)
        work.with_suffix(".duckdb.wal").unlink(missing_ok=True)


def _stage(
    con: duckdb.DuckDBPyConnection, table: Table, chunks: Iterable[pl.DataFrame], source_key: int, sender: str
) -> None:
    rows = 0
    for chunk in chunks:
        names = [column.name for column in table.columns if column.name in chunk.columns]
        con.register("chunk", chunk.select(names).to_arrow())
        columns = ", ".join(names)
        con.execute(f"insert into staged.{table.name} ({columns}, source_key) select {columns}, {source_key} from chunk")
        con.unregister("chunk")
        rows += chunk.height
    digest = hashlib.sha256(f"{sender}/{table.name}/{rows}".encode()).hexdigest()
    con.execute(
        "insert into staged.sources values (?, ?, ?, ?, ?, null, now()::timestamp, ?, ?, 0)",
        [source_key, sender, f"{table.name} ({sender})", table.name, digest, rows, rows],
    )
