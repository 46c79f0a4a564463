"""Who changed quadrant within a year (methods.md section 1): a transition matrix whose rows sum to 1.

Both quadrants are those that the map showed at their dates, so that a wobble within the dead band around the cut is no move.
"""

import polars as pl

from measures.typed import typed

NEW, LOST, UNCLASSIFIED = "new", "lost", "none"
PLACES = (NEW, "EI", "EII", "EIII", "EIV", UNCLASSIFIED, LOST)
MIGRATION_SCHEMA = {
    "from_quadrant": pl.String, "to_quadrant": pl.String, "accounts": pl.Int64, "share": pl.Float64,
    "net_sales": pl.Float64, "previous_net_sales": pl.Float64,
}

TRANSITIONS_SCHEMA = {"from_quadrant": pl.String, "to_quadrant": pl.String, "accounts": pl.Int64, "probability": pl.Float64}


def with_previous(now: pl.DataFrame, previous: pl.DataFrame) -> pl.DataFrame:
    """The accounts with `previous_quadrant`, a year earlier; null for those that were new or not classified then."""
    earlier = previous.select("account_key", pl.col("quadrant").alias("previous_quadrant"))
    return now.join(earlier, on="account_key", how="left", maintain_order="left")


def migration(now: pl.DataFrame, previous: pl.DataFrame) -> pl.DataFrame:
    """Accounts by quadrant a year ago and now, by MIGRATION_SCHEMA; empty without a year before.

    `new` and `lost` had no sale in that year, `none` was not classified. `share` is of the quadrant they come from.
    """
    if previous.is_empty():
        return pl.DataFrame(schema=MIGRATION_SCHEMA)
    counted = _moves(now, previous).group_by("from_quadrant", "to_quadrant", maintain_order=True).agg(
        pl.len().alias("accounts"), pl.col("net_sales", "previous_net_sales").sum()
    )
    shared = counted.with_columns(share=pl.col("accounts") / pl.col("accounts").sum().over("from_quadrant"))
    return shared.sort(pl.col("from_quadrant", "to_quadrant").cast(pl.Enum(PLACES))).select(typed(MIGRATION_SCHEMA))


def transitions(moves: pl.DataFrame) -> pl.DataFrame:
    """The whole matrix of `migration` by TRANSITIONS_SCHEMA, cells without an account too; each row's probabilities sum to 1.

    Entries come from `new`, exits go to `lost`. The probability is null in a row that nobody comes from.
    """
    if moves.is_empty():
        return pl.DataFrame(schema=TRANSITIONS_SCHEMA)
    came = pl.DataFrame({"from_quadrant": [place for place in PLACES if place != LOST]})
    went = pl.DataFrame({"to_quadrant": [place for place in PLACES if place != NEW]})
    counted = moves.select("from_quadrant", "to_quadrant", "accounts")
    cells = came.join(went, how="cross", maintain_order="left_right").join(counted, on=("from_quadrant", "to_quadrant"), how="left", maintain_order="left")
    filled = cells.with_columns(pl.col("accounts").fill_null(0))
    of_row = pl.col("accounts").sum().over("from_quadrant")
    probability = pl.when(of_row > 0).then(pl.col("accounts") / of_row)
    return filled.select("from_quadrant", "to_quadrant", "accounts", probability.alias("probability"))


def _moves(now: pl.DataFrame, previous: pl.DataFrame) -> pl.DataFrame:
    names = ("account_key", "quadrant", "net_sales")
    both = now.select(names).join(previous.select(names), on="account_key", how="full", suffix="_before", coalesce=True, maintain_order="left_right")
    return both.select(
        _named("quadrant_before", "net_sales_before", NEW).alias("from_quadrant"),
        _named("quadrant", "net_sales", LOST).alias("to_quadrant"),
        pl.col("net_sales").fill_null(0.0),
        pl.col("net_sales_before").fill_null(0.0).alias("previous_net_sales"),
    )


def _named(quadrant: str, sales: str, absent: str) -> pl.Expr:
    return pl.when(pl.col(sales).is_null()).then(pl.lit(absent)).otherwise(pl.col(quadrant).fill_null(UNCLASSIFIED))
