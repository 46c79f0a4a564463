"""What was measured → docs/benchmarks.md."""

import os
import platform
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

import psutil

from benchmarks.imports import ImportCost
from benchmarks.questions import Cost

GOAL_SMALL, GOAL_LARGE = 10_000_000, 100_000_000
BUSY = 3.0
"""Load from which the report says that the machine was shared."""
MEMORY_GOAL = 4_000_000_000
EDIT_GOAL = 0.3
LONG = 0.1
"""Seconds that an answer of a page should take at most, warm: an orientation, no goal, as it is no ratio."""
KEPT = 0.005
"""Seconds under which an answer was not asked but kept: nothing grows there."""
KNOWN = {
    "1": "A small question costs the same whatever lies under it, and one account, one product or the deals are read from the lines"
    " in a second or two as well. Of the 8 to 30 ms of processor time that it takes, samples of DuckDB's stacks find a third in binding,"
    " a quarter in the optimizer's passes and a third in running over few rows: 0.2 ms for a statement, 0.5 to 1.5 ms for each view with"
    " row security that it names, a tenth for each computed column, and no part of it alone above a tenth. The account"
    " page lists its last order lines, which are read as such.",
    "2": "Days of accounts and an account's last order lines do grow with the lines; the rest is noise: compare the control"
    " below.",
    "4": "What is left is Streamlit's own run of an empty script.",
    "5": "After a new filter the Overview asks for products of a view with row security and filters, and writes its charts, tables and"
    " sentences anew.",
    "10": "A new requirement rounds every cell of the board anew, with its margins; a cell, a row and a column are under the"
    " goal.",
}
"""What is known of a goal that is missed; shown only then."""
CONTROL = "funnel"
"""An answer that does not depend on the order lines: what its two measurements differ by is noise."""
PACKAGES = ("duckdb", "streamlit", "polars", "plotly", "pandas", "uvicorn")


@dataclass(frozen=True)
class Measured:
    """Everything of one run: the two stores' order lines, of each answer its costs on both, of each edit of a target board its seconds."""

    small_lines: int
    large_lines: int
    answers: dict[str, tuple[Cost, Cost]]
    edits: dict[str, float]
    empty: dict[str, float]
    page: dict[str, float]
    imported: ImportCost
    load: tuple[float, float]


@dataclass(frozen=True)
class Goal:
    """One line of the table: its number, what is divided by what, the goal and the ratio; whether it was measured at the goal's size."""

    number: str
    what: str
    most: float
    ratio: float
    is_sized: bool = True

    def row(self) -> str:
        """The Markdown row."""
        met = "yes" if self.ratio <= self.most else "**no**"
        size = "" if self.is_sized else ", but not at the goal's size"
        return f"| {self.number} | {self.what} | ≤ {self.most:g} | {self.ratio:.3g} | {met}{size} |"


def goals(found: Measured) -> list[Goal]:
    """The goals with their measured ratios; of several answers the worst counts."""
    page = found.page
    lines = {name: large.sql / large.on_lines for name, (_small, large) in found.answers.items() if large.on_lines}
    growth = {name: large.whole / small.whole for name, (small, large) in found.answers.items() if small.whole > KEPT}
    slowest, most_grown = max(lines, key=lines.get), max(growth, key=growth.get)
    is_sized = found.large_lines >= GOAL_LARGE and found.small_lines >= GOAL_SMALL
    return [
        Goal("1", f"an answer's SQL at {_short(found.large_lines)} lines ÷ the same questions on the order lines (the worst: {slowest})", 0.05,
             lines[slowest], is_sized),
        Goal("2", f"a page's answer at {_short(found.large_lines)} lines ÷ at {_short(found.small_lines)} (the worst: {most_grown})", 1.2,
             growth[most_grown], is_sized),
        Goal("4", "empty rerun ÷ default `streamlit run`", 0.08, found.empty["ours"] / found.empty["usual"]),
        Goal("5", "Overview rerun ÷ the usual page's, cached", 0.15, page["ours cached"] / page["usual cached"]),
        Goal("5", "Overview rerun ÷ the usual page's, after a new filter", 0.35, page["ours uncached"] / page["usual uncached"]),
        Goal("9", f"import of {_short(found.small_lines)} lines of CSV ÷ bare `create table … from read_csv`", 4,
             found.imported.whole / found.imported.bare, is_sized),
        Goal("9", "its peak memory, GB", MEMORY_GOAL / 1e9, found.imported.peak_memory / 1e9, is_sized),
        Goal("10", "a target board of 2,000 × 120 × 6 after an edit, ms (the worst edit)", EDIT_GOAL * 1000, max(found.edits.values()) * 1000),
    ]  # fmt: skip


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
    missed = dict.fromkeys(goal.number for goal in goals(found) if goal.ratio > goal.most)
    if missed:
        yield "What is known of the goals that are missed:"
        yield ""
        yield from (f"- **{number}.** {KNOWN.get(number, 'No cause found yet.')}" for number in missed)
        yield ""
    few, big = found.answers[CONTROL]
    yield f"The deals are the same in both stores, so that the {CONTROL} answer's {big.whole / few.whole:.2f} between them is what noise alone made"
    yield "of goal 2 in this run."
    yield ""
    yield from _answers(found)
    yield ""
    yield from _edits(found)
    yield ""
    yield from _pages(found)
    yield ""
    yield from _import(found)
    yield ""
    yield from METHOD


def _machine(found: Measured) -> Iterator[str]:
    memory = psutil.virtual_memory().total / 2**30
    yield f"- Measured on {datetime.now(UTC):%Y-%m-%d}: {os.cpu_count()} cores, {memory:.0f} GB, {platform.system()}, Python {platform.python_version()},"
    yield "  " + ", ".join(f"{name} {version(name)}" for name in PACKAGES) + "."
    yield f"- Load of the machine at the beginning and at the end: {found.load[0]:.1f} and {found.load[1]:.1f} (2 cores are full at 2)."
    if max(found.load) > BUSY:
        yield "- **Others were working on this machine: absolute times are several times too long, and ratios of short things are rough.**"


def _answers(found: Measured) -> Iterator[str]:
    yield "## Answers (goals 1, 2 and 11), milliseconds"
    yield ""
    small, large = _short(found.small_lines), _short(found.large_lines)
    yield f"| answer | SQL, {small} | whole, {small} | again, {small} | SQL, {large} | on the order lines, {large} | ratio | whole, {large} | ÷ {small} |"
    yield "|---|---|---|---|---|---|---|---|---|"
    for name, (few, big) in found.answers.items():
        lines, ratio = (_ms(big.on_lines), f"{big.sql / big.on_lines:.3f}") if big.on_lines else ("–", "–")
        yield (
            f"| {name} | {_ms(few.sql)} | {_ms(few.whole)} | {_ms(few.again)} | {_ms(big.sql)} | {lines} | {ratio} | {_ms(big.whole)} "
            f"| {big.whole / few.whole:.2f} |"
        )
    yield ""
    yield "Goal 11 is the difference of *whole* and *SQL*: the answer's Python beside its questions. *Again* is the whole on a page that asked the"
    yield "same questions before, as after most moved cuts: what a reader waits for who tries them."
    yield ""
    yield from _long(found)


def _long(found: Measured) -> Iterator[str]:
    """How many answers take longer than a page should need, and which of them when they are asked again."""
    whole, again = ([name for name, (few, _big) in found.answers.items() if getattr(few, part) > LONG] for part in ("whole", "again"))
    named = ": " + ", ".join(f"{name} {_ms(found.answers[name][0].again)}" for name in again) if again else ""
    yield f"Of {len(found.answers)} answers at {_short(found.small_lines)} lines {len(whole)} take more than {_ms(LONG)} ms, asked again {len(again)}{named}."


def _edits(found: Measured) -> Iterator[str]:
    yield "## Target board (goal 10), milliseconds"
    yield ""
    yield "| edited | to the board's new figures |"
    yield "|---|---|"
    yield from (f"| {what} | {_ms(seconds)} |" for what, seconds in found.edits.items())


def _pages(found: Measured) -> Iterator[str]:
    yield "## Reruns (goals 4 and 5), milliseconds"
    yield ""
    yield "| | ours | `streamlit run` with its defaults |"
    yield "|---|---|---|"
    yield f"| an empty page | {_ms(found.empty['ours'])} | {_ms(found.empty['usual'])} |"
    for kind, label in (("cached", "five charts, nothing changed"), ("uncached", "five charts, a filter never chosen before")):
        yield f"| {label} | {_ms(found.page[f'ours {kind}'])} | {_ms(found.page[f'usual {kind}'])} |"


def _import(found: Measured) -> Iterator[str]:
    cost = found.imported
    yield "## Import (goal 9)"
    yield ""
    yield (
        f"{_short(found.small_lines)} order lines as CSV: {cost.whole:.1f} s to a published generation, "
        f"{cost.bare:.1f} s bare; peak memory {cost.peak_memory / 1e9:.2f} GB."
    )


METHOD = """## How it is measured

- **Stores.** `benchmarks/stores.py` generates a beer distribution inside DuckDB (2,000 distributors with 25 of 120 products each, 3,000
  customers-to-be, 12 regions, 60 salespeople, four years, 300,000 deals with 1.2 M stage events, 23,000 of them open, 64,000 scores) and publishes
  it by the product's own build. The two sizes differ in their order lines only.
- **Goal 1.** The questions of each answer, as the answer asks them for the last year, run twice: on the roll-ups, and with the same SQL
  over `benchmarks/lines_views.sql`, where the macros read the order lines by days and touch each line once. Answers without sales are left out.
- **Goal 2.** The whole answer, its Python included, warm, on both stores in turn, five times for each reading of the order lines.
- **Goals 4 and 5.** Real servers (`uvicorn asgi:app` from the repository; `streamlit run` from an empty folder) and a visitor that speaks
  Streamlit's websocket protocol: from sending the click to `script_finished`. What a browser spends on drawing is not in it.
  Our page is the Overview as it is shipped, with frame, filter bar, five metrics with sparklines, charts, notes and tables; the usual page
  (`benchmarks/usual_page.py`) has five metrics, four Plotly charts and a table, one plain query each on the *same roll-ups*. Cached: the same rerun
  again, `st.cache_data` on the usual page's queries. After a new filter: two regions that no rerun had before, no cache on the usual page;
  ours takes what it can out of the answers for all regions, which its first rerun asked for (`queries/cache.py`), and asks for the rest.
- **Goal 10.** `benchmarks/board.py`: every one of 2,000 accounts sells each of 120 products in each of six months. From an edit to the new
  summary and the sums of accounts, products and months, in the server; what no edit changes (natural sales, growth points) is kept, as a page does.
  Absolute: on a machine that others use it is too long.
- **Goal 9.** Import and bare read in processes of their own, in turn, two threads each, the start of Python not counted; memory is the
  process's peak.

`python -m benchmarks --lines 200_000` is a quick look (a small and a ten times smaller store); `BENCH_LINES=1_000_000,10_000_000` chooses
two sizes. Stores and files stay in `.cache/bench`.""".splitlines()


def _ms(seconds: float) -> str:
    return f"{seconds * 1000:.0f}" if seconds >= 0.01 else f"{seconds * 1000:.1f}"


def _short(lines: int) -> str:
    if lines >= 1_000_000:
        return f"{lines / 1_000_000:g} M"
    return f"{lines / 1000:g} k"
