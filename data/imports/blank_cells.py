"""Blank cells of a raw table, in SQL over whole columns: how they are blank, and the values from above put into them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import duckdb

from data.imports import quoting, read

ENOUGH = 0.1
"""Of the rows at least this share must lack the key: fewer are gaps, not the rule of the file."""


@dataclass(frozen=True)
class Blanks:
    """Rows below the groups' first ones, where the key is blank. `below` and `above`: heading → values on those rows, and on the others."""

    rows: int
    blank: int
    starts_filled: bool
    each_once: bool
    below: dict[str, int]
    above: dict[str, int]

    @property
    def may_be_groups(self) -> bool:
        """Whether blank can mean "as above": enough rows are, the first one is not, and no key comes twice."""
        return self.starts_filled and self.each_once and self.blank >= ENOUGH * self.rows > 0


def counted(con: duckdb.DuckDBPyConnection, raw: read.Raw, key_heading: str, headings: Iterable[str]) -> Blanks | None:
    """How a raw table's key is blank; None where it never is, which one cheap pass tells."""
    key = raw.header.index(key_heading)
    unkeyed, filled_in = _blank(raw, key), _has_value(raw)
    if not con.execute(f"select count(*) from {raw.table} as r where {unkeyed} and {filled_in}").fetchone()[0]:
        return None
    places = {heading: raw.header.index(heading) for heading in headings}
    held = ", ".join(
        f"count(*) filter (where {side}({unkeyed}) and not ({_blank(raw, place)}))" for side in ("", "not ") for place in places.values()
    )
    rows, blank, keys, *counts = con.execute(
        f"""select count(*), count(*) filter (where {unkeyed}), count(distinct (r.file_index, r.c{key})) filter (where not ({unkeyed})), {held}
        from {raw.table} as r where {filled_in}"""
    ).fetchone()
    firsts = f"select min(rowid) from {raw.table} as r where {filled_in} group by file_index"
    late = con.execute(f"select count(*) from {raw.table} as r where rowid in ({firsts}) and {unkeyed}").fetchone()[0]
    below, above = counts[: len(places)], counts[len(places) :]
    return Blanks(rows, blank, not late, keys == rows - blank, dict(zip(places, below, strict=True)), dict(zip(places, above, strict=True)))


def fill_below(con: duckdb.DuckDBPyConnection, raw: read.Raw, headings: Sequence[str], key: str) -> int:
    """Give blank cells the nearest value above them in their file, and return how many rows changed.

    No value passes a row where a column named before it begins anew: an order without a salesperson does not get that of the one before.
    """
    ordered = sorted(headings, key=lambda heading: heading != key)
    places = [raw.header.index(heading) for heading in ordered]
    starts = ", ".join(
        f"count(*) filter (where {' or '.join(f'not ({_blank(raw, before)})' for before in places[:number])}) over rows_above as g{number}"
        for number in range(1, len(places))
    )
    groups = f"select r.rowid as rid, r.*{', ' + starts if starts else ''} from {raw.table} as r window rows_above as (partition by file_index order by rowid)"
    values = ", ".join(
        f"last_value(case when not ({_blank(raw, place)}) then r.c{place} end ignore nulls) over "
        f"(partition by r.file_index{f', r.g{number}' if number else ''} order by r.rid) as v{place}"
        for number, place in enumerate(places)
    )
    sets = ", ".join(f"c{place} = filled.v{place}" for place in places)
    changes = " or ".join(f"({_blank(raw, place, raw.table)} and filled.v{place} is not null)" for place in places)
    return con.execute(
        f"update {raw.table} set {sets} from (select r.rid, {values} from ({groups}) as r) as filled "
        f"where filled.rid = {raw.table}.rowid and ({changes}) and {_has_value(raw, raw.table)}"
    ).fetchone()[0]


def fill_spans(con: duckdb.DuckDBPyConnection, raw: read.Raw, place: int, spans: Sequence[tuple[int, int, int]]) -> int:
    """Give blank cells of a column the value on their span's first row: (file, first row, last row). Returns how many rows changed."""
    con.execute("create or replace temp table merged_spans (file_index integer, first_row bigint, last_row bigint)")
    con.executemany("insert into merged_spans values (?, ?, ?)", spans)
    return con.execute(
        f"""update {raw.table} set c{place} = held.value from (
            select span.file_index, start.first_rowid + span.first_row as first_rid, start.first_rowid + span.last_row as last_rid, r.c{place} as value
            from merged_spans as span
            inner join places_{raw.number} as start on start.file_index = span.file_index
            inner join {raw.table} as r on r.rowid = start.first_rowid + span.first_row
        ) as held
        where held.file_index = {raw.table}.file_index and {raw.table}.rowid > held.first_rid and {raw.table}.rowid <= held.last_rid
            and {_blank(raw, place, raw.table)} and held.value is not null and {_has_value(raw, raw.table)}"""
    ).fetchone()[0]


def _blank(raw: read.Raw, place: int, row: str = "r") -> str:
    """The test of a cell that holds nothing to be read."""
    column = f"{row}.c{place}"
    if raw.types[place] != "VARCHAR":
        return f"{column} is null"
    # Trimming ten million cells takes seconds: only where there are blanks to be trimmed.
    return f"coalesce({column}, '') = ''" if place in raw.clean else f"{quoting.trimmed(column)} is null"


def _has_value(raw: read.Raw, row: str = "r") -> str:
    """The test of a row that is more than a blank line."""
    return f"({' or '.join(f'{row}.c{place} is not null' for place in range(len(raw.header)))})"
