"""An import from beginning to end: read → map → check → quarantine → build → publish. The command line and the page come here.

Everything happens in a work database inside the store's folder; the store itself changes in one step at the very end, or not
at all. `preview` is the same without the build.
"""

import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import duckdb
import polars as pl

from data.errors import ImportRefused
from data.imports import deal_ends, files, fill_down, from_lines, money, part, plan, read, rejects, stage, unread, workplace
from data.imports.build import Progress, build_generation
from data.imports.deal_ends import USUAL
from data.imports.mapping import Mapping, load
from data.imports.result import FileResult, ImportResult, Preview, Question, Recognised, loads_nothing
from data.imports.shape import Shaper
from data.imports.ticker import ticking
from data.journal import Journal
from data.language import _
from data.store import Store

PREVIEW_ROWS = 20
REJECTED_SHOWN = 100_000
"""So many rejected rows a preview hands out; the import itself keeps all."""
LOOKED_AT, READ, CHECKED, BUILT = 0.05, 0.45, 0.6, 1.0
"""Where the progress bar stands after each step: shares of the time that ten million lines take."""


def silent(fraction: float, message: str) -> None:
    """Take no notice of progress."""


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


def import_files(
    paths: Iterable[str | Path],
    store: Store,
    mapping: Mapping | str | Path | None = None,
    sender: str | None = None,
    progress: Progress = silent,
    answers: dict[str, str] | None = None,
) -> ImportResult:
    """Load files, folders or zips into the store as its next generation.

    `mapping` is a shipped name, a TOML file or a Mapping; without it files speak by their names and headings. `answers` gives the
    formats of columns that were asked about, heading → format. Raises ImportRefused (and other DashboardErrors) with the store
    untouched; a result whose outcome is "refused" carries the questions that must be answered first, or the counts of rows that were
    all rejected, and are kept beside the store.
    """
    with prepared(paths, store, mapping, sender, progress, answers) as ready:
        if ready.questions:
            return ImportResult("refused", recognised=ready.recognised, questions=ready.questions, notices=ready.notices)
        if not ready.plan.origins or ready.is_unchanged:
            progress(BUILT, _("Already loaded"))
            again = tuple(replace(file, status="already_loaded") for file in ready.files)
            return ImportResult("already_loaded", (*ready.plan.done, *again), generation=store.current())
        _refuse_no_rows(ready)
        if loads_nothing(ready.files):
            rejects.keep(ready.con, (origin.source_key for origin in ready.plan.origins), store)
            progress(BUILT, _("Every row was rejected"))
            return _result(ready, "refused", store.current())
        generation = build_generation(ready.con, store, _share(progress, CHECKED, BUILT), ready.ends)
        rejects.forget(store)
        _keep_uploads(store, ready.plan)
        progress(BUILT, _("Published"))
        return _result(ready, "loaded", generation)


def preview(
    paths: Iterable[str | Path],
    store: Store,
    mapping: Mapping | str | Path | None = None,
    sender: str | None = None,
    progress: Progress = silent,
    answers: dict[str, str] | None = None,
) -> Preview:
    """What an import would load: the first rows of each table as they will be read, and every error counted by kind."""
    with prepared(paths, store, mapping, sender, progress, answers) as ready:
        if ready.questions:
            return Preview({}, recognised=ready.recognised, questions=ready.questions, notices=ready.notices)
        _refuse_no_rows(ready)
        frames = {}
        for item in ready.parts:
            query = f"select * exclude (source_key) from ({item.selected()}) limit {PREVIEW_ROWS}"
            frames.setdefault(item.table.name, ready.con.sql(query).pl())
        return Preview(frames, (*ready.plan.done, *ready.files), ready.recognised, (), ready.notices, _reasons(ready), _rejected(ready))


def _refuse_no_rows(ready: Prepared) -> None:
    """Raises ImportRefused when the files hold headings, but no row: nothing could come of them but the loss of what they brought before."""
    if ready.plan.origins and not any(file.rows_in for file in ready.files):
        raise ImportRefused(
            _("The files hold no rows"),
            _("{files}: there are headings, but nothing below them.").format(files=", ".join(dict.fromkeys(file.file for file in ready.files))),
            _("Export them again, and look at them before you import them. To take back what they brought: python -m data undo."),
        )


@contextmanager
def prepared(
    paths: Iterable[str | Path],
    store: Store,
    mapping: Mapping | str | Path | None,
    sender: str | None,
    progress: Progress,
    answers: dict[str, str] | None,
) -> Iterator[Prepared]:
    """Read, map and check; the work database lives until the block ends."""
    chosen = mapping if isinstance(mapping, Mapping) or mapping is None else load(mapping)
    if answers:
        chosen = replace(chosen or plan.BY_HEADINGS, formats={**(chosen.formats if chosen else {}), **answers})
    with workplace.room(store), workplace.alone(store), workplace.folder(store) as work, workplace.database(work, store) as con:
        found, ignored = files.expand(paths, work)
        settings = Journal(store.journal_path).setting_values()
        held = settings.get("currency")
        ready = _prepare(con, work, found, ignored, chosen, sender, progress, answers or {}, store.current() is not None)
        ends = deal_ends.words(settings)
        settled = deal_ends.settle(con, ends) if ready.parts else []
        yield _with_currency(replace(ready, ends=ends, notices=(*ready.notices, *settled)), str(held) if held else None)


def _with_currency(ready: Prepared, held: str | None) -> Prepared:
    """What the files say of their money: a mapping's word counts before the signs beside the amounts."""
    said = ready.plan.mapping.currency
    code, notices = money.told([said] if said else ready.currencies, held)
    return replace(ready, currency=code, notices=(*ready.notices, *(notices if not said or held else ())))


def _prepare(
    con: duckdb.DuckDBPyConnection,
    work: Path,
    found: list[files.SourceFile],
    ignored: list[str],
    chosen: Mapping | None,
    sender: str | None,
    progress: Progress,
    answers: dict[str, str],
    has_previous: bool,
) -> Prepared:
    opened = plan.open_all(con, found, work, chosen, _share(progress, 0, LOOKED_AT))
    mapping, assigned, passed_over = plan.assign(opened, chosen)
    assigned, listed = from_lines.with_lists(con, has_previous, assigned)
    plan.refuse_unknown_answers(answers, assigned)
    decided = plan.decide(con, has_previous, mapping, assigned, [*ignored, *passed_over], sender or mapping.sender)
    notices = [*unread.passed_over(decided.ignored), *(listed if decided.origins else [])]
    if not decided.origins:
        return Prepared(con, decided, notices=tuple(notices), has_previous=has_previous)
    raws = _read(con, decided, _share(progress, LOOKED_AT, READ))
    notices += [said for raw, items in raws for said in fill_down.fill(con, raw, mapping, items[0].sections)]
    notices += [said for raw, items in raws for said in unread.notices(con, raw, mapping, items[0].sections)]
    parts = _parts(con, decided, raws, answers)
    questions = tuple({question.message: question for _part, shaper in parts for question in shaper.questions}.values())
    recognised = tuple(dict.fromkeys(found for _part, shaper in parts for found in shaper.recognised))
    beside = {code for raw, items in raws for code in unread.currencies(con, raw, mapping, items[0].sections)}
    currencies = tuple(sorted(beside | {found.currency for found in recognised}))
    if questions:
        return Prepared(con, decided, questions=questions, recognised=recognised, notices=tuple(notices))
    state = stage.Stage(con, has_previous, decided.replaced, notices)
    counted = stage.stage(state, parts, list(decided.origins), _share(progress, READ, CHECKED))
    items = tuple(item for item, _shaper in parts)
    return Prepared(con, decided, items, counted, recognised, (), tuple(state.notices), has_previous, currencies)


def _read(con: duckdb.DuckDBPyConnection, decided: plan.Plan, progress: Progress) -> list[tuple[read.Raw, tuple[plan.Assigned, ...]]]:
    groups: dict[tuple[object, ...], list[plan.Assigned]] = {}
    for item in decided.assigned:
        groups.setdefault((item.file.shape, repr(item.sections)), []).append(item)
    total = sum(item.file.path.stat().st_size for item in decided.assigned) or 1
    raws, done = [], 0
    for number, items in enumerate(groups.values()):
        size = sum(item.file.path.stat().st_size for item in items)
        raw = read.Raw(number, tuple(item.file for item in items))
        message = _("Reading {files}").format(files=raw.shown)
        with ticking(con, _share(progress, done / total, (done + size) / total), message):
            raws.append((read.read(con, number, [item.file for item in items]), tuple(items)))
        done += size
    return raws


def _parts(
    con: duckdb.DuckDBPyConnection, decided: plan.Plan, raws: list[tuple[read.Raw, tuple[plan.Assigned, ...]]], answers: dict[str, str]
) -> list[tuple[part.Part, Shaper]]:
    parts: list[tuple[part.Part, Shaper]] = []
    for raw, items in raws:
        shaper = Shaper(con, raw, decided.mapping, tuple(other for other, _items in raws), answers)
        for section in items[0].sections:
            keys = _source_keys(decided, raw, section.table)
            if keys:
                made = part.make(con, len(parts), section, shaper, set(keys))
                made.source_keys = keys
                parts.append((made, shaper))
    return parts


def _source_keys(decided: plan.Plan, raw: read.Raw, table: str) -> dict[int, int]:
    origins = ((index, decided.origin(file.source.name, table)) for index, file in enumerate(raw.files))
    return {index: origin.source_key for index, origin in origins if origin}


def _rejected(ready: Prepared) -> pl.DataFrame | None:
    """The first rejected rows of the files that are read now; None where there are none."""
    if not any(file.rows_rejected for file in ready.files):
        return None
    keys = {"keys": [origin.source_key for origin in ready.plan.origins], "most": REJECTED_SHOWN}
    query = "select * from staged.rejected_rows where source_key in (select unnest($keys)) order by table_name, file_name, row_number limit $most"
    return ready.con.sql(query, params=keys).pl()


def _reasons(ready: Prepared) -> tuple[tuple[str, str, int], ...]:
    if not ready.plan.origins:
        return ()
    rows = ready.con.execute(
        """select table_name, reason, count(*)::bigint as n
        from (select table_name, unnest(reasons) as reason from staged.rejected_rows where source_key in (select unnest($keys)))
        group by all order by table_name, n desc, reason""",
        {"keys": [origin.source_key for origin in ready.plan.origins]},
    ).fetchall()
    return tuple(rows)


def _result(ready: Prepared, outcome: str, generation: int | None) -> ImportResult:
    return ImportResult(
        outcome,
        (*ready.plan.done, *ready.files),
        ready.recognised,
        (),
        ready.notices,
        _reasons(ready),
        generation,
        _months(ready) if outcome == "loaded" else None,
        ready.currency if outcome == "loaded" else "",
    )


def _months(ready: Prepared) -> pl.DataFrame:
    """Net sales by month before and after: [month, before, after], floats in the store's currency."""
    query = "select date_trunc('month', sold_on)::date as month, sum(net_amount)::double as amount from {table} group by all"
    before = query.format(table="previous.transactions" if ready.has_previous else "(select * from staged.transactions limit 0)")
    return ready.con.sql(
        f"""select coalesce(old.month, new.month) as month, old.amount as before, new.amount as after
        from ({before}) as old full join ({query.format(table="staged.transactions")}) as new on new.month = old.month order by month"""
    ).pl()


def _share(progress: Progress, start: float, end: float) -> Progress:
    """Progress of one step as progress of the whole."""
    return lambda fraction, message: progress(start + (end - start) * min(max(fraction, 0.0), 1.0), message)


def _keep_uploads(store: Store, decided: plan.Plan) -> None:
    """Keep every file that was loaded as it came, under its checksum."""
    for item in decided.assigned:
        target = store.raw_folder / f"{item.file.sha256[:16]}-{item.file.source.path.name}"
        if not target.exists():
            shutil.copyfile(item.file.source.path, target)
