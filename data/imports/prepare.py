"""The first half of an import: source files → read, mapped, checked and staged rows, and what there is to ask or to say about them.

Everything stands in a work database; the store is only looked at.
"""

from dataclasses import dataclass, replace
from pathlib import Path

import duckdb

from data.imports import fill_down, from_lines, part, plan, read, stage, unread
from data.imports.deal_ends import USUAL
from data.imports.files import SourceFile
from data.imports.mapping import Mapping
from data.imports.mapping_parts import Section
from data.imports.result import FileResult, Question, Recognised
from data.imports.shape import Shaper
from data.imports.ticker import Progress, silent, ticking, within
from data.language import _

LOOKED_AT, READ, CHECKED = 0.05, 0.45, 0.6
"""Where the import's progress bar stands after each step: shares of the time that ten million lines take."""


@dataclass(frozen=True)
class Task:
    """What is to be loaded and how: `files` found and `ignored` by the search, the `mapping` and the `sender` that the person named, and
    their `answers` (heading → format). `con` is the work database, `work` its folder; `has_previous` says whether the store holds a
    generation, attached as `previous`.
    """

    con: duckdb.DuckDBPyConnection
    work: Path
    files: list[SourceFile]
    ignored: list[str]
    has_previous: bool
    mapping: Mapping | None = None
    sender: str | None = None
    answers: dict[str, str] | None = None
    progress: Progress = silent


@dataclass(frozen=True)
class ReadTable:
    """Files of one shape, read as one raw table, and the mapping's sections that take their columns from it."""

    raw: read.Raw
    sections: tuple[Section, ...]


@dataclass(frozen=True)
class Prepared:
    """A staged import, ready to be built or shown."""

    con: duckdb.DuckDBPyConnection
    plan: plan.Plan
    parts: tuple[part.Part, ...] = ()
    files: tuple[FileResult, ...] = ()
    recognised: tuple[Recognised, ...] = ()
    questions: tuple[Question, ...] = ()
    notices: tuple[str, ...] = ()
    has_previous: bool = False
    currencies: tuple[str, ...] = ()
    currency: str = ""
    ends: tuple[str, ...] = USUAL

    @property
    def is_unchanged(self) -> bool:
        """Whether building would give the same store: only repeated files, and no row of them loads that did not before."""
        if set(self.plan.retried) != {origin.source_key for origin in self.plan.origins}:
            return False
        held = "select coalesce(sum(rows_loaded), 0)::bigint from previous.sources where source_key in (select unnest($keys))"
        before = self.con.execute(held, {"keys": sorted(self.plan.replaced)}).fetchall()[0][0]
        return before == sum(file.rows_loaded for file in self.files)

    @property
    def again(self) -> tuple[FileResult, ...]:
        """The counts of the files where all of them are loaded already; nothing where building would change the store."""
        if self.plan.origins and not self.is_unchanged:
            return ()
        return (*self.plan.done, *(replace(file, status="already_loaded") for file in self.files))


def prepare(task: Task) -> Prepared:
    """Read, map, check and stage. What must be asked first comes back as `questions`, with nothing staged."""
    decided, notices = _decide(task)
    if not decided.origins:
        return Prepared(task.con, decided, notices=tuple(notices), has_previous=task.has_previous)
    tables = _read(task.con, decided, within(task.progress, LOOKED_AT, READ))
    notices += [said for table in tables for said in fill_down.fill(task.con, table.raw, decided.mapping, table.sections)]
    told = [unread.currencies(task.con, table.raw, decided.mapping, table.sections) for table in tables]
    notices += [
        said
        for table, codes in zip(tables, told, strict=True)
        for said in unread.notices(task.con, table.raw, decided.mapping, table.sections, codes)
    ]
    parts = _parts(task, decided, tables)
    questions = tuple({question.message: question for _part, shaper in parts for question in shaper.questions}.values())
    recognised = tuple(dict.fromkeys(found for _part, shaper in parts for found in shaper.recognised))
    if questions:
        return Prepared(task.con, decided, questions=questions, recognised=recognised, notices=tuple(notices))
    state = stage.Stage(task.con, task.has_previous, decided.replaced, notices)
    counted = stage.stage(state, parts, list(decided.origins), within(task.progress, READ, CHECKED))
    return Prepared(
        task.con, decided, tuple(made for made, _shaper in parts), counted, recognised, (), tuple(state.notices), task.has_previous,
        _currencies(told, recognised),
    )  # fmt: skip


def _decide(task: Task) -> tuple[plan.Plan, list[str]]:
    """Which file feeds which table, and what to say of the files that feed none and of lists that nobody brings."""
    opened = plan.open_all(task.con, task.files, task.work, task.mapping, within(task.progress, 0, LOOKED_AT))
    mapping, assigned, passed_over = plan.assign(opened, task.mapping)
    assigned, listed = from_lines.with_lists(task.con, task.has_previous, assigned)
    plan.refuse_unknown_answers(task.answers or {}, assigned)
    ignored = [*task.ignored, *passed_over]
    decided = plan.decide(task.con, task.has_previous, mapping, assigned, ignored, task.sender or mapping.sender)
    return decided, [*unread.passed_over(decided.ignored), *(listed if decided.origins else [])]


def _read(con: duckdb.DuckDBPyConnection, decided: plan.Plan, progress: Progress) -> list[ReadTable]:
    """The files into raw tables, those of one shape and one use together."""
    groups: dict[tuple[object, ...], list[plan.Assigned]] = {}
    for item in decided.assigned:
        groups.setdefault((item.file.shape, repr(item.sections)), []).append(item)
    total = sum(item.file.path.stat().st_size for item in decided.assigned) or 1
    tables, done = [], 0
    for number, items in enumerate(groups.values()):
        size = sum(item.file.path.stat().st_size for item in items)
        together = [item.file for item in items]
        message = _("Reading {files}").format(files=read.Raw(number, tuple(together)).shown)
        with ticking(con, within(progress, done / total, (done + size) / total), message):
            tables.append(ReadTable(read.read(con, number, together), items[0].sections))
        done += size
    return tables


def _parts(task: Task, decided: plan.Plan, tables: list[ReadTable]) -> list[tuple[part.Part, Shaper]]:
    """What each section takes from each raw table, with the columns' formats."""
    parts: list[tuple[part.Part, Shaper]] = []
    every = tuple(table.raw for table in tables)
    for table in tables:
        shaper = Shaper(task.con, table.raw, decided.mapping, every, task.answers or {})
        for section in table.sections:
            keys = _source_keys(decided, table.raw, section.table)
            if keys:
                made = part.make(task.con, len(parts), section, shaper, set(keys))
                made.source_keys = keys
                parts.append((made, shaper))
    return parts


def _source_keys(decided: plan.Plan, raw: read.Raw, table: str) -> dict[int, int]:
    origins = ((index, decided.origin(file.source.name, table)) for index, file in enumerate(raw.files))
    return {index: origin.source_key for index, origin in origins if origin}


def _currencies(told: list[dict[int, set[str]]], recognised: tuple[Recognised, ...]) -> tuple[str, ...]:
    """The currencies that the files name, beside their amounts or in a column of their own (`told`: of each raw table, by place)."""
    beside = {code for places in told for codes in places.values() for code in codes}
    return tuple(sorted(beside | {found.currency for found in recognised}))
