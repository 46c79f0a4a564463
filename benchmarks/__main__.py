"""python -m benchmarks: measure the speed goals and write docs/benchmarks.md."""

import argparse
import os
import shutil
from pathlib import Path

from benchmarks import report
from benchmarks.board import edit_costs
from benchmarks.imports import import_cost
from benchmarks.questions import costs
from benchmarks.servers import empty_reruns, page_reruns
from benchmarks.stores import FOLDER, csv_of, store_of

SIZES = (10_000_000, 100_000_000)
BYTES_PER_LINE = 100
"""Disk that the build of a store takes at its peak, roughly: the new file, spilled sorting and the CSV."""
SMALL = 2_000_000
"""Up to here a run is a quick look."""
PAGE_ROUNDS = 31
IMPORT_ROUNDS = 3


def main() -> None:
    """Measure and write."""
    options = _parser().parse_args()
    small, large = sizes(options.lines)
    _say(f"{small:,} and {large:,} order lines")
    before = os.getloadavg()[0]
    rounds = 2 if large <= SMALL else 3
    store, large_store = store_of(small), store_of(large)
    _say("answers")
    answers = costs(store, large_store, rounds)
    _say("target board")
    edits = edit_costs()
    _say("reruns")
    empty, page = empty_reruns(store, PAGE_ROUNDS), page_reruns(store, PAGE_ROUNDS)
    _say("import")
    imported = import_cost(csv_of(small), IMPORT_ROUNDS)
    found = report.Measured(small, large, answers, edits, empty, page, imported, (before, os.getloadavg()[0]))
    report.write(found, options.output)
    for goal in report.goals(found):
        print(goal.row())


def sizes(text: str | None) -> tuple[int, int]:
    """The two stores' sizes: "200_000" is that and a tenth of it, "1_000_000,10_000_000" both; by default what the disk holds."""
    if text:
        given = sorted(int(part) for part in text.split(","))
        return (given[0] // 10, given[0]) if len(given) == 1 else (given[0], given[-1])
    FOLDER.mkdir(parents=True, exist_ok=True)
    small, large = SIZES
    return (small, large) if shutil.disk_usage(FOLDER).free > large * BYTES_PER_LINE else (small // 10, small)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="Measure the speed goals; write docs/benchmarks.md.")
    parser.add_argument("--lines", default=os.environ.get("BENCH_LINES"), help="the larger store's order lines, or both sizes with a comma")
    parser.add_argument("--output", type=Path, default=Path("docs/benchmarks.md"))
    return parser


def _say(what: str) -> None:
    print(f"… {what}", flush=True)


if __name__ == "__main__":
    main()
