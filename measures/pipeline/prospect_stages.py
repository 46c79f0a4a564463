"""What is concluded of prospects, stage by stage, each made once of exactly what it depends on: ratings, then who stands where, then what it brings.

A stage takes its own thresholds alone, which are part of what it is cached under: one that it reads and does not name is an error.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import polars as pl

from data.language import current
from data.records import Record
from measures.pipeline import prospect_ratings, prospect_tables, prospect_value
from measures.pipeline.prospect_facts import Facts, Learning
from measures.pipeline.prospect_journal import Written, written
from measures.pipeline.prospect_ratings import Ratings, ratings, with_chances
from measures.pipeline.prospect_record import classes
from measures.pipeline.prospect_sentences import with_sentences
from measures.pipeline.prospect_steps import STEPS, steps, with_progress
from measures.thresholds import Cuts
from queries.cache import Maker
from queries.runner import begin

STANDING_THRESHOLDS = prospect_ratings.THRESHOLDS
VALUE_THRESHOLDS = tuple(name for name in prospect_value.THRESHOLDS if name not in ("prospect_cut", "wallet_months"))


@dataclass(frozen=True)
class Standing:
    """The prospects with their chances, steps and sentences, in the order of the facts, and the `steps` one by one, in the same order."""

    rows: pl.DataFrame
    steps: pl.DataFrame


@dataclass(frozen=True)
class Valued:
    """The prospects with what each may bring, by falling contribution, and the tables that follow this order or add it up."""

    rows: pl.DataFrame
    drivers: pl.DataFrame
    indicators: pl.DataFrame
    classes: pl.DataFrame
    brings: prospect_value.Yield


def notes_on(facts: Facts, records: Iterable[Record]) -> Written:
    """What people wrote, as it was known on the day of the facts; what is written about an account that is not shown stays out."""
    notes = written(records, facts.until, is_last=facts.is_last)
    return notes.about(facts.prospects["account_id"], facts.learning.rated["account_id"])


def rated(once: Maker, learning: Learning, notes: Written, cuts: Cuts) -> Ratings:
    """The ratings with the scores that people wrote: the same whoever is shown."""
    own = cuts.only(STANDING_THRESHOLDS)
    return once(("prospect_ratings", learning.key, notes.scores.rows(), own), lambda: ratings(learning, notes.scores, own))


def standing(facts: Facts, found: Ratings, notes: Written, cuts: Cuts) -> Standing:
    """Who stands where; `found` are the ratings of the same facts, notes and cuts. Sentences are in the language of who asks."""
    own = cuts.only(STANDING_THRESHOLDS)

    def key(of: tuple[object, ...]) -> tuple[object, ...]:
        return "prospects_standing", of, notes.key, own, current()

    return facts.once(key(facts.key), lambda: _standing(facts, found, notes, own, facts.once.known(key(facts.key_of_all))))


def valued(facts: Facts, found: Ratings, stood: Standing, notes: Written, cuts: Cuts) -> Valued:
    """What they may bring; `stood` is their standing by the same facts, notes and cuts."""
    own = cuts.only((*STANDING_THRESHOLDS, *VALUE_THRESHOLDS))
    return facts.once(("prospects_valued", facts.key, notes.key, own, current()), lambda: _valued(facts, found, stood, own))


def _standing(facts: Facts, found: Ratings, notes: Written, cuts: Cuts, of_all: Standing | None) -> Standing:
    # Where a prospect stands is its own: once all regions were looked at, that of some is part of it.
    return _said(facts, found, notes, cuts) if of_all is None else _part(of_all, facts)


def _part(of_all: Standing, facts: Facts) -> Standing:
    shown = of_all.rows["account_id"].is_in(facts.prospects["account_id"].implode())
    return Standing(of_all.rows.filter(shown), of_all.steps.filter(pl.Series(shown.to_numpy().repeat(len(STEPS)))))


def _said(facts: Facts, found: Ratings, notes: Written, cuts: Cuts) -> Standing:
    chances = with_chances(facts.prospects, found).with_columns(first_rated_on=pl.when(pl.col("status") == "rated").then(pl.col("first_scored_on")))
    # Why a deal was lost keeps nobody from signing who signed another one since.
    still = pl.when((pl.col("signed_on") > pl.col("lost_on")).fill_null(False)).then(None).otherwise(pl.col("lost_reason"))
    written = chances.join(notes.obstacles.drop("written_on"), on="account_id", how="left", maintain_order="left")
    noted = written.with_columns(pl.coalesce("obstacle", still).alias("obstacle"))
    progress = steps(noted, notes.steps)
    followed = with_progress(noted, progress, notes.renewed, facts.until)
    return Standing(with_sentences(followed, found.ladder.method, prospect_tables.unrated(facts, found, cuts)), progress)


def _valued(facts: Facts, found: Ratings, stood: Standing, cuts: Cuts) -> Valued:
    customers = facts.known.customers
    brings = prospect_value.yield_of(customers, cuts)
    worth = prospect_value.with_value(stood.rows, customers, brings, cuts)
    rows = worth.sort("expected_contribution", "account_id", descending=[True, False], nulls_last=True)
    beside = begin(lambda: prospect_tables.drivers(found, rows))
    indicators, judged = prospect_tables.indicators(found, rows), classes(found.past, rows, cuts)
    return Valued(rows, *beside(), indicators, judged, brings)
