"""Which accounts that never bought to break through with, which to cultivate? Expected contribution × intention (methods.md section 2).

A prospect is an account without an order line by the period's last day (or the data's, where that is earlier) that no other account
supplies, or that somebody rated. What it may bring and how likely it is to sign are two axes, never multiplied. The chance comes from
what deals with rated accounts became, as far as that was known on the day; open deals are not lost. Chances and margins are learnt from
all that the viewer sees, whatever the filters. Where a sales model is chosen, chances are learnt from its own deals once so many of them
have closed as a curve takes (platt_deals), else from all; the summary says which.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import polars as pl

from data.records import Record
from measures.pipeline import prospect_facts, prospect_ladder, prospect_rubric, prospect_tables, prospect_value
from measures.pipeline.calibration import SCHEMA as CALIBRATION_SCHEMA
from measures.pipeline.calibration import calibration
from measures.pipeline.prospect_facts import Facts
from measures.pipeline.prospect_journal import OVERRIDES_SCHEMA, RECORD_KIND, Written, nothing, written
from measures.pipeline.prospect_ratings import Ratings, ratings, with_chances
from measures.pipeline.prospect_record import CLASSES_SCHEMA, classes
from measures.pipeline.prospect_record import SCHEMA as RECORD_SCHEMA
from measures.pipeline.prospect_sentences import with_sentences
from measures.pipeline.prospect_steps import SCHEMA as STEPS_SCHEMA
from measures.pipeline.prospect_steps import TOTALS_SCHEMA, steps, totals, with_progress
from measures.thresholds import Cuts
from measures.typed import typed
from queries.filters import Filters
from queries.runner import Ask

QUICK_THRESHOLDS = (
    "intention_cut", *(name for name in prospect_value.THRESHOLDS if name != "wallet_months"), *prospect_rubric.THRESHOLDS,
    *prospect_ladder.THRESHOLDS, "rating_days", "file_days", "prior_win_rate",
)  # fmt: skip
THRESHOLDS = (*QUICK_THRESHOLDS, *prospect_facts.THRESHOLDS)
RECORDS = RECORD_KIND

PROSPECTS_SCHEMA = {
    "account_id": pl.String, "account": pl.String, "kind": pl.String, "region_id": pl.String, "region": pl.String,
    "salesperson_id": pl.String, "salesperson": pl.String,
    "expected_contribution": pl.Float64, "probability": pl.Float64, "class": pl.String, "quadrant": pl.String,
    "lo": pl.Float64, "hi": pl.Float64, "status": pl.String, "rubric_score": pl.Float64, "stated_class": pl.String, "known_weight": pl.Float64,
    "is_overridden": pl.Boolean, "potential": pl.Float64, "potential_basis": pl.String, "expected_sales": pl.Float64, "delay_cost": pl.Float64,
    "is_high": pl.Boolean, "open_deals": pl.Int64, "open_value": pl.Float64, "obstacle": pl.String, "lost_deals": pl.Int64, "lost_reason": pl.String,
    "signed_on": pl.Date, "next_step": pl.String, "steps_done": pl.Int64, "file_age_days": pl.Int64, "is_stale": pl.Boolean,
    "last_touch_on": pl.Date, "last_answer_on": pl.Date, "last_report": pl.Date, "has_decision_maker": pl.Boolean,
    "driver_up": pl.List(pl.String), "driver_down": pl.List(pl.String), "sentence": pl.String,
}  # fmt: skip


@dataclass(frozen=True)
class Prospects:
    """`prospects` by falling expected contribution; `quadrants` PI to PIV, `obstacles` what keeps theirs from signing; `classes` A to D.

    `calibration` and `record` say how stated chances turned out; `indicators` is the rubric, `drivers` what moves each prospect;
    `steps` the six steps of each, `step_totals` of all; `deals` the largest open ones; `overrides` the scores that people wrote, on `scale`.
    expected_contribution: money a year if won; probability, lo, hi: 0–1. `summary` has one row, none without a day to look at.
    """

    prospects: pl.DataFrame
    quadrants: pl.DataFrame
    obstacles: pl.DataFrame
    classes: pl.DataFrame
    calibration: pl.DataFrame
    record: pl.DataFrame
    indicators: pl.DataFrame
    drivers: pl.DataFrame
    steps: pl.DataFrame
    step_totals: pl.DataFrame
    deals: pl.DataFrame
    overrides: pl.DataFrame
    summary: pl.DataFrame
    facts: Facts | None
    scale: str = "hundred"


def ground(ask: Ask, filters: Filters, cuts: Cuts) -> Facts | None:
    """What the answer rests on, whatever the quick thresholds and the journal say."""
    return prospect_facts.facts(ask, filters, cuts)


def from_ground(facts: Facts | None, cuts: Cuts) -> Prospects:
    """The answer out of `ground`, before what people wrote is taken in (`with_records`)."""
    return considered(facts, nothing(), cuts)


def answer(ask: Ask, filters: Filters, cuts: Cuts) -> Prospects:
    """The prospects as of the end of the period."""
    return from_ground(ground(ask, filters, cuts), cuts)


def with_records(found: Prospects, records: Iterable[Record], cuts: Cuts) -> Prospects:
    """The same answer with the scores, steps and obstacles that people wrote, in the language of who asks."""
    if found.facts is None:
        return found
    return considered(found.facts, written(records, found.facts.until, is_last=found.facts.is_last), cuts)


def considered(facts: Facts | None, notes: Written, cuts: Cuts) -> Prospects:
    """The answer from its ground and what people wrote; what was written about an account that is not shown stays out."""
    if facts is None:
        return _empty()
    notes = notes.about(facts.prospects["account_id"], facts.rated["account_id"])
    found = ratings(facts, notes.scores, cuts)
    brings = prospect_value.yield_of(facts.customers, cuts)
    rows, progress = _rows(facts, found, brings, notes, cuts)
    stated = found.past["stated"].to_numpy(), found.past["is_won"].cast(pl.Float64).to_numpy()
    return Prospects(
        prospects=rows.select(typed(PROSPECTS_SCHEMA)),
        quadrants=prospect_tables.quadrants(rows), obstacles=prospect_tables.obstacles(rows), classes=classes(found.past, rows, cuts), calibration=calibration(*stated), record=found.past,
        indicators=prospect_tables.indicators(found, rows), drivers=prospect_tables.drivers(found, rows), steps=progress,
        step_totals=totals(rows, progress), deals=prospect_tables.open_deals(facts, found, cuts), overrides=notes.overrides,
        summary=prospect_tables.summary(facts, found, rows, brings, cuts), facts=facts, scale=str(cuts["rubric_scale"]),
    )  # fmt: skip


def _rows(facts: Facts, found: Ratings, brings: prospect_value.Yield, notes: Written, cuts: Cuts) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The prospects with everything about them, and their steps."""
    rated = with_chances(facts.prospects, found, cuts).with_columns(first_rated_on=pl.when(pl.col("status") == "rated").then(pl.col("first_scored_on")))
    valued = prospect_value.with_high(prospect_value.with_value(rated, facts.customers, brings, cuts), cuts)
    placed = valued.with_columns(prospect_value.quadrant_of(cuts).alias("quadrant"))
    noted = placed.join(notes.obstacles.drop("written_on"), on="account_id", how="left", maintain_order="left").with_columns(pl.coalesce("obstacle", "lost_reason").alias("obstacle"))
    progress = steps(noted, notes.steps)
    followed = with_progress(noted, progress, notes.renewed, facts.until, int(cuts["file_days"]))
    said = with_sentences(followed, found.ladder.method, prospect_tables.unrated(facts, found, cuts))
    return said.sort("expected_contribution", "account_id", descending=[True, False], nulls_last=True), progress


def _empty() -> Prospects:
    tables = {
        "prospects": PROSPECTS_SCHEMA, "quadrants": prospect_tables.QUADRANTS_SCHEMA, "obstacles": prospect_tables.OBSTACLES_SCHEMA,
        "classes": CLASSES_SCHEMA, "calibration": CALIBRATION_SCHEMA,
        "record": RECORD_SCHEMA, "indicators": prospect_tables.INDICATORS_SCHEMA, "drivers": prospect_tables.DRIVERS_SCHEMA,
        "steps": STEPS_SCHEMA, "step_totals": TOTALS_SCHEMA, "deals": prospect_tables.DEALS_SCHEMA, "overrides": OVERRIDES_SCHEMA,
        "summary": prospect_tables.SUMMARY_SCHEMA,
    }  # fmt: skip
    return Prospects(**{name: pl.DataFrame(schema=schema) for name, schema in tables.items()}, facts=None)
