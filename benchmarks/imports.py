"""Goal 9: the import of a CSV, beside a bare `create table … from read_csv` of it; and its peak memory."""

import os
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import perf_counter

BARE = "import duckdb, sys; duckdb.connect(sys.argv[2]).execute('set threads = 2; create table t as select * from read_csv($f)', {'f': sys.argv[1]})"


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
        bare, _memory = _run(["-c", BARE, str(folder / "transactions.csv"), str(_fresh(work) / "bare.duckdb")])
        whole, memory = _run(["-m", "data", "import", "--store", str(_fresh(work)), str(folder)])
        taken.append((whole, bare, memory))
    shutil.rmtree(work)
    return ImportCost(median(one[0] for one in taken), median(one[1] for one in taken), max(one[2] for one in taken))


def _fresh(folder: Path) -> Path:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


def _run(arguments: list[str]) -> tuple[float, int]:
    """Seconds and peak memory of a Python process. Raises RuntimeError if it fails."""
    quiet = [(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)]
    began = perf_counter()
    process = os.posix_spawn(sys.executable, [sys.executable, *arguments], os.environ, file_actions=quiet)
    _identifier, status, usage = os.wait4(process, 0)
    if status:
        raise RuntimeError(f"{' '.join(arguments)} failed")
    return perf_counter() - began, usage.ru_maxrss * 1024
