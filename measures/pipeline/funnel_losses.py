"""Why are deals lost, and where? A part of the answer `funnel`."""

from dataclasses import dataclass

import polars as pl

from measures.pipeline.stage_losses import lost_reasons
from measures.pipeline.stage_reading import DEAL_THRESHOLDS, STAGE_THRESHOLDS, reading
from measures.thresholds import Cuts
from queries.filters import Filters
from queries.runner import Ask

THRESHOLDS = (*STAGE_THRESHOLDS, *DEAL_THRESHOLDS)


@dataclass(frozen=True)
class FunnelLosses:
    """`lost_reasons` of the deals created in the period that are lost now."""

    lost_reasons: pl.DataFrame


def answer(ask: Ask, filters: Filters, cuts: Cuts) -> FunnelLosses:
    """The reasons, the most frequent first."""
    now = reading(ask, filters, cuts)
    return FunnelLosses(lost_reasons(ask("pipeline/losses", now.filters, **now.order.ends), now.order))
