"""The periods that the filter bar offers, as half-open dates."""

from dataclasses import dataclass
from datetime import date

from data.language import _, format_month, mark
from queries.filters import add_months, end_of_complete_months

PRESETS: dict[str, str] = {
    "12m": mark("Last 12 months"),
    "3m": mark("Last 3 months"),
    "year": mark("This fiscal year"),
    "last_year": mark("Last fiscal year"),
    "all": mark("All data"),
    "custom": mark("Choose months…"),
}
DEFAULT = "12m"


@dataclass(frozen=True)
class Period:
    """A half-open period; None is open."""

    from_date: date | None
    to_date: date | None

    def label(self) -> str:
        """Nov 2025 – Oct 2026."""
        if self.from_date is None or self.to_date is None:
            return _("All data")
        first, last = format_month(self.from_date), format_month(add_months(self.to_date, -1))
        return first if first == last else f"{first} – {last}"


def preset(name: str, told_until: date, fiscal_start: int) -> Period:
    """A preset's months up to the last day that the data tell of: complete ones only, but for "all"."""
    end = end_of_complete_months(told_until)
    if name == "all":
        return Period(None, None)
    if name == "3m":
        return Period(add_months(end, -3), end)
    if name in ("year", "last_year"):
        start = _fiscal_year(add_months(end, -1), fiscal_start)
        return Period(start, end) if name == "year" else Period(add_months(start, -12), start)
    return Period(add_months(end, -12), end)


def default(first_sold_on: date | None, told_until: date) -> str:
    """The preset that a visit begins with: all data where no month is complete yet, so that a first import of one month is seen."""
    return "all" if first_sold_on and first_sold_on >= end_of_complete_months(told_until) else DEFAULT


def _fiscal_year(day: date, fiscal_start: int) -> date:
    return add_months(day, -((day.month - fiscal_start) % 12))


def months_between(first: date, last: date) -> list[date]:
    """Every month's first day from `first`'s month through `last`'s."""
    count = (last.year - first.year) * 12 + last.month - first.month + 1
    return [add_months(first, offset) for offset in range(max(count, 1))]
