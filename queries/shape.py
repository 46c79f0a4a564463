"""Which short forms of the views' parts (data/short_forms.sql) a question may use: those that its filters ask nothing of."""

from datetime import date

from queries.filters import Filters

FULL_FORMS = "main"


def search_path(filters: Filters, *, sees_everything: bool) -> str:
    """The schemas in which a question's names are looked up, the short forms first."""
    return ",".join([*(name for name, holds in _short_forms(filters, sees_everything).items() if holds), FULL_FORMS])


def _short_forms(filters: Filters, sees_everything: bool) -> dict[str, bool]:
    whole_months = _starts_month(filters.from_date) and _starts_month(filters.to_date)
    any_product = filters.categories is None and filters.product_ids is None
    any_salesperson = filters.salesperson_ids is None
    return {
        "everybody": sees_everything and filters.region_ids is None and filters.account_ids is None,
        "any_region": filters.region_ids is None,
        "any_account": filters.account_ids is None,
        "any_product": any_product,
        "any_salesperson": any_salesperson,
        "whole_months": whole_months,
        "account_roll_up": whole_months and any_product,
        "region_roll_up": whole_months and any_salesperson and filters.account_ids is None,
    }


def _starts_month(day: date | None) -> bool:
    return day is None or day.day == 1
