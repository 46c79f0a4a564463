"""A part: one section of a mapping applied to one raw table; its rows, its fields, and the rows that it must leave out.

A part of a derived table (distinct) first folds the raw rows by their key: the last value that is not empty wins.
"""

from dataclasses import dataclass, field

import duckdb

from data.contract import TABLES, Table
from data.imports import quoting, read
from data.imports.frames import sql_type
from data.imports.mapping_parts import Section
from data.imports.shape import Field, Shaper


@dataclass
class Part:
    """Rows of one contract table out of one raw table. `rows` is the from-clause (alias r), `condition` picks among them."""

    number: int
    section: Section
    raw: read.Raw
    fields: tuple[Field, ...]
    rows: str
    condition: str = "true"
    origin: str = "r.rowid"
    source_keys: dict[int, int] = field(default_factory=dict)
    has_bad: bool = False

    @property
    def table(self) -> Table:
        """The contract's table."""
        return TABLES[self.section.table]

    @property
    def bad(self) -> str:
        """The table of this part's errors: (rid, code, column_name, value)."""
        return f"bad_{self.number}"

    @property
    def source_key(self) -> str:
        """The expression of the file's key in the store."""
        if len(self.source_keys) == 1:
            return f"{next(iter(self.source_keys.values()))}::integer"
        keys = ", ".join(str(self.source_keys.get(index, 0)) for index in range(len(self.raw.files)))
        return f"([{keys}][r.file_index + 1])::integer"

    @property
    def good(self) -> str:
        """from … where …: the rows without an error."""
        without_bad = f" and r.rowid not in (select rid from {self.bad})" if self.has_bad else ""
        return f"from {self.rows} where {self.condition}{without_bad}"

    def selected(self) -> str:
        """The good rows as the store keeps them: every contract column, null where the file has none, and source_key."""
        return f"select {self.stored_columns()}, {self.source_key} as source_key {self.good}"

    def stored_columns(self) -> str:
        """The contract's columns with their types."""
        values = {found.column.name: found.value for found in self.fields}
        return ", ".join(
            f"{values.get(column.name, f'null::{sql_type(column)}')} as {quoting.name(column.name)}" for column in self.table.columns
        )

    def field(self, name: str) -> Field | None:
        """The field of a column, or None where the file has none."""
        return next((found for found in self.fields if found.column.name == name), None)


def make(con: duckdb.DuckDBPyConnection, number: int, section: Section, shaper: Shaper, wanted: set[int]) -> Part:
    """The part of a section. `wanted` are the indexes of the raw table's files that are to be loaded."""
    raw = shaper.raw
    table = TABLES[section.table]
    fields = shaper.fields(table, section)
    condition = _condition(section, shaper, wanted)
    part = Part(number, section, raw, fields, shaper.joined(), condition)
    if section.distinct:
        part = _folded(con, part, shaper)
    con.execute(f"create or replace table {part.bad} (rid bigint, code varchar, column_name varchar, value varchar)")
    return part


def _condition(section: Section, shaper: Shaper, wanted: set[int]) -> str:
    raw = shaper.raw
    tests = [f"lower({shaper.cell(heading)}) in ({quoting.texts(value.lower() for value in values)})" for heading, values in section.where]
    tests += [
        f"coalesce(lower({shaper.cell(heading)}) not in ({quoting.texts(value.lower() for value in values)}), true)"
        for heading, values in section.without
    ]
    tests += [f"{shaper.cell(heading)} is not null" for heading in section.present]
    if len(wanted) < len(raw.files):
        tests.append(f"r.file_index in ({', '.join(map(str, sorted(wanted)))})")
    if raw.has_empty_rows:
        tests.append(f"({' or '.join(f'r.c{place} is not null' for place in range(len(raw.header)))})")
    return " and ".join(tests) or "true"


def _folded(con: duckdb.DuckDBPyConnection, part: Part, shaper: Shaper) -> Part:
    """Fold rows of one key into one: of each text the last that is not empty. Rows without a key belong to no row."""
    name = f"folded_{part.number}"
    keys = [found for found in part.fields if found.column.name in part.table.key]
    has_key = " and ".join(f"({found.value}) is not null" for found in keys)
    columns = ", ".join(
        f"arg_max({text}, r.rowid) as t{place}_{choice}, arg_max({value}, r.rowid) as v{place}_{choice}"
        for place, found in enumerate(part.fields)
        for choice, (text, value) in enumerate(found.ways)
    )
    con.execute(
        f"create or replace table {name} as select max(r.rowid) as origin, arg_max(r.file_index, r.rowid) as file_index, {columns} "
        f"from {part.rows} where {part.condition} and {has_key} group by {', '.join(f'({found.value})' for found in keys)} order by origin"
    )
    fields = tuple(
        Field(found.column, tuple((f"r.t{place}_{choice}", f"r.v{place}_{choice}") for choice in range(len(found.ways))))
        for place, found in enumerate(part.fields)
    )
    return Part(part.number, part.section, part.raw, fields, f"{name} as r", "true", "r.origin")
