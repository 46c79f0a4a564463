"""The report's sections: the figures behind the goals."""

from collections.abc import Iterator
from statistics import median

from benchmarks.goals import FILTERS, Measured, short
from benchmarks.plan import ANSWER, CLICK, DASH_FILTER, LINES, SUM, on_plan
from benchmarks.questions import Cost
from benchmarks.rival_pages import Browsed, Taken

CONTROL = "funnel"
"""An answer that does not depend on the order lines: what its two measurements differ by is noise."""
SITES = {"ours": "ours", "Dash": "Dash", "Vizro": "Vizro", "usual": "the usual page"}


def sections(found: Measured) -> Iterator[str]:
    """A section for each part that was measured, and an empty line after each."""
    parts = (
        (found.answers, _answers), (found.edits, _edits), (found.page, _pages), (found.crowd, _crowd),
        (found.browsed, _browsed), (found.imported, _import),
    )  # fmt: skip
    for part, written in parts:
        if part:
            yield from written(found)
            yield ""


def _answers(found: Measured) -> Iterator[str]:
    few, big = found.answers[CONTROL]
    yield f"The deals are the same in both stores, so that the {CONTROL} answer's {big.whole / few.whole:.2f} between them is what noise alone made"
    yield "of goal 2 in this run."
    yield ""
    yield "## Answers (goals 1, 2 and 11), milliseconds"
    yield ""
    small, large = short(found.small_lines), short(found.large_lines)
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
    """How many answers take longer than a page should need, here and as the plan's machine would take them, and which of them when they are asked again."""
    small = {name: few for name, (few, _big) in found.answers.items()}
    again = _named({name: few.again for name, few in small.items()})
    yield f"Of {len(small)} answers at {short(found.small_lines)} lines {sum(few.whole > ANSWER for few in small.values())} take more than {_ms(ANSWER)} ms, asked again {again}."
    if found.small_lines == LINES:
        there = {name: _there(few) for name, few in small.items() if few.reference}
        factor = median(few.reference for few in small.values() if few.reference) / SUM
        yield f"A sum over the order lines, measured in turn with each, takes {factor:.1f} times as long as on the plan's machine. As that machine would take"
        yield f"them, {_named(there)} take more."


def _there(one: Cost) -> float:
    return on_plan(one.whole, one.reference, SUM)


def _named(taken: dict[str, float]) -> str:
    """How many take longer than an answer should, and which, the longest first."""
    long = sorted((name for name, seconds in taken.items() if seconds > ANSWER), key=lambda name: -taken[name])
    return f"{len(long)}{' (' if long else ''}{', '.join(f'{name} {_ms(taken[name])}' for name in long)}{')' if long else ''}"


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


def _crowd(found: Measured) -> Iterator[str]:
    yield "## Ten sessions at once (goal 6)"
    yield ""
    yield "| | pages per second | 95 % within, ms | processor time of a page in the server, ms |"
    yield "|---|---|---|---|"
    for name, crowd in found.crowd.items():
        yield f"| {SITES[name]} | {crowd.throughput:.1f} | {_ms(crowd.p95)} | {_ms(crowd.server)} |"


def _browsed(found: Measured) -> Iterator[str]:
    kinds = {"cold": "cold: navigation to all charts drawn", **FILTERS}
    yield "## In a browser (goals 7 and 8), milliseconds"
    yield ""
    yield "| | | to the last change | the browser's processor time | the server's |"
    yield "|---|---|---|---|---|"
    for kind, label in kinds.items():
        yield from (_taken(label, SITES[name], taken[kind]) for name, taken in found.browsed.taken.items() if kind in taken)
    yield from _missing(found.browsed)
    if found.browsed.pages:
        yield from _large_pages(found.browsed)


def _large_pages(browsed: Browsed) -> Iterator[str]:
    yield ""
    yield "Our pages with the largest charts, each beside Dash's in turn. *There* is what the plan's machine would take, where Dash's filter"
    yield f"took {_ms(DASH_FILTER)} ms; a click should be redrawn there within {_ms(CLICK)} ms."
    yield ""
    yield "| page | " + " | ".join(f"{label} | there" for label in FILTERS.values()) + " |"
    yield "|---|" + "---|---|" * len(FILTERS)
    for path, sites in browsed.pages.items():
        yield f"| {path} | " + " | ".join(f"{_ms(sites['ours'][kind].whole)} | {_ms(_redrawn_there(sites, kind))}" for kind in FILTERS) + " |"


def _redrawn_there(sites: dict[str, dict[str, Taken]], kind: str) -> float:
    return on_plan(sites["ours"][kind].whole, sites["Dash"]["new"].whole, DASH_FILTER)


def _taken(label: str, site: str, one: Taken) -> str:
    return f"| {label} | {site} | {_ms(one.whole)} | {_ms(one.browser)} | {_ms(one.server)} |"


def _missing(browsed: Browsed) -> Iterator[str]:
    if browsed.missing:
        yield ""
        yield "Not measured here: " + "; ".join(f"{SITES[name]} ({reason})" for name, reason in browsed.missing.items()) + "."


def _import(found: Measured) -> Iterator[str]:
    cost = found.imported
    yield "## Import (goals 3 and 9)"
    yield ""
    yield (
        f"{short(found.small_lines)} order lines as CSV: {cost.whole:.1f} s to a published generation, "
        f"{cost.bare:.1f} s bare; peak memory {cost.peak_memory / 1e9:.2f} GB. One month more in that store: {cost.month:.1f} s."
    )


def _ms(seconds: float) -> str:
    return f"{seconds * 1000:.0f}" if seconds >= 0.01 else f"{seconds * 1000:.1f}"
