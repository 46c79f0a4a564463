"""Goal 9: the import of a CSV, beside a bare `create table … from read_csv` of it; and its peak memory."""

import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from statistics import median

TIMED = "import sys, time; began = time.perf_counter(); {work}; print(time.perf_counter() - began); print(open('/proc/self/status').read())"
BARE = "import duckdb; " + TIMED.format(
    work="duckdb.connect(sys.argv[2]).execute('set threads = 2; create table t as select * from read_csv($f)', {'f': sys.argv[1]})"
)
IMPORT = "from data.imports.run import import_files; from data.store import Store; " + TIMED.format(
    work="import_files([sys.argv[1]], Store.at(sys.argv[2]))"
)
"""Each says itself how long its work took: the start of Python, equal for both, would flatter the ratio. And how much memory it took at its
peak (Linux alone tells it): what the system reports of a child that has ended includes its parent's."""


@dataclass(frozen=True)
class ImportCost:
    """Median seconds of the import and of the bare read; the import's largest peak memory in bytes."""

    whole: float
    bare: float
    peak_memory: int


def import_cost(folder: Path, rounds: int) -> ImportCost:
    """Import the folder's files into a fresh store and read its order lines bare, in turn, each in a process of its own."""
    work = folder.parent / "import-work"
    taken: list[tuple[float, float, int]] = []
    for _round in range(rounds):
        bare, _memory = _run(BARE, folder / "transactions.csv", _fresh(work) / "bare.duckdb")
        whole, memory = _run(IMPORT, folder, _fresh(work))
        taken.append((whole, bare, memory))
    shutil.rmtree(work)
    return ImportCost(median(one[0] for one in taken), median(one[1] for one in taken), max(one[2] for one in taken))


def _fresh(folder: Path) -> Path:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


def _run(script: str, *paths: Path) -> tuple[float, int]:
    """Seconds and bytes of peak memory that the script says. Raises CalledProcessError if it fails."""
    said = subprocess.run([sys.executable, "-c", script, *map(str, paths)], stdout=subprocess.PIPE, text=True, check=True).stdout
    seconds, peak = re.search(r"([\d.]+)\nName:", said)[1], re.search(r"VmHWM:\s+(\d+) kB", said)[1]
    return float(seconds), int(peak) * 1024
