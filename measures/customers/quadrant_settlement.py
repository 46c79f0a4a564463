"""The settlement sheet: what each account brings and takes in a year, before anybody lets it go (source 003 on EIV).

    net = margin + expected future margin + showcase value − (supply + hours × rate + marketing)

    margin         gross margin of the last twelve complete months
    future_margin  what the next twelve are expected to add: the margin of its growth, and of what can be won from competitors
    showcase       reference value ÷ 100 × what a full showcase is worth in a year
    supply         orders × cost of a delivery, and the capital that its debts tie up
    time_cost      hours of the activities × cost of an hour
    marketing      what the activities cost, and its rebates

The source names the parts; how they are measured is ours. A part whose table the store lacks is null and counts as nothing. The source
lets an account go only if effort exceeds return *and* it is hard to change: the second is a person's judgement, kept in the journal.
"""

from dataclasses import dataclass

import numpy as np
import polars as pl

from measures.customers import value_classes
from measures.customers.cost_to_serve import cost_to_serve, served
from measures.customers.portfolio_quadrants import THRESHOLDS as QUADRANT_THRESHOLDS
from measures.customers.portfolio_quadrants import begun_book
from measures.customers.quadrants import cost_coverage, quadrants_at
from measures.customers.value_indicators import expected_sales
from measures.history import whole_history, within
from measures.seasons.seasons import YEAR
from measures.thresholds import Cuts
from measures.typed import typed
from queries.filters import Filters, add_months
from queries.runner import Ask, begin

THRESHOLDS = tuple(
    dict.fromkeys(
        ("hour_cost", "delivery_cost", "capital_rate", "showcase_value", "headroom_probability", *QUADRANT_THRESHOLDS, *value_classes.THRESHOLDS)
    )
)
BENEFITS = ("margin", "future_margin", "showcase")
COSTS = ("supply", "time_cost", "marketing")
SETTLEMENT_SCHEMA = {
    "account_id": pl.String, "account": pl.String, "region": pl.String, "quadrant": pl.String, "net_sales": pl.Float64,
    **dict.fromkeys((*BENEFITS, *COSTS), pl.Float64), "net_result": pl.Float64,
    "orders": pl.Int64, "hours": pl.Float64, "reference_value": pl.Float64, "strategic": pl.String, "status": pl.String,
}
SETTLEMENT_TOTALS_SCHEMA = {
    "quadrant": pl.String, "accounts": pl.Int64, "losing": pl.Int64, **dict.fromkeys((*BENEFITS, *COSTS, "net_result"), pl.Float64),
}


@dataclass(frozen=True)
class QuadrantSettlement:
    """`settlement`: every classified account, the lowest net result first; `settlement_totals` by quadrant.

    `status` is missing_cost where the margin is not known, or too little of the company's costs is (`cost_coverage`): then there is no
    net result. `losing` counts the results below zero.
    """

    settlement: pl.DataFrame
    settlement_totals: pl.DataFrame


def answer(ask: Ask, filters: Filters, cuts: Cuts) -> QuadrantSettlement:
    """The sheets of the accounts that have a quadrant at the end of the complete months."""
    whole = whole_history(ask)
    until = within(whole, filters.within(None, filters.to_date)) if whole else None
    if until is None or until.length == 0:
        return _made(pl.DataFrame(schema=SETTLEMENT_SCHEMA))
    year = filters.within(add_months(until.end, -YEAR), until.end)
    book, begun = begun_book(ask, filters, whole, until, cuts), begin(lambda: served(ask, year))
    placed = quadrants_at(book(), until, cuts).filter(pl.col("quadrant").is_not_null())
    (rows,) = begun()
    if rows.is_empty() or placed.is_empty():
        return _made(pl.DataFrame(schema=SETTLEMENT_SCHEMA))
    known = rows if cost_coverage(rows) >= cuts["cost_coverage"] else rows.with_columns(margin=pl.lit(None, pl.Float64))
    valued = value_classes.with_values(cost_to_serve(known, ask("customers/rebate_schemes", filters), cuts), cuts)
    return _made(sheets(placed.select("account_id", "quadrant").join(valued, on="account_id", how="inner", maintain_order="left"), cuts))


def sheets(rows: pl.DataFrame, cuts: Cuts) -> pl.DataFrame:
    """SETTLEMENT_SCHEMA of rows with their sums of the year, the parts of the cost to serve, `headroom_value` and `reference_value`."""
    reach = _expected(rows)
    known = bool(rows["activities"].sum())
    hours, spent = (pl.col(name) if known else pl.lit(None, pl.Float64) for name in ("activity_hours", "activity_cost"))
    growth = pl.col("margin") * (pl.col("reach") - 1)
    parts = rows.with_columns(pl.Series("reach", reach, nan_to_null=True)).with_columns(
        future_margin=pl.when(pl.col("margin").is_not_null()).then(growth.fill_null(0.0) + pl.col("headroom_value")),
        showcase=pl.col("reference_value") / 100 * float(cuts["showcase_value"]),
        supply=pl.sum_horizontal("delivery_cost", "credit_cost"),
        time_cost=hours * float(cuts["hour_cost"]),
        marketing=pl.sum_horizontal(spent, "rebate_cost"),
        hours=hours,
        status=pl.when(pl.col("margin").is_null()).then(pl.lit("missing_cost")).otherwise(pl.lit("ok")),
    )
    net = pl.sum_horizontal(*BENEFITS) - pl.sum_horizontal(*COSTS)
    settled = parts.with_columns(net_result=pl.when(pl.col("margin").is_not_null()).then(net))
    ordered = settled.sort("net_result", "account_id", nulls_last=True)
    return ordered.select(typed(SETTLEMENT_SCHEMA))


def _expected(rows: pl.DataFrame) -> np.ndarray:
    """Expected sales of the next twelve months ÷ those of the last; NaN without sales."""
    last, before = (rows[name].fill_null(0.0).to_numpy() for name in ("net_sales", "previous_sales"))
    return np.divide(expected_sales(last, before), last, out=np.full(len(last), np.nan), where=last > 0)


def _made(rows: pl.DataFrame) -> QuadrantSettlement:
    sums = rows.group_by("quadrant", maintain_order=True).agg(
        pl.len().alias("accounts"), (pl.col("net_result") < 0).sum().alias("losing"),
        pl.col(*BENEFITS, *COSTS, "net_result").sum(),
    )  # fmt: skip
    totals = sums.sort("quadrant").select(typed(SETTLEMENT_TOTALS_SCHEMA))
    return QuadrantSettlement(rows, totals)
