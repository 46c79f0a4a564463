"""How an account orders, from its last order lines: orders, the days between them, their size, how much of it under a promotion."""

from dataclasses import dataclass

import polars as pl

from measures.metrics import ratio
from measures.typed import typed


@dataclass(frozen=True)
class Habits:
    """Of the lines at hand only: `orders` distinct orders, `days_between` and `order_value` medians, `promotion_share` of net sales.

    None where too little is known: one order has no days between.
    """

    orders: int
    days_between: float | None
    order_value: float | None
    lines_per_order: float | None
    promotion_share: float | None
    programmes: int


ORDERS_SCHEMA = {"order": pl.String, "sold_on": pl.Date, "account_id": pl.String, "account": pl.String, "net_amount": pl.Float64, "lines": pl.Int64}


def last_orders(orders: pl.DataFrame, most: int) -> pl.DataFrame:
    """The newest orders of the lines at hand, returns included, by ORDERS_SCHEMA; a line without an order's number is an order of its own."""
    each = _by_order(orders).sort(["sold_on", "order"], descending=True).head(most)
    return each.select(typed(ORDERS_SCHEMA))


def _by_order(lines: pl.DataFrame) -> pl.DataFrame:
    named = lines.with_columns(pl.coalesce("order_id", "transaction_id").alias("order"))
    return named.group_by("order", "account_id", "account").agg(pl.col("net_amount").sum(), pl.col("sold_on").min(), pl.len().alias("lines"))


def habits(orders: pl.DataFrame, account_id: str) -> Habits:
    """The habits of the account itself; a line without an order's number is an order of its own. Returns don't count."""
    bought = orders.filter(pl.col("account_id") == account_id, pl.col("quantity") > 0)
    each = _by_order(bought)
    days = each["sold_on"].unique().sort().diff().dt.total_days().drop_nulls()
    net = float(bought["net_amount"].sum())
    promoted = float(bought.filter(pl.col("programme").is_not_null())["net_amount"].sum())
    return Habits(
        each.height, days.median(), each["net_amount"].median(), each["lines"].mean(), ratio(promoted, net), bought["programme"].drop_nulls().n_unique()
    )
