"""Cohorts: the deals that came to a stage in a month, and the share of them that went on within the days of maturity."""

from datetime import date

import polars as pl

from measures.pipeline.stage_order import StageOrder
from measures.typed import typed

SCHEMA = {
    "cohort": pl.Date, "stage": pl.String, "entered": pl.Int64, "reached": pl.Int64, "conversion_rate": pl.Float64,
    "value": pl.Float64, "reached_value": pl.Float64, "mature": pl.Boolean,
}  # fmt: skip


def cohorts(moves: pl.DataFrame, order: StageOrder, maturity_days: int, as_of: date | None) -> pl.DataFrame:
    """One row per month and stage before won, in order: deals that first came there, and of these on to a later stage in time.

    `moves` is queries/pipeline/cohorts.sql. A skipped stage was entered and left on the day of the skip. `mature` once the month's
    last day has had the days of maturity; before that, the conversion still grows.
    """
    names = pl.DataFrame({"stage": list(order.stages), "position": range(1, len(order.stages) + 1)}, schema={"stage": pl.String, "position": pl.Int64})
    entered = _entered(moves).group_by("cohort", "position").agg(pl.col("entered", "value").sum())
    reached = _reached(moves).group_by("cohort", "position").agg(pl.col("reached", "reached_value").sum())
    youngest = pl.col("cohort").dt.month_end() + pl.duration(days=maturity_days)
    joined = entered.join(reached, on=["cohort", "position"], how="left").join(names, on="position", how="inner")
    filled = joined.with_columns(pl.col("reached").fill_null(0), pl.col("reached_value").fill_null(0.0)).sort("cohort", "position")
    return filled.with_columns(
        (pl.col("reached") / pl.col("entered")).alias("conversion_rate"), (youngest <= pl.lit(as_of, pl.Date)).alias("mature")
    ).select(typed(SCHEMA))


def _entered(moves: pl.DataFrame) -> pl.DataFrame:
    """Every position that a move came to or skipped, in the move's month."""
    passed = moves.with_columns(pl.int_ranges(pl.col("furthest") + 1, pl.col("position") + 1).alias("position"))
    return passed.explode("position").select(
        pl.col("month").alias("cohort"), pl.col("position").cast(pl.Int64), pl.col("deals").alias("entered"), "value"
    )


def _reached(moves: pl.DataFrame) -> pl.DataFrame:
    """Every position that a move went on from: the furthest so far in its own month, if in time, and the skipped ones at once."""
    onward = {"reached": pl.col("deals"), "reached_value": pl.col("value")}
    left = moves.filter(pl.col("furthest") > 0, pl.col("in_time")).select(
        pl.col("furthest_month").alias("cohort"), pl.col("furthest").cast(pl.Int64).alias("position"), **onward
    )
    skipped = moves.with_columns(pl.int_ranges(pl.col("furthest") + 1, pl.col("position")).alias("position")).explode("position")
    kept = skipped.filter(pl.col("position").is_not_null()).select(
        pl.col("month").alias("cohort"), pl.col("position").cast(pl.Int64), **onward
    )
    return pl.concat([left, kept])
