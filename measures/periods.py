"""The spans of time that are compared: the period, what of it the data cover, and the same span a year earlier."""

from dataclasses import dataclass
from datetime import date, timedelta

from queries.filters import Filters, add_months, back, end_of_complete_months

YEAR = 12
"""Months."""


@dataclass(frozen=True)
class Comparison:
    """`now` and `before` hold what is shown; `now_compared` and `before_compared` are alike in length and complete.

    The last three are None where there is nothing to compare with: the period is open, or the earlier one begins before the data.
    `years` is how far back the earlier period lies.
    """

    now: Filters
    before: Filters | None
    now_compared: Filters | None
    before_compared: Filters | None
    years: int

    @property
    def is_clipped(self) -> bool:
        """Whether the period reaches past the complete months of the data."""
        return self.now_compared is not None and self.now_compared != self.now


def comparison(filters: Filters, as_of: date, first_sold_on: date | None) -> Comparison:
    """What to compare with what. A period that the data don't cover to its end is compared up to the last complete month."""
    before = filters.previous()
    if before is None:
        return Comparison(filters, None, None, None, 1)
    years = filters.from_date.year - before.from_date.year
    end = _compared_end(filters.to_date, as_of)
    starts_early = first_sold_on is not None and before.from_date < first_sold_on.replace(day=1)
    if end <= filters.from_date or starts_early:
        return Comparison(filters, before, None, None, years)
    return Comparison(
        filters, before, filters.within(filters.from_date, end), filters.within(before.from_date, back(end, years)), years
    )


def _compared_end(to_date: date, as_of: date) -> date:
    complete = end_of_complete_months(as_of)
    covered = max(complete, as_of + timedelta(days=1))
    return to_date if to_date <= covered else complete


def fiscal_year(day: date, first_month: int) -> date:
    """The first day of the fiscal year in which a day lies; `first_month` is 1–12."""
    return add_months(day, -((day.month - first_month) % 12))


def months_of(filters: Filters, first: date | None, last: date | None) -> list[date]:
    """The months of the period, an open end being the first or the last month with data; none where there is neither."""
    start = filters.from_date or first
    end = filters.to_date - timedelta(days=1) if filters.to_date else last
    if start is None or end is None or end < start:
        return []
    months = (end.year - start.year) * 12 + end.month - start.month
    return [add_months(start, step) for step in range(months + 1)]
