"""The forecast of monthly sales: three simple parts and their mean, "combo" (methods.md section 7).

The mean of Theta on deseasonalised data, a smoothed level × season, and last year's months moved by the root of last year's growth.
Its index rests on the last 72 months, so that each calendar month has five ratios, and its history on the last 120: with these it
gives the published forecasts of Australian beer to the digit. Series are rows; NaN stands before a series begins, zero where nothing
was sold. Forecasts are never below zero.
"""

from collections.abc import Sequence

import numpy as np

from measures.seasons.seasons import YEAR, known_months, month_numbers, of_months, seasonal_index

INDEX_YEARS = 6
"""The five years of methods.md section 7 and the half years at both ends that the moving average takes."""
HISTORY_MONTHS = 120
"""Ten years: what is older tells nothing about the next peak and costs as much."""
ALPHAS = np.arange(1, 20) * 0.05
# Sums of squares that differ by less than this part of the sum of squared changes are equal but for rounding.
EQUAL = 1e-12
# One odd year neither halves nor doubles more (methods.md section 7).
GROWTH_LIMITS = (0.5, 2.0)
# Rows forecast together: small enough for the arrays to stay in the processor's cache, large enough for two blocks not to wait for each other.
# No power of two: months that lie one apart would share a place in the cache, and each walk along a row's months would push out the last.
BLOCK = 4_000


def combo(values: np.ndarray, months: Sequence, horizon: int, index: np.ndarray | None = None) -> np.ndarray:
    """The forecast of the next `horizon` months, (series, months) → (series, horizon). methods.md section 7.

    `index` (series, 12) is each one's seasonal index; without it the series' own of the last 72 months is taken, or
    no season where there isn't one. A series under twelve months has no last year: the other two parts alone.
    """
    values, months = np.atleast_2d(np.asarray(values, float)), month_numbers(months)
    if index is None:
        index = index_or_flat(np.atleast_2d(seasonal_index(months, values, INDEX_YEARS)))
    index = np.broadcast_to(np.where(index > 0, index, 1.0), (len(values), YEAR))
    blocks = range(0, len(values), BLOCK)
    parts = [_combo(values[at : at + BLOCK], index[at : at + BLOCK], months, horizon) for at in blocks]
    return np.concatenate(parts) if parts else np.zeros((0, horizon))


def seasonal_naive(values: np.ndarray, horizon: int) -> np.ndarray:
    """Each month as in the last year, (series, months) → (series, horizon); NaN where there is no such month."""
    last = np.atleast_2d(np.asarray(values, float))[:, -YEAR:]
    missing = YEAR - last.shape[1]
    if missing:
        last = np.pad(last, ((0, 0), (missing, 0)), constant_values=np.nan)
    return last.T[np.arange(horizon) % YEAR].T


def index_or_flat(index: np.ndarray) -> np.ndarray:
    """Indices (…, 12), with no season instead of one that has a month without sales or without data."""
    return np.where(np.isnan(index).any(axis=-1, keepdims=True) | (index <= 0).any(axis=-1, keepdims=True), 1.0, index)


def _combo(values: np.ndarray, index: np.ndarray, months: np.ndarray, horizon: int) -> np.ndarray:
    # Months first, so that each month's values lie together in memory.
    steps = np.arange(1, horizon + 1)
    deseasonalised = values / of_months(index, months)
    level, alpha, n = _smoothed(deseasonalised)
    left = (1 - (1 - alpha) ** n) / alpha
    drift = _slope(deseasonalised, n) / 2
    season = of_months(index, (months[-1] - 1 + steps) % YEAR + 1).T
    theta = (level + drift * ((steps - 1)[:, None] + left)) * season
    last_year = seasonal_naive(values, horizon).T * np.sqrt(_growth(values))
    both = theta + level * season
    return np.maximum(np.where(np.isnan(last_year), both / 2, (both + last_year) / 3), 0.0).T


def _smoothed(values: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Simple exponential smoothing: the last level at the alpha with the least squared one-step error, alpha, months.

    The error of one step is k = 1 − alpha times the last one and the change d of the value, and the level is the value less k times the
    error. The squared errors need no errors: with the products r(l) = sum d(t)·d(t + l) of changes l months apart they sum to
    (r(0) + 2·sum k^l·r(l) − (k × last error)²) ÷ (1 − k²), so that all alphas share the products. Of equal sums the smallest alpha counts.
    """
    steps, known = np.ascontiguousarray(np.diff(values.T, axis=0)), known_months(values)
    if known.min(initial=values.shape[1]) < values.shape[1]:
        np.copyto(steps, 0.0, where=np.isnan(steps))
    kept, count = 1 - ALPHAS[:, None], len(steps)
    powers, products = kept ** np.arange(count), np.empty_like(steps)
    for apart, product in enumerate(products):
        np.einsum("mn,mn->n", steps[apart:], steps[: count - apart], out=product)
    carried = kept * powers[:, ::-1] @ steps
    squares = np.where(np.arange(count) > 0, 2, 1) * powers / (1 - kept**2) @ products
    squares -= carried**2 / (1 - kept**2)
    best = np.argmax(squares <= squares.min(axis=0) + EQUAL * products[:1].sum(axis=0), axis=0)
    level = np.nan_to_num(values[:, -1]) - carried[best, np.arange(len(values))]
    return level, ALPHAS[best], known


def _slope(values: np.ndarray, n: np.ndarray) -> np.ndarray:
    """Ordinary least squares slope of each row over its last n months, those that it has; 0 under two months."""
    months = values.shape[1]
    moved = np.einsum("m,mn->n", np.arange(months) - (months - 1) / 2, values.T)
    late = np.flatnonzero(n < months)
    time, young = np.arange(months)[:, None] - (months - (n[late] + 1) / 2), values.T[:, late]
    moved[late] = np.einsum("mn,mn->n", time, np.where(np.isnan(young), 0.0, young))
    return np.divide(moved, n * (n**2 - 1) / 12, out=np.zeros(len(values)), where=n > 1)


def _growth(values: np.ndarray) -> np.ndarray:
    """Last 12 months ÷ the 12 before, kept within 0.5–2; 1 without two years."""
    if values.shape[1] < 2 * YEAR:
        return np.ones(len(values))
    last, before = values[:, -YEAR:].sum(axis=1), values[:, -2 * YEAR : -YEAR].sum(axis=1)
    growth = np.divide(last, before, out=np.ones(len(values)), where=before > 0)
    return np.clip(growth, *GROWTH_LIMITS)
