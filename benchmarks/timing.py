"""Measuring on a machine that others use too: things are compared in turn within one run, and the medians count."""

import gc
from collections.abc import Callable, Iterable, Mapping
from statistics import median
from time import perf_counter


def seconds(work: Callable[[], object]) -> float:
    """How long one call takes."""
    began = perf_counter()
    work()
    return perf_counter() - began


def in_turn(works: Mapping[str, Callable[[], object]], rounds: int, turns: Mapping[str, int] | None = None) -> dict[str, float]:
    """Median seconds of each work: one warm call of each, then `rounds` rounds in which each has its turns (one, where `turns` says nothing).

    A short work needs more turns than a long one to be as sure. Within a round the works take turns as long as they have some left, so that
    two of the same number of turns are always measured side by side. What was made before is out of the garbage collector's sight, as on the server.
    """
    for work in works.values():
        work()
    gc.collect()
    gc.freeze()
    taken: dict[str, list[float]] = {name: [] for name in works}
    for _round in range(rounds):
        for name in _order(works, turns or {}):
            taken[name].append(seconds(works[name]))
    gc.unfreeze()
    return {name: median(times) for name, times in taken.items()}


def _order(works: Iterable[str], turns: Mapping[str, int]) -> list[str]:
    left = {name: turns.get(name, 1) for name in works}
    return [name for turn in range(max(left.values())) for name in left if left[name] > turn]
