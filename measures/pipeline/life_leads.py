"""Which open deals are protected, which have cooled, and which woke again? A part of the answer `life_cycle` (source 002)."""

from dataclasses import dataclass

import polars as pl

from measures.pipeline.chosen_deals import OF_ACCOUNTS
from measures.pipeline.leads import leads, watched
from measures.pipeline.named_deals import named
from measures.pipeline.sales_model import THRESHOLDS as MODEL_THRESHOLDS
from measures.pipeline.sales_model import words
from measures.pipeline.stage_reading import STAGE_THRESHOLDS, Reading, reading
from measures.thresholds import Cuts
from queries.filters import Filters
from queries.runner import Ask, together

CONTACT_THRESHOLDS = ("unanswered_outcomes", "own_touch_outcomes")
THRESHOLDS = (*STAGE_THRESHOLDS, *OF_ACCOUNTS, *MODEL_THRESHOLDS, *CONTACT_THRESHOLDS)


@dataclass(frozen=True)
class LifeLeads:
    """`leads`: the deals open at the period's end, the largest first."""

    leads: pl.DataFrame


def answer(ask: Ask, filters: Filters, cuts: Cuts) -> LifeLeads:
    """Every open deal with its protection on the period's last day."""
    now = reading(ask, filters, cuts)
    end, closed = now.period_end, now.order.closed_numbers
    found, contacts = together(
        lambda: ask("pipeline/open_values", now.filters, until=end, closed=closed), lambda: contact_days(now)
    )
    return LifeLeads(leads(named(ask, now.filters, watched(found, contacts, end, now.windows.protection_days))))


def contact_days(now: Reading) -> pl.DataFrame:
    """The two-way contacts with accounts that have an open deal."""
    one_way, own_touch = (words(now.cuts[name]) for name in CONTACT_THRESHOLDS)
    return now.ask("pipeline/contact_days", now.filters, until=now.period_end, closed=now.order.closed_numbers, one_way=one_way, own_touch=own_touch)
