"""python -m benchmarks: measure the speed goals and write docs/benchmarks.md."""

import argparse
import os
import shutil
from collections.abc import Callable
from pathlib import Path

from benchmarks import report
from benchmarks.board import edit_costs
from benchmarks.crowd import crowds
from benchmarks.goals import Measured, goals
from benchmarks.imports import import_cost
from benchmarks.questions import costs
from benchmarks.reruns import empty_reruns, page_reruns
from benchmarks.rival_pages import browsed
from benchmarks.sections import sections
from benchmarks.stores import FOLDER, csv_of, store_of

SIZES = (10_000_000, 100_000_000)
BYTES_PER_LINE = 100
"""Disk that the build of a store takes at its peak, roughly: the new file, spilled sorting and the CSV."""
SMALL = 2_000_000
"""Up to here a run is a quick look."""
PAGE_ROUNDS, CROWD_ROUNDS, COLD_ROUNDS, FILTER_ROUNDS, LARGE_PAGE_ROUNDS, IMPORT_ROUNDS = 31, 3, 5, 11, 9, 3


def main() -> None:
    """Measure and write; a part alone is printed instead."""
    options = _parser().parse_args()
    small, large = sizes(options.lines)
    _say(f"{small:,} and {large:,} order lines")
    before = os.getloadavg()[0]
    measured: dict[str, object] = {}
    for name, measure in parts(small, large).items():
        if options.only in (None, name):
            _say(name)
            measured |= measure()
    found = Measured(small, large, (before, os.getloadavg()[0]), **measured)
    if options.only is None:
        report.write(found, options.output)
    for line in (*(goal.row() for goal in goals(found)), *(sections(found) if options.only else ())):
        print(line)


def parts(small: int, large: int) -> dict[str, Callable[[], dict[str, object]]]:
    """What can be measured alone, by the name that --only takes: each gives what it found of a Measured."""
    rounds = 2 if large <= SMALL else 3
    return {
        "answers": lambda: {"answers": costs(store_of(small), store_of(large), rounds)},
        "board": lambda: {"edits": edit_costs()},
        "reruns": lambda: {"empty": empty_reruns(store_of(small), PAGE_ROUNDS), "page": page_reruns(store_of(small), PAGE_ROUNDS)},
        "crowd": lambda: {"crowd": crowds(store_of(small), CROWD_ROUNDS)},
        "browser": lambda: {"browsed": browsed(store_of(small), COLD_ROUNDS, FILTER_ROUNDS, LARGE_PAGE_ROUNDS)},
        "import": lambda: {"imported": import_cost(csv_of(small), IMPORT_ROUNDS)},
    }


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
    parser.add_argument("--only", choices=tuple(parts(0, 0)), help="measure this part alone and print it, without a report")
    parser.add_argument("--output", type=Path, default=Path("docs/benchmarks.md"))
    return parser


def _say(what: str) -> None:
    print(f"… {what}", flush=True)


if __name__ == "__main__":
    main()
