"""Rejected rows as CSV: their own columns as they came, with file, row and reasons, ready to be mended and sent again."""

import csv
import json
from collections.abc import Iterable, Iterator, Sequence
from typing import TextIO

import duckdb
import polars as pl

from data.errors import StoreMissing
from data.imports import quoting
from data.imports.result import reason_text
from data.language import LANGUAGES, _, mark, translated
from data.store import Store

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
BATCH = 10_000
COLUMNS = "row_json, file_name, row_number, table_name, reasons, detail"
ADDED_HEADINGS = (mark("file"), mark("row"), mark("table"), mark("reasons"), mark("detail"))
"""What stands behind the rejected row's own columns."""


def is_rejects_file(header: Sequence[str]) -> bool:
    """Whether a file's last headings are those of a download of rejected rows, in any language."""
    return any(tuple(header[-len(ADDED_HEADINGS) :]) == tuple(translated(text, code) for text in ADDED_HEADINGS) for code in LANGUAGES)


def write(store: Store, file: TextIO, table: str | None = None) -> int:
    """Write the rejected rows (of one table) of the current generation and of the latest import, if it rejected all of its rows; return how many.

    Raises StoreMissing where there is neither.
    """
    path, kept = store.current_path(), store.rejected_path
    if path is None and not kept.exists():
        raise StoreMissing(
            _("There is no data yet"), _("The store {folder} is empty.").format(folder=store.root), _("Import files first: python -m data import PATH")
        )
    with duckdb.connect() as con:
        sources = [f"read_parquet({quoting.text(str(kept))})"] if kept.exists() else []
        if path:
            con.execute(f"attach {quoting.text(str(path))} as store (read_only)")
            sources.append("store.rejected_rows")
        con.execute(f"create temp view rejected as {' union all '.join(f'select {COLUMNS} from {source}' for source in sources)}")
        return _write(con, file, table)


def write_frame(rejected: pl.DataFrame, file: TextIO) -> int:
    """Write rejected rows that are no store's yet, as a preview found them; return how many."""
    with duckdb.connect() as con:
        con.register("rejected", rejected)
        return _write(con, file, None)


def keep(con: duckdb.DuckDBPyConnection, keys: Iterable[int], store: Store) -> None:
    """Keep the staged rejected rows of these sources beside the store, in place of those kept before."""
    partial = store.rejected_path.with_suffix(".partial")
    chosen = ", ".join(map(str, sorted(keys)))
    con.execute(f"copy (select * from staged.rejected_rows where source_key in ({chosen})) to {quoting.text(str(partial))} (format parquet)")
    partial.replace(store.rejected_path)


def forget(store: Store) -> None:
    """An import was published: what an earlier one rejected as a whole is waiting no more."""
    store.rejected_path.unlink(missing_ok=True)


def _write(con: duckdb.DuckDBPyConnection, file: TextIO, table: str | None) -> int:
    condition = "($table is null or table_name = $table)"
    headings = con.execute(
        f"select distinct unnest(json_keys(row_json::json)) as heading from rejected where {condition}", {"table": table}
    ).fetchall()
    columns = _in_file_order(con, {row[0] for row in headings}, condition, table)
    writer = csv.writer(file)
    writer.writerow([_safe(column) for column in (*columns, *map(_, ADDED_HEADINGS))])
    written = 0
    for row in _rows(con, condition, table):
        writer.writerow([_safe(value) for value in row_values(row, columns)])
        written += 1
    return written


def _in_file_order(con: duckdb.DuckDBPyConnection, known: set[str], condition: str, table: str | None) -> list[str]:
    """Headings in the order of the files' own columns: those of the first row of each table, then the rest."""
    firsts = con.execute(f"select arg_min(row_json, row_number) from rejected where {condition} group by table_name", {"table": table})
    ordered = [heading for (text,) in firsts.fetchall() for heading in json.loads(text)]
    return list(dict.fromkeys([*ordered, *sorted(known)]))


def _rows(con: duckdb.DuckDBPyConnection, condition: str, table: str | None) -> Iterator[tuple]:
    result = con.execute(
        f"""select {COLUMNS} from rejected
        where {condition} order by table_name, file_name, row_number""",
        {"table": table},
    )
    while rows := result.fetchmany(BATCH):
        yield from rows


def row_values(row: tuple, columns: list[str]) -> list[object]:
    """One line of the CSV: the source columns, then file, row, table, reasons in words, detail."""
    content, file, number, table, reasons, detail = row
    held = json.loads(content)
    return [*(held.get(column) for column in columns), file, number, table, "; ".join(reason_text(code) for code in reasons), detail]


def _safe(value: object) -> object:
    """Text that a spreadsheet would run as a formula gets an apostrophe; plain negative numbers stay as they are."""
    if not isinstance(value, str) or not value.startswith(FORMULA_STARTS):
        return value
    return value if _is_number(value) else f"'{value}"


def _is_number(text: str) -> bool:
    return text[:1] in "+-" and text[1:].replace(".", "", 1).replace(",", "", 1).isdigit()
