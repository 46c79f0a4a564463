"""Time in stage from a histogram of stays: medians, survival, ways out, and which deals have waited too long (methods.md section 4)."""

import polars as pl

from measures.pipeline.stage_order import StageOrder
from measures.pipeline.stage_outcomes import with_reach
from measures.pipeline.survival import Survival, cumulative_incidence, kaplan_meier

LEAST_WON_STAYS = 10
"""Won deals' stays from which their P80 says who is stuck, else those of all deals (methods.md section 4)."""
WAYS = ("advanced", "lost", "returned")


def estimate(days: pl.DataFrame) -> Survival:
    """Kaplan–Meier of the time in each stage; `days` is queries/pipeline/stage_days.sql."""
    return kaplan_meier(days, groups=["stage"], event="has_left", count="stays")


def times(days: pl.DataFrame, order: StageOrder, percentile: float, estimated: Survival) -> pl.DataFrame:
    """Per stage of the order: median_days with median_lo and median_hi, stuck, stuck_days, open and open_value.

    `estimated` is the `estimate` of `days`. Stuck is longer than the percentile of won deals' days in the stage, of all deals'
    where fewer than ten won ones have left it.
    """
    medians = _medians(estimated)
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
    reach = with_reach(order, pl.col("stage_mask"), pl.lit(None, pl.Int64))
    return dict(stuck.group_by(reach.alias("reach")).agg(pl.col("stays").sum()).iter_rows())


def ways_out(days: pl.DataFrame, times: pl.DataFrame, order: StageOrder) -> pl.DataFrame:
    """Per stage of the order, the share of deals that leave it each way in the end (cumulative incidence), beside its median days.

    stage, median_days, median_lo, median_hi, advanced_rate, lost_rate, returned_rate, staying_rate: the four rates sum to 1.
    """
    found = cumulative_incidence(_with_way(days, order), groups=["stage"], outcome="way", count="stays").rename({"outcome": "way"})
    last = found.group_by("stage", "way").agg(pl.col("incidence").max())
    rates = {way: last.filter(pl.col("way") == way).select("stage", pl.col("incidence").alias(f"{way}_rate")) for way in WAYS}
    table = times.select("stage", "median_days", "median_lo", "median_hi")
    for way in WAYS:
        table = table.join(rates[way], on="stage", how="left", maintain_order="left").with_columns(pl.col(f"{way}_rate").fill_null(0.0))
    known = pl.col("stage").is_in(days["stage"].unique().to_list())
    gone = pl.sum_horizontal(f"{way}_rate" for way in WAYS)
    return table.filter(known).with_columns((1 - gone).clip(0.0).alias("staying_rate"))


def _with_way(days: pl.DataFrame, order: StageOrder) -> pl.DataFrame:
    """The stays with their `way` out: advanced, lost, returned; null while the deal is still there."""
    positions = {stage: number for number, stage in enumerate(order.stages, start=1)} | dict.fromkeys(order.won, order.won_position)
    here, there = (pl.col(name).replace_strict(positions, default=None, return_dtype=pl.Int64) for name in ("stage", "next_stage"))
    way = (
        pl.when(pl.col("next_stage").is_null()).then(None).when(pl.col("next_stage").is_in(list(order.lost))).then(pl.lit("lost"))
        .when(there > here).then(pl.lit("advanced")).otherwise(pl.lit("returned"))
    )  # fmt: skip
    return days.with_columns(way.alias("way"))


def survival(estimated: Survival, order: StageOrder) -> pl.DataFrame:
    """Kaplan–Meier of the time in each stage [stage, day, survival, lo, hi, at_risk, events], in the stages' order."""
    place = {stage: number for number, stage in enumerate(order.stages)}
    ordered = estimated.curve.sort(pl.col("stage").replace_strict(place, default=len(place), return_dtype=pl.Int64), "days")
    return ordered.select("stage", pl.col("days").alias("day"), "survival", "lo", "hi", "at_risk", "events")


def _medians(estimated: Survival) -> pl.DataFrame:
    return estimated.medians.select("stage", pl.col("median_days", "lo", "hi").cast(pl.Float64)).rename(
        {"lo": "median_lo", "hi": "median_hi"}
    )


def _limit(days: pl.DataFrame, percentile: float) -> float | None:
    left = days.filter("has_left")
    won = left.filter("is_won")
    sample = won if won["stays"].sum() >= LEAST_WON_STAYS else left
    counted = sample.group_by("days").agg(pl.sum("stays")).sort("days")
    reached = counted.filter(pl.col("stays").cum_sum() >= percentile * pl.col("stays").sum())
    return float(reached["days"][0]) if reached.height else None
