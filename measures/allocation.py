"""From a requirement to targets (methods.md section 6): lift, allocation within limits, margins, whole cases.

What can't be met is said with the nearest that can, never met quietly in part. Nothing here rounds before the end,
and what is rounded adds up exactly.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import optimize, sparse

from measures.ranking import exact_units

# Margins and cells this close to a whole number are whole: the rest is what floating sums leave behind.
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


def whole_cases(total: int | np.ndarray, weights: np.ndarray, keys: Sequence | None = None) -> np.ndarray:
    """`total` whole cases divided in proportion to `weights` by largest remainders, int64.

    `weights` is (cells,) with one total, or (rows, cells) with a total for each row. Equal remainders: the larger
    weight first, then the smaller of `keys` (cells,) as text, else the earlier cell. Remainders are compared as whole
    numbers. Raises ValueError for a negative weight or total, or cases without any weight to follow.
    """
    weights = np.asarray(weights)
    totals = np.atleast_1d(np.asarray(total, np.int64))
    matrix = np.atleast_2d(_whole_weights(weights, max(int(totals.max(initial=1)), weights.shape[-1], 1)))
    sums = matrix.sum(axis=1)
    if (matrix < 0).any() or (totals < 0).any() or ((totals > 0) & (sums == 0)).any():
        raise ValueError("whole cases need weights and totals that are not negative, and a weight to follow")
    product, divisor = matrix * totals[:, None], np.maximum(sums, 1)[:, None]
    whole, remainder = (product // divisor).astype(np.int64), product % divisor
    one_more = _rank(remainder, matrix, keys) < (totals - whole.sum(axis=1))[:, None]
    return (whole + one_more).reshape(weights.shape)


def controlled_rounding(values: np.ndarray) -> np.ndarray:
    """The table (rows, columns) in whole cases so that cells, both margins and the total are each rounded up or down.

    Exact: every cell is within one of its value, and where a margin is whole already it stays as it is. Of all such
    tables the one with the smallest sum of absolute errors, as a linear program on a network (HiGHS), whose corner
    solutions are whole. Raises ValueError for values that are not finite.
    """
    values = np.asarray(values, float)
    if not np.isfinite(values).all():
        raise ValueError("only finite values can be rounded")
    floor = np.floor(values + ROUNDING)
    part = np.clip(values - floor, 0.0, 1.0)
    row, column = np.nonzero(part > ROUNDING)
    if not len(row):
        return floor.astype(np.int64)
    cost = 1 - 2 * part[row, column]
    matrix, low, high = _margin_limits(values, floor, row, column)
    both = sparse.vstack([matrix, -matrix]).tocsr()
    found = optimize.linprog(cost, A_ub=both, b_ub=np.r_[high, -low], bounds=(0, 1), method="highs-ds")
    if found.status != 0:
        raise ArithmeticError(f"rounding to both margins failed: {found.message}")
    rounded = floor.astype(np.int64)
    rounded[row, column] += np.rint(found.x).astype(np.int64)
    return rounded


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


def _whole_weights(weights: np.ndarray, most: int) -> np.ndarray:
    """The weights as whole numbers in proportion, small enough that `most` times one of them fits into 63 bits.

    Doubles keep at least nine significant digits; where that doesn't fit, Python's unbounded integers carry them.
    """
    if weights.dtype == object:
        weights = exact_units(list(weights.ravel())).reshape(weights.shape)
    largest, room = float(np.abs(weights).max(initial=0)) or 1.0, 2.0**62 / most
    if np.issubdtype(weights.dtype, np.integer):
        return weights.astype(np.int64) if largest <= room else weights.astype(object)
    digits = int(np.floor(np.log10(room / largest)))
    scaled = np.rint(weights * 10.0 ** min(max(digits, 9 - int(np.ceil(np.log10(largest)))), 15))
    return scaled.astype(np.int64) if np.abs(scaled).max(initial=0) <= room else _unbounded(scaled)


def _unbounded(whole: np.ndarray) -> np.ndarray:
    return np.array([int(number) for number in whole.ravel()], object).reshape(whole.shape)


def _rank(remainder: np.ndarray, weights: np.ndarray, keys: Sequence | None) -> np.ndarray:
    """Each cell's place in its row by falling remainder, falling weight, rising key."""
    cells = weights.shape[1]
    texts = np.argsort(np.argsort([str(key) for key in keys], kind="stable")) if keys is not None else np.arange(cells)
    rank = np.empty(weights.shape, np.int64)
    for place in range(len(weights)):
        order = np.lexsort((texts, _places(-weights[place]), _places(-remainder[place])))
        rank[place, order] = np.arange(cells)
    return rank


def _places(numbers: np.ndarray) -> np.ndarray:
    """Ranks of whole numbers, equal for equal ones, also of unbounded ones, which can't be sorted by several keys."""
    return np.unique(numbers, return_inverse=True)[1] if numbers.dtype == object else numbers


def _margin_limits(
    values: np.ndarray, floor: np.ndarray, row: np.ndarray, column: np.ndarray
) -> tuple[sparse.csr_array, np.ndarray, np.ndarray]:
    """Which cells rounded up count in which row, column and in all; the least and most of them for each."""
    n = len(row)
    cell = np.arange(n)
    rows, columns = values.shape
    places = np.r_[row, rows + column, np.full(n, rows + columns)]
    matrix = sparse.csr_array((np.ones(3 * n), (places, np.tile(cell, 3))), shape=(rows + columns + 1, n))
    sums = np.r_[values.sum(axis=1), values.sum(axis=0), values.sum()]
    base = np.r_[floor.sum(axis=1), floor.sum(axis=0), floor.sum()]
    return matrix, np.floor(sums + ROUNDING) - base, np.ceil(sums - ROUNDING) - base
