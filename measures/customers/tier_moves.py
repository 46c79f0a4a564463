"""Who changed tier between two periods, and what it was worth (methods.md section 3, source 000: decide on changes of value).

A wobble around a border is no move (section 1's dead band): an account sinks only once it lies beyond border × (1 + band), and rises
only once it lies before border × (1 − band). Who crossed a border by less stays where it was, and `is_held` says so.
"""

from collections.abc import Sequence

import numpy as np
import polars as pl

from measures.typed import typed

NEW, LOST, UNRATED = "new", "lost", "unrated"

MOVERS_SCHEMA = {
    "account_id": pl.String, "account": pl.String, "region": pl.String, "from_tier": pl.String, "to_tier": pl.String,
    "net_sales": pl.Float64, "previous_net_sales": pl.Float64, "change": pl.Float64, "is_held": pl.Boolean,
}
MIGRATION_SCHEMA = {
    "from_tier": pl.String, "to_tier": pl.String, "accounts": pl.Int64, "probability": pl.Float64,
    "net_sales": pl.Float64, "previous_net_sales": pl.Float64, "held": pl.Int64,
}


def all_moves(now: pl.DataFrame, previous: pl.DataFrame, order: Sequence[str], limits: Sequence[float], band: float) -> pl.DataFrame:
    """Every account of either period with both tiers, by MOVERS_SCHEMA; `new` and `lost` stand for no sale in a period.

    `order` names the tiers from the best down, `limits` where each but the last ends on `position` (0–1, the share that is
    before the account in the ranking), `band` is the dead band's share of the limit. Who had no place before is judged without it.
    """
    if previous.is_empty():
        return pl.DataFrame(schema=MOVERS_SCHEMA)
    columns = ("account_id", "account", "region", "tier", "net_sales")
    both = now.select(*columns, "position").join(previous.select(columns), on="account_id", how="full", suffix="_before", coalesce=True)
    settled = both.with_columns(pl.Series("settled", settled_tiers(both, order, limits, band), dtype=pl.String))
    sold, before = pl.col("net_sales").fill_null(0.0), pl.col("net_sales_before").fill_null(0.0)
    moves = settled.select(
        "account_id",
        pl.coalesce("account", "account_before").alias("account"),
        pl.coalesce("region", "region_before").alias("region"),
        _tier("tier_before", "net_sales_before", NEW).alias("from_tier"),
        _tier("settled", "net_sales", LOST).alias("to_tier"),
        sold.alias("net_sales"),
        before.alias("previous_net_sales"),
        (sold - before).alias("change"),
        (pl.col("settled") != pl.col("tier")).fill_null(False).alias("is_held"),
    )
    return moves.sort(pl.col("change").abs(), "account_id", descending=[True, False])


def settled_tiers(both: pl.DataFrame, order: Sequence[str], limits: Sequence[float], band: float) -> list[str | None]:
    """The tier of each row [tier_before, tier, position] after the dead band; `tier` itself where one of them has no place in `order`."""
    places = {tier: place for place, tier in enumerate(order)}
    before = both["tier_before"].replace_strict(places, default=None, return_dtype=pl.Float64).to_numpy()
    position = both["position"].cast(pl.Float64).to_numpy()
    edges = np.asarray(limits)[:, None]
    # The same rule as for classes: on the line is beyond it.
    least = (position >= edges * (1 + band)).sum(axis=0)
    most = (position >= edges * (1 - band)).sum(axis=0)
    has_both = ~np.isnan(before) & ~np.isnan(position) & both["tier"].is_in(list(order)).fill_null(False).to_numpy()
    settled = np.clip(np.nan_to_num(before), least, most).astype(int)
    return [order[place] if banded else tier for place, banded, tier in zip(settled, has_both, both["tier"], strict=True)]


def movers(moves: pl.DataFrame) -> pl.DataFrame:
    """The accounts whose tier changed, the largest change of net sales first."""
    return moves.filter(pl.col("from_tier") != pl.col("to_tier"))


def migration(moves: pl.DataFrame, order: tuple[str, ...]) -> pl.DataFrame:
    """Accounts by tier before and after, those that stayed too, by MIGRATION_SCHEMA.

    `probability` is of the tier they come from (P_ij = n_ij ÷ n_i; of `new` it is a share of the entries). `held` of the accounts
    crossed a border, but within the dead band.
    """
    if moves.is_empty():
        return pl.DataFrame(schema=MIGRATION_SCHEMA)
    counted = moves.group_by("from_tier", "to_tier").agg(
        pl.len().cast(pl.Int64).alias("accounts"), pl.col("net_sales", "previous_net_sales").sum(), pl.col("is_held").sum().alias("held")
    )
    shared = counted.with_columns(probability=pl.col("accounts") / pl.col("accounts").sum().over("from_tier"))
    places = {tier: place for place, tier in enumerate((NEW, *order, UNRATED, LOST))}
    by_place = [pl.col(name).replace_strict(places, return_dtype=pl.Int64) for name in ("from_tier", "to_tier")]
    return shared.sort(by_place).select(typed(MIGRATION_SCHEMA))


def _tier(tier: str, sales: str, absent: str) -> pl.Expr:
    return pl.when(pl.col(sales).is_null()).then(pl.lit(absent)).otherwise(pl.col(tier))
