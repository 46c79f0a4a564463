"""What an account buys from us and from whom else, in the months in which somebody declared or saw it (methods.md section 10).

Share = own ÷ (own + known competitors) of the same months: the upper end of section 10's range. What nobody declared is not in it, and it
says so; the model for that is the share-of-wallet answer's.
"""

import polars as pl

from measures.metrics import ratio

SUPPLIERS_SCHEMA = {"supplier": pl.String, "is_own": pl.Boolean, "amount": pl.Float64, "share": pl.Float64, "previous": pl.Float64}
QUARTERS_SCHEMA = {"month": pl.Date, "own": pl.Float64, "known": pl.Float64, "share": pl.Float64}
SUMMARY_SCHEMA = {
    "own": pl.Float64, "known": pl.Float64, "share": pl.Float64, "previous_share": pl.Float64, "months": pl.Int64, "last_stated": pl.Date,
    "declared": pl.Boolean, "observed": pl.Boolean,
}
YEAR = 12


def by_month(rows: pl.DataFrame) -> pl.DataFrame:
    """Own and known competitors' purchases of each stated month and our share of both, by QUARTERS_SCHEMA.

    `rows` are those of queries/accounts/wallet; our own have no competitor.
    """
    is_own = pl.col("competitor").is_null()
    sums = rows.group_by("month").agg(
        pl.col("amount").filter(is_own).sum().clip(lower_bound=0).alias("own"), pl.col("amount").filter(~is_own).sum().alias("known")
    )
    whole = pl.col("own") + pl.col("known")
    shared = sums.with_columns(pl.when(whole > 0).then(pl.col("own") / whole).alias("share"))
    return shared.sort("month").select(pl.col(name).cast(kind) for name, kind in QUARTERS_SCHEMA.items())


def last_year(rows: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The rows of the twelve months up to the last stated one, and those of the twelve before."""
    last = rows.filter(pl.col("competitor").is_not_null())["month"].max()
    if last is None:
        return rows.clear(), rows.clear()
    at = pl.lit(last).dt.offset_by(f"-{YEAR}mo")
    now = rows.filter((pl.col("month") > at) & (pl.col("month") <= last))
    return now, rows.filter((pl.col("month") <= at) & (pl.col("month") > at.dt.offset_by(f"-{YEAR}mo")))


def suppliers(rows: pl.DataFrame) -> pl.DataFrame:
    """Who sells how much to the account: us and each competitor, the largest first, by SUPPLIERS_SCHEMA.

    Amounts are means of the stated months, so that two years with different numbers of statements compare; ours has no name.
    """
    now, before = last_year(rows)
    sums, earlier = (_per_month(part) for part in (now, before))
    joined = sums.join(earlier.rename({"amount": "previous"}), on="supplier", how="left", nulls_equal=True)
    if before.height:
        joined = joined.with_columns(pl.col("previous").fill_null(0.0))
    total = joined["amount"].sum()
    share = pl.col("amount") / total if total > 0 else pl.lit(None)
    placed = joined.with_columns(pl.col("supplier").is_null().alias("is_own"), share.alias("share")).sort(
        "amount", "supplier", descending=[True, False]
    )
    return placed.select(pl.col(name).cast(kind) for name, kind in SUPPLIERS_SCHEMA.items())


def _per_month(rows: pl.DataFrame) -> pl.DataFrame:
    months = max(rows["month"].n_unique(), 1)
    return rows.group_by(pl.col("competitor").alias("supplier")).agg((pl.col("amount").sum().clip(lower_bound=0) / months).alias("amount"))


def summary(rows: pl.DataFrame) -> pl.DataFrame:
    """One row by SUMMARY_SCHEMA, none where nobody ever stated anything: a share that nobody knows is not 100 %."""
    now, before = last_year(rows)
    if now.is_empty():
        return pl.DataFrame(schema=SUMMARY_SCHEMA)
    (own, known), (own_before, known_before) = (_sums(part) for part in (now, before))
    row = (
        own, known, ratio(own, own + known), ratio(own_before, own_before + known_before), now["month"].n_unique(), now["month"].max(),
        "declared" in now["source"], "observed" in now["source"],
    )
    return pl.DataFrame([row], schema=SUMMARY_SCHEMA, orient="row")


def _sums(rows: pl.DataFrame) -> tuple[float, float]:
    months = by_month(rows)
    return float(months["own"].sum()), float(months["known"].sum())


def facts(found: pl.DataFrame, sold_by: pl.DataFrame) -> dict[str, float | str | None]:
    """Our share and the main competitor, as the rules of next_actions read them."""
    rivals = sold_by.filter(~pl.col("is_own"))
    return {
        "own_share": found["share"].first() if found.height else None,
        "main_competitor": rivals["supplier"].first(), "competitor_amount": rivals["amount"].first(),
    }
