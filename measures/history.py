"""Which months an answer may rest on: complete ones only (methods.md section 0).

The running month is incomplete, and so is the month of the very first sale unless it began on the month's first
working day. A period that is shorter than two years only says where the history ends: a season cannot be read from it.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from queries.filters import Filters, add_months, end_of_complete_months
from queries.runner import Ask

LEAST_MONTHS = 24
"""Two years: a season can be told from chance only where each month was seen twice."""


@dataclass(frozen=True)
class History:
    """Complete months, half-open: `start` ≤ month < `end`, both first days of a month."""

    start: date
    end: date

    @property
    def length(self) -> int:
        """How many months; 0 where there are none."""
        return max(0, months_between(self.start, self.end))

    @property
    def months(self) -> list[date]:
        """The first day of every month."""
        return [add_months(self.start, step) for step in range(self.length)]

    def last(self, months: int) -> "History":
        """The last `months` months of the history; all of it where it is shorter."""
        return History(max(self.start, add_months(self.end, -months)), self.end)


def months_between(start: date, end: date) -> int:
    """Whole months from `start`'s month to `end`'s month."""
    return (end.year - start.year) * 12 + end.month - start.month


def history(ask: Ask, filters: Filters) -> History | None:
    """The complete months that the data have within the filters' period; None without a sale."""
    whole = whole_history(ask)
    return within(whole, filters) if whole else None


def whole_history(ask: Ask) -> History | None:
    """The complete months from the first sale to the last; None without a sale, or for a viewer who sees nothing."""
    found = ask("store/generation", Filters())
    if found.is_empty() or found["first_sold_on"][0] is None:
        return None
    first, as_of = found["first_sold_on"][0], found["as_of"][0]
    start, end = _first_complete(first), end_of_complete_months(as_of)
    if (start > first or end <= as_of) and _is_booked_monthly(ask, first, as_of):
        start, end = first.replace(day=1), add_months(as_of, 1)
    return History(min(start, end), end)


def told_until(ask: Ask, as_of: date) -> date:
    """The last day that the data tell of: their last day, or that of its month where the month is complete."""
    whole = whole_history(ask)
    return max(as_of, whole.end - timedelta(days=1)) if whole else as_of


def within(whole: History, filters: Filters) -> History:
    """The part of a history in the filters' period: its end cuts, its beginning only where two years or more are left."""
    start, end = whole.start, whole.end
    if filters.to_date is not None:
        end = min(end, filters.to_date.replace(day=1))
    if filters.from_date is not None:
        wanted = _month_from(filters.from_date)
        start = max(start, wanted) if months_between(wanted, end) >= LEAST_MONTHS else start
    return History(min(start, end), end)


def since(ask: Ask, months: History) -> date | None:
    """Where a question about these months begins: None where the data begin with them, so that it may read years that have begun before."""
    first = ask("store/generation", Filters())["first_sold_on"].first()
    return None if first is not None and months.start <= first else months.start


def _first_complete(first: date) -> date:
    """The month of the first sale if it came by the month's first working day, else the next."""
    working = first.replace(day=1)
    while working.weekday() >= 5:
        working += timedelta(days=1)
    return first.replace(day=1) if first <= working else add_months(first, 1)


def _month_from(day: date) -> date:
    return day if day.day == 1 else add_months(day, 1)


def _is_booked_monthly(ask: Ask, first: date, as_of: date) -> bool:
    """Whether each month has one booking day, as in monthly statistics: then the last month is as complete as the others."""
    several = months_between(first, as_of) > 0
    return several and ask("seasons/booked_monthly", Filters(), as_of=as_of)["other_days"][0] == 0
