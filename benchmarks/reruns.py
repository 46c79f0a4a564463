"""Goals 4 and 5: reruns of our pages beside those of `streamlit run` with its defaults."""

import time
from collections.abc import Iterator
from contextlib import ExitStack
from itertools import cycle
from statistics import median

from benchmarks.servers import ours, usual
from benchmarks.visitor import Visitor, visit
from data.store import Store


def empty_reruns(store: Store, rounds: int) -> dict[str, float]:
    """Goal 4: median seconds of an empty page's rerun: `ours`, `usual`."""
    with ExitStack() as open_:
        visitors = {
            "ours": open_.enter_context(visit(open_.enter_context(ours("benchmarks.empty_asgi:app", store)).port)),
            "usual": open_.enter_context(visit(open_.enter_context(usual("empty_page.py", {})).port)),
        }
        return _in_turn(visitors, rounds, {})


def page_reruns(store: Store, rounds: int) -> dict[str, float]:
    """Goal 5: median seconds of a five-chart page's rerun: `ours cached`, `usual cached`, and `… uncached` after a new filter.

    Uncached, each rerun chooses regions that no rerun has chosen before.
    """
    file = {"USUAL_FILE": str(store.current_path())}
    with ExitStack() as open_:
        own = open_.enter_context(ours("asgi:app", store)).port
        plain = open_.enter_context(usual("usual_page.py", file)).port
        cached = open_.enter_context(usual("usual_page.py", file | {"USUAL_CACHE": "1"})).port
        enter = open_.enter_context
        repeated = _in_turn({"ours cached": enter(visit(own)), "usual cached": enter(visit(cached))}, rounds, {})
        filtered = {"ours uncached": enter(visit(own)), "usual uncached": enter(visit(plain))}
        return repeated | _in_turn(filtered, rounds, dict.fromkeys(filtered, "Region"))


def _in_turn(visitors: dict[str, Visitor], rounds: int, filtered: dict[str, str]) -> dict[str, float]:
    """Median seconds of a rerun of each, after three warm ones; `filtered` names the multiselect that each rerun changes."""
    for visitor in visitors.values():
        for _warm in range(3):
            visitor.rerun()
    choices = {name: _pairs(visitors[name].widgets[label][1]) for name, label in filtered.items()}
    taken: dict[str, list[float]] = {name: [] for name in visitors}
    for _round in range(rounds):
        for name, visitor in visitors.items():
            chosen = {filtered[name]: next(choices[name])} if name in filtered else None
            taken[name].append(visitor.rerun(chosen))
            time.sleep(0.02)
    return {name: median(times) for name, times in taken.items()}


def _pairs(options: list[str]) -> Iterator[list[str]]:
    """Pairs of options, none twice as long as there are enough."""
    return cycle([[first, second] for i, first in enumerate(options) for second in options[i + 1 :]])
