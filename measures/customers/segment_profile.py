"""How do whole segments behave? The seven panels of 7P for every region, channel, tier or quadrant (coverage.md number 13).

Twelve complete months up to the period's end, against the twelve before. Tier and quadrant are those of value_pyramid and portfolio_quadrants
at the same date. Everything is summed over the segment's accounts first and divided then, so that a segment's rate is no mean of its
accounts' rates. Accounts that bought only in the year before count for what was kept and what was not; they have no tier and no quadrant.
"""

from dataclasses import dataclass

import polars as pl

from measures.customers import portfolio_quadrants, value_pyramid
from measures.customers.segment_facts import FACTS_SCHEMA, facts
from measures.held import held_tables, only_known
from measures.history import History, whole_history, within
from measures.names import named
from measures.pipeline.stage_reading import order_of_stages
from measures.seasons.seasons import YEAR
from measures.thresholds import Cuts
from measures.typed import typed
from queries.filters import Filters, add_months
from queries.runner import Ask, begin

THRESHOLDS = tuple(
    dict.fromkeys(("segment_by", "won_stages", "lost_stages", *portfolio_quadrants.THRESHOLDS, *value_pyramid.THRESHOLDS))
)
SEGMENTS_SCHEMA = {
    "segment": pl.String, "accounts": pl.Int64, "net_sales": pl.Float64, "previous": pl.Float64, "change_rate": pl.Float64, "share": pl.Float64,
    "margin": pl.Float64,
}  # fmt: skip
SUMMARY_SCHEMA = {"as_of": pl.Date, "from_date": pl.Date, "segment_by": pl.String, "accounts": pl.Int64}


@dataclass(frozen=True)
class SegmentProfile:
    """`segments` by falling net sales; `segment_profile`: every segment's facts by panel, those of all accounts beside them.

    A segment that is null holds the accounts whose region, channel, tier or quadrant is not known. `summary` has one row, none without
    a complete month.
    """

    segments: pl.DataFrame
    segment_profile: pl.DataFrame
    summary: pl.DataFrame


def answer(ask: Ask, filters: Filters, cuts: Cuts) -> SegmentProfile:
    """The segments at the end of the complete months."""
    whole = whole_history(ask)
    until = within(whole, filters.within(None, filters.to_date)) if whole else None
    if until is None or until.length == 0:
        return _empty()
    year = filters.within(add_months(until.end, -YEAR), until.end)
    asked = begin(lambda: named(ask, ask("customers/segment_accounts", year), "account_descriptions"), lambda: ask("customers/segment_products", year))
    beside = begin(
        lambda: ask("customers/deals_by_account", year, **order_of_stages(ask, filters, cuts).ends),
        lambda: ask("customers/payments", year),
    )
    rows, bought = asked()
    placed = _placed(ask, filters, whole, until, rows, cuts)
    products = _by_segment(bought, placed, ask("store/products", Filters()))
    deals, owed = beside()
    dealt = deals.rename({"open_amount": "open_amount_deals"})
    joined = placed.join(dealt, on="account_key", how="left", maintain_order="left").join(owed, on="account_key", how="left", maintain_order="left")
    filled = joined.with_columns(pl.col(*(name for name in owed.columns if name != "account_key")).fill_null(0))
    every = facts(filled, products, until.end)
    found = only_known(every, held_tables(ask), "value", "all_value")
    if cuts["segment_by"] in ("tier", "quadrant"):
        # Today's members have all bought: who was lost has no class any more.
        is_trivial = (pl.col("fact") == "retention_rate") & pl.col("segment").is_not_null()
        found = found.with_columns(pl.when(~is_trivial).then(pl.col("value")).alias("value"))
    summary = (until.end, year.from_date, cuts["segment_by"], int(rows["is_active"].sum()))
    return SegmentProfile(_segments(placed), found, pl.DataFrame([summary], schema=SUMMARY_SCHEMA, orient="row"))


def _placed(ask: Ask, filters: Filters, whole: History, until: History, rows: pl.DataFrame, cuts: Cuts) -> pl.DataFrame:
    """The accounts with `segment`."""
    by, year = str(cuts["segment_by"]), filters.within(add_months(until.end, -YEAR), until.end)
    if by in ("region", "channel"):
        return rows.with_columns(pl.col(by).alias("segment"))
    classes = value_pyramid.answer(ask, year, cuts).accounts if by == "tier" else portfolio_quadrants.placed_accounts(ask, filters, whole, until, cuts)
    return rows.join(classes.select("account_id", pl.col(by).alias("segment")), on="account_id", how="left", maintain_order="left")


def _by_segment(bought: pl.DataFrame, placed: pl.DataFrame, products: pl.DataFrame) -> pl.DataFrame:
    """What each segment bought, product by product, as measures.customers.segment_facts.facts takes it."""
    was, kept = pl.col("previous_sales").filter("was_bought"), pl.col("previous_sales").filter(pl.col("was_bought") & pl.col("is_bought"))
    sums = bought.join(placed.select("account_key", "segment"), on="account_key", how="left", maintain_order="left").group_by("segment", "product_key", maintain_order=True).agg(
        pl.col("net_sales", "previous_sales").sum(), pl.col("is_bought").sum().alias("products"), was.sum().alias("was_sales"), kept.sum().alias("kept_sales")
    )
    return sums.join(products, on="product_key", how="inner").sort("segment", "product_id")


def _segments(rows: pl.DataFrame) -> pl.DataFrame:
    sums = rows.group_by("segment", maintain_order=True).agg(
        pl.col("is_active").sum().alias("accounts"), pl.col("net_sales").sum(), pl.col("previous_sales").sum().alias("previous"),
        pl.when(pl.col("margin").count() > 0).then(pl.col("margin").sum()).alias("margin"),
    )  # fmt: skip
    total = rows["net_sales"].sum()
    shared = sums.with_columns(
        change_rate=pl.when(pl.col("previous") > 0).then(pl.col("net_sales") / pl.col("previous") - 1),
        share=pl.col("net_sales") / total if total > 0 else pl.lit(None, pl.Float64),
    )
    ordered = shared.sort("net_sales", "segment", descending=[True, False], nulls_last=True)
    return ordered.select(typed(SEGMENTS_SCHEMA))


def _empty() -> SegmentProfile:
    return SegmentProfile(*(pl.DataFrame(schema=schema) for schema in (SEGMENTS_SCHEMA, FACTS_SCHEMA, SUMMARY_SCHEMA)))
