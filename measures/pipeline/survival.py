"""Time in stage with deals that are still open (methods.md section 4): Kaplan–Meier and cumulative incidence.

An open deal is censored: it has waited at least so long. Leaving it out would make every stage look faster.
Durations may come as single deals or as a histogram with counts; groups are estimated all at once.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl
from scipy import special

# Survival is a product of fractions, and one half may come out as 0.5000000000000001.
ROUNDING = 1e-12
GROUP = "group"


@dataclass(frozen=True)
class Survival:
    """`curve`: the groups, days, n, at_risk, events, survival, lo, hi, one row per day with an event.

    `medians`: the groups, n, events, median_days, lo, hi, one row per group; null where the curve stays above one half.
    """

    curve: pl.DataFrame
    medians: pl.DataFrame


def kaplan_meier(
    frame: pl.DataFrame,
    groups: Sequence[str] = (),
    days: str = "days",
    event: str = "is_event",
    count: str | None = None,
    confidence: float = 0.95,
) -> Survival:
    """Survival in stage per group, the median with its Greenwood interval.

    `days` is the time in stage, `event` whether the deal left it (false: still open, censored), `count` the deals of
    a row where the frame is a histogram. Rows of null days are left out. The interval is Greenwood's on the
    log(−log) scale, inverted at one half (Brookmeyer and Crowley 1982).
    """
    deals = _deals(frame, groups, days, pl.col(event).fill_null(False).cast(pl.Int64), count)
    table = _with_survival(deals)
    curve = _with_band(table.filter(pl.col("events") > 0), confidence)
    return Survival(_regrouped(curve.drop("before", "hazard"), groups), _regrouped(_medians(table, curve), groups))


def cumulative_incidence(
    frame: pl.DataFrame,
    groups: Sequence[str] = (),
    days: str = "days",
    outcome: str = "outcome",
    count: str | None = None,
) -> pl.DataFrame:
    """Share of deals that have left a stage by each outcome (advanced, lost), day by day, open deals censored.

    `outcome` is null for open deals. Returns the groups, outcome, days, events, at_risk and incidence, which is the sum
    of survival just before × events ÷ at risk (Aalen and Johansen): unlike one minus Kaplan–Meier of each outcome
    alone, the outcomes and what remains add to one.
    """
    deals = _deals(frame, groups, days, pl.col(outcome).is_not_null().cast(pl.Int64), count, outcome)
    exits = deals.lazy().filter(pl.col("event") == 1).group_by(GROUP, "outcome", "days").agg(pl.sum("count").alias("events"))
    table = _with_survival(deals).lazy().select(GROUP, "days", "at_risk", "before")
    joined = exits.join(table, on=[GROUP, "days"], how="inner", nulls_equal=True).sort(GROUP, "outcome", "days")
    step = (pl.col("before") * pl.col("events") / pl.col("at_risk")).cum_sum().over(GROUP, "outcome")
    return _regrouped(joined.with_columns(step.alias("incidence")).drop("before").collect(engine="in-memory"), groups)


def _deals(
    frame: pl.DataFrame, groups: Sequence[str], days: str, event: pl.Expr, count: str | None, outcome: str | None = None
) -> pl.DataFrame:
    """The frame under fixed names: the groups as one column (a struct of several), days, event 0 or 1, count, outcome."""
    group = pl.struct(groups) if len(groups) > 1 else pl.col(groups[0]) if groups else pl.lit(0)
    columns = {
        GROUP: group,
        "days": pl.col(days),
        "event": event,
        "count": pl.col(count).cast(pl.Int64) if count else pl.lit(1, pl.Int64),
        "outcome": pl.col(outcome) if outcome else pl.lit(None, pl.String),
    }
    return frame.filter(pl.col(days).is_not_null()).select(**columns)


def _with_survival(deals: pl.DataFrame) -> pl.DataFrame:
    """One row per group and day: n, at_risk, events, survival after the day and `before` it, Greenwood's `hazard` sum."""
    events = (pl.col("count") * pl.col("event")).sum().alias("events")
    table = deals.lazy().group_by(GROUP, "days").agg(pl.sum("count"), events).sort(GROUP, "days")
    gone = pl.col("count").cum_sum().over(GROUP)
    table = table.with_columns(pl.sum("count").over(GROUP).alias("n"))
    table = table.with_columns((pl.col("n") - gone + pl.col("count")).alias("at_risk"))
    d, n = pl.col("events"), pl.col("at_risk")
    table = table.with_columns(
        (1 - d / n).cum_prod().over(GROUP).alias("survival"),
        (d / (n * (n - d))).cum_sum().over(GROUP).alias("hazard"),
    )
    before = pl.col("survival").shift(1, fill_value=1.0).over(GROUP)
    return table.with_columns(before.alias("before")).drop("count").collect(engine="in-memory")


def _with_band(table: pl.DataFrame, confidence: float) -> pl.DataFrame:
    """`lo` and `hi` of the survival; after the last deal has left (survival 0) only `lo` is known."""
    z = float(special.ndtri((1 + confidence) / 2))
    survival = table["survival"].to_numpy()
    with np.errstate(divide="ignore", invalid="ignore"):
        error = z * np.sqrt(table["hazard"].to_numpy()) / -np.log(survival)
        lo, hi = survival ** np.exp(error), survival ** np.exp(-error)
    lo, hi = np.where(survival > 0, lo, 0.0), np.where(survival > 0, hi, np.nan)
    return table.with_columns(pl.Series("lo", lo), pl.Series("hi", hi).fill_nan(None))


def _medians(table: pl.DataFrame, curve: pl.DataFrame) -> pl.DataFrame:
    def first_day(column: str) -> pl.Expr:
        return pl.col("days").filter(pl.col(column) <= 0.5 + ROUNDING).min()

    counts = table.lazy().group_by(GROUP).agg(pl.max("n"), pl.sum("events"))
    days = curve.lazy().group_by(GROUP).agg(
        first_day("survival").alias("median_days"), first_day("lo").alias("lo"), first_day("hi").alias("hi")
    )
    return counts.join(days, on=GROUP, how="left", nulls_equal=True).sort(GROUP).collect(engine="in-memory")


def _regrouped(frame: pl.DataFrame, groups: Sequence[str]) -> pl.DataFrame:
    if not groups:
        return frame.drop(GROUP)
    return frame.unnest(GROUP) if len(groups) > 1 else frame.rename({GROUP: groups[0]})
