"""Which deals open a customer, which renew one, which come by referral? A part of the answer `life_cycle` (source 002)."""

from dataclasses import dataclass

import polars as pl

from measures.pipeline.chosen_deals import OF_ACCOUNTS
from measures.pipeline.deals_by_source import deals_by_source
from measures.pipeline.named_sources import named_sources
from measures.pipeline.sales_model import words
from measures.pipeline.stage_losses import openings
from measures.pipeline.stage_reading import STAGE_THRESHOLDS, reading
from measures.thresholds import Cuts
from queries.filters import Filters
from queries.runner import Ask, together

THRESHOLDS = (*STAGE_THRESHOLDS, *OF_ACCOUNTS, "referral_sources")


@dataclass(frozen=True)
class LifeOpenings:
    """`openings` of the deals created in the period."""

    openings: pl.DataFrame


def answer(ask: Ask, filters: Filters, cuts: Cuts) -> LifeOpenings:
    """Three rows: new customers, renewals, referrals."""
    now = reading(ask, filters, cuts)
    deals, business = together(
        lambda: ask("pipeline/source_deals", now.filters, **now.order.ends),
        lambda: ask("pipeline/first_business", now.filters, won=now.order.won_numbers),
    )
    counted = deals_by_source(deals, business, now.order)
    return LifeOpenings(openings(named_sources(ask, now.filters, counted), words(cuts["referral_sources"])))
