"""What is open at the end of a period and what closed in it, as it was known then: the factors of velocity."""

import polars as pl

from measures.pipeline.stage_order import LOST, OPEN, WON, StageOrder
from measures.pipeline.stage_outcomes import with_end
from measures.typed import typed

OWN, EARLIER = 1, 2
"""The period, and the one that it is compared with, in queries/pipeline/flow.sql."""
SCHEMA = {
    "created": pl.Int64, "open": pl.Int64, "open_value": pl.Float64, "won": pl.Int64, "lost": pl.Int64, "won_value": pl.Float64,
    "lost_value": pl.Float64, "win_rate": pl.Float64, "average_value": pl.Float64, "cycle_days": pl.Float64,
}  # fmt: skip


def flow(found: pl.DataFrame, order: StageOrder, period: int) -> pl.DataFrame:
    """One row: what queries/pipeline/flow.sql says of a period, with win_rate, average_value and cycle_days, null where nothing closed or was won."""
    rows = with_end(found.filter(pl.col("period") == period), order)
    is_open, inside = pl.col("outcome") == OPEN, pl.col("is_inside")
    sums = [
        pl.col("created").sum(), pl.col("deals").filter(is_open).sum().alias("open"), pl.col("value").filter(is_open).sum().alias("open_value"),
        *(pl.col("deals").filter(inside, pl.col("outcome") == end).sum().alias(end) for end in (WON, LOST)),
        *(pl.col("value").filter(inside, pl.col("outcome") == end).sum().alias(f"{end}_value") for end in (WON, LOST)),
        pl.col("days").filter(inside, pl.col("outcome") == WON).sum().alias("won_days"),
    ]  # fmt: skip
    won, closed = pl.col("won"), pl.col("won") + pl.col("lost")
    return rows.select(sums).with_columns(
        pl.when(closed > 0).then(won / closed).alias("win_rate"),
        pl.when(won > 0).then(pl.col("won_value") / won).alias("average_value"),
        pl.when(won > 0).then(pl.col("won_days") / won).alias("cycle_days"),
    ).select(typed(SCHEMA))  # fmt: skip
