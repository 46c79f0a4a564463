"""The sums behind the overview of one period, and the metrics made of them."""

from dataclasses import dataclass

import polars as pl

from measures.metrics import ratio
from queries.filters import Filters
from queries.runner import Ask

SUMS = ("net_sales", "gross_margin", "costed_amount", "returned_amount", "quantity", "volume")
ADDITIVE = ("net_sales", "gross_margin", "volume", "quantity", "orders")


@dataclass(frozen=True)
class Sales:
    """One period's sums: `months` per region and month, `accounts` per account, `orders` per month."""

    months: pl.DataFrame
    accounts: pl.DataFrame
    orders: pl.DataFrame


def read(ask: Ask, filters: Filters) -> Sales:
    """The sums of the period within the filters."""
    return Sales(ask("overview/region_months", filters), ask("overview/accounts", filters), ask("overview/orders", filters))


def total(column: pl.Expr) -> pl.Expr:
    """The sum, null where every value is missing."""
    return pl.when(column.is_not_null().any()).then(column.sum())


def return_rate(net_sales: float | None, returned_amount: float | None) -> float | None:
    """Returned amounts ÷ gross sales; both in one currency, returned_amount negative."""
    if net_sales is None or returned_amount is None or net_sales - returned_amount <= 0:
        return None
    return abs(returned_amount) / (net_sales - returned_amount)


def metrics(sales: Sales | None) -> dict[str, float | None]:
    """The period's value of each metric; unknown ones are None: no cost, no unit volume, no order numbers."""
    if sales is None:
        return {}
    sums = sales.months.select(total(pl.col(name)).alias(name) for name in SUMS).row(0, named=True)
    orders = float(sales.orders["orders"].sum())
    has_lines = sales.months.height > 0
    return {
        "net_sales": sums["net_sales"] or 0.0,
        "gross_margin": sums["gross_margin"],
        "volume": sums["volume"],
        "quantity": sums["quantity"] or 0.0,
        "active_accounts": float(sales.accounts["is_active"].sum()),
        "orders": None if has_lines and not orders else orders,
        "return_rate": return_rate(sums["net_sales"], sums["returned_amount"]),
    }


def cost_coverage(sales: Sales) -> float | None:
    """Share of net sales on lines with a cost of their own."""
    sums = sales.months.select(pl.col("costed_amount", "net_sales").sum()).row(0, named=True)
    return ratio(sums["costed_amount"], sums["net_sales"])


def by_month(sales: Sales) -> pl.DataFrame:
    """One row per month with a line: the sums over the regions, the orders and the active accounts."""
    sums = [total(pl.col(name)).alias(name) for name in SUMS]
    months = sales.months.group_by("month").agg(*sums, pl.col("active_accounts").sum())
    return months.join(sales.orders, on="month", how="left").sort("month")
