"""Which months' deals went on, stage by stage? The funnel's cohorts (methods.md section 4): a part of the answer `funnel`."""

from dataclasses import dataclass

import polars as pl

from measures.pipeline.sales_model import THRESHOLDS as MODEL_THRESHOLDS
from measures.pipeline.stage_cohorts import cohorts
from measures.pipeline.stage_reading import DEAL_THRESHOLDS, STAGE_THRESHOLDS, reading
from measures.thresholds import Cuts
from queries.filters import Filters
from queries.runner import Ask

THRESHOLDS = (*STAGE_THRESHOLDS, *DEAL_THRESHOLDS, *MODEL_THRESHOLDS)


@dataclass(frozen=True)
class FunnelCohorts:
    """`cohorts` of the deals created in the period, by the month of entering each stage."""

    cohorts: pl.DataFrame


def answer(ask: Ask, filters: Filters, cuts: Cuts) -> FunnelCohorts:
    """The share of each month's entries that went on within the days of maturity; a month that is too young says so."""
    now = reading(ask, filters, cuts)
    maturity = now.windows.maturity_days
    moves = ask("pipeline/cohorts", now.filters, stages=now.order.stage_numbers, won=now.order.won_numbers, maturity_days=maturity)
    return FunnelCohorts(cohorts(moves, now.order, maturity, now.as_of))
