"""Natural sales: what would be sold with no new action (methods.md sections 6 and 7).

The forecast is measures/seasons/combo.py's, or one with seasonal naive where that did better at earlier dates (measures/seasons/rolling_origins.py).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from measures.blocks import blocks, each
from measures.customers.stability import INTERMITTENT_GAP
from measures.seasons.combo import BLOCK, HISTORY_MONTHS, INDEX_YEARS, combo, index_or_flat, seasonal_naive
from measures.seasons.rolling_origins import Trial, methods, mixed, rolling_origins
from measures.seasons.season_pooling import pooled, pooled_indices
from measures.seasons.seasons import YEAR, month_numbers, seasonal_index
from measures.seasons.steady import steady_series, without_spikes


@dataclass(frozen=True)
class NaturalSales:
    """`cells` (cells, horizon) add up to `totals` (parents, horizon) in every month.

    `cell_method`: combo or mix (the total's forecast × the cell's share of the last 12 months).
    `total_method`: combo, or the mean of both or seasonal naive where that did better at the trial's origins.
    """

    cells: np.ndarray
    totals: np.ndarray
    cell_method: np.ndarray
    total_method: np.ndarray
    trial: Trial


def natural_sales(
    values: np.ndarray, parents: np.ndarray, months: Sequence, horizon: int, trial: Trial | None = None
) -> NaturalSales:
    """Natural sales of every cell for `horizon` months after the last, consistent with their totals.

    `values` (cells, months) are complete months of sales, `parents` (cells,) the number 0, 1, … of each cell's total
    (its distributor, say), `months` dates or calendar numbers. Totals are forecast, cells are too unless sparse,
    and cells are then scaled to their totals (middle-out, proportionally). `trial` is what was forecast of the totals before,
    where it is known already.
    """
    values = not_negative(np.asarray(values, float)[:, -HISTORY_MONTHS:])
    months = month_numbers(months)[-HISTORY_MONTHS:]
    sums = summed(values, parents)
    company = index_or_flat(seasonal_index(months, sums.sum(axis=0), INDEX_YEARS))
    index = pooled_indices(months, sums, company, INDEX_YEARS)[0]
    trial = rolling_origins(sums, months, horizon) if trial is None else trial
    totals, total_method = best_forecast(sums, months, horizon, company, trial)
    thin, weights = is_sparse(values), _trailing(values)
    cells = np.empty((len(values), totals.shape[1]))
    cells[thin] = _mixed(weights, parents, totals, np.flatnonzero(thin))
    thick = np.flatnonzero(~thin)
    for rows, found in _cell_forecast(values, index, parents, thick, months, horizon):
        cells[rows] = found
    return NaturalSales(reconciled(cells, parents, totals, weights), totals, np.where(thin, "mix", "combo"), total_method, trial)


def best_forecast(
    values: np.ndarray, months: Sequence, horizon: int, company: np.ndarray | None = None, trial: Trial | None = None
) -> tuple[np.ndarray, np.ndarray]:
    """The combo, or where that lost to seasonal naive at six origins or more the mean of both or seasonal naive; and which of them it was.

    Short series borrow their season from `company` (12,); promotional spikes are taken out first. `trial` is what both would have
    said before, where it is known already. A series of less than a year has no last year's months: it is forecast by the combo.
    """
    values, months = np.atleast_2d(np.asarray(values, float)), month_numbers(months)
    company = np.ones(YEAR) if company is None else company
    trial = rolling_origins(values, months, horizon) if trial is None else trial
    steady, index = steady_series(values, months, company, INDEX_YEARS)
    combined, naive = combo(steady, months, horizon, index), seasonal_naive(steady, horizon)
    # Who began less than a year ago has no last year's months to fall back on.
    weight = np.where(np.isnan(naive).any(axis=1), 1.0, trial.weight)
    return mixed(combined, naive, weight[:, None]), methods(weight)


def is_sparse(values: np.ndarray) -> np.ndarray:
    """Series too thin to forecast alone: begun under 24 months ago, or on average 1.32 months or more between sales."""
    sold = np.asarray(values, float) > 0
    active = sold[:, -2 * YEAR :].sum(axis=1)
    old = sold[:, : sold.shape[1] - 2 * YEAR + 1].any(axis=1)
    return ~old | (INTERMITTENT_GAP * active <= 2 * YEAR)


def mix_forecast(values: np.ndarray, parents: np.ndarray, totals: np.ndarray) -> np.ndarray:
    """Each cell's share of its total's last 12 months × the total's forecast, (cells, horizon)."""
    return _mixed(_trailing(values), parents, totals, np.arange(len(values)))


def _mixed(weights: np.ndarray, parents: np.ndarray, totals: np.ndarray, rows: np.ndarray) -> np.ndarray:
    """The forecast of some of the cells as their shares by weight (cells,) of their totals' forecasts, (rows, horizon)."""
    return _shares(weights, parents, len(totals))[rows, None] * totals[parents[rows]]


def reconciled(cells: np.ndarray, parents: np.ndarray, totals: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """The cells scaled so that each month adds up to its total, (cells, horizon).

    Where a total has a forecast but its cells have none in a month, it is divided by `weights` (cells,), and
    where these are zero too, evenly: what the middle level says is never lost.
    """
    sums = summed(cells, parents, len(totals))
    factor = np.divide(totals, sums, out=np.zeros_like(totals), where=sums > 0)
    found = factor[parents]
    found *= cells
    empty = ~(sums > 0)
    rows = np.flatnonzero(empty.any(axis=1)[parents])
    if len(rows):
        found[rows] = np.where(empty[parents[rows]], _mixed(weights, parents, totals, rows), found[rows])
    return found


def _cell_forecast(
    values: np.ndarray, parent_index: np.ndarray, parents: np.ndarray, cells: np.ndarray, months: np.ndarray, horizon: int
) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Some of the cells in blocks, and the forecast of each block."""
    numbers = [cells[block] for block in blocks(len(cells), BLOCK)]
    return zip(numbers, each(lambda of: _forecast_block(values[of], parent_index[parents[of]], months, horizon), numbers), strict=True)


def _forecast_block(values: np.ndarray, parent_index: np.ndarray, months: np.ndarray, horizon: int) -> np.ndarray:
    found = pooled(months, values, parent_index, INDEX_YEARS)
    return combo(without_spikes(found.begun, months, found.index), months, horizon, found.index)


def not_negative(values: np.ndarray) -> np.ndarray:
    """The values with 0 for what is below it or not known; the same array where nothing is: history by cell is long to copy."""
    return values if values.min(initial=0.0) >= 0 else np.fmax(values, 0.0)


def _trailing(values: np.ndarray) -> np.ndarray:
    return np.fmax(values[:, -YEAR:], 0.0).sum(axis=1)


def _shares(weights: np.ndarray, parents: np.ndarray, n: int) -> np.ndarray:
    sums, counts = np.bincount(parents, weights, n), np.bincount(parents, minlength=n)
    even = 1 / np.maximum(counts, 1)
    return np.where(sums[parents] > 0, weights / np.where(sums > 0, sums, 1.0)[parents], even[parents])


def summed(values: np.ndarray, parents: np.ndarray, n: int | None = None) -> np.ndarray:
    """The rows' sums by parent (0, 1, …), (rows, columns) → (parents, columns)."""
    n = int(parents.max(initial=-1)) + 1 if n is None else n
    members = sparse.csr_array((np.ones(len(parents)), (parents, np.arange(len(parents)))), shape=(n, len(parents)))
    return members @ values
