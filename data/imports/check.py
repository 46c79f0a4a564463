"""Checks: which rows cannot be loaded, and why. Everything is set-based: one pass finds which checks fail at all, and only
those are looked at again. A row may fail several checks: it is one rejected row with several reasons.
"""

from collections.abc import Iterable
from datetime import date, timedelta

import duckdb

from data.imports import dates, quoting, totals
from data.imports.frames import EXACT, sql_type
from data.imports.part import Part
from data.imports.shape import Field, Shaper

REFUSED_REFERENCES = {"accounts": "unknown_account", "products": "unknown_product", "opportunities": "unknown_opportunity"}
"""Parents that must exist. Regions, salespeople and programmes are inferred instead (contract.INFERRED)."""
KEPT_AS_TEXT = ("parent_account_id",)
"""References that are kept although nothing is found behind them; a notice counts them."""

MONTH_AHEAD, DAY_AHEAD = 31, 1
"""Days after the import. A month covers orders entered for their delivery day; a day covers clocks that differ."""
FACT_DAYS = {
    "transactions": ("sold_on", MONTH_AHEAD), "activities": ("happened_on", MONTH_AHEAD), "wallet": ("month", MONTH_AHEAD),
    "opportunities": ("created_on", DAY_AHEAD), "stage_events": ("entered_on", DAY_AHEAD), "prospect_scores": ("scored_on", DAY_AHEAD),
}  # fmt: skip
"""Days on which something happened, and how far ahead of the import they may lie: the latest is the "today" of every page or of the pipeline's
pages, and one slip of a year would move them. Plans, targets, dues and expected closes may lie ahead."""
LARGEST = "999999999999.9999"
"""The largest amount or quantity of one row: a hundred such rows still add up within the store's decimals."""


def import_day() -> date:
    """The day of the import."""
    return date.today()


def find_bad_values(con: duckdb.DuckDBPyConnection, part: Part, shaper: Shaper) -> None:
    """Write the part's missing, unreadable and out-of-range values to its table of errors."""
    checks = [check for found in part.fields for check in _checks(found, part, shaper)]
    checks += [*_one_of(part), *totals.checks(part)]
    if not checks:
        return
    counts = ", ".join(f"count(*) filter (where {test})::bigint" for _code, test, _name, _text in checks)
    found = con.execute(f"select {counts} from {part.rows} where {part.condition}").fetchall()[0]
    for (code, test, name, text), rows in zip(checks, found, strict=True):
        if rows:
            _note(con, part, code, test, name, text)


Check = tuple[str, str, str, str]
"""Reason code (an expression), the test of a bad row, the column's name, the text shown for it."""


def _note(con: duckdb.DuckDBPyConnection, part: Part, code: str, test: str, name: str, text: str) -> None:
    part.has_bad = True
    con.execute(
        f"insert into {part.bad} select r.rowid, {code}, {quoting.text(name)}, ({text})::varchar "
        f"from {part.rows} where {part.condition} and {test}"
    )


def _checks(found: Field, part: Part, shaper: Shaper) -> Iterable[Check]:
    column, text, value = found.column, found.text, found.value
    present = shaper.present(found)
    if column.required:
        yield quoting.text("missing_value"), f"(({present}) is not true)", column.name, "null"
    if column.kind not in ("id", "text"):
        yield _unreadable(found), f"({present}) and ({value}) is null", column.name, text
    limits = [f"({value}) {sign} {limit}" for sign, limit in (("<", column.minimum), (">", column.maximum)) if limit is not None]
    if sql_type(column) == EXACT:
        limits.append(f"abs({value}) > {LARGEST}::{EXACT}")
    if limits:
        yield quoting.text("out_of_range"), f"({' or '.join(limits)})", column.name, text
    day, ahead = FACT_DAYS.get(part.table.name, (None, 0))
    if day == column.name:
        yield quoting.text("future_date"), f"({value}) > date '{import_day() + timedelta(days=ahead)}'", column.name, text


def _unreadable(found: Field) -> str:
    """The reason code of a value that could not be read, as an expression over its text."""
    kind, text = found.column.kind, found.text
    if kind in ("date", "month"):
        like_a_date = " or ".join(dates.test(form, text) for form in dates.PATTERNS)
        return f"case when {like_a_date} then 'impossible_date' else 'not_a_date' end"
    if kind in ("money", "number"):
        like_a_number = f"regexp_full_match({text}, '[-+]?[0-9]{{14,}}([.,][0-9]*)?')"
        return f"case when {like_a_number} then 'out_of_range' else 'not_a_number' end"
    return quoting.text({"choice": "unknown_choice", "flag": "not_a_flag"}[kind])


def _one_of(part: Part) -> Iterable[Check]:
    names = part.table.one_of
    if not names:
        return
    found = [part.field(name) for name in names]
    texts = [item.text for item in found if item]
    test = " and ".join(f"({text}) is null" for text in texts) or "true"
    yield quoting.text("missing_value"), f"({test})", " / ".join(names), "null"


def find_unknown_references(con: duckdb.DuckDBPyConnection, part: Part, known: dict[str, str]) -> None:
    """Note the rows whose account, product or opportunity nobody lists. `known` is table → a query of its ids."""
    for found in part.fields:
        parent = found.column.refers_to
        if parent not in known or found.column.name in KEPT_AS_TEXT:
            continue
        value = found.value
        con.execute(
            f"create or replace temp table unknown_ids as select id from (select distinct ({value}) as id from {part.rows} "
            f"where {part.condition}) where id is not null and id not in ({known[parent]})"
        )
        if con.execute("select count(*) from unknown_ids").fetchall()[0][0]:
            _note(con, part, quoting.text(REFUSED_REFERENCES[parent]), f"({value}) in (select id from unknown_ids)", found.column.name, found.text)


def find_duplicates(con: duckdb.DuckDBPyConnection, parts: list[Part], previous: str | None, *, within_file: bool = False) -> None:
    """Note the rows whose key an earlier row of this import, or a kept row of the store, already has.

    Rows with another error claim no key. `previous` is a query of (the key's columns, file) of the rows that stay. Keys are
    compared as 64-bit hashes first, which finds in seconds that ten million are all different; only hits are compared as such.
    With `within_file` a key may come once per file: later files update it.
    """
    if not parts or not parts[0].table.key:
        return
    keys = [_key(part, within_file=within_file) for part in parts]
    if len(parts) == 1 and _all_rising(con, parts[0], previous):
        return
    hashed = [f"select hash({key}) as h {part.good}" for part, key in zip(parts, keys, strict=True)]
    if previous:
        hashed.append(f"select hash({_previous_key(parts[0])}) as h from ({previous})")
    con.execute(
        f"create or replace temp table hit_keys as select h from ({' union all '.join(hashed)}) group by h having count(*) > 1"
    )
    if con.execute("select count(*) from hit_keys").fetchall()[0][0]:
        _note_duplicates(con, parts, keys, previous)


def _all_rising(con: duckdb.DuckDBPyConnection, part: Part, previous: str | None) -> bool:
    """Whether each id is greater than the one before it, and all greater than the store's: then all differ, at a tenth of the cost."""
    if len(part.table.key) > 1 or not part.field(part.table.key[0]):
        return False
    value = f"({part.field(part.table.key[0]).value})"
    falls, lowest = con.execute(
        f"select count(*) filter (where falls), min(id) from (select {value} as id, {value} <= lag({value}) over () as falls {part.good})"
    ).fetchall()[0]
    if falls or not previous:
        return not falls
    highest = con.execute(f"select max({part.table.key[0]}) from ({previous})").fetchall()[0][0]
    return highest is None or lowest is None or lowest > highest


def _key(part: Part, *, within_file: bool) -> str:
    fields = (part.field(name) for name in part.table.key)
    values = [f"({found.value})::varchar" if found else "null::varchar" for found in fields]
    return ", ".join([*values, "r.file_index::varchar"] if within_file else values)


def _previous_key(part: Part) -> str:
    return ", ".join(f"({name})::varchar" for name in part.table.key)


def _note_duplicates(con: duckdb.DuckDBPyConnection, parts: list[Part], keys: list[str], previous: str | None) -> None:
    queries = [
        f"select {position} as part, r.rowid as rid, {_file_name(part)} as file, [{key}] as k {part.good} "
        f"and hash({key}) in (select h from hit_keys)"
        for position, (part, key) in enumerate(zip(parts, keys, strict=True))
    ]
    if previous:
        columns = _previous_key(parts[0])
        queries.append(f"select -1, 0, file, [{columns}] from ({previous}) where hash({columns}) in (select h from hit_keys)")
    con.execute(
        f"""create or replace temp table duplicates as
        select part, rid, k, first_value(file) over w as first_file, row_number() over w as place
        from ({" union all ".join(queries)}) window w as (partition by k order by part, rid)"""
    )
    names = parts[0].table.key
    for position, part in enumerate(parts):
        part.has_bad = True
        con.execute(
            f"insert into {part.bad} select rid, 'duplicate_id', {quoting.text(', '.join(names))}, "
            f"array_to_string(k[:{len(names)}], ' | ') || ' ← ' || first_file from duplicates where place > 1 and part = {position}"
        )


def _file_name(part: Part) -> str:
    names = quoting.texts(file.source.name for file in part.raw.files)
    return f"([{names}][r.file_index + 1])"
