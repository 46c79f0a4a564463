"""The universe's other tables: channels with their growth, accounts to reach, growth of the base, places on the map."""

from datetime import date

import polars as pl

from measures.periods import YEAR
from measures.pipeline import universe
from measures.pipeline.universe import RATED_SCHEMA, STATUSES
from measures.typed import typed
from queries.filters import add_months

CHANNELS_SCHEMA = {
    "channel": pl.String, "channel_status": pl.String, **RATED_SCHEMA, "growth_rate": pl.Float64, "margin_rate": pl.Float64,
    "sales_share": pl.Float64, "sales_per_buyer": pl.Float64, "first_month": pl.Date,
}  # fmt: skip
OPEN_SCHEMA = {
    "account_id": pl.String, "account": pl.String, "kind": pl.String, "region_id": pl.String, "region": pl.String, "channel": pl.String,
    "city": pl.String, "salesperson": pl.String, "status": pl.String, "last_month": pl.Date, "last_touch": pl.Date, "elsewhere": pl.Float64,
}  # fmt: skip
MONTHS_SCHEMA = {"month": pl.Date, "added": pl.Int64, "known_accounts": pl.Int64, "first_buyers": pl.Int64}
PLACES_SCHEMA = {
    "area": pl.Int64, "town": pl.String, "region": pl.String, "latitude": pl.Float64, "longitude": pl.Float64, "known_accounts": pl.Int64, "reached_accounts": pl.Int64,
    "open_accounts": pl.Int64, "penetration": pl.Float64, "net_sales": pl.Float64,
}  # fmt: skip
MOST_OPEN, MOST_PLACES, SHOWN_MONTHS = 2_000, 500, 36
"""Accounts not reached and places that are listed, the largest first, and months that the growth of the base goes back."""
APART = 20.0
"""Degrees of longitude without a place that part two areas: one map of both would show neither."""
UNTAPPED, NEW, ESTABLISHED, THROUGH_OTHERS = "untapped", "new_channel", "established", "through_others"


def by_channel(cells: pl.DataFrame, accounts: pl.DataFrame, end: date, first_sale: date | None, new_months: int) -> pl.DataFrame:
    """One row per channel, the most open first, by CHANNELS_SCHEMA.

    untapped: known or stated, and nobody is reached; through_others: nobody ever bought itself; new_channel: its first purchase is at most
    `new_months` old, else established; null where the sales begin too late to tell a new one from the others.
    """
    began = accounts.group_by("channel").agg(pl.col("first_month").min())
    rows = universe.by_channel(cells).join(began, on="channel", how="left", nulls_equal=True, maintain_order="left")
    since = add_months(end, -new_months)
    tells = first_sale is not None and first_sale <= add_months(since, -YEAR)
    bought = pl.when(pl.col("first_month") >= since).then(pl.lit(NEW)).otherwise(pl.lit(ESTABLISHED)) if tells else pl.lit(None, pl.String)
    previous, sales = pl.col("previous_sales"), pl.col("net_sales")
    return rows.with_columns(
        channel_status=pl.when(pl.col("reached_accounts") == 0).then(pl.lit(UNTAPPED))
        .when(pl.col("first_month").is_null()).then(pl.lit(THROUGH_OTHERS)).otherwise(bought),
        growth_rate=pl.when(previous > 0).then(sales / previous - 1), margin_rate=pl.when(sales > 0).then(pl.col("margin") / sales),
        sales_share=pl.when(sales.sum() > 0).then(sales / sales.sum()), sales_per_buyer=pl.when(pl.col("buys") > 0).then(sales / pl.col("buys")),
    ).select(typed(CHANNELS_SCHEMA))  # fmt: skip


def open_accounts(accounts: pl.DataFrame) -> pl.DataFrame:
    """Known accounts that are not reached: first those that are known to buy elsewhere, then those that bought once; at most 2,000."""
    rows = accounts.filter(~pl.col("is_reached")).with_columns(
        pl.col("status").replace_strict({status: place for place, status in enumerate(STATUSES)}, return_dtype=pl.Int64).alias("order")
    )
    ranked = rows.sort("elsewhere", "order", "last_month", "account_id", descending=[True, False, True, False], nulls_last=True)
    return ranked.head(MOST_OPEN).select(typed(OPEN_SCHEMA))


def base_months(accounts: pl.DataFrame, end: date) -> pl.DataFrame:
    """The last 36 months: accounts that came to be known, all known at the month's end, and those that bought for the first time."""
    months = pl.DataFrame({"month": [add_months(end, step - SHOWN_MONTHS) for step in range(SHOWN_MONTHS)]}, schema={"month": pl.Date})
    added = accounts.group_by(pl.col("began").alias("month")).agg(pl.len().alias("added"))
    first = accounts.group_by(pl.col("first_month").alias("month")).agg(pl.len().alias("first_buyers"))
    filled = months.join(added, on="month", how="left").join(first, on="month", how="left").sort("month").with_columns(
        pl.col("added", "first_buyers").fill_null(0)
    )
    before = accounts.filter(pl.col("began").is_null() | (pl.col("began") < months["month"][0])).height
    known = (pl.col("added").cum_sum() + before).alias("known_accounts")
    return filled.with_columns(known).select(typed(MONTHS_SCHEMA))


def open_at(accounts: pl.DataFrame, town: str, region: str | None) -> pl.DataFrame:
    """`open_accounts` of a row of `places`: two regions may have a town of the same name."""
    return open_accounts(_located(accounts).filter(pl.col("town") == town, pl.col("region").eq_missing(region)))


def places(accounts: pl.DataFrame) -> pl.DataFrame:
    """Cities (else tenths of a degree) of the accounts with coordinates, the most accounts first; at most 500.

    `area` numbers the parts of the world that lie far apart, from west to east.
    """
    rows = (
        _located(accounts)
        .group_by("region", "town")
        .agg(
            # In one order, whatever the threads do: else the last digit would be chance.
            pl.col("latitude", "longitude").sort().mean(),
            pl.len().alias("known_accounts"),
            pl.col("is_reached").sum().alias("reached_accounts"),
            pl.col("net_sales").sort().sum(),
        )
    )
    rated = rows.sort("longitude").with_columns(
        area=(pl.col("longitude").diff().fill_null(0) > APART).cum_sum(),
        open_accounts=pl.col("known_accounts") - pl.col("reached_accounts"), penetration=pl.col("reached_accounts") / pl.col("known_accounts"),
    )  # fmt: skip
    ranked = rated.sort("known_accounts", "town", "region", descending=[True, False, False]).head(MOST_PLACES)
    return ranked.select(typed(PLACES_SCHEMA))


def _located(accounts: pl.DataFrame) -> pl.DataFrame:
    """The accounts with coordinates and their `town`."""
    rounded = pl.concat_str(pl.col("latitude").round(1), pl.col("longitude").round(1), separator=" / ")
    return accounts.filter(pl.col("latitude").is_not_null() & pl.col("longitude").is_not_null()).with_columns(town=pl.coalesce("city", rounded))
