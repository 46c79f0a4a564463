"""Where does each account stand in its life cycle? The one definition (measures.pipeline.life_stages), at the end of the period.

Each account by its own sales model, as far as the company has models: its stages, its windows, and how soon accounts of the model buy
again. An account that no model is for stands among all.
"""

from dataclasses import dataclass
from datetime import date, timedelta

import polars as pl

from measures.names import named
from measures.pipeline import life_stages
from measures.pipeline.named_people import ANOTHER_REGION
from measures.pipeline.order_runs import order_runs
from measures.pipeline.sales_model import THRESHOLDS as MODEL_THRESHOLDS
from measures.pipeline.sales_models import SETTING, own_model, read
from measures.pipeline.stage_reading import STAGE_THRESHOLDS, Reading, reading
from measures.seasons.seasons import YEAR
from measures.thresholds import Cuts
from queries.cache import made_once
from queries.filters import Filters, add_months
from queries.runner import Ask, together

LIFE_THRESHOLDS = (*STAGE_THRESHOLDS, *MODEL_THRESHOLDS, "alive_cut")
THRESHOLDS = (*LIFE_THRESHOLDS, SETTING)
NEVER_BOUGHT = frozenset({None, "future", "prospect", "opportunity"})
"""Stages without an order; what another account supplies has no stage."""


@dataclass(frozen=True)
class AccountStages:
    """`account_stages`, one row per account by life_stages.SHOWN; the stage is null where another account supplies it."""

    account_stages: pl.DataFrame


def answer(ask: Ask, filters: Filters, cuts: Cuts) -> AccountStages:
    """The accounts within the filters, as they stood on the period's last day, each by its own sales model."""
    now = reading(ask, filters, cuts)
    everybody = placed(now, now.period_end)
    theirs = owners(everybody, now)
    parts = [_of_model(now, everybody, theirs, name) for name in theirs.unique().sort()]
    stages = pl.concat(parts) if parts else everybody
    return AccountStages(stages.sort("net_sales", "account_id", descending=[True, False]).select(life_stages.SHOWN))


def owners(found: pl.DataFrame, now: Reading) -> pl.Series:
    """The sales model of each row [kind, channel], empty where none is for it."""
    models = read(str(now.cuts[SETTING]))
    return pl.Series([own_model(models, kind, channel) for kind, channel in found.select("kind", "channel").iter_rows()], dtype=pl.String)


def _of_model(now: Reading, everybody: pl.DataFrame, models: pl.Series, name: str) -> pl.DataFrame:
    """The model's accounts with their stage by it; those without a model as they stand among all."""
    own = everybody.filter(models == name)
    if not name:
        return own
    theirs = by_model(now, name)
    return placed(theirs, theirs.period_end).filter(pl.col("account_id").is_in(own["account_id"].to_list()))


def by_model(now: Reading, name: str) -> Reading:
    """The same with the model's accounts, stages and windows."""
    cuts = now.cuts.but(**read(str(now.cuts[SETTING]))[name].values())
    return reading(now.ask, now.filters, cuts)


def placed(now: Reading, end: date | None) -> pl.DataFrame:
    """The accounts with their stage on the day `end`."""
    return life_stages.placed(accounts(now, end), rules(now, end))


def accounts(now: Reading, end: date | None) -> pl.DataFrame:
    """What the orders, deals and contacts up to the day `end` say of each account: by salesperson their accounts, and whoever bought of them.

    The most net sales of the last twelve months first. A page makes it once, whatever the chance under which an account is at risk.
    """
    return made_once(now.ask, ("life_accounts", *_key(now, end)), lambda: _accounts(now, end))


def _accounts(now: Reading, end: date | None) -> pl.DataFrame:
    sold, found = together(lambda: _sold(now, end), lambda: standing(now, end))
    people = now.ask("store/salespeople", Filters()).select("salesperson_key", "salesperson")
    told = named(now.ask, found.join(sold, on="account_key", how="left"), "regions").join(people, on="salesperson_key", how="left")
    seen = pl.when(pl.col("salesperson_key") > 0).then(pl.coalesce("salesperson", pl.lit(ANOTHER_REGION)))
    filled = told.with_columns(seen.alias("salesperson"), pl.col("net_sales", "open_value").fill_null(0.0))
    return filled.sort("net_sales", "account_id", descending=[True, False])


def standing(now: Reading, end: date | None) -> pl.DataFrame:
    """The same without names and sales, in no order: as much as a stage needs."""
    return made_once(now.ask, ("life_standing", *_key(now, end)), lambda: _standing(now, end))


def _key(now: Reading, end: date | None) -> tuple[object, ...]:
    """All that an account's row depends on: who is looked at, up to when, which stages end a deal, and what ends a run of orders."""
    return now.filters, end, now.as_of, now.order.closed_numbers, now.windows.lost_months


def _standing(now: Reading, end: date | None) -> pl.DataFrame:
    known, months, deals, touches = together(
        lambda: now.ask("pipeline/life_accounts", now.filters),
        lambda: now.ask("pipeline/order_months", now.filters, before=after(now, end)),
        lambda: now.ask("pipeline/life_deals", now.filters, until=end, closed=now.order.closed_numbers),
        lambda: now.ask("pipeline/life_touches", Filters()),
    )
    day = pl.lit(end, pl.Date)
    found = known.filter(pl.col("opened_on").fill_null(day) <= day)
    for one in (order_runs(months, now.windows.lost_months), deals.with_columns(has_deal=pl.lit(True)), touches):
        found = found.join(one, on="account_key", how="left")
    told = found.with_columns(
        (pl.col("touched_on") <= day).fill_null(False).alias("has_touch"), pl.col("has_deal", "has_open_deal").fill_null(False)
    )
    return told.filter(pl.col("is_theirs") | pl.col("orders").is_not_null())


def _sold(now: Reading, end: date | None) -> pl.DataFrame:
    """The net sales of the twelve months up to the day `end`."""
    start = None if end is None else add_months(end, 1 - YEAR)
    return now.ask("pipeline/life_sales", now.filters.within(start, after(now, end)))


def rules(now: Reading, end: date | None) -> life_stages.Rules:
    """Where the life cycle is cut on the day `end`."""
    return life_stages.Rules(end, now.windows.lost_months, float(now.cuts["alive_cut"]))


def after(now: Reading, day: date | None) -> date | None:
    """The end of what is read up to `day`: open where that is all."""
    return None if day is None or now.as_of is None or day >= now.as_of else day + timedelta(days=1)
