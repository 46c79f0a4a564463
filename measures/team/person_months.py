"""What each salesperson was asked for and did in each month: the figures that the scorecard weighs.

One row per person and month in which the person had a target or a plan, or made a visit. Sales alone make nobody someone to evaluate: they may be
an office's.
"""

from collections.abc import Sequence
from datetime import date, timedelta

import numpy as np
import polars as pl

from measures.metrics import LEAST_CASES
from measures.typed import typed
from measures.wilson import wilson
from queries.filters import add_months

KEYS = ["salesperson_id", "month"]
ABOUT = ("salesperson", "region_id", "region")
TARGET_GRAINS = ("salesperson", "salesperson_product", "account", "account_product")
"""Rows of the first of these that a person has in a month are the month's target."""

KEPT_MONTHS = 3
"""Months of new accounts that are judged together."""

CARD_SCHEMA = {
    "month": pl.Date, "salesperson_id": pl.String, "salesperson": pl.String, "region_id": pl.String, "region": pl.String,
    "target_amount": pl.Float64, "net_sales": pl.Float64, "attainment": pl.Float64,
    "planned_visits": pl.Float64, "visits_kept": pl.Float64, "adherence": pl.Float64, "adherence_low": pl.Float64, "adherence_high": pl.Float64,
    "planned_developments": pl.Float64, "developments": pl.Int64,
    "kept_month": pl.Date, "kept_planned": pl.Float64, "kept": pl.Int64, "kept_not_seen": pl.Int64, "kept_rate": pl.Float64,
    "visits_all": pl.Int64, "strikes": pl.Int64, "strike_rate": pl.Float64, "strike_low": pl.Float64, "strike_high": pl.Float64, "strike_index": pl.Float64,
    "lines_per_visit": pl.Float64, "drop_size": pl.Float64,
}  # fmt: skip


def cards(
    sales: pl.DataFrame, targets: pl.DataFrame, plans: pl.DataFrame, strikes: pl.DataFrame, months: Sequence[date], days: int, strike_goal: float
) -> pl.DataFrame:
    """CARD_SCHEMA for `months`, by month and person.

    `plans` are the plans' rows with visits, developments, kept and not_seen that belong to each. New accounts are judged `days` after their
    month, together with those of the KEPT_MONTHS − 1 months before it: a plan of one or two accounts says nothing by itself.
    """
    aims, done = _targets(targets), _plans(plans)
    wanted = pl.DataFrame({"month": list(months)}, schema={"month": pl.Date})
    keys = pl.concat([frame.select("salesperson_id", "month") for frame in (aims, done, strikes)]).unique()
    rows = keys.join(wanted, on="month", how="semi").sort(KEYS)
    for frame in (aims, sales.select(*KEYS, "net_sales"), done, strikes.drop(*ABOUT)):
        rows = rows.join(frame, on=KEYS, how="left", maintain_order="left")
    judged = rows.with_columns(kept_month=pl.col("month").replace_strict({month: kept_month(month, days) for month in months}, return_dtype=pl.Date))
    joined = judged.drop("kept", "kept_not_seen").join(_kept(done), on=["salesperson_id", "kept_month"], how="left", maintain_order="left")
    named = joined.join(_people(sales, targets, plans, strikes), on="salesperson_id", how="left", maintain_order="left")
    return _rates(named, strike_goal).select(typed(CARD_SCHEMA)).sort("month", "salesperson", "salesperson_id")


def kept_month(month: date, days: int) -> date:
    """The month whose new accounts are all old enough for their judgement at the end of `month`: the last one that ended `days` before."""
    return add_months((add_months(month, 1) - timedelta(days=days)).replace(day=1), -1)


def _kept(done: pl.DataFrame) -> pl.DataFrame:
    """Planned and kept new accounts of KEPT_MONTHS months together, by the last of them."""
    own = done.select("salesperson_id", pl.col("month").alias("kept_month"), pl.col("planned_developments").alias("kept_planned"), "kept", "kept_not_seen")
    moved = [own.with_columns(pl.col("kept_month").dt.offset_by(f"{step}mo")) for step in range(KEPT_MONTHS)]
    return pl.concat(moved).group_by("salesperson_id", "kept_month").agg(pl.col("kept_planned", "kept", "kept_not_seen").sum())


def _people(*frames: pl.DataFrame) -> pl.DataFrame:
    return pl.concat([frame.select("salesperson_id", *ABOUT) for frame in frames]).unique("salesperson_id", keep="first", maintain_order=True)


def _targets(targets: pl.DataFrame) -> pl.DataFrame:
    rank = pl.col("grain").replace_strict({grain: place for place, grain in enumerate(TARGET_GRAINS)}, return_dtype=pl.Int64)
    first = targets.with_columns(rank=rank).filter(pl.col("rank") == pl.col("rank").min().over(KEYS))
    return first.group_by(KEYS).agg(pl.col("target").sum().alias("target_amount"))


def _plans(plans: pl.DataFrame) -> pl.DataFrame:
    kept = pl.min_horizontal(pl.col("visits").cast(pl.Float64), "planned_visits").sum()
    return plans.group_by(KEYS).agg(
        pl.col("planned_visits", "planned_developments", "developments", "kept").sum(), kept.alias("visits_kept"), pl.col("not_seen").sum().alias("kept_not_seen"),
    )  # fmt: skip


def _rates(rows: pl.DataFrame, strike_goal: float) -> pl.DataFrame:
    """Ratios of the sums, each with the range that so few cases leave; null where nothing was asked for."""
    counts = rows.with_columns(pl.col("net_sales").fill_null(0.0), pl.col("visits").fill_null(0).alias("visits_all"), pl.col("strikes", "developments").fill_null(0))
    rates = counts.with_columns(
        _ratio("net_sales", "target_amount", "attainment"), _ratio("visits_kept", "planned_visits", "adherence"), _ratio("kept", "kept_planned", "kept_rate"),
        _ratio("strikes", "visits_all", "strike_rate"), _ratio("order_lines", "visits_all", "lines_per_visit"), _ratio("order_amount", "order_visits", "drop_size"),
    )  # fmt: skip
    index = pl.when(pl.col("visits_all") >= LEAST_CASES).then(pl.col("strike_rate") / strike_goal) if strike_goal > 0 else pl.lit(None, pl.Float64)
    return _ranged(_ranged(rates.with_columns(strike_index=index), "adherence", "visits_kept", "planned_visits"), "strike", "strikes", "visits_all")


def _ratio(made: str, asked: str, name: str) -> pl.Expr:
    return pl.when(pl.col(asked) > 0).then(pl.col(made) / pl.col(asked)).alias(name)


def _ranged(rows: pl.DataFrame, name: str, made: str, asked: str) -> pl.DataFrame:
    successes, trials = (rows[column].fill_null(0).cast(pl.Float64).to_numpy() for column in (made, asked))
    low, high = wilson(np.minimum(successes, trials), trials)
    return rows.with_columns(pl.Series(f"{name}_low", low).fill_nan(None), pl.Series(f"{name}_high", high).fill_nan(None))
