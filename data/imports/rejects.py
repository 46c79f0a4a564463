"""Rejected rows as CSV: their own columns as they came, with file, row and reasons, ready to be mended and sent again."""

import csv
import json
from collections.abc import Iterator, Sequence
from typing import TextIO

import duckdb

from data.errors import StoreMissing
from data.imports.result import reason_text
from data.language import LANGUAGES, _, mark, translated
from data.store import Store

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
BATCH = 10_000
ADDED_HEADINGS = (mark("file"), mark("row"), mark("table"), mark("reasons"), mark("detail"))
"""What stands behind the rejected row's own columns."""


def is_rejects_file(header: Sequence[str]) -> bool:
    """Whether a file's last headings are those of a download of rejected rows, in any language."""
    return any(tuple(header[-len(ADDED_HEADINGS) :]) == tuple(translated(text, code) for text in ADDED_HEADINGS) for code in LANGUAGES)


def write(store: Store, file: TextIO, table: str | None = None) -> int:
    """Write the current generation's rejected rows (of one table) and return how many. Raises StoreMissing without a store."""
    path = store.current_path()
    if path is None:
        raise StoreMissing(
            _("There is no data yet"), _("The store {folder} is empty.").format(folder=store.root), _("Import files first: python -m data import PATH")
        )
    con = duckdb.connect()
    try:
        con.execute("attach '" + str(path).replace("'", "''") + "' as store (read_only)")
        return _write(con, file, table)
    finally:
        con.close()


def _write(con: duckdb.DuckDBPyConnection, file: TextIO, table: str | None) -> int:
    condition = "($table is null or table_name = $table)"
    headings = con.execute(
        f"select distinct unnest(json_keys(row_json::json)) as heading from store.rejected_rows where {condition}", {"table": table}
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
    firsts = con.execute(f"select arg_min(row_json, row_number) from store.rejected_rows where {condition} group by table_name", {"table": table})
    ordered = [heading for (text,) in firsts.fetchall() for heading in json.loads(text)]
    return list(dict.fromkeys([*ordered, *sorted(known)]))


def _rows(con: duckdb.DuckDBPyConnection, condition: str, table: str | None) -> Iterator[tuple]:
    result = con.execute(
        f"""select row_json, file_name, row_number, table_name, reasons, detail from store.rejected_rows
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
