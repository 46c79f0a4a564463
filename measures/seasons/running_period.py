"""The period that a target speaks of while it runs: a season, a fiscal quarter or the fiscal year, and how much of it is over."""

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from measures.history import History, months_between
from measures.periods import fiscal_year
from measures.seasons.season_choice import chosen_off_season, chosen_peak
from measures.seasons.seasons import YEAR
from measures.thresholds import Cuts
from queries.filters import add_months

SEASON, QUARTER, FISCAL_YEAR = "season", "quarter", "year"
OFF_SEASON, HIGH_SEASON = "off_season", "high_season"
THRESHOLDS = ("fiscal_year_start", "years", "window", "method", "off_season_cut", "peak_start", "off_season_start", "off_season_months")


@dataclass(frozen=True)
class RunningPeriod:
    """`months` of the period, what `kind` it is, and the last day that is counted; months before `complete` are over.

    `kind`: quarter, year, off_season or high_season (the months between two off-seasons).
    """

    months: History
    kind: str
    as_of: date
    complete: date

    @property
    def elapsed(self) -> float:
        """Months that are over; of the running one the share of its weekdays."""
        over = min(max(months_between(self.months.start, self.complete), 0), self.months.length)
        running = add_months(self.months.start, over)
        if over == self.months.length or self.as_of < running:
            return float(over)
        return over + weekdays(running, self.as_of + timedelta(days=1)) / weekdays(running, add_months(running, 1))

    @property
    def weekdays_gone(self) -> np.ndarray:
        """Weekdays of each month (months,) that are over."""
        return np.array([weekdays(month, min(max(self._next_day, month), add_months(month, 1))) for month in self.months.months])

    @property
    def weekdays_left(self) -> np.ndarray:
        """Weekdays of each month (months,) that are left."""
        return np.array([weekdays(max(self._next_day, month), add_months(month, 1)) for month in self.months.months])

    @property
    def _next_day(self) -> date:
        return max(self.as_of + timedelta(days=1), self.complete)


def weekdays(start: date, end: date) -> int:
    """Mondays to Fridays in [start, end); 0 where it is empty."""
    return max(int(np.busday_count(start, end)), 0)


def running_period(kind: str, as_of: date, complete: date, index: np.ndarray | None, cuts: Cuts) -> RunningPeriod:
    """The period of that kind in which the last day lies. `index` (12,) is the season, without which a season is the fiscal year."""
    last, year = as_of.replace(day=1), fiscal_year(as_of, int(cuts["fiscal_year_start"]))
    if kind == QUARTER:
        start = add_months(year, 3 * (months_between(year, last) // 3))
        return RunningPeriod(History(start, add_months(start, 3)), QUARTER, as_of, complete)
    season = _season(last, index, cuts) if kind == SEASON else None
    if season:
        return RunningPeriod(season[1], season[0], as_of, complete)
    return RunningPeriod(History(year, add_months(year, YEAR)), FISCAL_YEAR, as_of, complete)


def _season(month: date, index: np.ndarray | None, cuts: Cuts) -> tuple[str, History] | None:
    """The off-season, or the months between two of them, in which a month lies; None where there is no off-season."""
    by_hand = all(cuts[name] for name in ("peak_start", "off_season_start", "off_season_months"))
    if index is None and not by_hand:
        return None
    index = np.ones(YEAR) if index is None else index
    low = chosen_off_season(index, chosen_peak(index, cuts), cuts)
    if low is None:
        return None
    is_low = month.month in low.calendar_months
    first, length = (low.start, low.months) if is_low else (low.start + low.months, YEAR - low.months)
    start = add_months(month, -((month.month - first) % YEAR))
    return OFF_SEASON if is_low else HIGH_SEASON, History(start, add_months(start, length))
