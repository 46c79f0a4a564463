"""A salesperson's time by quadrant: planned against spent (coverage.md 33)."""

import polars as pl

from measures.customers.portfolio_quadrants import QUADRANTS, UNCLASSIFIED
from measures.thresholds import Cuts
from measures.typed import typed

HOURS_SCHEMA = {
    "quadrant": pl.String, "accounts": pl.Int64, "hours": pl.Float64, "planned_hours": pl.Float64, "gap_hours": pl.Float64,
    "hours_share": pl.Float64, "planned_share": pl.Float64, "hours_per_account": pl.Float64, "activities": pl.Int64, "timed": pl.Int64,
    "status": pl.String,
}  # fmt: skip


def hours(accounts: pl.DataFrame, cuts: Cuts) -> pl.DataFrame:
    """EI–EIV always, and `none` for the others, of `accounts` [quadrant, hours, activities, timed], by HOURS_SCHEMA.

    The plan shares the hours spent on EI–EIV out by the thresholds, which are rescaled to sum to 1. Status: ok, provisional where some
    activities state no hours, insufficient where none does; hours that nobody stated are null.
    """
    named = accounts.with_columns(pl.col("quadrant").fill_null(UNCLASSIFIED))
    sums = named.group_by("quadrant", maintain_order=True).agg(pl.len().alias("accounts"), pl.col("hours", "activities", "timed").sum())
    order = pl.DataFrame({"quadrant": [*QUADRANTS, UNCLASSIFIED]})
    rows = order.join(sums, on="quadrant", how="left", maintain_order="left").with_columns(pl.exclude("quadrant").fill_null(0))
    is_known = sums["timed"].sum() > 0
    spent = rows.filter(pl.col("quadrant") != UNCLASSIFIED)["hours"].sum() if is_known else None
    known = rows.with_columns(_status(is_known=is_known)).with_columns(
        pl.when(pl.col("status") != "insufficient").then(pl.col("hours")).alias("hours"),
        pl.col("quadrant").replace_strict(planned_shares(cuts), default=None, return_dtype=pl.Float64).alias("planned_share"),
    )
    return known.with_columns(
        (pl.col("planned_share") * spent).alias("planned_hours"),
        pl.when((pl.col("quadrant") != UNCLASSIFIED) & (pl.lit(spent or 0.0) > 0)).then(pl.col("hours") / (spent or 1.0)).alias("hours_share"),
        pl.when(pl.col("accounts") > 0).then(pl.col("hours") / pl.col("accounts")).alias("hours_per_account"),
    ).with_columns((pl.col("hours") - pl.col("planned_hours")).alias("gap_hours")).select(typed(HOURS_SCHEMA))  # fmt: skip


def planned_shares(cuts: Cuts) -> dict[str, float | None]:
    """Each quadrant's part of the hours, summing to 1; nothing is planned where all thresholds are 0."""
    given = {code: float(cuts[f"hours_{code.lower()}"]) for code in QUADRANTS}
    total = sum(given.values())
    return {code: share / total if total else None for code, share in given.items()}


def _status(*, is_known: bool) -> pl.Expr:
    none = (pl.col("activities") > 0) & (pl.col("timed") == 0)
    some = pl.col("timed") < pl.col("activities")
    unknown = pl.lit(not is_known) | none
    return pl.when(unknown).then(pl.lit("insufficient")).when(some).then(pl.lit("provisional")).otherwise(pl.lit("ok")).alias("status")
