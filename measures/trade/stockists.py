"""Who stocks products, and since when: asked once for the readings of varieties and for the launches.

Products are stocked by distributors and direct customers; where none buys, by accounts of every kind.
"""

from dataclasses import dataclass
from typing import NamedTuple

import polars as pl

from measures.history import History, since
from measures.seasons.natural_board import BOARD_KINDS
from measures.seasons.seasons import YEAR
from queries.filters import Filters, add_months
from queries.runner import Ask, together

YEARS = 3
"""Years back from the end in which a purchase says since when a product is stocked today."""


class Buyers(NamedTuple):
    """The kinds of account that stock products (None: every kind, where no distributor or direct customer buys), and how many bought.

    `net_sales` are those of every kind, `other_sales` those of the kinds that are left out.
    """

    kinds: tuple[str, ...] | None
    accounts: int
    net_sales: float
    other_sales: float


NOBODY = Buyers(None, 0, 0.0, 0.0)


@dataclass(frozen=True)
class Stockists:
    """`products` as of trade/lives; how many stocked each in the last year and since when (`lately`), and in the whole history (`ever`).

    Both have rows [product_id, since, accounts], ordered by product and month. `buyers` are those of the last year.
    """

    buyers: Buyers
    products: pl.DataFrame
    lately: pl.DataFrame
    ever: pl.DataFrame


def stockists(ask: Ask, filters: Filters, span: History) -> Stockists:
    """The stockists of the months of `span`, which is not empty."""
    year = last_year(filters, span)
    buyers = _buyers(ask("trade/active_accounts", year))
    inside, seen = filters.within(since(ask, span), span.end), span.last(YEARS * YEAR).start
    rows, products = together(
        lambda: ask("trade/stocking", inside, kinds=buyers.kinds, stocked_from=year.from_date, seen_from=seen), lambda: ask("trade/lives", inside)
    )
    return Stockists(buyers, products, _since(rows, "since_lately"), _since(rows, "since"))


def last_year(filters: Filters, span: History) -> Filters:
    """The filters within the last twelve months of `span`."""
    return filters.within(max(span.start, add_months(span.end, -YEAR)), span.end)


def _since(rows: pl.DataFrame, month: str) -> pl.DataFrame:
    known = rows.filter(pl.col(month).is_not_null())
    return known.group_by("product_id", since=pl.col(month)).agg(pl.col("accounts").sum()).sort("product_id", "since")


def _buyers(active: pl.DataFrame) -> Buyers:
    """Who stocks products, of rows [kind, accounts, net_sales]."""
    is_ours = pl.col("kind").is_in(BOARD_KINDS).fill_null(False)
    resellers = active.filter(is_ours, pl.col("accounts") > 0)
    total = float(active["net_sales"].sum())
    if resellers.is_empty():
        return Buyers(None, int(active["accounts"].sum()), total, 0.0)
    return Buyers(BOARD_KINDS, int(resellers["accounts"].sum()), total, float(active.filter(~is_ours)["net_sales"].sum()))
