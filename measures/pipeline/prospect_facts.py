"""What the store knows of prospects and of deals on a day, before anything is concluded from it."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import partial

import polars as pl

from measures.history import whole_history, within
from measures.pipeline.chosen_deals import OF_ACCOUNTS
from measures.pipeline.prospect_accounts import known_accounts, prospects, scored_days
from measures.pipeline.stage_order import StageOrder
from measures.pipeline.stage_reading import STAGE_THRESHOLDS, Reading, reading
from measures.seasons.seasons import YEAR
from measures.thresholds import Cuts
from queries.cache import Maker, made_once, maker
from queries.filters import Filters, end_of_complete_months
from queries.runner import Ask, together

THRESHOLDS = (*STAGE_THRESHOLDS, *OF_ACCOUNTS, "unanswered_outcomes", "own_touch_outcomes", "wallet_months")


@dataclass(frozen=True)
class Learning:
    """What chances are learnt from, as of `until`: all that the viewer sees, whatever is filtered.

    `scores`, their days (`scored`), and the accounts (`rated`) and `indicators` that they name by number; `closed`, every closed deal, and `first_business`, since
    when accounts have done any. `has_model`: a sales model is chosen, and `closed` says which deals are its own. `named` adds the opportunity_id
    to some rows of `closed`. `key` tells it from other readings of a generation's scope.
    """

    scores: pl.DataFrame
    scored: pl.DataFrame
    rated: pl.DataFrame
    indicators: pl.DataFrame
    closed: pl.DataFrame
    first_business: pl.DataFrame
    has_model: bool
    until: date
    named: Callable[[pl.DataFrame], pl.DataFrame]
    key: tuple[object, ...] = ()


@dataclass(frozen=True)
class Known:
    """`accounts` that never bought, with their deals and contacts; `customers` the last complete year.

    `model_won` and `model_closed` count the closed deals of the chosen sales model's accounts: None where none is chosen.
    """

    accounts: pl.DataFrame
    customers: pl.DataFrame
    model_won: int | None
    model_closed: int | None


@dataclass(frozen=True)
class Facts:
    """As of `until`; `is_last`: the data's last complete month is in, so that what people write today counts.

    `prospects` one row per account of `known` that is one. `once` makes what is concluded once; `key` tells these facts from others of a
    generation's scope, `key_of_all` is that of the same facts of all regions.
    """

    prospects: pl.DataFrame
    learning: Learning
    known: Known
    until: date
    is_last: bool
    once: Maker
    key: tuple[object, ...]
    key_of_all: tuple[object, ...]


@dataclass(frozen=True)
class Day:
    """The day that is looked at, how the question is read, and the data's last day."""

    now: Reading
    until: date
    last: date


def day_of(ask: Ask, filters: Filters, cuts: Cuts) -> Day | None:
    """The period's end, or the data's last day where that is earlier; None for a store without a day."""
    now = reading(ask, filters, cuts.only(THRESHOLDS))
    last = _last(ask, now.filters, now.as_of)
    return None if last is None else Day(now, min(last, filters.to_date - timedelta(days=1)) if filters.to_date else last, last)


def learning(day: Day) -> Learning:
    """What chances are learnt from on the day; cached whatever is filtered beside the sales model."""
    now = day.now
    key = ("prospect_learning", day.until, now.filters.account_kinds, now.filters.channels, now.cuts.only(STAGE_THRESHOLDS))
    return made_once(now.ask, key, lambda: _learning(day, key))


def known_on(day: Day) -> Known:
    """What is known within the filters on the day."""
    return made_once(day.now.ask, ("prospects_known", *_key(day)), lambda: _known(day))


def facts(day: Day, learnt: Learning, known: Known) -> Facts:
    """The facts on the day, of its `learning` and what is `known_on` it."""
    is_last = day.until >= end_of_complete_months(day.last) - timedelta(days=1)
    found = made_once(day.now.ask, ("prospects_found", *_key(day)), lambda: prospects(known.accounts, learnt.scored))
    of_all = replace(day.now.filters, region_ids=None), day.now.cuts
    return Facts(found, learnt, known, day.until, is_last, maker(day.now.ask), _key(day), of_all)


def _key(day: Day) -> tuple[object, ...]:
    return day.now.filters, day.now.cuts


def _learning(day: Day, key: tuple[object, ...]) -> Learning:
    ask, filters, order = day.now.ask, day.now.filters, day.now.order
    closed, scores, business = together(
        lambda: ask("pipeline/closed_deals", filters, until=day.until, **order.ends),
        lambda: ask("pipeline/prospect_scores", filters, until=day.until),
        lambda: ask("pipeline/first_business", filters, won=order.won_numbers),
    )
    has_model = filters.account_kinds is not None or filters.channels is not None
    rated = ask("pipeline/rated_accounts", filters).filter(pl.col("account_key").is_in(scores["account_key"].unique().implode()))
    return Learning(scores, scored_days(scores), rated, ask("pipeline/indicators", filters), closed, business, has_model, day.until, partial(_named, ask, filters, order), key)


def _named(ask: Ask, filters: Filters, order: StageOrder, closed: pl.DataFrame) -> pl.DataFrame:
    if closed.is_empty():
        return closed.with_columns(opportunity_id=pl.lit(None, pl.String))
    ids = ask("pipeline/closed_ids", filters, since=closed["closed_on"].min(), closed=order.closed_numbers)
    return closed.join(ids.unique("opportunity_key"), on="opportunity_key", how="left", maintain_order="left")


def _known(day: Day) -> Known:
    now, until = day.now, day.until
    ask, filters = now.ask, now.filters
    whole = whole_history(ask)
    year = within(whole, Filters(to_date=filters.to_date)).last(YEAR) if whole else None
    of_model = Filters(account_kinds=filters.account_kinds, channels=filters.channels)
    of_models, accounts, customers = together(
        lambda: _closings(ask, of_model, now.order, until) if of_model.of_some_deals else (None, None),
        lambda: known_accounts(ask, filters, now.order, until, now.cuts),
        lambda: _customers(ask, Filters(from_date=year.start if year else until, to_date=year.end if year else until)),
    )
    return Known(accounts, customers, *of_models)


def _last(ask: Ask, filters: Filters, as_of: date | None) -> date | None:
    """The last day of the data: scores and reports may be newer than the last sale and the last move of a deal."""
    days = (as_of, ask("pipeline/prospect_days", filters)["last_on"].item())
    return max((day for day in days if day is not None), default=None)


def _closings(ask: Ask, filters: Filters, order: StageOrder, until: date) -> tuple[int, int]:
    """How many deals within the filters are won, and how many are closed."""
    return ask("pipeline/closed_count", filters, until=until, **order.ends).row(0)


def _customers(ask: Ask, year: Filters) -> pl.DataFrame:
    """What each customer brought in the year, and of which kind it is."""
    kinds = ask("store/account_descriptions", Filters()).select("account_key", "kind")
    return ask("pipeline/customer_year", year).join(kinds, on="account_key", how="left", maintain_order="left")
