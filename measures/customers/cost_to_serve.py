"""What it costs to serve an account for twelve months: visits, delivery, credit, rebates (methods.md section 3).

    visit_cost     what the activities cost, and their hours at the hourly rate
    delivery_cost  orders × what a delivery costs
    credit_cost    the amounts owed, day by day, at the yearly rate of capital
    rebate_cost    what the account's schemes pay on what it bought

A part whose data the store lacks altogether is null, not 0; a rate that nobody set is 0 and the page says so.
"""

import numpy as np
import polars as pl

from measures.names import named
from measures.thresholds import Cuts
from measures.trade.rebate_tiers import for_accounts, measured, money_per_unit, tiers_of
from queries.filters import Filters
from queries.runner import Ask

COST_PARTS = ("visit_cost", "delivery_cost", "credit_cost", "rebate_cost")
DAYS = 365
"""Of a year: the rate of capital is a yearly one."""


def served(ask: Ask, year: Filters) -> pl.DataFrame:
    """The rows of queries/customers/serving with what the master data say of their accounts, by account_id."""
    return named(ask, ask("customers/serving", year), "account_descriptions").sort("account_id")


def cost_to_serve(rows: pl.DataFrame, schemes: pl.DataFrame, cuts: Cuts) -> pl.DataFrame:
    """The rows of `served` with a column per part and their sum, `cost_to_serve`, over the known parts."""
    hours = pl.col("activity_hours") * cuts["hour_cost"]
    paid = rows.join(rebates(rows, schemes), on="account_id", how="left", maintain_order="left") if schemes.height else rows
    parts = paid.with_columns(
        visit_cost=_known(rows, "activities", pl.col("activity_cost") + hours),
        delivery_cost=pl.col("orders") * float(cuts["delivery_cost"]),
        credit_cost=_known(rows, "invoices", pl.col("amount_days").clip(0) / DAYS * cuts["capital_rate"]),
        rebate_cost=pl.col("rebate_cost").fill_null(0.0) if schemes.height else pl.lit(None, pl.Float64),
    )
    return parts.with_columns(cost_to_serve=pl.sum_horizontal(*COST_PARTS))


def rebates(rows: pl.DataFrame, schemes: pl.DataFrame) -> pl.DataFrame:
    """account_id and what its schemes pay on its year (measures/trade/rebate_tiers.py).

    `rows` [account_id, net_sales, quantity, volume, previous_sales, earlier_quantity]; `schemes` [scheme_id, account_id (null = for
    all), measure, from_value, rate, retrospective]. A rate is of net sales, so of a tier in units or hl it is taken at the account's
    mean price.
    """
    year = rows.select("account_id", pl.col("previous_sales").alias("previous_net_sales"), "earlier_quantity")
    tiers = tiers_of(for_accounts(schemes, year))
    paid = tiers.paid_at(np.nan_to_num(measured(tiers.lines, rows))) * np.nan_to_num(money_per_unit(tiers.lines, rows))
    return tiers.lines.select("account_id", pl.Series("rebate_cost", paid)).group_by("account_id").agg(pl.col("rebate_cost").sum())


def _known(rows: pl.DataFrame, table: str, amount: pl.Expr) -> pl.Expr:
    """The amount, null where the store has no row of that table for anybody."""
    return amount.fill_null(0.0) if rows[table].sum() else pl.lit(None, pl.Float64)
