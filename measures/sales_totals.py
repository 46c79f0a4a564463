"""The sums behind the overview of one period, and the metrics made of them."""

from dataclasses import dataclass
from functools import cached_property

import polars as pl

from measures.metrics import ratio
from queries.filters import Filters
from queries.runner import Ask

SUMS = ("net_sales", "gross_margin", "costed_amount", "returned_amount", "quantity", "volume")
SALES = "overview/sales"
ORDERS = "overview/orders"


@dataclass(frozen=True)
class Sales:
    """One period's sums: `months` per region and month, `accounts` per account (queries/overview/sales.sql), `orders` per region and month."""

    months: pl.DataFrame
    accounts: pl.DataFrame
    orders: pl.DataFrame

    @cached_property
    def metrics(self) -> dict[str, float | None]:
        """The period's value of each metric; unknown ones are None: no cost, no unit volume, no order numbers."""
        sums = self.months.select(total(pl.col(name)).alias(name) for name in SUMS).row(0, named=True)
        orders = float(self.orders["orders"].sum())
        has_lines = self.months.height > 0
        return {
            "net_sales": sums["net_sales"] or 0.0,
            "gross_margin": sums["gross_margin"],
            "volume": sums["volume"],
            "quantity": sums["quantity"] or 0.0,
            "active_accounts": float(self.accounts["is_active"].sum()),
            "orders": None if has_lines and not orders else orders,
            "return_rate": return_rate(sums["net_sales"], sums["returned_amount"]),
        }

    @cached_property
    def by_month(self) -> pl.DataFrame:
        """One row per month with a line: the sums over the regions, the orders and the active accounts."""
        sums = [total(pl.col(name)).alias(name) for name in SUMS]
        months = self.months.group_by("month").agg(*sums, pl.col("active_accounts").sum())
        orders = self.orders.group_by("month").agg(pl.col("orders").sum())
        return months.join(orders, on="month", how="left").sort("month")


def read(ask: Ask, filters: Filters) -> Sales:
    """The sums of the period within the filters."""
    sums, has_month = ask(SALES, filters, now_from=None, before_to=None), pl.col("month").is_not_null()
    return Sales(sums.filter(has_month), sums.filter(~has_month), ask(ORDERS, filters))


def read_both(ask: Ask, now: Filters, before: Filters) -> tuple[Sales, Sales]:
    """The sums of two periods, each question asked once over both where they are whole months: half of a question is its planning."""
    if not are_one_question(now, before):
        return read(ask, now), read(ask, before)
    sums, orders = _of_long(ask, SALES, now, before), ask(ORDERS, _long(now, before))
    # A row of a month belongs to no period by is_now, an account's row to none by its month.
    both = zip(_by_months(sums, now, before), _by_period(sums), _by_months(orders, now, before), strict=True)
    return tuple(Sales(*one) for one in both)


def are_one_question(now: Filters, before: Filters) -> bool:
    """Whether both periods are whole months, the earlier one over before the other begins."""
    days = (now.from_date, now.to_date, before.from_date, before.to_date)
    return all(day is not None and day.day == 1 for day in days) and before.to_date <= now.from_date


def of_period(ask: Ask, name: str, filters: Filters) -> pl.DataFrame:
    """One period of a question that can tell two apart."""
    return ask(name, filters, now_from=None, before_to=None)


def of_both(ask: Ask, name: str, now: Filters, before: Filters) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Both periods of a question that can tell two apart."""
    if not are_one_question(now, before):
        return of_period(ask, name, now), of_period(ask, name, before)
    return _by_period(_of_long(ask, name, now, before))


def _of_long(ask: Ask, name: str, now: Filters, before: Filters) -> pl.DataFrame:
    return ask(name, _long(now, before), now_from=now.from_date, before_to=before.to_date)


def _long(now: Filters, before: Filters) -> Filters:
    return now.within(before.from_date, now.to_date)


def _by_period(rows: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    return rows.filter("is_now"), rows.filter(~pl.col("is_now"))


def _by_months(rows: pl.DataFrame, now: Filters, before: Filters) -> tuple[pl.DataFrame, pl.DataFrame]:
    return rows.filter(pl.col("month") >= now.from_date), rows.filter(pl.col("month") < before.to_date)


def total(column: pl.Expr) -> pl.Expr:
    """The sum, null where every value is missing."""
    return pl.when(column.is_not_null().any()).then(column.sum())


def return_rate(net_sales: float | None, returned_amount: float | None) -> float | None:
    """Returned amounts ÷ gross sales; both in one currency, returned_amount negative."""
    if net_sales is None or returned_amount is None or net_sales - returned_amount <= 0:
        return None
    return abs(returned_amount) / (net_sales - returned_amount)


def cost_coverage(sales: Sales) -> float | None:
    """Share of net sales on lines with a cost of their own."""
    sums = sales.months.select(pl.col("costed_amount", "net_sales").sum()).row(0, named=True)
    return ratio(sums["costed_amount"], sums["net_sales"])
