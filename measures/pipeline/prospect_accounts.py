"""The accounts that have not bought, with what is known of each: people there, reports of what it buys, deals, contacts, ratings."""

from datetime import date

import polars as pl

from measures.pipeline.named_people import with_people
from measures.pipeline.prospect_steps import stage_marks
from measures.pipeline.sales_model import words
from measures.pipeline.stage_order import StageOrder
from measures.thresholds import Cuts
from queries.filters import Filters
from queries.runner import Ask, together

COUNTED = ("contacts", "reported_months", "open_deals", "lost_deals", "touches", "answers")
"""What is 0 for an account of which a question knows nothing."""


def known_accounts(ask: Ask, filters: Filters, order: StageOrder, until: date, cuts: Cuts) -> pl.DataFrame:
    """Rows of queries/pipeline/prospects.sql with those of account_contacts, prospect_reports, prospect_deals and prospect_touches beside them."""
    found, *known = together(
        lambda: ask("pipeline/prospects", filters, until=until),
        lambda: ask("pipeline/account_contacts", filters),
        lambda: ask("pipeline/prospect_reports", filters, until=until, wallet_months=int(cuts["wallet_months"])),
        lambda: _deals(ask, filters, order, until),
        lambda: _touches(ask, filters, until, cuts),
    )
    for one in known:
        found = found.join(one, on="account_key", how="left", maintain_order="left")
    return with_people(ask, found).with_columns(
        pl.col(COUNTED).fill_null(0), pl.col("has_decision_maker").fill_null(False), pl.col("open_value").fill_null(0.0)
    )


def scored_days(scores: pl.DataFrame) -> pl.DataFrame:
    """The accounts of queries/pipeline/prospect_scores.sql, `is_rated`, with first_scored_on and last_scored_on."""
    day = pl.col("scored_on")
    return scores.group_by("account_key").agg(day.min().alias("first_scored_on"), day.max().alias("last_scored_on"), is_rated=pl.lit(True))


def prospects(accounts: pl.DataFrame, scored: pl.DataFrame) -> pl.DataFrame:
    """The `known_accounts` that no other account supplies or that somebody rated, with their `scored_days`."""
    joined = accounts.join(scored, on="account_key", how="left", maintain_order="left")
    return joined.filter(~pl.col("is_supplied") | pl.col("is_rated")).drop("is_supplied", "is_rated")


def _deals(ask: Ask, filters: Filters, order: StageOrder, until: date) -> pl.DataFrame:
    return ask("pipeline/prospect_deals", filters, until=until, stages=order.stage_numbers, **order.ends, **stage_marks(order))


def _touches(ask: Ask, filters: Filters, until: date, cuts: Cuts) -> pl.DataFrame:
    outcomes = {"one_way": words(cuts["unanswered_outcomes"]), "own_touch": words(cuts["own_touch_outcomes"])}
    return ask("pipeline/prospect_touches", filters, until=until, **outcomes)
