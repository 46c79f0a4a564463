"""Peak and off-season of many series at once: what seasons.py finds for one, without a loop over series."""

import numpy as np

from measures.blocks import blocks, each
from measures.seasons.seasons import YEAR

DRAWS = 200
"""The share of draws is told in steps of half a per cent."""
CLOSE = 1e-4
"""Two sums nearer to each other than this part of one are not told apart in single precision, whose error is a hundredth of it."""
BLOCK = 64
"""Series whose draws are looked at together: all draws of all series at once would not fit into the processor's cache."""


def window_sums(index: np.ndarray, months: int) -> np.ndarray:
    """Sum of the index over `months` months from each calendar month: (series, 12) → (series, 12), wrapping."""
    return np.stack([np.roll(index, -step, axis=1) for step in range(months)]).sum(axis=0)


def peak_starts(index: np.ndarray, months: int) -> np.ndarray:
    """Calendar month (1–12) from which `months` months sell most; the earliest of equal ones."""
    return window_sums(index, months).round(12).argmax(axis=1) + 1


def low_starts(index: np.ndarray, months: int) -> np.ndarray:
    """Calendar month (1–12) from which `months` months sell least; the earliest of equal ones."""
    return window_sums(index, months).round(12).argmin(axis=1) + 1


def off_seasons(index: np.ndarray, peaks: np.ndarray, peak_months: int, cut: float) -> tuple[np.ndarray, np.ndarray]:
    """Start (1–12) and length of the longest run outside the peak with index ≤ cut; (0, 0) where there is none.

    Of equally long runs the lowest, then the earliest after the peak.
    """
    outside = YEAR - peak_months
    order = (peaks[:, None] - 1 + peak_months + np.arange(outside)) % YEAR
    values = np.take_along_axis(index, order, axis=1)
    length, total, best = (np.zeros(len(index), kind) for kind in (int, float, int))
    best_length, best_total = np.zeros(len(index), int), np.full(len(index), np.inf)
    for step in range(outside):
        low = values[:, step] <= cut
        length = np.where(low, length + 1, 0)
        total = np.where(low, total + values[:, step], 0.0)
        better = low & ((length > best_length) | ((length == best_length) & (total < best_total)))
        best_length, best_total = np.where(better, length, best_length), np.where(better, total, best_total)
        best = np.where(better, step, best)
    first = np.take_along_axis(order, np.maximum(best - best_length + 1, 0)[:, None], axis=1)[:, 0] + 1
    return np.where(best_length > 0, first, 0), best_length


def months_in(start: np.ndarray, months: np.ndarray) -> np.ndarray:
    """Which calendar months (series, 12) lie in the window of `months` months from `start` (1–12, wrapping)."""
    return (np.arange(1, YEAR + 1)[None, :] - start[:, None]) % YEAR < months[:, None]


def peak_confidence(index: np.ndarray, variance: np.ndarray, months: int) -> np.ndarray:
    """How often the peak of `months` months begins where it was found if the index moves as far as it is unsure (series,), 0–1.

    `variance` is that of the index's logarithm, (series, 12); NaN where it is not known. The same 200 draws for every series.
    """
    draws = np.random.default_rng(0).standard_normal((DRAWS, YEAR)).T
    logs, spread, starts = np.log(np.maximum(index, 1e-9)).T, np.sqrt(variance).T, peak_starts(index, months) - 1
    same = np.full(len(index), np.nan)

    def look(rows: np.ndarray) -> None:
        order = (starts[rows[0]] + np.arange(YEAR)) % YEAR
        moved = np.ix_(order, rows)
        same[rows] = _first_is_peak(logs[moved], spread[moved], draws[order], months)

    of_start = [np.flatnonzero(starts == start) for start in np.unique(starts)]
    each(look, [rows[block] for rows in of_start for block in blocks(len(rows), BLOCK)])
    return np.where(np.isnan(variance + index).any(axis=1), np.nan, same)


def _first_is_peak(logs: np.ndarray, spread: np.ndarray, draws: np.ndarray, months: int) -> np.ndarray:
    """In which part of the `draws` (12, draws) the window from the first month has the largest sum; `logs`, `spread` are (12, series).

    Single precision tells it of nearly every draw in a third of the time; those that it finds too close are looked at again in double.
    """
    single = (of.astype(np.float32) for of in (logs[:, :, None], spread[:, :, None], draws[:, None, :]))
    first, largest = _first_and_largest(*single, months)
    is_first = first >= largest
    series, draw = np.nonzero(~(np.abs(first - largest) > CLOSE * first))
    first, largest = _first_and_largest(logs[:, series], spread[:, series], draws[:, draw], months)
    is_first[series, draw] = first >= largest
    return np.count_nonzero(is_first, axis=1) / DRAWS


def _first_and_largest(logs: np.ndarray, spread: np.ndarray, draws: np.ndarray, months: int) -> tuple[np.ndarray, np.ndarray]:
    """The sum of the window from the first month, and the largest of the windows from the others; the calendar is the first axis."""
    # Too large for single precision is infinite there, which is never told apart from infinite: it is looked at again.
    with np.errstate(over="ignore", invalid="ignore"):
        moved = spread * draws
        moved += logs
        np.exp(moved, out=moved)
        sums = moved.copy()
        for step in range(1, months):
            sums[:-step] += moved[step:]
            sums[-step:] += moved[:step]
    return sums[0], sums[1:].max(axis=0)
