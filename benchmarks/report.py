"""What was measured → docs/benchmarks.md."""

import os
import platform
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

import psutil

from benchmarks.goals import KNOWN, Measured, goals
from benchmarks.method import METHOD
from benchmarks.sections import sections

BUSY = 3.0
"""Load from which the report says that the machine was shared."""
PACKAGES = ("duckdb", "streamlit", "polars", "plotly", "pandas", "uvicorn")


def write(found: Measured, path: Path) -> None:
    """Write the report."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(_lines(found)) + "\n", encoding="utf-8")


def _lines(found: Measured) -> Iterator[str]:
    yield "# Benchmarks"
    yield ""
    yield "Written by `make bench`; every run replaces this file. Figures are medians, and each goal is a ratio of two things that were"
    yield "measured in turn in the same run: the machine's mood is in both. The goals' numbers are those of the performance plan."
    yield ""
    yield from _machine(found)
    yield ""
    yield "| # | what ÷ what | goal | measured | met |"
    yield "|---|---|---|---|---|"
    yield from (goal.row() for goal in goals(found))
    yield ""
    yield from _missed(found)
    yield from sections(found)
    yield from METHOD


def _missed(found: Measured) -> Iterator[str]:
    missed = dict.fromkeys(goal.number for goal in goals(found) if not goal.is_met)
    if missed:
        yield "What is known of the goals that are missed:"
        yield ""
        yield from (f"- **{number}.** {KNOWN.get(number, 'No cause found yet.')}" for number in missed)
        yield ""


def _machine(found: Measured) -> Iterator[str]:
    memory = psutil.virtual_memory().total / 2**30
    yield f"- Measured on {datetime.now(UTC):%Y-%m-%d}: {os.cpu_count()} cores, {memory:.0f} GB, {platform.system()}, Python {platform.python_version()},"
    yield "  " + ", ".join(f"{name} {version(name)}" for name in PACKAGES) + "."
    yield f"- Load of the machine at the beginning and at the end: {found.load[0]:.1f} and {found.load[1]:.1f} (2 cores are full at 2)."
    if max(found.load) > BUSY:
        yield "- **Others were working on this machine: absolute times are several times too long, and ratios of short things are rough.**"
