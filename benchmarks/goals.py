"""What was measured in a run, and what the goals make of it."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from benchmarks.crowd import Crowd
from benchmarks.imports import ImportCost
from benchmarks.questions import Cost
from benchmarks.rival_pages import Browsed

GOAL_SMALL, GOAL_LARGE = 10_000_000, 100_000_000
MEMORY_GOAL = 4_000_000_000
EDIT_GOAL = 0.3
KEPT = 0.005
"""Seconds under which an answer was not asked but kept: nothing grows there."""
COLD_GOALS = {"Vizro": 0.55, "Dash": 0.7}
FILTER_GOALS = {"Dash": ("Dash", 0.6), "usual": ("the usual page", 0.3)}
FILTERS = {"new": "a filter never chosen before", "answered": "a filter chosen before"}
KNOWN = {
    "1": "A small question costs the same whatever lies under it, and one account, one product or the deals are read from the lines"
    " in a second or two as well. Of the 8 to 30 ms of processor time that it takes, samples of DuckDB's stacks find a third in binding,"
    " a quarter in the optimizer's passes and a third in running over few rows: 0.2 ms for a statement, 0.5 to 1.5 ms for each view with"
    " row security that it names, a tenth for each computed column, and no part of it alone above a tenth. The account"
    " page lists its last order lines, which are read as such.",
    "2": "Days of accounts and an account's last order lines do grow with the lines; the rest is noise: compare the control"
    " below.",
    "3": "A generation is never changed, and an import builds the next one whole, its lines and roll-ups too: there is no refresh of single"
    " months, and what is measured is the whole way to one month more.",
    "4": "What is left is Streamlit's own run of an empty script.",
    "5": "After a new filter the Overview asks for products of a view with row security and filters, and writes its charts, tables and"
    " sentences anew.",
    "6": "Python runs one session's script at a time, so that pages per second are one divided by the processor time of a rerun; the Overview's"
    " is in the table. Another process beside would need sessions that stay with theirs.",
    "7": "Most of a cold page is the browser's work, which loads and runs Streamlit's and Vega's scripts and draws the frame around the page.",
    "8": "Four fifths of a changed filter are the browser's work: React renders the filters' and the page's elements anew, where Dash redraws six of its"
    " elements and leaves the others alone.",
    "10": "A new requirement rounds every cell of the board anew, with its margins; a cell, a row and a column are under the"
    " goal.",
}
"""What is known of a goal that is missed; shown only then."""


@dataclass(frozen=True)
class Measured:
    """Everything of one run: the two stores' order lines, of each answer its costs on both, of each edit of a target board its seconds, and so on.

    What was not measured in this run is empty or None.
    """

    small_lines: int
    large_lines: int
    load: tuple[float, float]
    answers: dict[str, tuple[Cost, Cost]] = field(default_factory=dict)
    edits: dict[str, float] = field(default_factory=dict)
    empty: dict[str, float] = field(default_factory=dict)
    page: dict[str, float] = field(default_factory=dict)
    crowd: dict[str, Crowd] = field(default_factory=dict)
    browsed: Browsed | None = None
    imported: ImportCost | None = None


@dataclass(frozen=True)
class Goal:
    """One line of the table: its number, what is divided by what, the goal (at most, or at least) and the ratio; whether it was measured at the
    goal's size."""

    number: str
    what: str
    limit: float
    ratio: float
    is_sized: bool = True
    is_least: bool = False

    @property
    def is_met(self) -> bool:
        """Whether the ratio keeps the limit."""
        return self.ratio >= self.limit if self.is_least else self.ratio <= self.limit

    def row(self) -> str:
        """The Markdown row."""
        met = "yes" if self.is_met else "**no**"
        size = "" if self.is_sized else ", but not at the goal's size"
        return f"| {self.number} | {self.what} | {'≥' if self.is_least else '≤'} {self.limit:g} | {self.ratio:.3g} | {met}{size} |"


def goals(found: Measured) -> list[Goal]:
    """The goals of what was measured, with their ratios, by number; of several answers the worst counts."""
    parts = (_answers, _imports, _reruns, _crowd, _browser, _board)
    return sorted((goal for part in parts for goal in part(found)), key=lambda goal: int(goal.number))


def is_sized(found: Measured) -> bool:
    """Whether the stores are as large as the goals want them."""
    return found.large_lines >= GOAL_LARGE and found.small_lines >= GOAL_SMALL


def _answers(found: Measured) -> Iterator[Goal]:
    if not found.answers:
        return
    lines = {name: large.sql / large.on_lines for name, (_small, large) in found.answers.items() if large.on_lines}
    growth = {name: large.whole / small.whole for name, (small, large) in found.answers.items() if small.whole > KEPT}
    slowest, most_grown = max(lines, key=lines.get), max(growth, key=growth.get)
    small, large, sized = short(found.small_lines), short(found.large_lines), is_sized(found)
    yield Goal("1", f"an answer's SQL at {large} lines ÷ the same questions on the order lines (the worst: {slowest})", 0.05, lines[slowest], sized)
    yield Goal("2", f"a page's answer at {large} lines ÷ at {small} (the worst: {most_grown})", 1.2, growth[most_grown], sized)


def _imports(found: Measured) -> Iterator[Goal]:
    cost = found.imported
    if not cost:
        return
    sized, lines = found.small_lines >= GOAL_SMALL, short(found.small_lines)
    yield Goal("3", f"import of one month more ÷ import of all {lines} lines", 0.03, cost.month / cost.whole, sized)
    yield Goal("9", f"import of {lines} lines of CSV ÷ bare `create table … from read_csv`", 4, cost.whole / cost.bare, sized)
    yield Goal("9", "its peak memory, GB", MEMORY_GOAL / 1e9, cost.peak_memory / 1e9, sized)


def _reruns(found: Measured) -> Iterator[Goal]:
    page = found.page
    if not page:
        return
    yield Goal("4", "empty rerun ÷ default `streamlit run`", 0.08, found.empty["ours"] / found.empty["usual"])
    yield Goal("5", "Overview rerun ÷ the usual page's, cached", 0.15, page["ours cached"] / page["usual cached"])
    yield Goal("5", "Overview rerun ÷ the usual page's, after a new filter", 0.35, page["ours uncached"] / page["usual uncached"])


def _crowd(found: Measured) -> Iterator[Goal]:
    if not found.crowd:
        return
    ours, usual = found.crowd["ours"], found.crowd["usual"]
    yield Goal("6", "ten sessions at once: pages per second ÷ the usual page's", 15, ours.throughput / usual.throughput, is_least=True)
    yield Goal("6", "ten sessions at once: 95 % of the pages within ÷ the usual page's", 0.1, ours.p95 / usual.p95)


def _browser(found: Measured) -> Iterator[Goal]:
    taken = found.browsed.taken if found.browsed else {}
    for name, limit in COLD_GOALS.items():
        if name in taken:
            yield Goal("7", f"cold Overview in a browser ÷ the page in {name}", limit, taken["ours"]["cold"].whole / taken[name]["cold"].whole)
    for name, (said, limit) in FILTER_GOALS.items():
        for kind, filtered in FILTERS.items():
            if name in taken:
                yield Goal("8", f"{filtered}, in a browser ÷ {said}", limit, taken["ours"][kind].whole / taken[name][kind].whole)


def _board(found: Measured) -> Iterator[Goal]:
    if found.edits:
        worst = max(found.edits.values()) * 1000
        yield Goal("10", "a target board of 2,000 × 120 × 6 after an edit, ms (the worst edit)", EDIT_GOAL * 1000, worst)


def short(lines: int) -> str:
    """A number of lines in a word: 10 M."""
    return f"{lines / 1_000_000:g} M" if lines >= 1_000_000 else f"{lines / 1000:g} k"
