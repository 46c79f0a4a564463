"""Natural sales: what would be sold with no new action (methods.md sections 6 and 7).

The forecast "combo" is the mean of Theta on deseasonalised data, a smoothed level × season, and last year's months
moved by the root of last year's growth. Its index rests on the last 72 months, so that each calendar month has five
ratios, and its history on the last 120: with these it gives the published forecasts of Australian beer to the digit.
Series are rows; NaN stands before a series begins, zero where nothing was sold. Forecasts are never below zero.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from measures.season_pooling import pooled_indices
from measures.seasons import YEAR, month_numbers, seasonal_index
from measures.stability import INTERMITTENT_GAP

INDEX_YEARS = 6
HISTORY_MONTHS = 120
ALPHAS = np.arange(1, 20) * 0.05
GROWTH_LIMITS = (0.5, 2.0)
ORIGINS = 6
# Rows forecast together: large enough to be fast, small enough for the arrays to stay in the processor's cache.
BLOCK = 1024
# Fewer months with sales have no quartiles worth speaking of.
LEAST_FOR_SPIKES = 8


@dataclass(frozen=True)
class NaturalSales:
    """`cells` (cells, horizon) add up to `totals` (parents, horizon) in every month.

    `cell_method`: combo or mix (the total's forecast × the cell's share of the last 12 months).
    `total_method`: combo, or seasonal naive where that did better at the last six origins.
    """

    cells: np.ndarray
    totals: np.ndarray
    cell_method: np.ndarray
    total_method: np.ndarray


def natural_sales(values: np.ndarray, parents: np.ndarray, months: Sequence, horizon: int) -> NaturalSales:
    """Natural sales of every cell for `horizon` months after the last, consistent with their totals.

    `values` (cells, months) are complete months of sales, `parents` (cells,) the number 0, 1, … of each cell's total
    (its distributor, say), `months` dates or calendar numbers. Totals are forecast, cells are too unless sparse,
    and cells are then scaled to their totals (middle-out, proportionally).
    """
    values = np.maximum(np.nan_to_num(np.asarray(values, float)[:, -HISTORY_MONTHS:]), 0.0)
    months = month_numbers(months)[-HISTORY_MONTHS:]
    sums = _summed(values, parents)
    company = _index_or_flat(seasonal_index(months, sums.sum(axis=0), INDEX_YEARS))
    index = pooled_indices(months, sums, company, INDEX_YEARS)[0]
    steady = without_spikes(begun(sums), months, index)
    totals, total_method = best_forecast(steady, months, horizon, company)
    thin = is_sparse(values)
    cells = mix_forecast(values, parents, totals)
    cells[~thin] = _cell_forecast(values[~thin], index[parents[~thin]], months, horizon)
    cells = reconciled(cells, parents, totals, _trailing(values))
    return NaturalSales(cells, totals, np.where(thin, "mix", "combo"), total_method)


def combo(values: np.ndarray, months: Sequence, horizon: int, index: np.ndarray | None = None) -> np.ndarray:
    """The forecast of the next `horizon` months, (series, months) → (series, horizon). methods.md section 7.

    `index` (series, 12) is each one's seasonal index; without it the series' own of the last 72 months is taken, or
    no season where there isn't one. A series under twelve months has no last year: the other two parts alone.
    """
    values, months = np.atleast_2d(np.asarray(values, float)), month_numbers(months)
    if index is None:
        index = _index_or_flat(np.atleast_2d(seasonal_index(months, values, INDEX_YEARS)))
    index = np.broadcast_to(np.where(index > 0, index, 1.0), (len(values), YEAR))
    blocks = range(0, len(values), BLOCK)
    parts = [_combo(values[at : at + BLOCK], index[at : at + BLOCK], months, horizon) for at in blocks]
    return np.concatenate(parts) if parts else np.zeros((0, horizon))


def seasonal_naive(values: np.ndarray, horizon: int) -> np.ndarray:
    """Each month as in the last year, (series, months) → (series, horizon); NaN where there is no such month."""
    values = np.atleast_2d(np.asarray(values, float))
    missing = max(YEAR - values.shape[1], 0)
    last = np.pad(values, ((0, 0), (missing, 0)), constant_values=np.nan)[:, -YEAR:]
    return last[:, np.arange(horizon) % YEAR]


def best_forecast(
    values: np.ndarray, months: Sequence, horizon: int, company: np.ndarray | None = None
) -> tuple[np.ndarray, np.ndarray]:
    """The combo, or seasonal naive where the combo lost to it over the last six origins; and which of them it was.

    Origins are one month apart and look up to a year ahead. A series is compared where it had two years of history
    at the first origin. Short series borrow their season from `company` (12,).
    """
    values, months = np.atleast_2d(np.asarray(values, float)), month_numbers(months)
    company = np.ones(YEAR) if company is None else company
    combined = combo(values, months, horizon, pooled_indices(months, values, company, INDEX_YEARS)[0])
    lost, naive = _lost_to_naive(values, months, min(horizon, YEAR), company), seasonal_naive(values, horizon)
    return np.where(lost[:, None], naive, combined), np.where(lost, "seasonal naive", "combo")


def without_spikes(values: np.ndarray, months: Sequence, index: np.ndarray) -> np.ndarray:
    """The values with promotional spikes put back to the median: deseasonalised over Q3 + 3·IQR of positive months.

    `index` is (series, 12). Taken before deseasonalising, the rule would cut off the peak season of a series that sells
    in few months. Series with under eight positive months stay as they are.
    """
    expected = np.where(index > 0, index, 1.0)[:, month_numbers(months) - 1]
    level = values / expected
    ordered = np.sort(np.where(level > 0, level, np.nan), axis=1)
    n = (level > 0).sum(axis=1)
    lower, median, upper = (_quantile(ordered, n, share) for share in (0.25, 0.5, 0.75))
    spike = (level > (upper + 3 * (upper - lower))[:, None]) & (n >= LEAST_FOR_SPIKES)[:, None]
    return np.where(spike, median[:, None] * expected, values)


def is_sparse(values: np.ndarray) -> np.ndarray:
    """Series too thin to forecast alone: begun under 24 months ago, or on average 1.32 months or more between sales."""
    recent = np.nan_to_num(np.asarray(values, float))[:, -2 * YEAR :]
    active = (recent > 0).sum(axis=1)
    old = (np.nan_to_num(values[:, : values.shape[1] - 2 * YEAR + 1]) > 0).any(axis=1)
    return ~old | (INTERMITTENT_GAP * active <= 2 * YEAR)


def mix_forecast(values: np.ndarray, parents: np.ndarray, totals: np.ndarray) -> np.ndarray:
    """Each cell's share of its total's last 12 months × the total's forecast, (cells, horizon)."""
    return _shares(_trailing(values), parents, len(totals))[:, None] * totals[parents]


def reconciled(cells: np.ndarray, parents: np.ndarray, totals: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """The cells scaled so that each month adds up to its total, (cells, horizon).

    Where a total has a forecast but its cells have none in a month, it is divided by `weights` (cells,), and
    where these are zero too, evenly: what the middle level says is never lost.
    """
    sums = _summed(cells, parents, len(totals))
    factor = np.divide(totals, sums, out=np.zeros_like(totals), where=sums > 0)
    share = _shares(weights, parents, len(totals))[:, None]
    return np.where((sums > 0)[parents], cells * factor[parents], share * totals[parents])


def begun(values: np.ndarray) -> np.ndarray:
    """The values with NaN instead of the zeros before each series' first positive month."""
    values = np.asarray(values, float)
    return np.where(np.maximum.accumulate(np.nan_to_num(values) > 0, axis=1), values, np.nan)


def _combo(values: np.ndarray, index: np.ndarray, months: np.ndarray, horizon: int) -> np.ndarray:
    steps = np.arange(1, horizon + 1)
    deseasonalised = values / index[:, months - 1]
    level, alpha, n = _smoothed(deseasonalised)
    left = (1 - (1 - alpha) ** n) / alpha
    drift = _slope(deseasonalised) / 2
    season = index[:, (months[-1] - 1 + steps) % YEAR]
    theta = (level[:, None] + drift[:, None] * (steps - 1 + left[:, None])) * season
    last_year = seasonal_naive(values, horizon) * np.sqrt(_growth(values))[:, None]
    parts = np.stack([theta, level[:, None] * season, last_year])
    known = ~np.isnan(parts)
    mean = np.where(known, parts, 0.0).sum(axis=0) / np.maximum(known.sum(axis=0), 1)
    return np.maximum(mean, 0.0)


def _smoothed(values: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Simple exponential smoothing: the last level at the alpha with the least squared one-step error, alpha, months."""
    level, squares = np.zeros((len(values), len(ALPHAS))), np.zeros((len(values), len(ALPHAS)))
    started = ~np.isnan(values)
    for at in range(values.shape[1]):
        first = started[:, at] if at == 0 else started[:, at] & ~started[:, at - 1]
        now = np.where(started[:, at], values[:, at], 0.0)[:, None]
        level = np.where(first[:, None], now, level)
        error = now - level
        squares += error**2
        level += ALPHAS * error
    best = np.argmin(squares, axis=1)[:, None]
    return np.take_along_axis(level, best, 1)[:, 0], ALPHAS[best[:, 0]], started.sum(axis=1)


def _slope(values: np.ndarray) -> np.ndarray:
    """Ordinary least squares slope of each row over its months; 0 under two months."""
    known = ~np.isnan(values)
    n = np.maximum(known.sum(axis=1), 1)
    at, filled = np.where(known, np.arange(values.shape[1]), 0.0), np.where(known, values, 0.0)
    time = np.where(known, at - (at.sum(axis=1) / n)[:, None], 0.0)
    spread = (time**2).sum(axis=1)
    return np.divide((time * filled).sum(axis=1), spread, out=np.zeros(len(values)), where=spread > 0)


def _growth(values: np.ndarray) -> np.ndarray:
    """Last 12 months ÷ the 12 before, kept within 0.5–2; 1 without two years."""
    if values.shape[1] < 2 * YEAR:
        return np.ones(len(values))
    last, before = values[:, -YEAR:].sum(axis=1), values[:, -2 * YEAR : -YEAR].sum(axis=1)
    growth = np.divide(last, before, out=np.ones(len(values)), where=before > 0)
    return np.clip(growth, *GROWTH_LIMITS)


def _lost_to_naive(values: np.ndarray, months: np.ndarray, horizon: int, company: np.ndarray) -> np.ndarray:
    last = values.shape[1] - horizon
    first = last - ORIGINS + 1
    if first < 2 * YEAR:
        return np.zeros(len(values), bool)
    errors = np.zeros((2, len(values)))
    for origin in range(first, last + 1):
        past, actual = values[:, :origin], values[:, origin : origin + horizon]
        index = pooled_indices(months[:origin], past, company, INDEX_YEARS)[0]
        forecasts = combo(past, months[:origin], horizon, index), seasonal_naive(past, horizon)
        errors += [np.abs(forecast - actual).sum(axis=1) for forecast in forecasts]
    # Two perfect forecasts differ by rounding; that is no defeat.
    rounding = 1e-9 * np.nan_to_num(values).sum(axis=1)
    return ~np.isnan(values[:, first - 2 * YEAR]) & (errors[0] > errors[1] + rounding)


def _cell_forecast(values: np.ndarray, parent_index: np.ndarray, months: np.ndarray, horizon: int) -> np.ndarray:
    index = pooled_indices(months, values, parent_index, INDEX_YEARS)[0]
    return combo(without_spikes(begun(values), months, index), months, horizon, index)


def _quantile(ordered: np.ndarray, n: np.ndarray, share: float) -> np.ndarray:
    """The linear quantile of each row's first n values, which are sorted; NaN where n is 0."""
    place = share * np.maximum(n - 1, 0)
    below = np.floor(place).astype(int)
    above = np.minimum(below + 1, np.maximum(n - 1, 0))
    low, high = (np.take_along_axis(ordered, at[:, None], 1)[:, 0] for at in (below, above))
    return low + (place - below) * (high - low)


def _index_or_flat(index: np.ndarray) -> np.ndarray:
    return np.where(np.isnan(index).any(axis=-1, keepdims=True) | (index <= 0).any(axis=-1, keepdims=True), 1.0, index)


def _trailing(values: np.ndarray) -> np.ndarray:
    return np.maximum(np.nan_to_num(values[:, -YEAR:]), 0.0).sum(axis=1)


def _shares(weights: np.ndarray, parents: np.ndarray, n: int) -> np.ndarray:
    sums, counts = np.bincount(parents, weights, n), np.bincount(parents, minlength=n)
    even = 1 / np.maximum(counts, 1)
    return np.where(sums[parents] > 0, weights / np.where(sums > 0, sums, 1.0)[parents], even[parents])


def _summed(values: np.ndarray, parents: np.ndarray, n: int | None = None) -> np.ndarray:
    n = int(parents.max(initial=-1)) + 1 if n is None else n
    members = sparse.csr_array((np.ones(len(parents)), (parents, np.arange(len(parents)))), shape=(n, len(parents)))
    return members @ values
