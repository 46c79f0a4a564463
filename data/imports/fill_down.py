"""Cells that stand only on a group's first row: an order's number, day and customer above its lines, or a merged cell.

    merged      a merged cell counts for all its rows; a number in it stays where it is, for it would be added up again
    said        a mapping's `fill_down` names the columns to fill; an empty one fills nothing, merged cells neither
    recognised  else an order's columns are filled where the pattern cannot be mistaken (`order_columns`)

What is filled is told, and what only may be meant so is asked about; nothing is filled in silence.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import duckdb

from data.contract import TABLES
from data.imports import quoting, read
from data.imports.mapping import Mapping
from data.imports.mapping_parts import Section
from data.language import _, format_number, ngettext

ENOUGH = 0.1
"""Of the rows at least this share must lack the order's number: fewer are gaps, not the rule of the file."""
NUMBERS = ("money", "number")


@dataclass(frozen=True)
class Roles:
    """Which headings of a file say what: `key` begins a group; `together` must be blank with it; `lines` must not."""

    key: str
    together: tuple[str, ...]
    lines: tuple[str, ...]
    others: tuple[str, ...]

    @property
    def headings(self) -> tuple[str, ...]:
        """Every heading that the decision looks at, each once."""
        return tuple(dict.fromkeys((self.key, *self.together, *self.lines, *self.others)))


@dataclass(frozen=True)
class Blanks:
    """Rows below the groups' first ones, where the key is blank. `below` and `above`: heading → values on those rows, and on the others."""

    rows: int
    blank: int
    starts_filled: bool
    each_once: bool
    below: dict[str, int]
    above: dict[str, int]


def roles(sections: Iterable[Section]) -> Roles | None:
    """The roles of the columns that order lines are read from; None where a file has no order's number or no lines."""
    lines = next((section for section in sections if section.table == "transactions"), None)
    plain = {name: source.columns[0] for name, source in lines.columns.items() if source.how == "column"} if lines else {}
    if not {"order_id", "sold_on", "account_id", "product_id"} <= plain.keys():
        return None
    day, product, numbers = plain["sold_on"], plain["product_id"], _numbers(sections)
    others = [heading for section in sections for heading in section.needed if heading not in (*numbers, product)]
    return Roles(plain["order_id"], (day,), (product,), tuple(dict.fromkeys(others)))


def order_columns(found: Blanks, roles_: Roles) -> tuple[str, ...]:
    """The columns that hold an order's values, its number first, where nothing else can be meant; else none.

    On enough rows number and day are blank, and the product is not; no number comes twice; every other column that is wholly
    blank on these rows is the order's. A column filled on some of them belongs to the lines.
    """
    fits = found.starts_filled and found.each_once and found.blank >= ENOUGH * found.rows > 0
    days = sum(found.below[heading] for heading in roles_.together)
    lines = min(found.below[heading] for heading in roles_.lines)
    if not fits or days or lines < (1 - ENOUGH) * found.blank:
        return ()
    return tuple(heading for heading in roles_.headings if not found.below[heading] and found.above[heading])


def headings_said(sections: Iterable[Section], mapping: Mapping) -> tuple[str, ...] | None:
    """The columns that a mapping fills down; None where it says nothing of it."""
    said = [section.fill_down for section in sections if section.fill_down is not None] or [mapping.fill_down]
    return None if None in said else tuple(dict.fromkeys(heading for headings in said for heading in headings))


def fill(con: duckdb.DuckDBPyConnection, raw: read.Raw, mapping: Mapping, sections: Sequence[Section]) -> list[str]:
    """Fill what is to be filled in a raw table, and say so."""
    said, asked = headings_said(sections, mapping), roles(sections)
    notices = [] if said == () or not sections else _fill_merged(con, raw, sections)
    found = _blanks(con, raw, asked) if asked and said is None else None
    wanted = order_columns(found, asked) if found else tuple(heading for heading in said or () if heading in raw.header)
    rows = _fill_below(con, raw, wanted, asked.key if asked else "") if wanted else 0
    if rows:
        notices.append(_filled(raw, wanted, rows))
    elif found and not wanted and found.starts_filled and found.each_once and found.blank >= ENOUGH * found.rows:
        notices.append(_asked(raw, asked.key, found))
    return notices


def _numbers(sections: Iterable[Section]) -> set[str]:
    """The source columns that hold amounts and quantities."""
    return {
        heading
        for section in sections
        for name, source in section.columns.items()
        if TABLES[section.table].column[name].kind in NUMBERS
        for heading in source.needed
    }


def _blank(raw: read.Raw, place: int, row: str = "r") -> str:
    column = f"{row}.c{place}"
    if raw.types[place] != "VARCHAR":
        return f"{column} is null"
    # Trimming ten million cells takes seconds: only where there are blanks to be trimmed.
    return f"coalesce({column}, '') = ''" if place in raw.clean else f"{quoting.trimmed(column)} is null"


def _has_value(raw: read.Raw, row: str = "r") -> str:
    """The test of a row that is more than a blank line."""
    return f"({' or '.join(f'{row}.c{place} is not null' for place in range(len(raw.header)))})"


def _blanks(con: duckdb.DuckDBPyConnection, raw: read.Raw, asked: Roles) -> Blanks | None:
    """How a raw table's key is blank; None where it never is, which one cheap pass tells."""
    key = raw.header.index(asked.key)
    if not con.execute(f"select count(*) from {raw.table} as r where {_blank(raw, key)} and {_has_value(raw)}").fetchone()[0]:
        return None
    places = {heading: raw.header.index(heading) for heading in asked.headings}
    held = ", ".join(
        f"count(*) filter (where {'' if on else 'not '}({_blank(raw, key)}) and not ({_blank(raw, place)}))"
        for on in (True, False)
        for place in places.values()
    )
    rows, blank, once, *counts = con.execute(
        f"""select count(*), count(*) filter (where {_blank(raw, key)}), count(distinct (r.file_index, r.c{key})) filter (where not ({_blank(raw, key)})), {held}
        from {raw.table} as r where {_has_value(raw)}"""
    ).fetchone()
    firsts = f"select min(rowid) from {raw.table} as r where {_has_value(raw)} group by file_index"
    late = con.execute(f"select count(*) from {raw.table} as r where rowid in ({firsts}) and {_blank(raw, key)}").fetchone()[0]
    below, above = counts[: len(places)], counts[len(places) :]
    return Blanks(rows, blank, not late, once == rows - blank, dict(zip(places, below, strict=True)), dict(zip(places, above, strict=True)))


def _fill_below(con: duckdb.DuckDBPyConnection, raw: read.Raw, headings: Sequence[str], key: str) -> int:
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


def _fill_merged(con: duckdb.DuckDBPyConnection, raw: read.Raw, sections: Sequence[Section]) -> list[str]:
    """Give the rows of merged cells their value, but numbers."""
    numbers, needed = _numbers(sections), {heading for section in sections for heading in section.needed}
    spans = [(index, *span) for index, file in enumerate(raw.files) for span in file.spans]
    filled: dict[str, int] = {}
    kept: list[str] = []
    for place in sorted({span[1] for span in spans}):
        heading = raw.header[place]
        if heading in numbers:
            kept.append(heading)
        elif heading in needed:
            filled[heading] = _fill_spans(con, raw, place, [span for span in spans if span[1] == place])
    return [*([_merged(raw, filled)] if any(filled.values()) else []), *([_once(raw, kept)] if kept else [])]


def _fill_spans(con: duckdb.DuckDBPyConnection, raw: read.Raw, place: int, spans: list[tuple[int, int, int, int]]) -> int:
    con.execute("create or replace temp table merged_spans (file_index integer, first_row bigint, last_row bigint)")
    con.executemany("insert into merged_spans values (?, ?, ?)", [(index, first, last) for index, _place, first, last in spans])
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


def _named(headings: Iterable[str]) -> str:
    return ", ".join(f"“{heading}”" for heading in headings)


def _filled(raw: read.Raw, headings: Sequence[str], rows: int) -> str:
    return ngettext(
        "{file}, {columns}: blank cells take the value above ({n} row). A mapping's fill_down can say otherwise.",
        "{file}, {columns}: blank cells take the value above ({n} rows). A mapping's fill_down can say otherwise.",
        rows,
    ).format(file=raw.shown, columns=_named(headings), n=format_number(rows))


def _asked(raw: read.Raw, heading: str, found: Blanks) -> str:
    return _(
        "{file}, {columns}: blank on {n} of {rows} rows. If blank means the value above, name the columns in a mapping's fill_down, or choose them on the Import page."
    ).format(file=raw.shown, columns=_named([heading]), n=format_number(found.blank), rows=format_number(found.rows))


def _merged(raw: read.Raw, filled: dict[str, int]) -> str:
    cells_ = sum(filled.values())
    return ngettext(
        "{file}, {columns}: a merged cell counts for all its rows ({n} cell filled). A mapping's fill_down can say otherwise.",
        "{file}, {columns}: a merged cell counts for all its rows ({n} cells filled). A mapping's fill_down can say otherwise.",
        cells_,
    ).format(file=raw.shown, columns=_named(heading for heading, rows in filled.items() if rows), n=format_number(cells_))


def _once(raw: read.Raw, headings: Sequence[str]) -> str:
    return _("{file}, {columns}: a number in a merged cell counts once, on its first row; the rows below it have none.").format(
        file=raw.shown, columns=_named(headings)
    )
