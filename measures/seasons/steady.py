"""Monthly sales made ready for a forecast: from their first month on, without promotional spikes (methods.md section 6)."""

from collections.abc import Sequence

import numpy as np

from measures.seasons.season_pooling import pooled, pooled_indices
from measures.seasons.seasons import known_months, month_numbers, of_months

# Fewer months with sales have no quartiles worth speaking of.
LEAST_FOR_SPIKES = 8


def steady_series(values: np.ndarray, months: Sequence, pool: np.ndarray, years: int) -> tuple[np.ndarray, np.ndarray]:
    """The series (series, months) ready for a forecast, and the index (series, 12) of each as it is then.

    The season that spikes are told by is that of the series with them; only where one was taken out is it looked for again.
    """
    found = pooled(months, values, pool, years)
    index, given = found.index, found.begun
    steady = without_spikes(given, months, index)
    if steady is given:
        return given, index
    mended = np.flatnonzero((steady != given).any(axis=1, where=~np.isnan(given)))
    index[mended] = pooled_indices(months, steady[mended], np.broadcast_to(pool, index.shape)[mended], years)[0]
    return steady, index


def without_spikes(values: np.ndarray, months: Sequence, index: np.ndarray) -> np.ndarray:
    """The values with promotional spikes put back to the median: deseasonalised over Q3 + 3·IQR of positive months.

    `index` is (series, 12). Taken before deseasonalising, the rule would cut off the peak season of a series that sells
    in few months. Series with under eight positive months stay as they are.
    """
    expected = of_months(np.where(index > 0, index, 1.0), month_numbers(months))
    level = values / expected
    n = (level > 0).sum(axis=1, dtype=np.int32)
    zeros = known_months(level) - n
    ordered = np.sort(np.ascontiguousarray(level), axis=1)
    lower, median, upper = (_quantile(ordered, zeros, n, share) for share in (0.25, 0.5, 0.75))
    limit = np.where(n >= LEAST_FOR_SPIKES, upper + 3 * (upper - lower), np.inf)
    spiked = np.flatnonzero(_quantile(ordered, zeros, n, 1.0) > limit)
    if not len(spiked):
        return values
    row, month = np.nonzero(level[spiked] > limit[spiked, None])
    row, found = spiked[row], values.copy(order="K")
    found[row, month] = median[row] * expected[row, month]
    return found


def _quantile(ordered: np.ndarray, first: np.ndarray, n: np.ndarray, share: float) -> np.ndarray:
    """The linear quantile of each row's n values from the place `first` on, which are sorted; meaningless where n is 0."""
    last = np.maximum(n - 1, 0)
    place = share * last
    below = np.floor(place).astype(int)
    low, high = (ordered[np.arange(len(ordered)), np.minimum(first + at, ordered.shape[1] - 1)] for at in (below, np.minimum(below + 1, last)))
    return low + (place - below) * (high - low)
