"""What is open at the end of a period and what closed in it, as it was known then: the factors of velocity."""

import polars as pl

SCHEMA = {
    "created": pl.Int64, "open": pl.Int64, "open_value": pl.Float64, "won": pl.Int64, "lost": pl.Int64, "won_value": pl.Float64,
    "lost_value": pl.Float64, "win_rate": pl.Float64, "average_value": pl.Float64, "cycle_days": pl.Float64,
}  # fmt: skip


def flow(found: pl.DataFrame) -> pl.DataFrame:
    """One row: queries/pipeline/flow.sql with win_rate, average_value and cycle_days, null where nothing closed or was won."""
    won, closed = pl.col("won"), pl.col("won") + pl.col("lost")
    return found.with_columns(
        pl.when(closed > 0).then(won / closed).alias("win_rate"),
        pl.when(won > 0).then(pl.col("won_value") / won).alias("average_value"),
        pl.when(won > 0).then(pl.col("won_days") / won).alias("cycle_days"),
    ).select(pl.col(name).cast(kind) for name, kind in SCHEMA.items())  # fmt: skip
