"""Lists that nobody brings: accounts and products out of the order lines, one per id, until a file of their own gives them names.

Once the store holds a list that came as a file of its own, an id that it does not know is an error again, and its line is rejected.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import duckdb

from data.contract import TABLES
from data.contract.table_words import table_text
from data.imports import matching
from data.imports.mapping_parts import Section, Source
from data.imports.plan import Assigned
from data.language import _

LINES = "transactions"
LISTS = ("accounts", "products")
"""The tables without which no line can be loaded."""
TELL_A_LINE = ("sold_on", "product_id")
"""What every line holds; a subtotal between the lines names its customer, but no day or no product."""


def with_lists(con: duckdb.DuckDBPyConnection, has_previous: bool, assigned: Sequence[Assigned]) -> tuple[list[Assigned], list[str]]:
    """The files with sections for the lists that neither they nor the store bring, and a sentence on those."""
    brought = {section.table for item in assigned for section in item.sections}
    lacking = [table for table in LISTS if table not in brought and not (has_previous and _is_listed(con, table))] if LINES in brought else []
    said = _("No file lists {tables}: they are taken from the lines, one per id, until a list comes. From then on an id that no list knows is rejected.")
    notices = [said.format(tables=", ".join(map(table_text, lacking)))] if lacking else []
    return [replace(item, sections=(*_derived(item, lacking), *item.sections)) for item in assigned], notices


def _is_listed(con: duckdb.DuckDBPyConnection, table: str) -> bool:
    """Whether the store's table came in a file that does not hold order lines too."""
    query = """select count(*) from previous.sources as listed where table_name = $table and not exists (
        from previous.sources as lines
        where lines.table_name = $lines and lines.sender = listed.sender and lines.file_name = listed.file_name)"""
    return con.execute(query, {"table": table, "lines": LINES}).fetchall()[0][0] > 0


def _derived(item: Assigned, lacking: Sequence[str]) -> list[Section]:
    lines = [section for section in item.sections if section.table == LINES]
    return [_section(table, section, item.file.header) for section in lines for table in lacking]


def _section(table: str, lines: Section, header: Sequence[str]) -> Section:
    """One row per id of the lines, with the texts that the lines do not use themselves; the id is the name where there is none."""
    key, name = TABLES[table].required_columns
    free = [heading for heading in header if heading not in lines.needed]
    found = {other: matching.match_table(TABLES[other], free).columns for other in LISTS}
    elsewhere = {heading for other in LISTS if other != table for heading in found[other].values()}
    told = {
        column: Source(columns=(heading,))
        for column, heading in found[table].items()
        if heading not in elsewhere and (TABLES[table].column[column].kind == "text" or column == "region_id")
    }
    source = lines.columns[key]
    named = replace(told[name], otherwise=source) if name in told else source
    return of_lines(replace(lines, table=table, columns=told | {key: source, name: named}, distinct=True), lines.columns)


def of_lines(derived: Section, lines: Mapping[str, Source]) -> Section:
    """The section of a list that is taken from lines with these columns, without the rows that are none."""
    told = (lines[name] for name in TELL_A_LINE if name in lines)
    cells = [source.columns[0] for source in told if source == Source(columns=source.columns)]
    return replace(derived, present=tuple(dict.fromkeys([*derived.present, *cells])))
