"""From a requirement to targets (methods.md section 6): lift, allocation within limits, fitting to both margins.

What can't be met is said with the nearest that can, never met quietly in part. Nothing here rounds: whole cases
are made at the end, by measures/seasons/rounding.py.
"""

from dataclasses import dataclass

import numpy as np

# Totals that differ by less than this share are equal: the rest is what floating sums leave behind.
ROUNDING = 1e-6


@dataclass(frozen=True)
class Allocation:
    """`values` sum to `total`: the one asked for if `feasible`, else the nearest that the limits allow."""

    values: np.ndarray
    total: float
    feasible: bool


@dataclass(frozen=True)
class Fitted:
    """`values` fitted to both margins; `error` is the largest absolute gap to a margin that is left."""

    values: np.ndarray
    converged: bool
    error: float


def lift(natural_peak: float, requirement: float) -> float:
    """g = (R − N_peak) ÷ N_peak: how far the peak's requirement exceeds natural sales; NaN without natural sales."""
    return (requirement - natural_peak) / natural_peak if natural_peak > 0 else float("nan")


def held_targets(natural: np.ndarray, growth: float) -> np.ndarray:
    """The whole lift in every month: N·(1 + g). `natural` is (…, months); without a need (g ≤ 0) natural itself."""
    return np.asarray(natural, float) * (1 + max(growth, 0.0))


def ramp_targets(natural: np.ndarray, growth: float) -> np.ndarray:
    """The lift arriving evenly over the J months: N_j·(1 + g·j/J), new outlets take time. `natural` is (…, months)."""
    natural = np.asarray(natural, float)
    months = natural.shape[-1]
    return natural * (1 + max(growth, 0.0) * np.arange(1, months + 1) / months)


def clip_allocation(total: float, weights: np.ndarray, low: np.ndarray, high: np.ndarray) -> Allocation:
    """x = clip(lambda·weight, low, high) with lambda ≥ 0 such that x sums to `total`.

    `weights` (n,) and the limits 0 ≤ `low` ≤ `high`, (n,) or single numbers, which may be infinite. A cell of weight 0
    stays at its low. Outside what can be reached the nearest total comes back, marked as not feasible.
    """
    weights = np.asarray(weights, float)
    low, high = (np.broadcast_to(np.asarray(limit, float), weights.shape) for limit in (low, high))
    if (weights < 0).any() or (low < 0).any() or (low > high).any():
        raise ValueError("weights and limits must not be negative, and low must not exceed high")
    nearest = float(np.clip(total, low.sum(), np.where(weights > 0, high, low).sum()))
    values = np.clip(_multiplier(nearest, weights, low, high) * weights, low, high)
    return Allocation(values, nearest, bool(abs(nearest - total) <= ROUNDING * max(1.0, abs(total))))


def filled(totals: np.ndarray, weights: np.ndarray, room: np.ndarray) -> np.ndarray:
    """x = min(lambda·weight, room) with a lambda ≥ 0 for each column such that it sums to its total: (cells, columns).

    What `clip_allocation` does with a low of 0, for many cells and all columns at once. A total beyond the room of the cells with a
    weight is cut to it. Columns lie together in memory (Fortran's order).
    """
    found = np.zeros(weights.shape, order="F")
    for column, total in enumerate(np.asarray(totals, float).tolist()):
        if total > 0:
            found[:, column] = filled_column(total, weights[:, column], room[:, column])
    return found


def filled_column(total: float, weights: np.ndarray, room: np.ndarray) -> np.ndarray:
    """The same for one column, (cells,)."""
    usable = (room > 0) & (weights > 0)
    if not usable.all():
        made, where = np.zeros(len(weights)), np.flatnonzero(usable)
        made[where] = filled_column(total, weights[where], room[where]) if len(where) else 0.0
        return made
    most = room / weights
    # Cells are full where lambda exceeds their room by weight: each step fills some more, until none is new. (Products that are summed,
    # not dot products: those wake threads for a millisecond's work.)
    is_open, still, factor = np.ones(len(weights), bool), -1, total / float(weights.sum())
    while still != (still := np.count_nonzero(np.logical_and(is_open, most > factor, out=is_open))):
        left, share = total - float((room * ~is_open).sum()), float((weights * is_open).sum())
        factor = max(left, 0.0) / share if share > 0 else 0.0
    return np.where(is_open, weights * factor, room)


def fit_margins(
    seed: np.ndarray, rows: np.ndarray, columns: np.ndarray, tolerance: float = 1e-9, most_rounds: int = 1000
) -> Fitted:
    """Iterative proportional fitting of `seed` (rows, columns) to both margins; zero cells stay zero.

    Raises ValueError where the margins' totals differ or anything is negative. Not converged: zeros in the seed make
    the margins impossible together.
    """
    values, rows, columns = (np.array(given, float) for given in (seed, rows, columns))
    if min(part.min(initial=0.0) for part in (values, rows, columns)) < 0:
        raise ValueError("seed and margins must not be negative")
    if abs(rows.sum() - columns.sum()) > ROUNDING * max(1.0, rows.sum()):
        raise ValueError("rows and columns must have the same total")
    limit = tolerance * max(1.0, rows.max(initial=0.0), columns.max(initial=0.0))
    error = float("inf")
    for _ in range(most_rounds):
        values *= _ratio(rows, values.sum(axis=1))[:, None]
        values *= _ratio(columns, values.sum(axis=0))
        gaps = np.abs(values.sum(axis=1) - rows), np.abs(values.sum(axis=0) - columns)
        error = float(max(gap.max(initial=0.0) for gap in gaps))
        if error <= limit:
            break
    return Fitted(values, error <= limit, error)


def _multiplier(total: float, weights: np.ndarray, low: np.ndarray, high: np.ndarray) -> float:
    """The lambda at which the clipped sum reaches `total`: it is piecewise linear, with a knee at each limit ÷ weight."""
    active = weights > 0
    if not active.any():
        return 0.0
    weight, floor = weights[active], low[active]
    # No cell can get more than everything: an infinite limit would make the sums below meaningless.
    ceiling = np.maximum(floor, np.minimum(high[active], total))
    knees = np.r_[floor, ceiling] / np.r_[weight, weight]
    order = np.argsort(knees, kind="stable")
    at, slopes = knees[order], np.cumsum(np.r_[weight, -weight][order])
    sums = low.sum() + np.r_[0.0, np.cumsum(slopes[:-1] * np.diff(at))]
    place = int(np.clip(np.searchsorted(sums, total), 1, len(at) - 1))
    with np.errstate(divide="ignore", invalid="ignore"):
        found = at[place - 1] + (total - sums[place - 1]) / slopes[place - 1]
    return float(np.clip(np.nan_to_num(found), at[place - 1], at[place]))


def _ratio(wanted: np.ndarray, found: np.ndarray) -> np.ndarray:
    return np.divide(wanted, found, out=np.zeros_like(found), where=found > 0)
