"""Why are deals lost, and where? A part of the answer `funnel`."""

from dataclasses import dataclass

import polars as pl

from measures.pipeline.stage_losses import lost_reasons
from measures.pipeline.stage_reading import DEAL_THRESHOLDS, STAGE_THRESHOLDS, reading
from measures.thresholds import Cuts
from queries.filters import Filters
from queries.runner import Ask

THRESHOLDS = ("view", *STAGE_THRESHOLDS, *DEAL_THRESHOLDS)


@dataclass(frozen=True)
class FunnelLosses:
    """`lost_reasons`: in a cohort of the deals created in the period that are lost now, else of those that were lost in the period."""

    lost_reasons: pl.DataFrame


def answer(ask: Ask, filters: Filters, cuts: Cuts) -> FunnelLosses:
    """The reasons, the most frequent first."""
    now = reading(ask, filters, cuts)
    lost_from = None if now.view == "cohort" else now.filters.from_date
    return FunnelLosses(lost_reasons(ask("pipeline/losses", now.filters, **now.created, lost_from=lost_from, until=now.until, **now.order.ends), now.order))
