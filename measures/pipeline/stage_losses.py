"""Why deals are lost, and which deals open, renew or refer a customer."""

import polars as pl

from measures.pipeline.spellings import spellings
from measures.pipeline.stage_order import StageOrder
from measures.pipeline.stage_outcomes import sums, with_reach
from measures.typed import typed

LOSSES_SCHEMA = {
    "lost_reason": pl.String, "lost": pl.Int64, "share": pl.Float64, "lost_value": pl.Float64, "mean_days": pl.Float64,
    "stage": pl.String, "lost_here": pl.Int64,
}  # fmt: skip
OPENINGS_SCHEMA = {
    "opening": pl.String, "created": pl.Int64, "won": pl.Int64, "lost": pl.Int64, "open": pl.Int64, "won_value": pl.Float64,
    "win_rate": pl.Float64, "cycle_days": pl.Float64,
}  # fmt: skip


def lost_reasons(found: pl.DataFrame, order: StageOrder) -> pl.DataFrame:
    """One row per reason, the most frequent first: deals, their share, value, mean days to the loss, and the stage that most had reached.

    `found` is queries/pipeline/losses.sql; deals without a reason are one row, and so is a reason that is written in several ways.
    """
    names = dict(enumerate(order.stages, start=1))
    reasons = spellings(found["lost_reason"]).named(found, "lost_reason")
    placed = reasons.with_columns(
        with_reach(order, pl.col("stage_mask"), pl.lit(None, pl.Int64)).replace_strict(names, default=None, return_dtype=pl.String).alias("stage")
    )
    by_stage = placed.group_by("lost_reason", "stage").agg(pl.col("lost").sum().alias("lost_here"))
    worst = by_stage.sort("lost_here", "stage", descending=[True, False], nulls_last=True).unique("lost_reason", keep="first", maintain_order=True)
    rows = reasons.group_by("lost_reason").agg(pl.col("lost", "lost_value", "days").sum())
    joined = rows.join(worst, on="lost_reason", how="left", nulls_equal=True)
    return joined.with_columns(
        (pl.col("lost") / pl.col("lost").sum()).alias("share"), (pl.col("days") / pl.col("lost")).alias("mean_days")
    ).select(typed(LOSSES_SCHEMA)).sort("lost", "lost_reason", descending=[True, False], nulls_last=True)  # fmt: skip


def openings(found: pl.DataFrame, referral_words: tuple[str, ...]) -> pl.DataFrame:
    """Three rows: deals that open a customer, that renew one, and that came by referral (these are among the other two).

    `found` has the rows of measures/pipeline/deals_by_source.py, named. A source is a referral if it is one of the words.
    """
    source = pl.col("source").str.strip_chars().str.to_lowercase().is_in(list(referral_words)).fill_null(False)
    parts = {"new": ~pl.col("is_renewal"), "renewal": pl.col("is_renewal"), "referral": source}
    rows = [found.filter(which).select(pl.lit(name).alias("opening"), *sums()) for name, which in parts.items()]
    closed = pl.col("won") + pl.col("lost")
    return pl.concat(rows).with_columns(
        pl.when(closed > 0).then(pl.col("won") / closed).alias("win_rate"),
        pl.when(pl.col("won") > 0).then(pl.col("days") / pl.col("won")).alias("cycle_days"),
    ).select(typed(OPENINGS_SCHEMA))  # fmt: skip
