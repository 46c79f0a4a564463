"""Which new products open new kinds of customers? (coverage.md 36; source 003: new products may reach customers of another type)

A product is new for `new_months` after its launch, or after its first sale where no launch is stated and the sales begin early enough to
tell. `came_with`: accounts that bought it in the month of their own first purchase: the product may have opened the door, or just
been there. Both are associations. Who bought in the first months of the data may have come long before: they came with no product.
"""

from dataclasses import dataclass

import polars as pl

from measures.history import whole_history, within
from measures.pipeline.spellings import channels
from measures.seasons.seasons import YEAR
from measures.thresholds import Cuts
from measures.typed import typed
from queries.filters import Filters, add_months
from queries.runner import Ask, together

THRESHOLDS = ("new_months",)
SETTLING_MONTHS = 3
"""The first months of the data bring all products that are sold at all, and all their buyers: none of them is new."""

PRODUCTS_SCHEMA = {
    "product_id": pl.String, "product": pl.String, "category": pl.String, "since": pl.Date, "buyers": pl.Int64, "came_with": pl.Int64,
    "came_with_rate": pl.Float64, "channels": pl.Int64, "top_channel": pl.String, "top_channel_share": pl.Float64, "net_sales": pl.Float64,
}  # fmt: skip
CHANNELS_SCHEMA = {
    "product_id": pl.String, "product": pl.String, "channel": pl.String, "buyers": pl.Int64, "came_with": pl.Int64, "net_sales": pl.Float64,
}  # fmt: skip


@dataclass(frozen=True)
class WhiteSpaceLaunches:
    """`new_products`: one row each, most accounts that came with it first; `new_product_channels`: each by the channel of its buyers."""

    new_products: pl.DataFrame
    new_product_channels: pl.DataFrame


def answer(ask: Ask, filters: Filters, cuts: Cuts) -> WhiteSpaceLaunches:
    """The products that are new at the end of the complete months; net sales are of the last twelve of these."""
    whole = whole_history(ask)
    span = within(whole, filters.within(None, filters.to_date)) if whole else None
    if span is None or span.length == 0:
        return WhiteSpaceLaunches(pl.DataFrame(schema=PRODUCTS_SCHEMA), pl.DataFrame(schema=CHANNELS_SCHEMA))
    written, called = together(
        lambda: ask(
            "pipeline/new_products", filters.within(add_months(span.end, -YEAR), span.end),
            new_from=add_months(span.end, -int(cuts["new_months"])), known_from=add_months(span.start, SETTLING_MONTHS),
        ),
        lambda: channels(ask),
    )  # fmt: skip
    rows = _by_channel(called.named(written, "channel"))
    return WhiteSpaceLaunches(_products(rows), rows.filter(pl.col("buyers") > 0).select(typed(CHANNELS_SCHEMA)))


def _by_channel(rows: pl.DataFrame) -> pl.DataFrame:
    """One row per product and channel, once those that are written in several ways are called by one name."""
    summed = pl.col("buyers", "came_with", "net_sales")
    return rows.group_by(pl.exclude("buyers", "came_with", "net_sales"), maintain_order=True).agg(summed.sum()).sort("product_id", "channel", nulls_last=True)


def _products(rows: pl.DataFrame) -> pl.DataFrame:
    largest = pl.col("net_sales") == pl.col("net_sales").max()
    key = ["product_id", "product", "category"]
    summed = rows.group_by(key).agg(
        pl.coalesce("launched_on", "first_month").first().alias("since"), pl.col("buyers", "came_with", "net_sales").sum(),
        (pl.col("buyers") > 0).sum().alias("channels"), pl.col("channel").filter(largest).first().alias("top_channel"),
        pl.col("net_sales").max().alias("largest"),
    )  # fmt: skip
    rated = summed.with_columns(
        came_with_rate=pl.when(pl.col("buyers") > 0).then(pl.col("came_with") / pl.col("buyers")),
        top_channel_share=pl.when(pl.col("net_sales") > 0).then(pl.col("largest") / pl.col("net_sales")),
    )
    return rated.sort("came_with", "buyers", "product_id", descending=[True, True, False]).select(typed(PRODUCTS_SCHEMA))
