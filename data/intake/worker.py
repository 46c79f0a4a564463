"""The worker of an import: `python -m data.intake.worker FOLDER` does what the folder's request says (data/intake/job.py)."""

import json
import os
import sys
import tempfile
from pathlib import Path

import duckdb

from data import language
from data.errors import DashboardError
from data.imports import files, money, plan, read, run
from data.imports.mapping import Mapping
from data.imports.result import ImportResult, Preview
from data.intake import codec, job
from data.intake.group import Group
from data.journal import Journal
from data.store import Store

NICENESS = 10
"""Readers go first."""
SAMPLE_ROWS = 100
NAMES_KEPT = 5


def main(folder: Path) -> None:
    """Do the request of a folder and leave the outcome there."""
    request = job.Request.read(folder)
    language.use(request.language, request.currency)
    try:
        held = codec.encode(_do(request, folder), folder)
    except DashboardError as problem:
        held = {"refused": [problem.title, problem.message, problem.hint]}
        if request.step == "load":
            _record(request, None, "refused", {"problem": problem.title})
    partial = folder / f"{job.OUTCOME}.partial"
    partial.write_text(json.dumps(held), encoding="utf-8")
    partial.rename(folder / job.OUTCOME)


def _do(request: job.Request, folder: Path) -> tuple[Group, ...] | Preview | ImportResult:
    store = Store.at(request.store)
    steps = _Steps(folder / job.STEPS)
    if request.step == "look":
        return look(request.paths, store, steps)
    mapping = Mapping.from_toml(request.mapping) if request.mapping else None
    if request.step == "preview":
        return run.preview(request.paths, store, mapping, request.sender or None, steps, request.answers)
    result = run.import_files(request.paths, store, mapping, request.sender or None, steps, request.answers)
    _remember(request, mapping, result)
    return result


class _Steps:
    """Progress as lines of a file."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __call__(self, fraction: float, message: str) -> None:
        """Write one step."""
        with self.path.open("a", encoding="utf-8") as file:
            file.write(json.dumps([round(fraction, 4), message]) + "\n")


def look(paths: tuple[str, ...], store: Store, steps: _Steps) -> tuple[Group, ...]:
    """The files behind `paths` by their headings, with some rows of each."""
    with tempfile.TemporaryDirectory(prefix="look-", dir=store.work_folder) as folder, duckdb.connect() as con:
        found, _ignored = files.expand(paths, Path(folder))
        opened = plan.open_all(con, found, Path(folder), None, steps)
        alike: dict[tuple[object, ...], list[read.Opened]] = {}
        for file in plan.tables_of_workbooks(opened)[0]:
            alike.setdefault(file.shape, []).append(file)
        return tuple(Group(tuple(file.source.name for file in some), some[0].header, _sample(con, some[0])) for some in alike.values())


def _sample(con: duckdb.DuckDBPyConnection, file: read.Opened) -> tuple[tuple[str | None, ...], ...]:
    rows = "read_parquet($path)"
    if file.layout is not None:
        rows = (
            "read_csv($path, all_varchar=true, auto_detect=false, header=true, ignore_errors=true, quote='\"', escape='\"', "
            f"skip={file.layout.skip}, delim=$separator, columns=$columns)"
        )
    parameters = {"path": str(file.path)}
    if file.layout is not None:
        parameters |= {"separator": file.layout.separator, "columns": {f"c{place}": "VARCHAR" for place in range(len(file.header))}}
    found = con.execute(f"select columns(*)::varchar from {rows} limit {SAMPLE_ROWS}", parameters).fetchall()
    return tuple(tuple(row) for row in found)


def _remember(request: job.Request, mapping: Mapping | None, result: ImportResult) -> None:
    if result.outcome == "refused" and not result.is_all_rejected:
        return
    journal = Journal(Store.at(request.store).journal_path)
    money.keep(journal, result.currency, request.by)
    if mapping and request.sender and not result.is_all_rejected:
        journal.save_mapping(request.sender, mapping.name, mapping.to_toml(), by=request.by)
    summary = {
        "sender": request.sender,
        "files": len({file.file for file in result.files}),
        "names": sorted({file.file for file in result.files})[:NAMES_KEPT],
        "rows_in": result.rows_in,
        "rows_loaded": result.rows_loaded,
        "rows_rejected": result.rows_rejected,
    }
    _record(request, result.generation, result.outcome, summary)


def _record(request: job.Request, generation: int | None, outcome: str, summary: dict[str, object]) -> None:
    Journal(Store.at(request.store).journal_path).record_import(generation, outcome, summary, by=request.by)


if __name__ == "__main__":
    if hasattr(os, "nice"):
        os.nice(NICENESS)
    main(Path(sys.argv[1]))
