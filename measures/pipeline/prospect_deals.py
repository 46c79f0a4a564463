"""How likely are the largest open deals to be won? A part of the answer `prospects`: each deal has the chance of its account (methods.md section 2).

A deal whose account nobody rated has the rate of all closed deals without a rating, and no class: that is a rate, not a judgement.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

import polars as pl

from data.records import Record
from measures.pipeline import prospect_facts
from measures.pipeline.named_deals import named
from measures.pipeline.prospect_facts import Day, Facts
from measures.pipeline.prospect_journal import RECORD_KIND, Written, nothing
from measures.pipeline.prospect_ratings import with_chances
from measures.pipeline.prospect_sentences import with_sentences
from measures.pipeline.prospect_stages import STANDING_THRESHOLDS, notes_on, rated
from measures.pipeline.prospect_tables import unrated
from measures.thresholds import Cuts
from measures.typed import typed
from queries.filters import Filters
from queries.runner import Ask, together

THRESHOLDS = (*STANDING_THRESHOLDS, *prospect_facts.THRESHOLDS)
RECORDS = RECORD_KIND
DEALS_SHOWN = 1_000
"""Open deals that are listed, the largest first."""
DEALS_SCHEMA = {
    "opportunity_id": pl.String, "account_id": pl.String, "account": pl.String, "region_id": pl.String, "region": pl.String,
    "salesperson_id": pl.String, "salesperson": pl.String, "stage": pl.String, "created_on": pl.Date, "value": pl.Float64,
    "expected_close_on": pl.Date, "probability": pl.Float64, "lo": pl.Float64, "hi": pl.Float64, "class": pl.String, "status": pl.String,
    "rubric_score": pl.Float64, "sentence": pl.String,
}  # fmt: skip


@dataclass(frozen=True)
class ProspectDeals:
    """`deals`: the largest open deals within the filters. `open_deals` are the same without chances, `facts` what these are learnt from; None without a day."""

    TABLES: ClassVar[tuple[str, ...]] = ("deals",)

    deals: pl.DataFrame
    open_deals: pl.DataFrame | None = None
    facts: Facts | None = None


def answer(ask: Ask, filters: Filters, cuts: Cuts) -> ProspectDeals:
    """The largest deals that are open at the end of the period, before what people wrote is taken in (`with_records`)."""
    day = prospect_facts.day_of(ask, filters, cuts)
    if day is None:
        return ProspectDeals(pl.DataFrame(schema=DEALS_SCHEMA))
    learnt, known, found = together(lambda: prospect_facts.learning(day), lambda: prospect_facts.known_on(day), lambda: _largest_open(day))
    return _rated(found, prospect_facts.facts(day, learnt, known), nothing(), cuts)


def with_records(found: ProspectDeals, records: Iterable[Record], cuts: Cuts) -> ProspectDeals:
    """The same deals with chances by the scores that people wrote as well, as in the answer `prospects`."""
    if found.facts is None or found.open_deals is None:
        return found
    return _rated(found.open_deals, found.facts, notes_on(found.facts, records), cuts)


def _largest_open(day: Day) -> pl.DataFrame:
    """The largest open deals with whose they are, where, and in which stage."""
    ask, filters, order = day.now.ask, day.now.filters, day.now.order
    found = ask("pipeline/largest_open", filters, until=day.until, closed=order.closed_numbers, most=DEALS_SHOWN)
    return named(ask, filters, found).with_columns(order.text_of("stage_number").alias("stage"))


def _rated(open_deals: pl.DataFrame, facts: Facts, notes: Written, cuts: Cuts) -> ProspectDeals:
    found = rated(facts.once, facts.learning, notes, cuts)
    base = unrated(facts, found, cuts)
    filled = with_chances(open_deals, found).with_columns(pl.col("probability").fill_null(base["unrated_rate"]))
    return ProspectDeals(with_sentences(filled, found.ladder.method, base).select(typed(DEALS_SCHEMA)), open_deals, facts)
