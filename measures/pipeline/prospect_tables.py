"""The smaller tables of the prospects' answer: the rubric, what drives each prospect, the four quadrants, the summary."""

import numpy as np
import polars as pl

from measures.by_code import added, coded
from measures.metrics import ratio
from measures.pipeline.prospect_actions import OURS, QUADRANTS
from measures.pipeline.prospect_facts import Facts
from measures.pipeline.prospect_ladder import LOGISTIC
from measures.pipeline.prospect_ratings import Ratings, standing_of
from measures.pipeline.prospect_record import skill
from measures.pipeline.prospect_value import Yield
from measures.pipeline.spellings import spellings
from measures.thresholds import Cuts
from measures.typed import framed, typed
from measures.wilson import NORMAL_95

OF_MODEL, OF_ALL = "model", "company"
INDICATORS_SCHEMA = {
    "indicator": pl.String, "rubric_weight": pl.Float64, "weight_share": pl.Float64, "average": pl.Float64, "known_rate": pl.Float64,
    "learnt": pl.Float64, "learnt_lo": pl.Float64, "learnt_hi": pl.Float64,
}  # fmt: skip
DRIVERS_SCHEMA = {
    "account_id": pl.String, "account": pl.String, "indicator": pl.String, "given_score": pl.Float64, "unit_score": pl.Float64, "average": pl.Float64,
    "points": pl.Float64, "effect": pl.Float64, "is_overridden": pl.Boolean,
}  # fmt: skip
QUADRANTS_SCHEMA = {
    "quadrant": pl.String, "accounts": pl.Int64, "expected_contribution": pl.Float64, "share": pl.Float64, "delay_cost": pl.Float64,
    "stale": pl.Int64, "is_ours": pl.Boolean,
}  # fmt: skip
OBSTACLES_SCHEMA = {
    "quadrant": pl.String, "obstacle": pl.String, "accounts": pl.Int64, "expected_contribution": pl.Float64, "delay_cost": pl.Float64,
}  # fmt: skip
SUMMARY_SCHEMA = {
    "as_of": pl.Date, "prospects": pl.Int64, "rated": pl.Int64, "placed": pl.Int64, "expected_contribution": pl.Float64,
    "method": pl.String, "learnt_from": pl.String, "closed": pl.Int64, "won": pl.Int64, "rated_closed": pl.Int64, "rated_won": pl.Int64,
    "unrated_closed": pl.Int64, "unrated_won": pl.Int64, "unrated_rate": pl.Float64, "class_prior_deals": pl.Float64, "prior_win_rate": pl.Float64,
    "judged": pl.Int64, "brier": pl.Float64, "brier_base": pl.Float64, "brier_skill": pl.Float64,
    "margin_rate": pl.Float64, "contribution_basis": pl.String, "basis_reason": pl.String, "contribution_cut": pl.Float64,
    "median_file_age": pl.Float64, "stale": pl.Int64, "undated_scores": pl.Int64, "overridden": pl.Int64,
    "learnt_of": pl.String, "model_closed": pl.Int64,
}  # fmt: skip


def indicators(found: Ratings, prospects: pl.DataFrame) -> pl.DataFrame:
    """By INDICATORS_SCHEMA, in the rubric's order.

    `average` (0–1) and `known_rate` are of the prospects; `learnt` is how many times the odds of a win rise with one standard deviation,
    with its 95 % range, where the closed deals bear it; null elsewhere.
    """
    units = standing_of(prospects["place"], found)[1]
    known = (~np.isnan(units)).sum(axis=0)
    average = np.divide(np.nansum(units, axis=0), known, out=np.full(len(known), np.nan), where=known > 0)
    frame = framed(
        {
            "indicator": list(found.rubric.codes), "rubric_weight": found.rubric.weights, "weight_share": found.rubric.shares, "average": average,
            "known_rate": known / max(prospects.height, 1), **dict(zip(("learnt", "learnt_lo", "learnt_hi"), _odds(found), strict=True)),
        }
    )  # fmt: skip
    return frame.select(typed(INDICATORS_SCHEMA))


def _odds(found: Ratings) -> np.ndarray:
    """Odds ratio and its range of each indicator (3, indicators); NaN where nothing was learnt of it."""
    nothing = np.full((3, len(found.rubric.codes)), np.nan)
    if found.ladder.method != LOGISTIC:
        return nothing
    curve = found.ladder.curve
    slope, spread = curve.coefficients[1:], NORMAL_95 * np.sqrt(np.diag(curve.covariance)[1:])
    odds = np.exp(np.array([slope, slope - spread, slope + spread]))
    return np.where(np.isfinite(curve.sd), odds, nothing)


def drivers(found: Ratings, prospects: pl.DataFrame) -> pl.DataFrame:
    """By DRIVERS_SCHEMA: each rated prospect × known indicator, the strongest effect first.

    `given_score` is as it was given; `unit_score` and `average` (of the closed deals, else of all rated accounts) run from 0 to 1; `points` is the part of the score above
    the average, `effect` that of the probability.
    """
    rated = prospects.select("account_id", "account", "place").filter(prospects["status"] == "rated")
    raw, units, own = standing_of(rated["place"], found)
    score = found.rubric.score(units)
    points, effects = found.ladder.points(units), found.ladder.effects(units, score)
    row, column = _strongest_first(units, effects)
    frame = framed(
        {
            "account_id": rated["account_id"].gather(row), "account": rated["account"].gather(row),
            "indicator": pl.Series(found.rubric.codes, dtype=pl.String).gather(column), "given_score": raw[row, column],
            "unit_score": units[row, column],
            "average": found.ladder.average[column], "points": points[row, column], "effect": effects[row, column],
            "is_overridden": own[row, column],
        }
    )  # fmt: skip
    return frame.select(typed(DRIVERS_SCHEMA))


def _strongest_first(units: np.ndarray, effects: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Rows and columns of the known indicators, one row after the other, the strongest effect of each first; without effects as they stand."""
    column = np.argsort(-np.abs(effects), axis=1, kind="stable").ravel()
    row = np.repeat(np.arange(len(units)), units.shape[1])
    known = ~np.isnan(units[row, column])
    return row[known], column[known]


def quadrants(prospects: pl.DataFrame) -> pl.DataFrame:
    """By QUADRANTS_SCHEMA, PI to PIV always; `share` is of what all placed prospects may bring."""
    place = coded(prospects["quadrant"], QUADRANTS)
    brought, delay, stale = (added(place, QUADRANTS, prospects[name]) for name in ("expected_contribution", "delay_cost", "is_stale"))
    total = brought.sum()
    columns = {
        "quadrant": QUADRANTS, "accounts": added(place, QUADRANTS), "expected_contribution": brought, "share": brought / total if total > 0 else None,
        "delay_cost": delay, "stale": stale, "is_ours": [name in OURS for name in QUADRANTS],
    }  # fmt: skip
    return pl.DataFrame(columns).select(typed(QUADRANTS_SCHEMA))


def obstacles(prospects: pl.DataFrame) -> pl.DataFrame:
    """By OBSTACLES_SCHEMA: what keeps the prospects of each quadrant from signing, the most money first; null where nobody knows.

    What is written in several ways is one obstacle, called the same in every quadrant.
    """
    placed = prospects.select("quadrant", "obstacle", "expected_contribution", "delay_cost").filter(prospects["quadrant"].is_not_null())
    counted = placed.group_by("quadrant", "obstacle", maintain_order=True).agg(pl.len().alias("accounts"), pl.col("expected_contribution", "delay_cost").sum())
    named = spellings(counted["obstacle"]).named(counted, "obstacle")
    merged = named.group_by("quadrant", "obstacle", maintain_order=True).agg(pl.col("accounts", "expected_contribution", "delay_cost").sum())
    ordered = merged.sort(["quadrant", "expected_contribution", "obstacle"], descending=[False, True, False], nulls_last=True)
    return ordered.select(typed(OBSTACLES_SCHEMA))


def unrated(facts: Facts, found: Ratings, cuts: Cuts) -> dict[str, float]:
    """Closed deals without a rating: how many, how many won, and the rate with the stated prior at the weight of ten deals; prior and weight too.

    Of the chosen sales model's deals where chances are learnt from these, else of all.
    """
    known, every = facts.known, facts.learning.closed
    ended, won = (known.model_closed, known.model_won) if found.is_of_model else (every.height, int(every["is_won"].sum()))
    closed, won = ended - found.rated_closed, won - found.rated_won
    weight, prior = float(cuts["class_prior_deals"]), float(cuts["prior_win_rate"])
    rate = (won + weight * prior) / (closed + weight)
    return {"unrated_closed": closed, "unrated_won": won, "unrated_rate": rate, "class_prior_deals": weight, "prior_win_rate": prior}


def summary(facts: Facts, found: Ratings, prospects: pl.DataFrame, brings: Yield, cuts: Cuts) -> pl.DataFrame:
    """One row by SUMMARY_SCHEMA; `closed` and `won` count the deals that the ladder learnt from, `judged` those of its record.

    `learnt_of` is whose deals these are; `model_closed` counts the chosen sales model's own with a rating, null without a model.
    """
    score, base = skill(found.past)
    better = ratio(base - score, base) if base is not None else None
    values = {
        "as_of": facts.until, "prospects": prospects.height, "rated": int((prospects["status"] == "rated").sum()),
        "placed": prospects["quadrant"].count(), "expected_contribution": prospects["expected_contribution"].sum(),
        "method": found.ladder.method, "learnt_from": found.learnt_from, "closed": int(found.ladder.closed.sum()),
        "won": int(found.ladder.wins.sum()), "rated_closed": found.rated_closed, "rated_won": found.rated_won, **unrated(facts, found, cuts),
        "judged": found.past.height, "brier": score, "brier_base": base, "brier_skill": better,
        "margin_rate": brings.rate, "contribution_basis": brings.basis, "basis_reason": brings.reason,
        "contribution_cut": prospects["expected_contribution"].filter(prospects["is_high"]).min(),
        "median_file_age": prospects["file_age_days"].median(), "stale": int(prospects["is_stale"].sum()),
        "undated_scores": int(facts.learning.scores["scored_on"].null_count()), "overridden": int(prospects["is_overridden"].sum()),
        "learnt_of": OF_MODEL if found.is_of_model else OF_ALL, "model_closed": None if facts.known.model_closed is None else found.model_closed,
    }  # fmt: skip
    return pl.DataFrame([values], schema=SUMMARY_SCHEMA)
