"""Whole cases that add up exactly (methods.md section 6): largest remainders, and controlled rounding of a table."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import optimize, sparse

from measures.customers.ranking import exact_units

# Margins and cells this close to a whole number are whole: the rest is what floating sums leave behind.
ROUNDING = 1e-6
# Cells this far from one half are first taken as plainly rounded: the program is several times smaller so.
UNDECIDED = 0.1
# Smaller tables are solved whole at once.
SMALL = 2_000


@dataclass(frozen=True)
class _Network:
    """A table's rounding as a flow: each undecided cell carries 0 or 1 into its row, its column and the total.

    `part` is what each cell lies above its whole part; `low` and `high` are what rows, columns and total may carry.
    """

    part: np.ndarray
    low: np.ndarray
    high: np.ndarray

    @property
    def cost(self) -> np.ndarray:
        """What rounding a cell up adds to the sum of absolute errors."""
        return 1 - 2 * self.part


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


def controlled_rounding(values: np.ndarray, total: int | None = None, row_sums: np.ndarray | None = None) -> np.ndarray:
    """The table (rows, columns) in whole cases so that cells, both margins and the total are each rounded up or down.

    Exact: every cell is within one of its value, and a margin that is whole already stays as it is. Of all such
    tables the one with the smallest sum of absolute errors, as a linear program on a network (HiGHS), whose corner
    solutions are whole. `total` and `row_sums` (rows,) say which of the two these are. Returns int64. Raises ValueError for values that
    are not finite, ArithmeticError where the row sums leave no such table.
    """
    values = np.asarray(values, float)
    if not np.isfinite(values).all():
        raise ValueError("only finite values can be rounded")
    floor = np.floor(values + ROUNDING)
    part = values - floor
    network = _network(values, floor, np.where(part > ROUNDING, part, 0.0))
    if total is not None:
        network.low[-1] = network.high[-1] = total - floor.sum()
    if row_sums is not None:
        network.low[: len(values)] = network.high[: len(values)] = row_sums - floor.sum(axis=1)
    return (floor + _rounded_up(network)).astype(np.int64)


def _network(values: np.ndarray, floor: np.ndarray, part: np.ndarray) -> _Network:
    sums, base = (np.r_[of.sum(axis=1), of.sum(axis=0), of.sum()] for of in (values, floor))
    return _Network(part, np.floor(sums + ROUNDING) - base, np.ceil(sums - ROUNDING) - base)


def _rounded_up(network: _Network) -> np.ndarray:
    """1 for each cell to round up. Cells left out at first join while the solution's prices say they would help."""
    near = np.abs(network.part - 0.5)
    band = UNDECIDED if network.part.size > SMALL else 0.5
    undecided = (network.part > 0) & (near <= band)
    while (network.part > 0).any():
        found, prices = _solved(network, undecided)
        if found is None and band >= 0.5:
            raise ArithmeticError("rounding to both margins found no table")
        if found is None:
            band *= 2
            undecided |= (network.part > 0) & (near <= band)
            continue
        gain = network.cost - prices
        wrong = ~undecided & (network.part > 0) & np.where(network.part > 0.5, gain > ROUNDING, gain < -ROUNDING)
        if not wrong.any():
            return found
        undecided |= wrong
    return np.zeros_like(network.part)


def _solved(network: _Network, undecided: np.ndarray) -> tuple[np.ndarray | None, np.ndarray]:
    """The best rounding of the undecided cells (None if there is none), and each cell's price in its margins."""
    rows, columns = network.part.shape
    row, column = np.nonzero(undecided)
    cells, margins = np.arange(len(row)), np.arange(rows + columns + 1)
    # Beside the cells, each row, column and the total is a variable: rows feed the total, all within their limits.
    into = np.r_[row, rows + column, margins, np.full(rows, rows + columns)]
    of = np.r_[cells, cells, len(row) + margins, len(row) + np.arange(rows)]
    sign = np.r_[np.ones(2 * len(row)), -np.ones(len(margins)), np.ones(rows)]
    flow = sparse.csc_array((sign, (into, of)), shape=(len(margins), len(row) + len(margins)))
    fixed = np.where(undecided, 0.0, network.part > 0.5)
    bounds = np.column_stack([np.r_[np.zeros(len(row)), network.low], np.r_[np.ones(len(row)), network.high]])
    cost = np.r_[network.cost[row, column], np.zeros(len(margins))]
    carried = np.r_[-fixed.sum(axis=1), -fixed.sum(axis=0), 0.0]
    found = optimize.linprog(cost, A_eq=flow, b_eq=carried, bounds=bounds, method="highs-ds")
    if found.status != 0:
        return None, np.zeros_like(fixed)
    fixed[row, column] = np.rint(found.x[: len(row)])
    prices = found.eqlin.marginals
    return fixed, prices[:rows, None] + prices[None, rows : rows + columns]


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
