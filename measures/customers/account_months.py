"""What each account bought and earned, month by month as it is booked: whole ten-thousandths that add up exactly, in rows of their own or together.

Quadrants and early warnings rest on the same two questions, which a page then asks once.
"""

import polars as pl

from measures.customers.quadrant_book import beginnings
from measures.names import named
from queries.filters import Filters
from queries.runner import Ask

ABOUT = ("account_key", "account_id", "account", "kind", "region_id", "region", "first_month")


def units_by_month(ask: Ask, filters: Filters) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Who has bought, by ABOUT and rising key, and the rows [account_key, month, quantity] of what: ask for all months, because a first one lies where it lies."""
    units = _by_month(ask, "quadrant_units", filters)
    return named(ask, beginnings(units), "account_descriptions").select(ABOUT), units


def money_by_month(ask: Ask, filters: Filters) -> pl.DataFrame:
    """The rows [account_key, month, net_sales, margin, costed_sales] of what was earned."""
    return _by_month(ask, "quadrant_money", filters)


def _by_month(ask: Ask, question: str, filters: Filters) -> pl.DataFrame:
    """The rows of queries/customers/<question>, added up by account and month where products are filtered: each has rows of its own."""
    return ask(f"customers/{question}_of_products" if filters.has_products else f"customers/{question}", filters)
