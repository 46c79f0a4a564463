"""What the forecast would have said at earlier dates, against what came: the back-test (methods.md section 7).

Six origins, as far apart as the history allows and at most a year: with ten years of data they are the same season of six earlier
years, with less they spread over all of it. Spread origins give intervals that hold what they promise; neighbouring ones share most of
their errors (share of 440 distributors inside an interval of 80 %: .81 against .75 to .78).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from measures.blocks import each
from measures.seasons.combo import INDEX_YEARS, combo, index_or_flat, seasonal_naive
from measures.seasons.seasons import YEAR, mean_known, month_numbers, seasonal_index
from measures.seasons.steady import steady_series

ORIGINS = 6
"""By methods.md section 7: six dates to forecast from."""
LEAST_MONTHS = 24
"""Two years before a forecast: without them there is no season to forecast by."""


COMBO, MIXED, NAIVE = "combo", "combo and seasonal naive", "seasonal naive"
HALF = 0.5
"""Of the combination, where last year's months beat all of it but not half of it."""


@dataclass(frozen=True)
class Trial:
    """Forecasts and sales by origin, series and month ahead, (origins, series, horizon); NaN where a series had under a year.

    `origins` counts the months of history that each origin had; `scale` (origins, series) is the mean change from one year to the
    next in them: what an error is measured by. `weight` (series,) is the combo's part of what is used: 1, one half, or 0 (`weights`).
    """

    origins: np.ndarray
    combo: np.ndarray
    naive: np.ndarray
    actual: np.ndarray
    scale: np.ndarray
    weight: np.ndarray

    @cached_property
    def chosen(self) -> np.ndarray:
        """What would have been published: each series by the method that is used for it now, (origins, series, horizon)."""
        return mixed(self.combo, self.naive, self.weight[:, None])

    def of(self, rows: np.ndarray) -> "Trial":
        """The trial of some of the series."""
        return Trial(self.origins, *(of[:, rows] for of in (self.combo, self.naive, self.actual, self.scale)), self.weight[rows])


def mixed(combined: np.ndarray, naive: np.ndarray, weight: np.ndarray) -> np.ndarray:
    """The combo with a weight of 1, seasonal naive with 0, their mean with one half."""
    return np.where(weight == 1, combined, np.where(weight == 0, naive, (combined + naive) / 2))


def methods(weight: np.ndarray) -> np.ndarray:
    """The names of the methods with these weights."""
    return np.select([weight == 1, weight == 0], [COMBO, NAIVE], MIXED)


def weights(combined: np.ndarray, naive: np.ndarray, actual: np.ndarray) -> np.ndarray:
    """How much of the combo each series is forecast by, (series,), from (origins, series, horizon).

    All of it, unless it did worse than seasonal naive over six origins: then the mean of both if that did better, else seasonal naive. Where
    the sum of all series would do worse than seasonal naive even so, those that are too young to be judged and then all give up as much of
    the combo as mends that: what is published of the whole never loses to last year's months where there are six origins.
    """
    half = (combined + naive) / 2
    errors = np.stack([_missed(of, actual) for of in (combined, half, naive)])
    # Two perfect forecasts differ by rounding; that is no defeat.
    slack = 1e-9 * np.nan_to_num(np.abs(actual)).sum(axis=(0, 2))
    tested = (~np.isnan(naive[:, :, 0])).sum(axis=0) >= ORIGINS if naive.size else np.zeros(naive.shape[1], bool)
    lost = tested & (errors[0] > errors[2] + slack)
    own = np.where(lost, np.where(errors[1] < errors[2], HALF, 0.0), 1.0)
    if len(combined) < ORIGINS:
        return own
    whole = np.nansum(naive, axis=1), np.nansum(actual, axis=1)
    least = np.abs(whole[0] - whole[1]).sum()
    young = [np.where(tested, 1.0, most) for most in (1.0, HALF, 0.0)]
    for most in (*young, HALF, 0.0):
        tried = np.minimum(own, most)
        if np.abs(np.nansum(mixed(combined, naive, tried[:, None]), axis=1) - whole[1]).sum() <= least + slack.sum():
            break
    return tried


def _missed(forecast: np.ndarray, actual: np.ndarray) -> np.ndarray:
    return np.nan_to_num(np.abs(forecast - actual)).sum(axis=(0, 2))


def rolling_origins(values: np.ndarray, months: Sequence, horizon: int) -> Trial:
    """Forecast (series, months) again from earlier dates, each with nothing but what was known then.

    Short series borrow the season of all series' sum.
    """
    values, months = np.asfortranarray(np.nan_to_num(np.atleast_2d(np.asarray(values, float)))), month_numbers(months)
    origins = spread_origins(values.shape[1], horizon)
    parts = each(lambda origin: _at(values, months, origin, horizon), origins)
    shape = (0, len(values), horizon)
    stacked = [np.array(of) for of in zip(*parts, strict=True)] or [*(np.zeros(shape),) * 3, np.zeros(shape[:2])]
    return Trial(np.array(origins, int), *stacked, weights(*stacked[:3]))


def spread_origins(length: int, horizon: int) -> list[int]:
    """Months of history at up to six origins, the earliest first: two years at least, and the horizon after it is known.

    >>> spread_origins(60, 4)
    [26, 32, 38, 44, 50, 56]
    """
    room = length - horizon - LEAST_MONTHS
    count = min(ORIGINS, room + 1)
    apart = min(YEAR, max(room // (count - 1), 1)) if count > 1 else 1
    return [length - horizon - apart * back for back in reversed(range(max(count, 0)))]


def _at(values: np.ndarray, months: np.ndarray, origin: int, horizon: int) -> tuple[np.ndarray, ...]:
    past, known_months = values[:, :origin], months[:origin]
    pool = index_or_flat(seasonal_index(known_months, past.sum(axis=0), INDEX_YEARS))
    steady, index = steady_series(past, known_months, pool, INDEX_YEARS)
    forecast = combo(steady, known_months, horizon, index)
    enough = ~np.isnan(steady[:, -YEAR])[:, None]
    naive, actual = seasonal_naive(steady, horizon), values[:, origin : origin + horizon]
    scale = mean_known(np.abs(steady[:, YEAR:] - steady[:, :-YEAR]), axis=1)
    return *(np.where(enough, of, np.nan) for of in (forecast, naive, actual)), scale
