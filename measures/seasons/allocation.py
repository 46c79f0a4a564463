"""From a requirement to targets (methods.md section 6): lift, allocation within limits, fitting to both margins.

What can't be met is said with the nearest that can, never met quietly in part. Nothing here rounds: whole cases
are made at the end, by measures/seasons/rounding.py.
"""

from dataclasses import dataclass

import numpy as np

# Totals that differ by less than this share are equal: the rest is what floating sums leave behind.
ROUNDING = 1e-6
# Under this part of a total a difference has lost digits.
LITTLE = 1e-3


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


def filled(total: float, weights: np.ndarray, room: np.ndarray) -> np.ndarray:
    """x = min(lambda·weight, room), (cells,), with a lambda ≥ 0 such that it sums to the total.

    What `clip_allocation` does with a low of 0, for many cells. A total beyond the room of the cells with a weight is cut to it.
    """
    # Cells are full where lambda × weight exceeds their room: each step fills some more, until none is new. (Products that are summed,
    # not dot products: those wake threads for a millisecond's work.)
    weight, full, left, still = float(weights.sum()), np.zeros(0, np.int64), total, -1
    while (share := _without(weights, weight, full)) > 0:
        wanted = weights * (max(left, 0.0) / share)
        full, still = np.flatnonzero(wanted > room), len(full)
        if len(full) <= still:
            wanted[full] = room[full]
            return wanted
        left = total - float(room[full].sum())
    return np.where(weights > 0, room, 0.0)


def _without(weights: np.ndarray, total: float, places: np.ndarray) -> float:
    """The sum of the weights without those at some places; where little is left of the total, summed anew to keep its digits."""
    left = total - float(weights[places].sum())
    return left if left > total * LITTLE else float(np.delete(weights, places).sum())


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
