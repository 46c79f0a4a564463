"""Monthly sales made ready for a forecast: from their first month on, without promotional spikes (methods.md section 6)."""

from collections.abc import Sequence

import numpy as np

from measures.seasons.season_pooling import pooled_indices
from measures.seasons.seasons import month_numbers

# Fewer months with sales have no quartiles worth speaking of.
LEAST_FOR_SPIKES = 8


def steady_series(values: np.ndarray, months: Sequence, pool: np.ndarray, years: int) -> tuple[np.ndarray, np.ndarray]:
    """The series (series, months) ready for a forecast, and the index (series, 12) of each as it is then.

    The season that spikes are told by is that of the series with them; only where one was taken out is it looked for again.
    """
    index = pooled_indices(months, values, pool, years)[0]
    given = begun(values)
    steady = without_spikes(given, months, index)
    mended = np.flatnonzero((steady != given).any(axis=1, where=~np.isnan(given)))
    if len(mended):
        index[mended] = pooled_indices(months, steady[mended], np.broadcast_to(pool, index.shape)[mended], years)[0]
    return steady, index


def begun(values: np.ndarray) -> np.ndarray:
    """The values with NaN instead of the zeros before each series' first positive month."""
    values = np.asarray(values, float)
    positive = np.greater(values, 0, order="C")
    first = np.where(positive.any(axis=1), np.argmax(positive, axis=1), values.shape[1])
    return np.where((np.arange(values.shape[1])[:, None] >= first).T, values, np.nan)


def without_spikes(values: np.ndarray, months: Sequence, index: np.ndarray) -> np.ndarray:
    """The values with promotional spikes put back to the median: deseasonalised over Q3 + 3·IQR of positive months.

    `index` is (series, 12). Taken before deseasonalising, the rule would cut off the peak season of a series that sells
    in few months. Series with under eight positive months stay as they are.
    """
    expected = np.where(index > 0, index, 1.0)[:, month_numbers(months) - 1]
    level = values / expected
    n, zeros = (of.sum(axis=1, dtype=np.int32) for of in (level > 0, level <= 0))
    ordered = np.sort(np.ascontiguousarray(level), axis=1)
    lower, median, upper = (_quantile(ordered, zeros, n, share) for share in (0.25, 0.5, 0.75))
    limit = np.where(n >= LEAST_FOR_SPIKES, upper + 3 * (upper - lower), np.inf)
    spikes = np.nonzero(level > limit[:, None])
    found = values.copy(order="K")
    found[spikes] = median[spikes[0]] * expected[spikes]
    return found


def _quantile(ordered: np.ndarray, first: np.ndarray, n: np.ndarray, share: float) -> np.ndarray:
    """The linear quantile of each row's n values from the place `first` on, which are sorted; meaningless where n is 0."""
    last = np.maximum(n - 1, 0)
    place = share * last
    below = np.floor(place).astype(int)
    low, high = (ordered[np.arange(len(ordered)), np.minimum(first + at, ordered.shape[1] - 1)] for at in (below, np.minimum(below + 1, last)))
    return low + (place - below) * (high - low)
