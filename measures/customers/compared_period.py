"""Which earlier period the value pyramid is compared with: a year before, the period just before, or any other (methods.md section 3).

A period that the data don't reach to the end of is compared with as many days of the earlier one, never with the whole of it.
"""

from datetime import date, timedelta

from measures.history import months_between
from measures.thresholds import Cuts
from queries.filters import Filters, add_months, back, end_of_complete_months

THRESHOLDS = ("compared_with", "compared_from", "compared_to")
PREVIOUS_YEAR, PREVIOUS_PERIOD, OWN_DATES = "previous_year", "previous_period", "own_dates"


def compared(filters: Filters, cuts: Cuts, as_of: date) -> Filters | None:
    """The filters over the period to compare with; None where there is none: the period is open, or own dates are not given.

    `as_of` is the last day with data. Own dates are taken as they are.
    """
    way = cuts["compared_with"]
    if way == OWN_DATES:
        return _own_dates(filters, cuts)
    if filters.from_date is None or filters.to_date is None:
        return None
    end = min(filters.to_date, max(end_of_complete_months(as_of), as_of + timedelta(days=1)))
    if end <= filters.from_date:
        return None
    return _year_before(filters, end) if way == PREVIOUS_YEAR else _just_before(filters, end)


def lengths(filters: Filters, cuts: Cuts, known: tuple[date, date]) -> tuple[int, int] | None:
    """Months of the period, as far as the data tell of it, and of the own dates that it is compared with.

    None where nobody chose these dates, or the period cuts a month. `known` is the first and the last day with data: an open end of the
    period is there, and the months that they lie in count whole.
    """
    other = _own_dates(filters, cuts) if cuts["compared_with"] == OWN_DATES else None
    if other is None:
        return None
    first, end = known[0].replace(day=1), add_months(known[1].replace(day=1), 1)
    own = max(filters.from_date or first, first), min(filters.to_date or end, end)
    if own[0] >= own[1] or any(day.day != 1 for day in (*own, other.from_date, other.to_date)):
        return None
    return months_between(*own), months_between(other.from_date, other.to_date)


def _own_dates(filters: Filters, cuts: Cuts) -> Filters | None:
    first, end = (date.fromisoformat(str(cuts[name])) if cuts[name] else None for name in ("compared_from", "compared_to"))
    return filters.within(first, end) if first and end and first < end else None


def _year_before(filters: Filters, end: date) -> Filters:
    before = filters.previous()
    return before.within(before.from_date, back(end, filters.from_date.year - before.from_date.year))


def _just_before(filters: Filters, end: date) -> Filters:
    """The period of the same length that ends where this one begins; whole months stay whole months."""
    first, last = filters.from_date, filters.to_date
    if first.day == 1 and last.day == 1:
        start = add_months(first, -months_between(first, last))
    else:
        start = first - (last - first)
    return filters.within(start, first if end == last else min(first, start + (end - first)))
