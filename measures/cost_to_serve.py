"""What it costs to serve an account for twelve months: visits, delivery, credit, rebates (methods.md section 3).

    visit_cost     what the activities cost, and their hours at the hourly rate
    delivery_cost  orders × what a delivery costs
    credit_cost    the amounts owed, day by day, at the yearly rate of capital
    rebate_cost    what the account's schemes pay on what it bought

A part whose data the store lacks altogether is null, not 0; a rate that nobody set is 0 and the page says so.
"""

import polars as pl

from measures.thresholds import Cuts

COST_PARTS = ("visit_cost", "delivery_cost", "credit_cost", "rebate_cost")
DAYS = 365


def cost_to_serve(rows: pl.DataFrame, schemes: pl.DataFrame, cuts: Cuts) -> pl.DataFrame:
    """The rows of queries/customers/serving with a column per part and their sum, `cost_to_serve`, over the known parts."""
    hours = pl.col("activity_hours") * cuts["hour_cost"]
    parts = rows.join(rebates(rows, schemes), on="account_id", how="left", maintain_order="left").with_columns(
        visit_cost=_known(rows, "activities", pl.col("activity_cost") + hours),
        delivery_cost=pl.col("orders") * float(cuts["delivery_cost"]),
        credit_cost=_known(rows, "invoices", pl.col("amount_days").clip(0) / DAYS * cuts["capital_rate"]),
        rebate_cost=pl.col("rebate_cost").fill_null(0.0) if schemes.height else pl.lit(None, pl.Float64),
    )
    return parts.with_columns(cost_to_serve=pl.sum_horizontal(*COST_PARTS))


def rebates(rows: pl.DataFrame, schemes: pl.DataFrame) -> pl.DataFrame:
    """account_id and what its schemes pay on its year: the best step reached on everything, or each step on what lies above it.

    `schemes` [scheme_id, account_id (null = for all), measure, from_value, rate, retrospective]. A step is reached at its value.
    A rate is of net sales, so of a step in units or hl it is taken at the account's mean price.
    """
    measured = rows.select("account_id", "net_sales", "quantity", "volume").unpivot(
        ["net_sales", "quantity", "volume"], index="account_id", variable_name="measure", value_name="reached"
    ).join(rows.select("account_id", "net_sales"), on="account_id")
    own = schemes.filter(pl.col("account_id").is_not_null()).join(measured, on=["account_id", "measure"])
    common = schemes.filter(pl.col("account_id").is_null()).drop("account_id").join(measured, on="measure")
    steps = pl.concat([own, common.select(own.columns)]).filter((pl.col("reached") >= pl.col("from_value")) & (pl.col("reached") > 0))
    scheme = ["account_id", "scheme_id"]
    ordered = steps.sort(*scheme, "from_value").with_columns(
        before=pl.col("rate").shift(1, fill_value=0.0).over(scheme), is_best=pl.col("from_value") == pl.col("from_value").max().over(scheme)
    )
    above = (pl.col("reached") - pl.col("from_value")) / pl.col("reached") * (pl.col("rate") - pl.col("before"))
    whole = pl.when("is_best").then(pl.col("rate")).otherwise(0.0)
    paid = pl.when("retrospective").then(whole).otherwise(above) * pl.col("net_sales")
    return ordered.group_by("account_id").agg(paid.sum().alias("rebate_cost"))


def _known(rows: pl.DataFrame, table: str, amount: pl.Expr) -> pl.Expr:
    """The amount, null where the store has no row of that table for anybody."""
    return amount.fill_null(0.0) if rows[table].sum() else pl.lit(None, pl.Float64)
