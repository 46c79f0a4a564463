"""An import from beginning to end: read → map → check → quarantine → build → publish. The command line and the page come here.

Everything happens in a work database inside the store's folder; the store itself changes in one step at the very end, or not
at all. `preview` is the same without the build.
"""

import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import polars as pl

from data.errors import ImportRefused
from data.imports import deal_ends, files, money, plan, rejects, stage_spellings, workplace
from data.imports.build import build_generation
from data.imports.mapping import Mapping, load
from data.imports.prepare import CHECKED, Prepared, Task, prepare
from data.imports.result import FileResult, ImportResult, Preview, loads_nothing
from data.imports.ticker import Progress, silent, within
from data.journal import Journal
from data.language import _
from data.store import Store

PREVIEW_ROWS = 20
REJECTED_SHOWN = 100_000
"""So many rejected rows a preview hands out; the import itself keeps all."""
BUILT = 1.0
"""Where the progress bar stands at the end."""


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
        if again := ready.again:
            progress(BUILT, _("Already loaded"))
            return ImportResult("already_loaded", again, generation=store.current())
        _refuse_no_rows(ready)
        is_nothing, emptied = loads_nothing(ready.files), _emptied(ready)
        if is_nothing or emptied:
            rejects.keep(ready.con, (origin.source_key for origin in ready.plan.origins), store)
            if not is_nothing:
                raise _takes_rows_away(emptied)
            progress(BUILT, _("Every row was rejected"))
            return _result(ready, "refused", store.current())
        generation = build_generation(ready.con, store, within(progress, CHECKED, BUILT), ready.ends)
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
        counted = ready.again or (*ready.plan.done, *ready.files)
        return Preview(frames, counted, ready.recognised, (), ready.notices, _reasons(ready), _rejected(ready))


def _emptied(ready: Prepared) -> list[FileResult]:
    """The files that take the place of rows which they brought before, and bring none."""
    counted = zip(ready.plan.origins, ready.files, strict=True)
    return [file for origin, file in counted if origin.source_key in ready.plan.corrected and not file.derived and not file.rows_loaded]


def _takes_rows_away(lost: list[FileResult]) -> ImportRefused:
    return ImportRefused(
        _("Rows would be lost"),
        _("{files}: every row is rejected, and the rows that it brought before would go.").format(files=", ".join(dict.fromkeys(file.file for file in lost))),
        _("Nothing was changed. Look at the rejected rows (python -m data rejects), correct the file and import again, or leave it out."),
    )


def _refuse_no_rows(ready: Prepared) -> None:
    """Raises ImportRefused when the files hold headings, but no row, or one of them does that brought rows before: nothing could come of it but
    the loss of these."""
    empty = [file for file in (_emptied(ready) if any(file.rows_in for file in ready.files) else ready.files) if not file.rows_in]
    if empty:
        raise ImportRefused(
            _("The files hold no rows"),
            _("{files}: there are headings, but nothing below them.").format(files=", ".join(dict.fromkeys(file.file for file in empty))),
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
        ready = prepare(Task(con, work, found, ignored, store.current() is not None, chosen, sender, answers, progress))
        ends = deal_ends.words(settings)
        settled = [*deal_ends.settle(con, ends, deal_ends.words(settings, ("won_stages",))), *stage_spellings.told(con, ends)] if ready.parts else []
        yield _with_currency(replace(ready, ends=ends, notices=(*ready.notices, *settled)), str(held) if held else None)


def _with_currency(ready: Prepared, held: str | None) -> Prepared:
    """What the files say of their money: a mapping's word counts before the signs beside the amounts."""
    said = ready.plan.mapping.currency
    code, notices = money.told([said] if said else ready.currencies, held)
    return replace(ready, currency=code, notices=(*ready.notices, *(notices if not said or held else ())))


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


def _keep_uploads(store: Store, decided: plan.Plan) -> None:
    """Keep every file that was loaded as it came, under its checksum."""
    for item in decided.assigned:
        target = store.raw_folder / f"{item.file.sha256[:16]}-{item.file.source.path.name}"
        if not target.exists():
            shutil.copyfile(item.file.source.path, target)
