"""Maker → distributor → wholesaler → outlet: every path that our products take, and how much of it lies within our reach (coverage.md 38)."""

import polars as pl

from measures.typed import typed

CHANNEL_SCHEMA = {
    "path": pl.String, "level": pl.Int64, "kind": pl.String, "accounts": pl.Int64, "account_share": pl.Float64, "visited": pl.Int64, "visited_rate": pl.Float64,
    "opened_count": pl.Int64, "buying": pl.Int64, "net_sales": pl.Float64, "is_managed": pl.Boolean,
}  # fmt: skip


def channel(paths: pl.DataFrame, managed: int) -> pl.DataFrame:
    """CHANNEL_SCHEMA, the nearest level first: `is_managed` up to the level `managed`, counted from us."""
    total = paths["accounts"].sum()
    rows = paths.with_columns(
        account_share=pl.col("accounts") / max(total, 1), visited_rate=pl.col("visited") / pl.col("accounts"), is_managed=pl.col("level") <= managed,
    )  # fmt: skip
    return rows.select(typed(CHANNEL_SCHEMA))
