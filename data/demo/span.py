"""The months that the demo covers, and their selling days."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np

THROUGH = date(2026, 10, 31)
"""The last day of the demo's sales."""

MONTHS = 60
"""Five years."""

HOLIDAYS = ("01-01", "05-01", "12-25")
"""Days of the year without deliveries anywhere, as month-day."""


@dataclass(frozen=True)
class Span:
    """`MONTHS` whole months that end with the month of `through`."""

    through: date = THROUGH

    @cached_property
    def months(self) -> np.ndarray:
        """The months, datetime64[M], oldest first."""
        last = np.datetime64(self.through, "M")
        return np.arange(last - MONTHS + 1, last + 1)

    @cached_property
    def first_days(self) -> np.ndarray:
        """The first day of each month, datetime64[D]."""
        return self.months.astype("datetime64[D]")

    @cached_property
    def last_days(self) -> np.ndarray:
        """The last day of each month, datetime64[D]."""
        return (self.months + 1).astype("datetime64[D]") - 1

    @property
    def end(self) -> np.datetime64:
        """The last day of the last month."""
        return self.last_days[-1]

    @cached_property
    def calendar_month(self) -> np.ndarray:
        """0 = January … 11 = December, for each month."""
        return self.months.astype(int) % 12

    @cached_property
    def year(self) -> np.ndarray:
        """The calendar year of each month."""
        return self.months.astype(int) // 12 + 1970

    @cached_property
    def holidays(self) -> np.ndarray:
        """The days without deliveries in the years covered, datetime64[D]."""
        years = np.unique(self.year)
        return np.array([f"{year}-{day}" for year in years for day in HOLIDAYS], dtype="datetime64[D]")

    def workdays(self, month: int) -> np.ndarray:
        """The selling days (Monday to Friday, no holidays) of the month with this position."""
        days = np.arange(self.first_days[month], self.last_days[month] + 1)
        return days[np.is_busday(days, holidays=self.holidays)]

    def later_workday(self, days: np.ndarray, steps: np.ndarray) -> np.ndarray:
        """The selling day `steps` selling days after each day, never past the end."""
        later = np.busday_offset(days, steps, roll="forward", holidays=self.holidays)
        last = np.busday_offset(self.end, 0, roll="backward", holidays=self.holidays)
        return np.minimum(later, last)

    def some_workdays(self, month: np.ndarray, rng: np.random.Generator) -> np.ndarray:
        """A random selling day in each of the months with these positions."""
        working = [self.workdays(number) for number in range(MONTHS)]
        grid = np.array([np.resize(days, 31) for days in working])
        size = np.array([len(days) for days in working])
        return grid[month, np.floor(rng.random(len(month)) * size[month]).astype(int)]
