"""Time in stage from a histogram of stays: medians, survival, exits, and which deals have waited too long (methods.md section 4)."""

import polars as pl

from measures.stage_order import StageOrder
from measures.stage_outcomes import with_reach
from measures.survival import cumulative_incidence, kaplan_meier

LEAST_WON_STAYS = 10


def times(days: pl.DataFrame, order: StageOrder, percentile: float) -> pl.DataFrame:
    """Per stage of the order: median_days with median_lo and median_hi, stuck, stuck_days, open and open_value.

    `days` is queries/pipeline/stage_days.sql. Stuck is longer than the percentile of won deals' days in the stage, of all deals'
    where fewer than ten won ones have left it.
    """
    medians = _medians(days)
    limits = pl.DataFrame(
        [{"stage": stage, "stuck_days": _limit(days.filter(pl.col("stage") == stage), percentile)} for stage in order.stages],
        schema={"stage": pl.String, "stuck_days": pl.Float64},
    )
    waiting = waiting_deals(days, limits).group_by("stage").agg(
        pl.col("stays").sum().alias("open"),
        pl.col("value").sum().alias("open_value"),
        pl.col("stays").filter("is_stuck").sum().alias("stuck"),
    )
    joined = limits.join(medians, on="stage", how="left", maintain_order="left")
    return joined.join(waiting, on="stage", how="left", maintain_order="left").with_columns(
        pl.col("open", "stuck").fill_null(0), pl.col("open_value").fill_null(0.0)
    )


def waiting_deals(days: pl.DataFrame, limits: pl.DataFrame) -> pl.DataFrame:
    """The rows of the deals that are still in their stage, with `is_stuck`: longer than the stage's stuck_days."""
    still = days.filter(~pl.col("has_left")).join(limits.select("stage", "stuck_days"), on="stage", how="left", maintain_order="left")
    return still.with_columns((pl.col("days") > pl.col("stuck_days")).fill_null(False).alias("is_stuck"))


def stuck_by_reach(days: pl.DataFrame, times: pl.DataFrame, order: StageOrder) -> dict[int, int]:
    """Stuck deals by the number of the furthest stage that they reached, which is where a cohort counts them as open."""
    stuck = waiting_deals(days, times).filter("is_stuck")
    reach = with_reach(order, pl.col("stage_mask"), pl.lit(None, pl.String))
    return dict(stuck.group_by(reach.alias("reach")).agg(pl.col("stays").sum()).iter_rows())


def exits(days: pl.DataFrame, order: StageOrder) -> pl.DataFrame:
    """Cumulative incidence of leaving each stage by each exit [stage, outcome, day, incidence]: advanced, lost, returned."""
    positions = {stage: number for number, stage in enumerate(order.stages, start=1)} | dict.fromkeys(order.won, order.won_position)
    here = pl.col("stage").replace_strict(positions, default=None, return_dtype=pl.Int64)
    there = pl.col("next_stage").replace_strict(positions, default=None, return_dtype=pl.Int64)
    outcome = (
        pl.when(pl.col("next_stage").is_null()).then(None).when(pl.col("next_stage").is_in(list(order.lost))).then(pl.lit("lost"))
        .when(there > here).then(pl.lit("advanced")).otherwise(pl.lit("returned"))
    )  # fmt: skip
    found = cumulative_incidence(days.with_columns(outcome.alias("outcome")), groups=["stage"], count="stays")
    return found.select("stage", "outcome", pl.col("days").alias("day"), "incidence")


def survival(days: pl.DataFrame, order: StageOrder) -> pl.DataFrame:
    """Kaplan–Meier of the time in each stage [stage, day, survival, lo, hi, at_risk, events], in the stages' order."""
    curve = kaplan_meier(days, groups=["stage"], event="has_left", count="stays").curve
    place = {stage: number for number, stage in enumerate(order.stages)}
    ordered = curve.sort(pl.col("stage").replace_strict(place, default=len(place), return_dtype=pl.Int64), "days")
    return ordered.select("stage", pl.col("days").alias("day"), "survival", "lo", "hi", "at_risk", "events")


def _medians(days: pl.DataFrame) -> pl.DataFrame:
    found = kaplan_meier(days, groups=["stage"], event="has_left", count="stays").medians
    return found.select("stage", pl.col("median_days", "lo", "hi").cast(pl.Float64)).rename(
        {"lo": "median_lo", "hi": "median_hi"}
    )


def _limit(days: pl.DataFrame, percentile: float) -> float | None:
    left = days.filter("has_left")
    won = left.filter("is_won")
    sample = won if won["stays"].sum() >= LEAST_WON_STAYS else left
    counted = sample.group_by("days").agg(pl.sum("stays")).sort("days")
    reached = counted.filter(pl.col("stays").cum_sum() >= percentile * pl.col("stays").sum())
    return float(reached["days"][0]) if reached.height else None
