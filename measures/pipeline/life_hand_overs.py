"""Is anything lost when an account's person changes? A part of the answer `life_cycle` (source 002)."""

from dataclasses import dataclass

import polars as pl

from measures.pipeline import account_stages
from measures.pipeline.chosen_deals import OF_ACCOUNTS
from measures.pipeline.hand_overs import hand_overs
from measures.pipeline.stage_reading import STAGE_THRESHOLDS, reading
from measures.thresholds import Cuts
from queries.filters import Filters
from queries.runner import Ask

THRESHOLDS = (*STAGE_THRESHOLDS, *OF_ACCOUNTS)


@dataclass(frozen=True)
class LifeHandOvers:
    """`hand_overs`: the accounts that changed hands since the period's beginning, the least complete first."""

    hand_overs: pl.DataFrame


def answer(ask: Ask, filters: Filters, cuts: Cuts) -> LifeHandOvers:
    """What the new person has taken up by the period's end."""
    now = reading(ask, filters, cuts)
    end = now.period_end
    found = ask("pipeline/hand_overs", now.filters, until=end, before=account_stages.after(now, end), closed=now.order.closed_numbers)
    return LifeHandOvers(hand_overs(found))
