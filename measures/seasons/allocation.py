"""From a requirement to targets (methods.md section 6): lift, allocation within limits, fitting to both margins.

Nothing here rounds: whole cases are made at the end, by measures/seasons/case_board.py.
"""

from dataclasses import dataclass

import numpy as np

# Totals that differ by less than this share are equal: the rest is what floating sums leave behind.
ROUNDING = 1e-6
# Under this part of a total a difference has lost digits.
LITTLE = 1e-3


@dataclass(frozen=True)
class Fitted:
    """`values` fitted to both margins; `error` is the largest absolute gap to a margin that is left."""

    values: np.ndarray
    converged: bool
    error: float


def lift(natural_peak: float, requirement: float) -> float:
    """g = (R − N_peak) ÷ N_peak: how far the peak's requirement exceeds natural sales; NaN without natural sales."""
    return (requirement - natural_peak) / natural_peak if natural_peak > 0 else float("nan")


def filled(total: float, weights: np.ndarray, room: np.ndarray) -> np.ndarray:
    """x = min(lambda·weight, room), (cells,), with a lambda ≥ 0 such that it sums to the total.

    A total beyond the room of the cells with a weight is cut to it.
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


def _ratio(wanted: np.ndarray, found: np.ndarray) -> np.ndarray:
    return np.divide(wanted, found, out=np.zeros_like(found), where=found > 0)
