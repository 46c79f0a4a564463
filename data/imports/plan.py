"""Which file feeds which table: opened files × sections → parts to load, those already loaded left out."""

from dataclasses import dataclass, replace
from pathlib import Path

import duckdb

from data.errors import ImportRefused
from data.imports import matching, read, sheets
from data.imports.files import SourceFile, matches
from data.imports.mapping import Mapping
from data.imports.mapping_parts import Section
from data.imports.rejects import is_rejects_file
from data.imports.result import PASSING_REASONS, FileResult
from data.imports.shape import lookup_fits
from data.imports.stage import Origin
from data.imports.ticker import Progress
from data.language import _, ngettext

BY_HEADINGS = Mapping("headings")
"""The mapping of a file whose headings speak for themselves."""


@dataclass(frozen=True)
class Assigned:
    """One opened file and the sections that read it."""

    file: read.Opened
    sections: tuple[Section, ...]


@dataclass(frozen=True)
class Plan:
    """What an import will read. `origins` are the files and tables to load; `retried` of them were loaded before with rows rejected for
    unknown references, `replaced` are the sources whose rows they bring anew; `done` are those that need nothing. `corrected` are the keys of the
    origins that take the place of rows which the same file brought before.
    """

    mapping: Mapping
    assigned: tuple[Assigned, ...]
    origins: tuple[Origin, ...]
    replaced: frozenset[int]
    retried: frozenset[int]
    done: tuple[FileResult, ...]
    ignored: tuple[str, ...]
    corrected: frozenset[int] = frozenset()

    def origin(self, file: str, table: str) -> Origin | None:
        """The origin of a file and table that are to be loaded."""
        return next((origin for origin in self.origins if origin.file == file and origin.table == table), None)


def open_all(
    con: duckdb.DuckDBPyConnection, found: list[SourceFile], work: Path, mapping: Mapping | None, progress: Progress
) -> list[read.Opened]:
    """Find out every file's shape; a workbook is opened once per sheet that the mapping names, or that holds a table."""
    opened = []
    for position, file in enumerate(found):
        progress(position / len(found), _("Looking at {file}").format(file=file.name))
        tables = [file.of_sheet(sheet) for sheet in sheets.tables(file.path, file.name)] if _is_open_to_all(file, mapping) else []
        if tables:
            opened += [read.open_file(con, table, work, table.sheet) for table in tables]
        else:
            opened += [read.open_file(con, file, work, sheet) for sheet in _sheets(file, mapping)]
    return opened


def _is_open_to_all(file: SourceFile, mapping: Mapping | None) -> bool:
    """Whether every sheet of a workbook may be a table: no section names this workbook or a sheet."""
    sections = mapping.sections if mapping else ()
    return file.kind == "sheet" and not any(section.sheet or (section.file and matches(file.name, section.file)) for section in sections)


def _sheets(file: SourceFile, mapping: Mapping | None) -> list[str | None]:
    if file.kind != "sheet" or not mapping:
        return [None]
    sections = [section for section in mapping.sections if not section.file or matches(file.name, section.file)]
    return sorted({section.sheet for section in sections}, key=str) or [None]


def tables_of_workbooks(opened: list[read.Opened]) -> tuple[list[read.Opened], list[str]]:
    """Of workbooks with several sheets those that are tables of ours, of one without any its first; and the others' names."""
    kept = [file for file in opened if not file.source.sheet or matching.is_table(file.source.name, file.header)]
    books = {file.source.path for file in kept}
    for file in opened:
        if file.source.path not in books:
            kept.append(file)
            books.add(file.source.path)
    return [file for file in opened if file in kept], [file.source.name for file in opened if file not in kept]


def assign(opened: list[read.Opened], mapping: Mapping | None) -> tuple[Mapping, list[Assigned], list[str]]:
    """The mapping in use, each file with its sections, and the files that it passes over. Raises ImportRefused."""
    if mapping and mapping.sections:
        return mapping, *_by_mapping(opened, mapping)
    opened, beside = tables_of_workbooks(opened)
    shipped = None
    if not all(matching.is_sure(file.source.name, file.header) for file in opened):
        shipped = matching.shipped_for([(file.source.name, file.header) for file in opened])
    if shipped:
        shipped = replace(shipped, formats={**shipped.formats, **(mapping.formats if mapping else {})})
        assigned, passed_over = _by_mapping(opened, shipped)
        return shipped, assigned, [*beside, *passed_over]
    numbered = bool(mapping) and mapping.formats.get(matching.LINE_ID) == matching.ROW_ID
    return mapping or BY_HEADINGS, _by_headings(opened, numbered=numbered), beside


def _by_headings(opened: list[read.Opened], *, numbered: bool) -> list[Assigned]:
    assigned, refusals = [], {}
    for file in opened:
        try:
            assigned.append(Assigned(file, (matching.section_for(file.source.name, file.header, numbered=numbered),)))
        except ImportRefused as refusal:
            refusals.setdefault((matching.table_of_name(file.source.name), file.header), []).append(refusal)
    if refusals:
        raise _together(list(refusals.values()))
    return assigned


def _together(alike: list[list[ImportRefused]]) -> ImportRefused:
    """One refusal for all files, a line for each kind of file: files with the same headings are told once."""
    if len(alike) == len(alike[0]) == 1:
        return alike[0][0]
    lines = []
    for first, *more in alike:
        same = ngettext("{n} more file has the same headings.", "{n} more files have the same headings.", len(more))
        lines.append(f"{first.message} {same.format(n=len(more))}" if more else first.message)
    return ImportRefused(_("The columns of some files are not clear"), "\n  ".join(lines), alike[0][0].hint)


def _by_mapping(opened: list[read.Opened], mapping: Mapping) -> tuple[list[Assigned], list[str]]:
    assigned, ignored = [], []
    lookups = [lookup for section in mapping.sections for source in section.columns.values() for lookup in source.lookups]
    for file in opened:
        sections = _sections_of(file, mapping)
        is_looked_up = any(lookup_fits(read.Raw(0, (file,)), lookup) for lookup in lookups)
        _refuse_missing_columns(file, mapping, sections)
        if sections or is_looked_up:
            assigned.append(Assigned(file, sections))
        elif own := _own_section(file, mapping):
            assigned.append(Assigned(file, (own,)))
        else:
            ignored.append(file.source.name)
    if not any(item.sections for item in assigned):
        _refuse_all(opened, mapping)
    return assigned, ignored


def _own_section(file: read.Opened, mapping: Mapping) -> Section | None:
    """The section of a file that the mapping leaves out but that speaks for itself: in our own words, or as a table that the mapping does not bring."""
    try:
        found = matching.section_for(file.source.name, file.header)
    except ImportRefused:
        return None
    is_brought = any(section.table == found.table for section in mapping.sections)
    return found if matching.is_sure(file.source.name, file.header) or not is_brought else None


def _sections_of(file: read.Opened, mapping: Mapping) -> tuple[Section, ...]:
    """The sections that read a file. Mended rejects are read by their columns, whatever the file is called."""
    fitting = tuple(section for section in mapping.sections if section.fits(file.source.name, file.header))
    if fitting or not is_rejects_file(file.header):
        return fitting
    return tuple(section for section in mapping.sections if section.finds_columns(file.header))


def _refuse_missing_columns(file: read.Opened, mapping: Mapping, sections: tuple[Section, ...]) -> None:
    """A file that a section names, but whose columns it does not find, is an error of one of the two: never passed over."""
    for section in mapping.sections:
        named = section.file and matches(file.source.name, section.file)
        if named and section not in sections and not any(other.table == section.table for other in sections):
            raise ImportRefused(
                _("A column of the mapping is not in the file"),
                _("{file}: the mapping {mapping} reads {table} from it, but there is no (or more than one) column {columns}.").format(
                    file=file.source.name, mapping=mapping.name, table=section.table, columns=_missing(section, file)
                ),
                _("The file has: {columns}.").format(columns=", ".join(file.header)),
            )


def _missing(section: Section, file: read.Opened) -> str:
    return ", ".join(f"“{column}”" for column in section.needed if file.header.count(column) != 1)


def _refuse_all(opened: list[read.Opened], mapping: Mapping) -> None:
    nearest = min(((section, file) for section in mapping.sections for file in opened), key=lambda pair: _missing(*pair).count("“"))
    raise ImportRefused(
        _("The mapping reads none of the files"),
        _("Mapping {mapping}, table {table}: nearest is {file}, which lacks {columns}.").format(
            mapping=mapping.name, table=nearest[0].table, file=nearest[1].source.name, columns=_missing(*nearest) or nearest[0].file
        ),
        _("Choose the mapping of these files, or change its `file` and column names."),
    )


def refuse_unknown_answers(answers: dict[str, str], assigned: list[Assigned]) -> None:
    """Raises ImportRefused when an answer names neither a column of these files nor one of the tables that they fill."""
    headings = [heading for item in assigned for heading in item.file.header if heading]
    filled = {column for item in assigned for section in item.sections for column in section.columns}
    unknown = [column for column in answers if column not in filled and column not in headings]
    if unknown:
        raise ImportRefused(
            _("There is no column {columns}").format(columns=", ".join(f"“{column}”" for column in unknown)),
            _("The files have: {columns}.").format(columns=", ".join(dict.fromkeys(headings))),
            _("Name one of these in the answer; nothing was imported."),
        )


def decide(
    con: duckdb.DuckDBPyConnection, has_previous: bool, mapping: Mapping, assigned: list[Assigned], ignored: list[str], sender: str
) -> Plan:
    """Compare with what the store holds: what is new, what replaces an older version of the same file, what is already there."""
    held = _held(con) if has_previous else []
    next_key = max((source["source_key"] for source in held), default=0) + 1
    origins: list[Origin] = []
    done: list[FileResult] = []
    replaced: set[int] = set()
    retried: set[int] = set()
    corrected: set[int] = set()
    for item in assigned:
        for table in dict.fromkeys(section.table for section in item.sections):
            same = _same_content(held, item.file.sha256, table, mapping.signature)
            if same and not same["may_load_now"]:
                done.append(_done(item.file.source.name, table, same))
                continue
            key = next_key + len(origins)
            older = _same_file(held, sender, item.file.source.name, table)
            replaced |= {source["source_key"] for source in (same, older) if source}
            retried |= {key} if same else set()
            corrected |= {key} if older and older["rows_loaded"] else set()
            origins.append(Origin(key, sender, item.file.source.name, table, item.file.sha256, mapping.signature))
    return Plan(mapping, tuple(assigned), tuple(origins), frozenset(replaced), frozenset(retried), tuple(done), tuple(ignored), frozenset(corrected))


def _held(con: duckdb.DuckDBPyConnection) -> list[dict]:
    relation = con.sql(
        """select sources.*, coalesce(rejected.may_load_now, false) as may_load_now
        from previous.sources as sources
        left join (
            select source_key, bool_or(list_has_any(reasons, $unknown)) as may_load_now
            from previous.rejected_rows group by all
        ) as rejected on rejected.source_key = sources.source_key""",
        params={"unknown": list(PASSING_REASONS)},
    )
    return relation.pl().to_dicts()


def _same_content(held: list[dict], sha256: str, table: str, signature: str) -> dict | None:
    return next((s for s in held if s["sha256"] == sha256 and s["table_name"] == table and s["mapping_name"] == signature), None)


def _same_file(held: list[dict], sender: str, file: str, table: str) -> dict | None:
    return next((s for s in held if s["sender"] == sender and s["file_name"] == file and s["table_name"] == table), None)


def _done(file: str, table: str, source: dict) -> FileResult:
    return FileResult(file, table, source["rows_in"], source["rows_loaded"], source["rows_rejected"], "already_loaded")
