"""Which short forms of the views' parts (data/short_forms.sql) a question may use: those that its filters ask nothing of."""

from collections.abc import Collection
from datetime import date

from queries.filters import Filters

FULL_FORMS = "main"


class PlainEnds(tuple[int, ...]):
    """Numbers of stages that end a deal, where no deal went on from one word for an end to another."""


def search_path(
    filters: Filters, parameters: Collection[object] = (), *, sees_everything: bool, keys_known: tuple[bool, bool] = (False, False),
    years_begin_in: int | None = None,
) -> str:  # fmt: skip
    """The schemas in which a question's names are looked up, the short forms first.

    `parameters` are the question's other values: a day among them may be a period's end as well, and PlainEnds
    say that no end asks for more than its own stay. `keys_known`: whether the cursor knows
    the keys of the filters' regions and of their accounts (queries/cursors.py). `years_begin_in`: the calendar month in which the
    roll-up of years begins them.
    """
    days = [day for day in (filters.from_date, filters.to_date, *parameters) if isinstance(day, date)]
    whole_months = all(day.day == 1 for day in days)
    forms = _short_forms(filters, whole_months, sees_everything) | _known_forms(filters, sees_everything, *keys_known)
    forms["whole_years"] = whole_months and years_begin_in is not None and all(day.month == years_begin_in for day in days)
    forms["plain_ends"] = any(isinstance(value, PlainEnds) for value in parameters)
    return ",".join([*(name for name, holds in forms.items() if holds), FULL_FORMS])


def _short_forms(filters: Filters, whole_months: bool, sees_everything: bool) -> dict[str, bool]:
    any_product = filters.categories is None and filters.product_ids is None
    any_salesperson = filters.salesperson_ids is None
    return {
        "sees_everything": sees_everything,
        "everybody": sees_everything and filters.region_ids is None and filters.account_ids is None,
        "any_region": filters.region_ids is None,
        "any_account": filters.account_ids is None,
        "any_product": any_product,
        "any_salesperson": any_salesperson,
        "any_customers": filters.account_kinds is None and filters.channels is None,
        "any_source": filters.sources is None,
        "whole_months": whole_months,
        "account_roll_up": whole_months and any_product,
        "region_roll_up": whole_months and any_salesperson and filters.account_ids is None,
    }


def _known_forms(filters: Filters, sees_everything: bool, regions: bool, accounts: bool) -> dict[str, bool]:
    return {
        "known_regions": regions,
        "known_accounts": accounts,
        "only_known_accounts": accounts and sees_everything and filters.region_ids is None,
    }
