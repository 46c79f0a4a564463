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
from data.imports import blank_cells, fill_words
from data.imports.blank_cells import ENOUGH, Blanks
from data.imports.mapping import Mapping
from data.imports.mapping_parts import Section
from data.imports.read import Raw

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
    days = sum(found.below[heading] for heading in roles_.together)
    lines = min(found.below[heading] for heading in roles_.lines)
    if not found.may_be_groups or days or lines < (1 - ENOUGH) * found.blank:
        return ()
    return tuple(heading for heading in roles_.headings if not found.below[heading] and found.above[heading])


def headings_said(sections: Iterable[Section], mapping: Mapping) -> tuple[str, ...] | None:
    """The columns that a mapping fills down; None where it says nothing of it."""
    said = [section.fill_down for section in sections if section.fill_down is not None] or [mapping.fill_down]
    return None if None in said else tuple(dict.fromkeys(heading for headings in said for heading in headings))


def fill(con: duckdb.DuckDBPyConnection, raw: Raw, mapping: Mapping, sections: Sequence[Section]) -> list[str]:
    """Fill what is to be filled in a raw table, and say so."""
    said, asked = headings_said(sections, mapping), roles(sections)
    notices = [] if said == () or not sections else _fill_merged(con, raw, sections)
    found = blank_cells.counted(con, raw, asked.key, asked.headings) if asked and said is None else None
    wanted = order_columns(found, asked) if found else tuple(heading for heading in said or () if heading in raw.header)
    rows = blank_cells.fill_below(con, raw, wanted, asked.key if asked else "") if wanted else 0
    if rows:
        notices.append(fill_words.filled(raw, wanted, rows))
    elif found and not wanted and found.may_be_groups:
        notices.append(fill_words.asked(raw, asked.key, found))
    return notices


def _fill_merged(con: duckdb.DuckDBPyConnection, raw: Raw, sections: Sequence[Section]) -> list[str]:
    """Give the rows of merged cells their value, but numbers."""
    numbers, needed = _numbers(sections), {heading for section in sections for heading in section.needed}
    spans: dict[int, list[tuple[int, int, int]]] = {}
    for index, file in enumerate(raw.files):
        for place, first, last in file.spans:
            spans.setdefault(place, []).append((index, first, last))
    kept = [raw.header[place] for place in sorted(spans) if raw.header[place] in numbers]
    filled = {
        raw.header[place]: blank_cells.fill_spans(con, raw, place, spans[place])
        for place in sorted(spans)
        if raw.header[place] in needed - numbers
    }
    return [*([fill_words.merged(raw, filled)] if any(filled.values()) else []), *([fill_words.once(raw, kept)] if kept else [])]


def _numbers(sections: Iterable[Section]) -> set[str]:
    """The source columns that hold amounts and quantities."""
    return {
        heading
        for section in sections
        for name, source in section.columns.items()
        if TABLES[section.table].column[name].kind in NUMBERS
        for heading in source.needed
    }
