"""Who changed tier between two periods, and what it was worth (methods.md section 3, source 000: decide on changes of value).

A move that ends just across the line may be a wobble: `is_borderline` marks those within the dead band of section 1.
"""

from collections.abc import Sequence

import polars as pl

NEW, LOST, UNRATED = "new", "lost", "unrated"

MOVERS_SCHEMA = {
    "account_id": pl.String, "account": pl.String, "region": pl.String, "from_tier": pl.String, "to_tier": pl.String,
    "net_sales": pl.Float64, "previous_net_sales": pl.Float64, "change": pl.Float64, "is_borderline": pl.Boolean,
}
MIGRATION_SCHEMA = {
    "from_tier": pl.String, "to_tier": pl.String, "accounts": pl.Int64, "share": pl.Float64,
    "net_sales": pl.Float64, "previous_net_sales": pl.Float64,
}


def all_moves(now: pl.DataFrame, previous: pl.DataFrame, order: Sequence[str], limits: Sequence[float], band: float) -> pl.DataFrame:
    """Every account of either period with both tiers, by MOVERS_SCHEMA; `new` and `lost` stand for no sale in a period.

    `order` names the tiers from the best down, `limits` where each but the last ends on `position` (0–1, the share that is
    before the account in the ranking), `band` is the dead band's share of the limit.
    """
    if previous.is_empty():
        return pl.DataFrame(schema=MOVERS_SCHEMA)
    columns = ("account_id", "account", "region", "tier", "net_sales")
    both = now.select(*columns, "position").join(previous.select(columns), on="account_id", how="full", suffix="_before", coalesce=True)
    sold, before = pl.col("net_sales").fill_null(0.0), pl.col("net_sales_before").fill_null(0.0)
    moves = both.select(
        "account_id",
        pl.coalesce("account", "account_before").alias("account"),
        pl.coalesce("region", "region_before").alias("region"),
        _tier("tier_before", "net_sales_before", NEW).alias("from_tier"),
        _tier("tier", "net_sales", LOST).alias("to_tier"),
        sold.alias("net_sales"),
        before.alias("previous_net_sales"),
        (sold - before).alias("change"),
        _is_near("position", order, limits, band).alias("is_borderline"),
    )
    return moves.sort(pl.col("change").abs(), "account_id", descending=[True, False])


def movers(moves: pl.DataFrame) -> pl.DataFrame:
    """The accounts whose tier changed, the largest change of net sales first."""
    return moves.filter(pl.col("from_tier") != pl.col("to_tier"))


def migration(moves: pl.DataFrame, order: tuple[str, ...]) -> pl.DataFrame:
    """Accounts by tier before and after, those that stayed too; `share` is of the tier they come from (P_ij = n_ij ÷ n_i)."""
    if moves.is_empty():
        return pl.DataFrame(schema=MIGRATION_SCHEMA)
    counted = moves.group_by("from_tier", "to_tier").agg(
        pl.len().cast(pl.Int64).alias("accounts"), pl.col("net_sales", "previous_net_sales").sum()
    )
    shared = counted.with_columns(share=pl.col("accounts") / pl.col("accounts").sum().over("from_tier"))
    places = {tier: place for place, tier in enumerate((NEW, *order, UNRATED, LOST))}
    by_place = [pl.col(name).replace_strict(places, return_dtype=pl.Int64) for name in ("from_tier", "to_tier")]
    return shared.sort(by_place).select(pl.col(name).cast(kind) for name, kind in MIGRATION_SCHEMA.items())


def _tier(tier: str, sales: str, absent: str) -> pl.Expr:
    return pl.when(pl.col(sales).is_null()).then(pl.lit(absent)).otherwise(pl.col(tier))


def _is_near(position: str, order: Sequence[str], limits: Sequence[float], band: float) -> pl.Expr:
    """Whether the account lies within the dead band of the line that it crossed: the one next to the tier it comes from."""
    near = pl.lit(False)
    for place, tier in enumerate(order):
        came, at = pl.col("tier_before") == tier, pl.col(position)
        if place < len(limits):
            near = near | (came & (at >= limits[place]) & (at < limits[place] * (1 + band)))
        if place > 0:
            near = near | (came & (at < limits[place - 1]) & (at >= limits[place - 1] * (1 - band)))
    return near.fill_null(False)
