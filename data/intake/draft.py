"""The match of columns while a person makes it: what is suggested, how a choice is written, and the mapping that comes of it.

A choice for a column of the contract is a code, so that widgets can hold it:

    ""       nothing
    "3"      the file's fourth column
    "3×4"    the product of two columns (amount = quantity × price)
    "row"    the line's number
    "kept"   what the mapping that we began with says, where that is more than a column
"""

import glob
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import PurePosixPath

from rapidfuzz import fuzz

from data.contract import DIMENSIONS, TABLES, Column
from data.errors import ImportRefused
from data.imports import files, from_lines, matching
from data.imports.mapping import Mapping as FileMapping
from data.imports.mapping_parts import Section, Source
from data.intake import content
from data.intake.group import Group
from data.language import _

NOTHING, ROW, KEPT, TIMES = "", "row", "kept", "×"
SIMILAR_ENOUGH = {True: 75, False: 88}
"""Of 100, for required and for other columns: below it a heading is not suggested; a person looks at every suggestion."""
OWN_WORDS = {
    table: {matching.normal(word) for word in (table, *TABLES[table].columns[0].aliases)} for table in ("accounts", "products")
}
"""Words in a heading that say whose column it is: the customer's name is not the product's."""
PRICE_WORDS = re.compile(r"\b(price|precio|unit price|unitario|tarifa|rate)\b")


Choices = Mapping[str, Mapping[str, str]]
"""Table → contract column → code."""


def suggest(group: Group, mapping: FileMapping | None, missing: Iterable[str] = ()) -> dict[str, dict[str, str]]:
    """The tables that a group of files holds and the codes of their columns.

    A mapping that reads the files decides; else names and content do. `missing` are tables that nothing else brings: a file of
    sales that has their columns brings them too, one row per id.
    """
    if mapping:
        sections = sections_of(mapping, group)
        if sections:
            return {section.table: {column: code_of(source, group) for column, source in section.columns.items()} for section in sections}
    table = _table_of(group)
    found = {table: _codes(table, group)}
    for other in missing if table == "transactions" else ():
        codes = _derived(other, group, found[table])
        if all(codes.get(column) for column in TABLES[other].required_columns):
            found = {other: codes} | found
    return found


def suggest_table(table: str, group: Group) -> dict[str, str]:
    """The codes of a table that a person says the files hold."""
    return _codes(table, group)


def is_simple(mapping: FileMapping, groups: Sequence[Group]) -> bool:
    """Whether the mapping gives each file a table once, so that a choice per column can say it."""
    for group in groups:
        tables = [section.table for section in sections_of(mapping, group)]
        if len(tables) != len(set(tables)):
            return False
    return True


def mapping_for(groups: Sequence[Group], mappings: Iterable[FileMapping]) -> FileMapping | None:
    """The first mapping that reads every group: how these files were read before, under these names or, failing that, under others."""
    known = list(mappings)
    for mapping in known:
        if all(any(mapping.header_matches(group.header, file) for file in group.files) for group in groups):
            return mapping
    alike = (mapping for mapping in known if is_simple(mapping, groups) and all(sections_of(mapping, group) for group in groups))
    return next(alike, None)


def sections_of(mapping: FileMapping, group: Group) -> list[Section]:
    """The sections that read a group: by its files' names, else those of the one file whose columns it has, the most of them."""
    named = [section for section in mapping.sections if any(section.fits(file, group.header) for file in group.files)]
    if named:
        return named
    by_file: dict[str | None, list[Section]] = {}
    for section in mapping.sections:
        by_file.setdefault(section.file, []).append(section)
    alike = [sections for sections in by_file.values() if all(section.finds_columns(group.header) for section in sections)]
    return max(alike, key=lambda sections: len({column for section in sections for column in section.needed}), default=[])


def _table_of(group: Group) -> str:
    named = matching.table_of_name(group.files[0])
    if named:
        return named
    matches = [matching.match_table(table, group.header) for table in TABLES.values()]
    best = max(matches, key=lambda match: (_known(match), match.own_names))
    return best.table if _known(best) > 0 else content.table_of(group)


def _known(match: matching.Match) -> int:
    """How much of a table the headings tell: none or less where they are words that we do not know."""
    return len(match.columns) - 2 * len(match.missing)


def _codes(table: str, group: Group) -> dict[str, str]:
    is_named = matching.table_of_name(group.files[0]) == table
    found = (matching.match_named(table, group.header) if is_named else matching.match_table(TABLES[table], group.header)).columns
    codes = {column: str(group.header.index(heading)) for column, heading in found.items()}
    for column in TABLES[table].columns:
        if column.name not in codes:
            code = _nearest(column, group, set(codes.values())) or _told(column, codes, group)
            codes |= {column.name: code} if code else {}
    return codes


def _told(column: Column, codes: Mapping[str, str], group: Group) -> str:
    """What values say of a required column that no heading names."""
    if column.kind == "id" and column.required and not column.refers_to:
        return content.key(group, codes.values()) or (ROW if column.name == matching.LINE_ID else NOTHING)
    if column.kind == "date" and column.required:
        return content.day(group, codes.values())
    return _priced(codes, group) if column.name == "net_amount" else NOTHING


def _derived(table: str, group: Group, lines: Mapping[str, str]) -> dict[str, str]:
    """Codes of a table that the lines of another bring along: its key as the lines have it, and what the lines do not use."""
    key, name = TABLES[table].required_columns
    used = {code for column, code in lines.items() if column != key}
    others = {word for other in OWN_WORDS.keys() - {table} for word in OWN_WORDS[other]}
    codes = {
        column: code
        for column, code in _codes(table, group).items()
        if code not in used and not others & set(matching.normal(group.header[int(code)]).split())
    }
    codes[key] = lines.get(key, NOTHING)
    # Lines often carry ids only: the id serves as the name until a file of names comes.
    codes.setdefault(name, codes[key])
    return codes


def _nearest(column: Column, group: Group, taken: set[str]) -> str:
    words = [matching.normal(word) for word in (column.name, *column.aliases)]
    likeness = fuzz.token_set_ratio if column.required else fuzz.token_sort_ratio
    scored = [
        (max(likeness(word, matching.normal(heading)) for word in words), -place)
        for place, heading in enumerate(group.header)
        if str(place) not in taken and matching.normal(heading) and content.looks_like(column, group, place)
    ]
    score, place = max(scored, default=(0, 0))
    return str(-place) if score >= SIMILAR_ENOUGH[column.required] else NOTHING


def _priced(codes: Mapping[str, str], group: Group) -> str:
    quantity = codes.get("quantity", NOTHING)
    return next((code for code in _products(group) if code.startswith(f"{quantity}{TIMES}")), NOTHING) if quantity else NOTHING


def _products(group: Group) -> list[str]:
    """Codes of amounts that a quantity and a price could make."""
    prices = [place for place, heading in enumerate(group.header) if PRICE_WORDS.search(matching.normal(heading))]
    quantity = matching.match_table(TABLES["transactions"], group.header).columns.get("quantity")
    return [f"{group.header.index(quantity)}{TIMES}{price}" for price in prices] if quantity else []


def options(column: Column, group: Group, suggested: str) -> list[str]:
    """The codes that a person can choose for a column."""
    products = _products(group) if column.kind == "money" else []
    more = [ROW] if column.kind == "id" and column.required and not column.refers_to else []
    places = [str(place) for place, heading in enumerate(group.header) if group.header.count(heading) == 1]
    return list(dict.fromkeys([NOTHING, *places, *products, *more, *([suggested] if suggested else [])]))


def code_of(source: Source, group: Group) -> str:
    """The code of a mapping's source."""
    if source == Source(columns=source.columns) and source.columns[0] in group.header:
        return str(group.header.index(source.columns[0]))
    if source == Source("multiply", source.columns) and len(source.columns) == 2 and set(source.columns) <= set(group.header):
        return TIMES.join(str(group.header.index(heading)) for heading in source.columns)
    return ROW if source == Source(how="row_id") else KEPT


def source_of(code: str, group: Group, kept: Source | None) -> Source | None:
    """The source of a code; None for nothing."""
    if code == KEPT:
        return kept
    if code == ROW:
        return Source(how="row_id")
    if TIMES in code:
        return Source("multiply", tuple(group.header[int(place)] for place in code.split(TIMES)))
    return Source(columns=(group.header[int(code)],)) if code else None


def lacking(choices: Choices) -> list[tuple[str, str]]:
    """The required columns (table, column) for which nothing is chosen."""
    return [
        (table, column) for table, codes in choices.items() for column in TABLES[table].required_columns if not codes.get(column)
    ]


def compose(
    groups: Sequence[Group],
    chosen: Sequence[Choices],
    begun_with: FileMapping | None,
    sender: str,
    formats: Mapping[str, str],
    filled: Sequence[tuple[str, ...] | None] = (),
) -> FileMapping:
    """The mapping that a person's choices make, under its tables' names. Raises ImportRefused when no file is chosen.

    `filled` are the columns of each group whose blank cells take the value above, None where nothing is said of it.
    """
    sections = [
        replace(_section(table, codes, group, pattern, tables, begun_with), fill_down=down)
        for group, tables, down in zip(groups, chosen, filled or [None] * len(groups), strict=True)
        for table, codes in tables.items()
        for pattern in _patterns(group, groups)
    ]
    if not sections:
        raise ImportRefused(
            _("No table is chosen"), _("Every file is left out, so there is nothing to read."), _("Choose a table for a file.")
        )
    names = sorted({section.table for section in sections}, key=list(TABLES).index)
    said = dict(begun_with.formats) if begun_with else {}
    return FileMapping("+".join(names), tuple(sections), sender, said | dict(formats))


def _section(
    table: str, codes: Mapping[str, str], group: Group, pattern: str | None, tables: Choices, begun_with: FileMapping | None
) -> Section:
    before = next((section for section in (begun_with.sections if begun_with else ()) if section.table == table), None)
    columns = _sources(codes, group, before.columns if before else {})
    if before:
        return replace(before, columns=columns, file=pattern)
    is_derived = table in DIMENSIONS and any(other not in DIMENSIONS for other in tables)
    section = Section(table, columns, file=pattern, distinct=is_derived)
    return from_lines.of_lines(section, _sources(tables.get(from_lines.LINES, {}), group, {})) if is_derived else section


def _sources(codes: Mapping[str, str], group: Group, kept: Mapping[str, Source]) -> dict[str, Source]:
    sources = {column: source_of(code, group, kept.get(column)) for column, code in codes.items()}
    return {column: source for column, source in sources.items() if source}


def _patterns(group: Group, groups: Sequence[Group]) -> list[str | None]:
    """File patterns that read this group and no other; None where headings alone must tell."""
    others = [file for other in groups if other is not group for file in other.files]
    wide = list(dict.fromkeys(_pattern(file) for file in group.files))
    if not others:
        return wide if len(wide) == 1 and wide[0] else [None]
    if all(pattern and not any(files.matches(file, pattern) for file in others) for pattern in wide):
        return wide
    exact = [glob.escape(file) for file in group.files]
    return exact if len(exact) == 1 else [None]


def _pattern(file: str) -> str | None:
    """Next month's file is read too: sales_2026-01.csv → sales_*.csv. A name of digits only says nothing."""
    book, mark, sheet = file.partition(files.SHEET_MARK)
    stem = re.sub(r"\d+(?:[-_. ]\d+)*", "*", glob.escape(PurePosixPath(book).stem))
    return f"{stem}.*{mark}{glob.escape(sheet)}" if re.search(r"[^\W\d_]", stem) else None
