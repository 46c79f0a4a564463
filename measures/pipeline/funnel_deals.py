"""Which deals are behind the stages, and which have waited too long? A part of the answer `funnel`."""

from dataclasses import dataclass

import polars as pl

from measures.pipeline import stage_times
from measures.pipeline.funnel import stage_days
from measures.pipeline.named_deals import NAMES, named
from measures.pipeline.sales_model import THRESHOLDS as MODEL_THRESHOLDS
from measures.pipeline.stage_reading import DEAL_THRESHOLDS, STAGE_THRESHOLDS, Reading, reading
from measures.thresholds import Cuts
from queries.filters import Filters
from queries.runner import Ask, together

THRESHOLDS = ("view", *STAGE_THRESHOLDS, *DEAL_THRESHOLDS, *MODEL_THRESHOLDS, "stuck_percentile")
DEALS_PER_STAGE = 500
"""Deals that are listed of a stage, the largest first: nobody reads further."""
STUCK_COLUMNS = (
    "opportunity_id", "account", "stage", "age_days", "stuck_days", "value", "salesperson", "region", "expected_close_on", "created_on",
    "account_id", "salesperson_id", "region_id",
)  # fmt: skip

LISTED_COLUMNS = (
    "opportunity_id", *NAMES, "source", "product_id", "product", "created_on", "stage", "outcome", "entered_on", "days", "value", "expected_close_on", "lost_reason",
)  # fmt: skip


@dataclass(frozen=True)
class FunnelDeals:
    """The view's deals: the largest of each stage, and the open ones that have been in their stage for too long, the longest first."""

    stuck: pl.DataFrame
    deals: pl.DataFrame


def answer(ask: Ask, filters: Filters, cuts: Cuts) -> FunnelDeals:
    """Deals and stuck deals as the chosen view looks at them."""
    now = reading(ask, filters, cuts)
    days, waiting, listed = together(lambda: stage_days(now), now.open_deals, lambda: _listed(now))
    times = stage_times.times(days, now.order, float(cuts["stuck_percentile"]), stage_times.estimate(days))
    limited = waiting.join(times.select("stage", "stuck_days"), on="stage", how="inner", maintain_order="left")
    longest = limited.filter(pl.col("age_days") > pl.col("stuck_days")).sort("age_days", "opportunity_id", descending=[True, False])
    stuck = named(ask, now.filters, longest)
    return FunnelDeals(stuck.select(STUCK_COLUMNS), listed)


def _listed(now: Reading) -> pl.DataFrame:
    """The largest deals of each stage with their names."""
    cohort = now.view == "cohort"
    # A snapshot is of what is open, in a stage or in none yet; moves are also those to an end, and a deal without stages made none.
    found = now.ask(
        "pipeline/deal_list", now.filters, created_from=now.filters.from_date if cohort else None, created_to=now.filters.to_date,
        until=now.until, entered_from=now.entered_from, is_open_only=now.view == "snapshot", is_with_unstaged=now.view != "transitions",
        most=DEALS_PER_STAGE, **now.order.ends,
    )  # fmt: skip
    found = found.with_columns(stage=now.order.text_of("stage_number"), outcome=now.order.outcome_of("stage_number"))
    products = now.ask("store/products", Filters()).select("product_key", "product")
    return named(now.ask, now.filters, found).join(products, on="product_key", how="left", maintain_order="left").select(LISTED_COLUMNS)
