"""What the forecast would have said at earlier dates, against what came: the back-test (methods.md section 7).

Six origins, as far apart as the history allows and at most a year: with ten years of data they are the same season of six earlier
years, with less they spread over all of it. Spread origins give intervals that hold what they promise; neighbouring ones share most of
their errors (share of 440 distributors inside an interval of 80 %: .81 against .75 to .78).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from measures.seasons.combo import INDEX_YEARS, combo, index_or_flat, seasonal_naive
from measures.seasons.seasons import YEAR, mean_known, month_numbers, seasonal_index
from measures.seasons.steady import steady_series

ORIGINS = 6
LEAST_MONTHS = 24


@dataclass(frozen=True)
class Trial:
    """Forecasts and sales by origin, series and month ahead, (origins, series, horizon); NaN where a series had under a year.

    `origins` counts the months of history that each origin had; `scale` (origins, series) is the mean change from one year to the
    next in them: what an error is measured by.
    """

    origins: np.ndarray
    combo: np.ndarray
    naive: np.ndarray
    actual: np.ndarray
    scale: np.ndarray

    @cached_property
    def lost_to_naive(self) -> np.ndarray:
        """The series whose combo did worse than seasonal naive over six origins, up to a year ahead (series,)."""
        wrong = [np.abs(of - self.actual)[:, :, :YEAR].sum(axis=2) for of in (self.combo, self.naive)]
        known = ~np.isnan(wrong[1])
        errors = [np.where(known, of, 0.0).sum(axis=0) for of in wrong]
        # Two perfect forecasts differ by rounding; that is no defeat.
        rounding = 1e-9 * np.nan_to_num(np.abs(self.actual)).sum(axis=(0, 2))
        return (known.sum(axis=0) >= ORIGINS) & (errors[0] > errors[1] + rounding)

    @cached_property
    def chosen(self) -> np.ndarray:
        """What would have been published: each series' own method, (origins, series, horizon)."""
        return np.where(self.lost_to_naive[None, :, None], self.naive, self.combo)

    def of(self, rows: np.ndarray) -> "Trial":
        """The trial of some of the series."""
        return Trial(self.origins, self.combo[:, rows], self.naive[:, rows], self.actual[:, rows], self.scale[:, rows])


def rolling_origins(values: np.ndarray, months: Sequence, horizon: int) -> Trial:
    """Forecast (series, months) again from earlier dates, each with nothing but what was known then.

    Short series borrow the season of all series' sum.
    """
    values, months = np.nan_to_num(np.atleast_2d(np.asarray(values, float))), month_numbers(months)
    origins = spread_origins(values.shape[1], horizon)
    parts = [_at(values, months, origin, horizon) for origin in origins]
    shape = (0, len(values), horizon)
    stacked = [np.array(of) for of in zip(*parts, strict=True)] or [*(np.zeros(shape),) * 3, np.zeros(shape[:2])]
    return Trial(np.array(origins, int), *stacked)


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
