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
from queries.cache import made_once
from queries.filters import Filters
from queries.runner import Ask

CONTACT_THRESHOLDS = ("unanswered_outcomes", "own_touch_outcomes")
MOST_NAMED = 500
"""Accounts up to which contacts are asked for by their keys: to hand over more takes longer than reading all contacts."""
THRESHOLDS = (*STAGE_THRESHOLDS, *OF_ACCOUNTS, *MODEL_THRESHOLDS, *CONTACT_THRESHOLDS)


@dataclass(frozen=True)
class LifeLeads:
    """`leads`: the deals open at the period's end, the largest first."""

    leads: pl.DataFrame


def answer(ask: Ask, filters: Filters, cuts: Cuts) -> LifeLeads:
    """Every open deal with its protection on the period's last day."""
    now = reading(ask, filters, cuts)
    found = watched_deals(now).with_columns(now.order.text_of("stage_number").alias("stage"))
    return LifeLeads(leads(named(ask, now.filters, found)))


def watched_deals(now: Reading) -> pl.DataFrame:
    """The deals open at the period's end with their protection, by keys instead of names; a page makes them once for both answers."""
    key = ("watched_deals", now.filters, now.period_end, now.order.closed_numbers, now.windows.protection_days, now.cuts.only(CONTACT_THRESHOLDS))
    return made_once(now.ask, key, lambda: _watched_deals(now))


def _watched_deals(now: Reading) -> pl.DataFrame:
    end = now.period_end
    found = now.ask("pipeline/open_values", now.filters, until=end, closed=now.order.closed_numbers)
    return watched(found, _contact_days(now, found), end, now.windows.protection_days)


def _contact_days(now: Reading, deals: pl.DataFrame) -> pl.DataFrame:
    """The two-way contacts with the accounts of these deals, or with all where they are many."""
    accounts = deals["account_key"].unique().sort().to_list()
    one_way, own_touch = (words(now.cuts[name]) for name in CONTACT_THRESHOLDS)
    return now.ask(
        "pipeline/contact_days", now.filters, accounts=accounts if len(accounts) <= MOST_NAMED else None, until=now.period_end, one_way=one_way, own_touch=own_touch
    )
