"""What the store knows of prospects and of deals on a day, before anything is concluded from it."""

from dataclasses import dataclass
from datetime import date, timedelta

import polars as pl

from measures.history import whole_history, within
from measures.pipeline.chosen_deals import OF_ACCOUNTS
from measures.pipeline.named_deals import named
from measures.pipeline.prospect_accounts import known_accounts, prospects
from measures.pipeline.stage_order import StageOrder
from measures.pipeline.stage_reading import STAGE_THRESHOLDS, reading
from measures.seasons.seasons import YEAR
from measures.thresholds import Cuts
from queries.filters import Filters, end_of_complete_months
from queries.runner import Ask, together

DEALS_SHOWN = 1_000
"""Open deals that are listed, the largest first."""

THRESHOLDS = (*STAGE_THRESHOLDS, *OF_ACCOUNTS, "unanswered_outcomes", "own_touch_outcomes", "wallet_months")


@dataclass(frozen=True)
class Facts:
    """As of `until`; `is_last`: the data's last complete month is in, so that what people write today counts.

    `prospects` one row per account that never bought, with its deals and contacts; `scores`, the accounts (`rated`) and `indicators` that they
    name by number, and `closed` (rated deals) of all that the viewer sees; `open_deals` the largest within the filters; `customers` the last
    complete year; `all_won` and `all_closed` count every closed deal,
    `model_won` and `model_closed` those of the chosen sales model's accounts: None where none is chosen.
    """

    prospects: pl.DataFrame
    scores: pl.DataFrame
    rated: pl.DataFrame
    indicators: pl.DataFrame
    closed: pl.DataFrame
    open_deals: pl.DataFrame
    customers: pl.DataFrame
    all_won: int
    all_closed: int
    model_won: int | None
    model_closed: int | None
    until: date
    is_last: bool


def facts(ask: Ask, filters: Filters, cuts: Cuts) -> Facts | None:
    """The facts at the period's end, or on the data's last day where that is earlier; None for a store without a day."""
    now = reading(ask, filters, cuts)
    filters, order, last = now.filters, now.order, _last(ask, filters, now.as_of)
    if last is None:
        return None
    until = min(last, filters.to_date - timedelta(days=1)) if filters.to_date else last
    whole = whole_history(ask)
    year = within(whole, Filters(to_date=filters.to_date)).last(YEAR) if whole else None
    of_model = Filters(account_kinds=filters.account_kinds, channels=filters.channels)
    (won, closed), (model_won, model_closed), accounts, closed_deals, open_deals, customers, scores = together(
        lambda: _closings(ask, Filters(), order, until),
        lambda: _closings(ask, of_model, order, until) if of_model.of_some_deals else (None, None),
        lambda: known_accounts(ask, filters, order, until, cuts),
        lambda: ask("pipeline/rated_deals", filters, until=until, won=order.won_numbers, closed=order.closed_numbers),
        lambda: _largest_open(ask, filters, order, until),
        lambda: ask("pipeline/customer_year", Filters(from_date=year.start if year else until, to_date=year.end if year else until)),
        lambda: ask("pipeline/prospect_scores", filters, until=until),
    )
    rated = ask("pipeline/rated_accounts", filters).filter(pl.col("account_key").is_in(scores["account_key"].unique().implode()))
    return Facts(
        prospects=prospects(accounts, scores), scores=scores, rated=rated, indicators=ask("pipeline/indicators", filters), closed=closed_deals, open_deals=open_deals, customers=customers,
        all_won=won, all_closed=closed, model_won=model_won, model_closed=model_closed, until=until,
        is_last=until >= end_of_complete_months(last) - timedelta(days=1),
    )  # fmt: skip


def _last(ask: Ask, filters: Filters, as_of: date | None) -> date | None:
    """The last day of the data: scores and reports may be newer than the last sale and the last move of a deal."""
    days = (as_of, ask("pipeline/prospect_days", filters)["last_on"].item())
    return max((day for day in days if day is not None), default=None)


def _closings(ask: Ask, filters: Filters, order: StageOrder, until: date) -> tuple[int, int]:
    """How many deals within the filters are won, and how many are closed."""
    return ask("pipeline/closed_count", filters, until=until, won=order.won_numbers, closed=order.closed_numbers).row(0)


def _largest_open(ask: Ask, filters: Filters, order: StageOrder, until: date) -> pl.DataFrame:
    """The largest open deals with whose they are, where, and in which stage."""
    found = ask("pipeline/largest_open", filters, until=until, closed=order.closed_numbers, most=DEALS_SHOWN)
    return named(ask, filters, found).with_columns(order.text_of("stage_number").alias("stage"))
