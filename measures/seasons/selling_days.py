"""The selling calendar: how many days of each month somebody can buy (methods.md sections 0 and 5)."""

from collections.abc import Sequence
from datetime import date

import numpy as np

EVERY_DAY = "every_day"
WEEKMASKS = {EVERY_DAY: "1111111", "monday_saturday": "1111110", "monday_friday": "1111100"}


def canonical(text: str) -> str:
    """The days of the year without sales as month-day, in order, each once. Raises ValueError for what is no day."""
    return ", ".join(sorted({_month_day(part) for part in text.replace(";", ",").split(",") if part.strip()}))


def selling_days(months: Sequence[date], calendar: str, holidays: str = "") -> np.ndarray:
    """How many selling days each of these consecutive months has; holidays on a day off change nothing."""
    first = np.array([day.replace(day=1) for day in months], "datetime64[D]")
    after = (first.astype("datetime64[M]") + 1).astype("datetime64[D]")
    return np.busday_count(first, after, weekmask=WEEKMASKS[calendar], holidays=_dates(months, holidays)).astype(float)


def _dates(months: Sequence[date], holidays: str) -> list[np.datetime64]:
    years = range(months[0].year, months[-1].year + 1) if len(months) else ()
    named = [part for part in canonical(holidays).split(", ") if part]
    return [np.datetime64(f"{year}-{day}") for year in years for day in named if day != "02-29" or _is_leap(year)]


def _month_day(part: str) -> str:
    month, day = (int(number) for number in part.strip().split("-"))
    return f"{date(2024, month, day):%m-%d}"


def _is_leap(year: int) -> bool:
    return (year % 4 == 0 and year % 100 != 0) or year % 400 == 0
