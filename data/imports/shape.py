"""Sources of a mapping → SQL expressions over a raw table: the text as written and the value as it is kept.

One `Shaper` works on one raw table. It recognises each column's format once, on all its values, collects what it recognised and
what it must ask, and joins the lookups that a section needs.
"""

from dataclasses import dataclass, field
from typing import NoReturn
from zlib import crc32

import duckdb

from data.contract import Column, Table
from data.errors import ImportRefused
from data.imports import cells, dates, formats, numbers, places, quoting, read
from data.imports.frames import sql_type
from data.imports.mapping import Mapping
from data.imports.mapping_parts import Lookup, Section, Source
from data.imports.result import Question, Recognised
from data.language import _

WHOLE = "whole"
"""A mapping's word for identifiers that a program wrote with decimals: 17850.0 is 17850."""


@dataclass(frozen=True)
class Field:
    """One column of a part, as expressions over the raw row r.

    `ways` are (text as written, value) of the source and of its alternatives; the first whose text is there counts.
    """

    column: Column
    ways: tuple[tuple[str, str], ...]

    @property
    def text(self) -> str:
        """The text as written, for messages."""
        texts = [text for text, _value in self.ways]
        return texts[0] if len(texts) == 1 else f"coalesce({', '.join(texts)})"

    @property
    def value(self) -> str:
        """The value as it is kept, null where it cannot be read."""
        *before, (_text, last) = self.ways
        cases = " ".join(f"when ({text}) is not null then {value}" for text, value in before)
        return f"case {cases} else {last} end" if cases else last


@dataclass
class Shaper:
    """Expressions over one raw table, seen through one mapping. `answers` are the page's words per source column."""

    con: duckdb.DuckDBPyConnection
    raw: read.Raw
    mapping: Mapping
    raws: tuple[read.Raw, ...] = ()
    answers: dict[str, str] = field(default_factory=dict)
    questions: list[Question] = field(default_factory=list)
    recognised: list[Recognised] = field(default_factory=list)
    _formats: dict[tuple[str, str, bool], formats.Format] = field(default_factory=dict)
    _joins: dict[str, str] = field(default_factory=dict)
    _needs_row_numbers: bool = False

    def fields(self, table: Table, section: Section) -> tuple[Field, ...]:
        """The fields of a section, in the contract's order."""
        self._joins, self._needs_row_numbers = {}, False
        return tuple(self._field(column, section) for column in table.columns if column.name in section.columns)

    def joined(self) -> str:
        """`raw_n as r` with the joins that the expressions need."""
        rows = places.row_number(self.raw.number, self.raw.has_shifts)[1] if self._needs_row_numbers else ""
        return f"{self.raw.table} as r{rows}{''.join(self._joins.values())}"

    def cell(self, heading: str) -> str:
        """The trimmed text of a source column, null where it is empty. Raises ImportRefused where a cell holds several values."""
        place = self.raw.header.index(heading)
        if self.raw.types[place] == read.NESTED:
            _refuse_nested(self.raw.shown, heading)
        return self.at(place)

    def at(self, place: int) -> str:
        """The trimmed text of the source column at a place (from 0), null where it is empty."""
        return f"r.c{place}" if place in self.raw.clean else cells.as_text(f"r.c{place}", self.raw.types[place])

    def _place(self, heading: str) -> str:
        return f"r.c{self.raw.header.index(heading)}"

    def _field(self, column: Column, section: Section) -> Field:
        ways = self._ways(section.columns[column.name], column, section)
        return Field(
            column, tuple((text, f"try_cast(({cells.within_limits(value, column)}) as {sql_type(column)})") for text, value in ways)
        )

    def _ways(self, source: Source, column: Column, section: Section) -> list[tuple[str, str]]:
        ways = [self._written(source, column, section)]
        if source.otherwise:
            ways += self._ways(source.otherwise, column, section)
        if source.default is not None:
            ways.append((quoting.text(source.default), cells.canonical(source.default, column)))
        return ways

    def _written(self, source: Source, column: Column, section: Section) -> tuple[str, str]:
        if source.how == "constant":
            return quoting.text(source.constant or ""), cells.canonical(source.constant or "", column)
        if source.how == "row_id":
            return self._row_id()
        if source.how == "multiply":
            return self._product(source, column, section)
        if source.how == "join":
            text = f" || {quoting.text(source.separator)} || ".join(self._text_of(heading, source, section) for heading in source.columns)
            return f"({text})", self._value(f"({text})", "", source, column, section)
        heading = source.columns[0]
        text = self._looked_up(cells.translated(self.cell(heading), source), source.lookup)
        return text, self._native(heading, source, column) or self._value(text, heading, source, column, section)

    def _text_of(self, heading: str, source: Source, section: Section) -> str:
        cell = self.cell(heading)
        return self._format(cell, heading, "id", None, section, Column(heading, "id")).sql(cell, "id")

    def _row_id(self) -> tuple[str, str]:
        self._needs_row_numbers = True
        number, _joins = places.row_number(self.raw.number, self.raw.has_shifts)
        stems = quoting.texts(file.source.name.rsplit(".", 1)[0] for file in self.raw.files)
        text = f"([{stems}][r.file_index + 1] || ':' || ({number}))"
        return text, text

    def _product(self, source: Source, column: Column, section: Section) -> tuple[str, str]:
        factor = Column(column.name, "money")
        texts, product = [], "1::decimal(18, 4)"
        for heading in source.columns:
            text, value = self._written(Source(columns=(heading,), format=source.format), factor, section)
            texts.append(text)
            product = f"try_cast({product} * try_cast({value} as decimal(18, 4)) as decimal(19, 8))"
        for constant in source.factors:
            product = f"try_cast({product} * {constant}::decimal(18, 8) as decimal(24, 10))"
        return f"({' || chr(32) || chr(215) || chr(32) || '.join(texts)})", product

    def _native(self, heading: str, source: Source, column: Column) -> str | None:
        """A typed column (Parquet, a sheet) that needs no reading, or None."""
        if source.lookup or source.values or source.empty:
            return None
        kind = self.raw.types[self.raw.header.index(heading)].split("(")[0]
        place = self._place(heading)
        if column.kind in ("money", "number") and kind not in ("VARCHAR", "DATE", "TIMESTAMP", "BOOLEAN", "BLOB"):
            return f"try_cast({place} as {numbers.stored_type(column.kind)})"
        if column.kind in ("date", "month") and kind in ("DATE", "TIMESTAMP"):
            return f"date_trunc('month', {place})::date" if column.kind == "month" else f"{place}::date"
        return place if column.kind == "flag" and kind == "BOOLEAN" else None

    def _value(self, text: str, heading: str, source: Source, column: Column, section: Section) -> str:
        if column.kind == "choice":
            return cells.choice(text, column)
        if column.kind == "text":
            return formats.Texts(whole=True).sql(text, column.kind) if source.format == WHOLE else text
        found = self._format(text, heading, column.kind, source.format, section, column)
        cell = f"case when lower({text}) in ({quoting.texts(numbers.MISSING)}) then null else {text} end" if found.has_missing_words else text
        return found.sql(cell, column.kind)

    def present(self, field_: Field) -> str:
        """The expression: does the cell hold anything? Words for "no value" do not count in columns of numbers, dates and flags."""
        known = {text: found for (text, _kind, _base), found in self._formats.items()}
        texts = [text for text, _value in field_.ways]
        if field_.column.kind in ("id", "text", "choice") or all(text in known and not known[text].has_missing_words for text in texts):
            return f"({field_.text}) is not null"
        return f"({field_.text} is not null and lower({field_.text}) not in ({quoting.texts(numbers.MISSING)}))"

    def _format(self, text: str, heading: str, kind: str, word: str | None, section: Section, column: Column) -> formats.Format:
        group = {"money": "number", "id": "id"}.get(kind, kind)
        key = (text, group, column.maximum == 100)
        if key not in self._formats:
            word = word or self._word(heading, column.name, section)
            found = self._recognise(text, heading, group, word, column)
            self._formats[key] = found
        return self._formats[key]

    def _word(self, heading: str, column: str, section: Section) -> str | None:
        said = (self.answers, section.formats, self.mapping.formats)
        return next((words[name] for words in said for name in (heading, column) if name and name in words), None)

    def _recognise(self, text: str, heading: str, kind: str, word: str | None, column: Column) -> formats.Format:
        if kind == "id":
            return self._identifiers(text, heading, word)
        found = None if word else self._quickly(text, kind)
        if found is None:
            values = self._values(text)
            found = formats.recognise(self.con, values, kind, word, self.raw.shown, heading or column.name, column.maximum)
        if isinstance(found, Question):
            self.questions.append(found)
            return formats.Texts()
        self._report(found, text, heading or column.name, kind)
        return found

    def _identifiers(self, text: str, heading: str, word: str | None) -> formats.Texts:
        """Identifiers that all are whole numbers written with .0 lost their shape in some program: they are read without it."""
        if word != WHOLE and not self._all_whole(text):
            return formats.Texts()
        found = formats.Texts(whole=True, shown="17850.0 = 17850")
        self._report(found, text, heading, "id")
        return found

    def _all_whole(self, text: str) -> bool:
        """Whether every value ends in .0: the first thousand rows usually say no at once."""
        for limit in (" limit 1000", ""):
            others, filled = self.con.execute(
                rf"""select count(*) filter (where not regexp_full_match(value, '\d+\.0')), count(value)
                from (select {text} as value from {self.joined()}{limit})"""
            ).fetchall()[0]
            if others:
                return False
        return bool(filled)

    def _values(self, text: str) -> str:
        self.con.execute(
            f"create or replace table distinct_values as select {text} as value, count(*) as n from {self.joined()} where {text} is not null group by all"
        )
        return "distinct_values"

    def _quickly(self, text: str, kind: str) -> formats.Format | None:
        """The two commonest formats, told in one cheap pass: ISO days and plain numbers. None where a closer look is needed."""
        if kind in ("date", "month"):
            test = f"regexp_full_match({text}, '\\d{{4}}-\\d\\d-\\d\\d([ T].*)?') and try_cast(left({text}, 10) as date) is not null"
            other, filled = self._counts(f"count(*) filter (where not ({test}))", f"count({text})")
            return dates.Dates(("plain",)) if filled and not other else None
        if kind != "number":
            return None
        after = f"length({text}) - strpos({text}, '.')"
        other, points, decisive = self._counts(
            f"count(*) filter (where {text} is not null and (try_cast({text} as decimal(18, 4)) is null or contains({text}, '_')))",
            f"count(*) filter (where contains({text}, '.'))",
            f"count(*) filter (where contains({text}, '.') and {after} <> 3)",
        )
        return numbers.Numbers(shown="1234.56" if points else "1234") if not other and (not points or decisive) else None

    def _counts(self, *expressions: str) -> tuple[int, ...]:
        return self.con.execute(f"select {', '.join(expressions)} from {self.joined()}").fetchall()[0]

    def _report(self, found: formats.Format, text: str, heading: str, kind: str) -> None:
        value = found.sql(text, kind)
        rows = self.con.execute(
            f"select {text}, ({value})::varchar from {self.joined()} where {text} is not null and ({value}) is not null limit 1"
        ).fetchall()
        if not rows:
            return
        example, becomes = rows[0]
        becomes = becomes[:7] if kind == "month" else becomes.rstrip("0").rstrip(".") if kind == "number" and "." in becomes else becomes
        self.recognised.append(Recognised(self.raw.shown, heading, kind, found.shown, example, becomes, getattr(found, "currency", "")))

    def _looked_up(self, cell: str, lookups: tuple[Lookup, ...]) -> str:
        for lookup in lookups:
            cell = self._lookup(cell, lookup)
        return cell

    def _lookup(self, cell: str, lookup: Lookup) -> str:
        raw = next((raw for raw in self.raws if lookup_fits(raw, lookup)), None)
        if raw is None and lookup.optional:
            return "null::varchar"
        if raw is None:
            raise ImportRefused(
                _("A file is missing"),
                _("The mapping {mapping} looks up “{value}” in {file}, which is not among the files.").format(
                    mapping=self.mapping.name, value=lookup.value, file=lookup.file
                ),
                _("Import it together with the others."),
            )
        alias = f"lookup_{crc32(f'{lookup} {cell}'.encode()):08x}"
        other = Shaper(self.con, raw, self.mapping)
        self._joins[alias] = (
            f" left join (select {other.cell(lookup.key)} as key, any_value({other.cell(lookup.value)}) as value from {raw.table} as r "
            f"where {other.cell(lookup.key)} is not null group by all) as {alias} on {alias}.key = {cell}"
        )
        return f"{alias}.value"


def lookup_fits(raw: read.Raw, lookup: Lookup) -> bool:
    """Whether a raw table is the one that a lookup names."""
    section = Section("", {"key": Source(columns=(lookup.key,)), "value": Source(columns=(lookup.value,))}, file=lookup.file)
    return any(section.fits(file.source.name, raw.header) for file in raw.files)


def _refuse_nested(file: str, heading: str) -> NoReturn:
    raise ImportRefused(
        _("A column holds lists or records"),
        _("{file}, “{column}”: one cell holds several values.").format(file=file, column=heading),
        _("Write each value into a column of its own, and import that."),
    )
