"""Goals 3 and 9: the import of a CSV, beside a bare `create table … from read_csv` of it; its peak memory; and the import of one month more."""

import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import duckdb

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
    """Median seconds of the import, of the bare read and of the import of one month beside all others; the import's largest peak memory in bytes."""

    whole: float
    bare: float
    month: float
    peak_memory: int


def import_cost(folder: Path, rounds: int) -> ImportCost:
    """Import the folder's files into a fresh store, then one month more, and read the order lines bare, in turn, each in a process of its own."""
    work = folder.parent / "import-work"
    month = _month_of(folder / "transactions.csv", _fresh(folder.parent / "month-work"))
    taken: list[tuple[float, float, float, int]] = []
    for _round in range(rounds):
        bare, _memory = _run(BARE, folder / "transactions.csv", _fresh(work) / "bare.duckdb")
        whole, memory = _run(IMPORT, folder, _fresh(work))
        more, _memory = _run(IMPORT, month, work)
        taken.append((whole, bare, more, memory))
    shutil.rmtree(work)
    shutil.rmtree(month.parent)
    whole, bare, more = (median(one[part] for one in taken) for part in range(3))
    return ImportCost(whole, bare, more, max(one[3] for one in taken))


def _month_of(lines: Path, folder: Path) -> Path:
    """The last month's lines again in a file of their own, as if as many had been sold once more."""
    path = folder / "transactions_more.csv"
    query = """select * replace ('M' || transaction_id as transaction_id) from read_csv($lines)
        qualify date_trunc('month', sold_on) = date_trunc('month', max(sold_on) over ())"""
    with duckdb.connect() as con:
        con.execute("set threads = 2")
        con.sql(query, params={"lines": str(lines)}).write_csv(str(path))
    return path


def _fresh(folder: Path) -> Path:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


def _run(script: str, *paths: Path) -> tuple[float, int]:
    """Seconds and bytes of peak memory that the script says. Raises CalledProcessError if it fails."""
    said = subprocess.run([sys.executable, "-c", script, *map(str, paths)], stdout=subprocess.PIPE, text=True, check=True).stdout
    seconds, peak = re.search(r"([\d.]+)\nName:", said)[1], re.search(r"VmHWM:\s+(\d+) kB", said)[1]
    return float(seconds), int(peak) * 1024
