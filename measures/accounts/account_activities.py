"""What was done with an account: the newest activities of it and of those under it, and the sums of all its own."""

import polars as pl

from measures.names import named
from queries.runner import Ask

TOTALS_SCHEMA = {
    "account_id": pl.String, "visits_made": pl.Int64, "calls_made": pl.Int64, "events_attended": pl.Int64, "activity_cost": pl.Float64,
}  # fmt: skip
SHOWN = (
    "activity_id", "happened_on", "account_id", "account", "kind", "salesperson_id", "salesperson", "outcome", "hours", "cost", "planned_on",
)  # fmt: skip


def newest(ask: Ask, rows: pl.DataFrame, tree: pl.DataFrame, most: int) -> pl.DataFrame:
    """The `most` newest of the rows of queries/accounts/activities, of the accounts of the tree, with their names."""
    ours = rows.lazy().join(tree.lazy().select("account_key", "account_id", "account"), on="account_key", how="inner")
    shown = ours.sort("happened_on", "activity_id", descending=[True, False]).head(most)
    return named(ask, shown, "salespeople").select(SHOWN).with_columns(pl.col("cost").cast(pl.Float64))


def totals(rows: pl.DataFrame, tree: pl.DataFrame) -> pl.DataFrame:
    """The sums of the account's own activities by TOTALS_SCHEMA: one row, none for an account that the viewer doesn't see."""
    own = tree.lazy().filter(pl.col("depth") == 0).select("account_key", "account_id")
    done = own.join(rows.lazy(), on="account_key", how="left")
    is_visit, cost = pl.col("kind") == "visit", pl.col("cost")
    return done.group_by("account_id").agg(
        is_visit.sum().alias("visits_made"), pl.col("kind").is_in(["call", "message"]).sum().alias("calls_made"),
        (pl.col("kind") == "event").sum().alias("events_attended"),
        pl.when(cost.count() > 0).then(cost.sum()).alias("activity_cost"),
    ).cast(TOTALS_SCHEMA).collect(engine="in-memory")  # fmt: skip
