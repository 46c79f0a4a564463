"""What a reader narrows the numbers to."""

from dataclasses import dataclass, fields, replace
from datetime import date, timedelta


@dataclass(frozen=True)
class Filters:
    """The filters; field names are the parameter names of every question.

    None = no filter, an empty tuple = nothing. Dates are half-open: from_date ≤ day < to_date. Ids are the user's own.
    region_ids and account_ids bring along what hangs under them. The last three are of deals and in lower case: where these came from,
    and the kinds and channels of their accounts.
    """

    from_date: date | None = None
    to_date: date | None = None
    region_ids: tuple[str, ...] | None = None
    account_ids: tuple[str, ...] | None = None
    categories: tuple[str, ...] | None = None
    product_ids: tuple[str, ...] | None = None
    salesperson_ids: tuple[str, ...] | None = None
    sources: tuple[str, ...] | None = None
    account_kinds: tuple[str, ...] | None = None
    channels: tuple[str, ...] | None = None

    def parameters(self) -> dict[str, object]:
        """The fields as query parameters: tuples become lists."""
        # Not asdict, which copies every value: each question asks for them.
        return {name: list(value) if isinstance(value, tuple) else value for name, value in vars(self).items()}

    def within(self, from_date: date | None, to_date: date | None) -> "Filters":
        """The same filters over another period."""
        return replace(self, from_date=from_date, to_date=to_date)

    def of_account(self, account_id: str) -> "Filters":
        """The same filters on one account, with what hangs under it."""
        return replace(self, account_ids=(account_id,))

    def previous(self) -> "Filters | None":
        """The same period one year earlier, or as many whole years as it is long; None if the period is open."""
        if self.from_date is None or self.to_date is None:
            return None
        return self.within(back(self.from_date, self.years), back(self.to_date, self.years))

    @property
    def years(self) -> int:
        """The whole years that the period takes, and so how far back `previous` looks; 1 for an open one."""
        if self.from_date is None or self.to_date is None:
            return 1
        months = (self.to_date.year - self.from_date.year) * 12 + self.to_date.month - self.from_date.month
        return max(1, -(-months // 12))

    @property
    def is_whole_months(self) -> bool:
        """Whether the period cuts no month."""
        return all(day is None or day.day == 1 for day in (self.from_date, self.to_date))

    @property
    def has_products(self) -> bool:
        """Whether products or categories are filtered."""
        return self.categories is not None or self.product_ids is not None

    @property
    def of_some_deals(self) -> bool:
        """Whether some deals are chosen by what only deals have, or by the accounts that a sales model is for."""
        return any(getattr(self, name) is not None for name in OF_DEALS)


OF_DEALS = ("sources", "account_kinds", "channels")
"""Fields that an answer about deals sets from its cuts; nobody filters other answers by them."""

PARAMETERS: frozenset[str] = frozenset(field.name for field in fields(Filters))


def back(day: date, years: int) -> date:
    """The same day `years` earlier; 29 February becomes 28 February, or 1 March as an end of a half-open period stays whole."""
    if (day.month, day.day) == (2, 29):
        return date(day.year - years, 3, 1) - timedelta(days=1)
    return day.replace(year=day.year - years)


def add_months(day: date, months: int) -> date:
    """The first day of the month `months` after `day`'s month."""
    index = day.year * 12 + day.month - 1 + months
    return date(index // 12, index % 12 + 1, 1)


def end_of_complete_months(as_of: date) -> date:
    """The half-open end of the last complete month: a month is complete once the data reach its last weekday."""
    next_month = add_months(as_of, 1)
    last = next_month - timedelta(days=1)
    while last.weekday() >= 5:
        last -= timedelta(days=1)
    return next_month if as_of >= last else as_of.replace(day=1)
