"""Measuring on a machine that others use too: things are compared in turn within one run, and the medians count."""

import gc
from collections.abc import Callable, Mapping
from statistics import median
from time import perf_counter


def seconds(work: Callable[[], object]) -> float:
    """How long one call takes."""
    began = perf_counter()
    work()
    return perf_counter() - began


def in_turn(works: Mapping[str, Callable[[], object]], rounds: int) -> dict[str, float]:
    """Median seconds of each work: one warm call of each, then `rounds` rounds in which each has its turn."""
    for work in works.values():
        work()
    gc.collect()
    taken = [{name: seconds(work) for name, work in works.items()} for _round in range(rounds)]
    return {name: median(one[name] for one in taken) for name in works}
