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

from data.language import current
from data.records import Record
from measures.pipeline import prospect_facts, prospect_tables, prospect_value
from measures.pipeline.calibration import SCHEMA as CALIBRATION_SCHEMA
from measures.pipeline.prospect_facts import Facts
from measures.pipeline.prospect_journal import OVERRIDES_SCHEMA, RECORD_KIND, Written, nothing
from measures.pipeline.prospect_ratings import Ratings
from measures.pipeline.prospect_record import CLASSES_SCHEMA
from measures.pipeline.prospect_record import SCHEMA as RECORD_SCHEMA
from measures.pipeline.prospect_stages import STANDING_THRESHOLDS, VALUE_THRESHOLDS, notes_on, rated, standing, valued
from measures.pipeline.prospect_steps import SCHEMA as STEPS_SCHEMA
from measures.pipeline.prospect_steps import TOTALS_SCHEMA, is_stale, totals
from measures.thresholds import Cuts
from measures.typed import typed
from queries.cache import maker
from queries.filters import Filters
from queries.runner import Ask, begin, together

THRESHOLDS = ("intention_cut", "prospect_cut", *VALUE_THRESHOLDS, *STANDING_THRESHOLDS, "file_days", *prospect_facts.THRESHOLDS)
RECORDS = RECORD_KIND
PARTS = ("prospect_deals",)

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
    `steps` the six steps of each, `step_totals` of all; `overrides` the scores that people wrote, on `scale`.
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
    overrides: pl.DataFrame
    summary: pl.DataFrame
    facts: Facts | None
    scale: str = "hundred"


def answer(ask: Ask, filters: Filters, cuts: Cuts) -> Prospects:
    """The prospects as of the end of the period, before what people wrote is taken in (`with_records`)."""
    day = prospect_facts.day_of(ask, filters, cuts)
    if day is None:
        return _empty()

    def taught() -> tuple[prospect_facts.Learning, Ratings, pl.DataFrame]:
        # Chances are learnt, and judged, while the other questions are asked.
        learnt = prospect_facts.learning(day)
        found = rated(maker(ask), learnt, nothing(), cuts)
        return learnt, found, found.calibration

    (learnt, found, _judged), known = together(taught, lambda: prospect_facts.known_on(day))
    return _considered(prospect_facts.facts(day, learnt, known), found, nothing(), cuts)


def with_records(found: Prospects, records: Iterable[Record], cuts: Cuts) -> Prospects:
    """The same answer with the scores, steps and obstacles that people wrote, in the language of who asks."""
    facts = found.facts
    if facts is None:
        return found
    notes = notes_on(facts, records)
    return _considered(facts, rated(facts.once, facts.learning, notes, cuts), notes, cuts)


def _considered(facts: Facts, found: Ratings, notes: Written, cuts: Cuts) -> Prospects:
    """The answer from its ground, the ratings, and what people wrote; where nobody wrote anything it is the answer that was given before."""
    own = cuts.only(THRESHOLDS)
    return facts.once(("prospects_considered", facts.key, notes.key, own, current()), lambda: _made(facts, found, notes, own))


def _made(facts: Facts, found: Ratings, notes: Written, cuts: Cuts) -> Prospects:
    stood = standing(facts, found, notes, cuts)
    worth = valued(facts, found, stood, notes, cuts)
    high = prospect_value.with_high(worth.rows, cuts)
    rows = high.with_columns(prospect_value.quadrant_of(cuts).alias("quadrant"), is_stale(int(cuts["file_days"])))
    beside = begin(lambda: prospect_tables.quadrants(rows), lambda: prospect_tables.obstacles(rows))
    shown, step_totals = rows.select(typed(PROSPECTS_SCHEMA)), totals(rows, stood.steps)
    quadrants, obstacles = beside()
    return Prospects(
        prospects=shown, quadrants=quadrants, obstacles=obstacles, classes=worth.classes,
        calibration=found.calibration, record=found.past, indicators=worth.indicators, drivers=worth.drivers, steps=stood.steps,
        step_totals=step_totals, overrides=notes.overrides,
        summary=prospect_tables.summary(facts, found, rows, worth.brings, cuts), facts=facts, scale=str(cuts["rubric_scale"]),
    )  # fmt: skip


def _empty() -> Prospects:
    tables = {
        "prospects": PROSPECTS_SCHEMA, "quadrants": prospect_tables.QUADRANTS_SCHEMA, "obstacles": prospect_tables.OBSTACLES_SCHEMA,
        "classes": CLASSES_SCHEMA, "calibration": CALIBRATION_SCHEMA,
        "record": RECORD_SCHEMA, "indicators": prospect_tables.INDICATORS_SCHEMA, "drivers": prospect_tables.DRIVERS_SCHEMA,
        "steps": STEPS_SCHEMA, "step_totals": TOTALS_SCHEMA, "overrides": OVERRIDES_SCHEMA,
        "summary": prospect_tables.SUMMARY_SCHEMA,
    }  # fmt: skip
    return Prospects(**{name: pl.DataFrame(schema=schema) for name, schema in tables.items()}, facts=None)
