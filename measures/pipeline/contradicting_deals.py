"""Which deals' events contradict each other: an end that is dated before all that came before it? A part of the answer `data_quality`.

Such a deal stands in the stage that it entered last and counts as open, in the funnel and in the forecast, although somebody wrote that it
was won or lost. Nobody but its owner can tell what is right: it is shown, not mended.
"""

from dataclasses import dataclass

import polars as pl

from measures.pipeline.stage_reading import DEAL_THRESHOLDS, STAGE_THRESHOLDS, reading
from measures.thresholds import Cuts
from queries.filters import Filters
from queries.runner import Ask

THRESHOLDS = (*STAGE_THRESHOLDS, *DEAL_THRESHOLDS)


@dataclass(frozen=True)
class ContradictingDeals:
    """`contradicting_deals`: won or lost before any other stage, open by their last one; the largest first."""

    contradicting_deals: pl.DataFrame


def answer(ask: Ask, filters: Filters, cuts: Cuts) -> ContradictingDeals:
    """The deals within the filters, of whatever period."""
    now = reading(ask, filters, cuts)
    found = ask("pipeline/contradicting_deals", now.filters, closed=now.order.closed_numbers)
    return ContradictingDeals(found.select("account", pl.exclude("account", "account_id", "region_id", "salesperson_id"), "account_id", "region_id", "salesperson_id"))
