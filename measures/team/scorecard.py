"""The monthly scorecard: four indicators weighed to a score, what it pays, and what is proposed (methods.md section 9).

A missing indicator is left out and the others' weights make up for it. A penalty is proposed only where the developments lie below the limits of
chance around the plan two months running, or taken together over three: one bad month is none.
"""

from collections.abc import Mapping

import numpy as np
import polars as pl

from measures.team.small_samples import chance_of_at_most

INDICATORS = {"attainment": "weight_attainment", "kept_rate": "weight_kept", "adherence": "weight_adherence", "strike_index": "weight_strikes"}
"""The score's columns and the thresholds that weigh them."""

REWARD, BY_SCORE, REVIEW, PENALTY = "reward", "by_score", "review", "penalty"
PROPOSALS = (REWARD, BY_SCORE, REVIEW, PENALTY)
RUNNING = 3
"""Months that are also taken together."""
DIGITS = 9
"""A score of four products is rounded before it is compared: 0.8 must not fall short of itself."""


def scored(cards: pl.DataFrame, cuts: Mapping[str, float]) -> pl.DataFrame:
    """`cards` with `indicators` (how many are known), the points that each of them gives (`<indicator>_points`), `evaluation_score`, `payout`.

    The points of a card add up to its score. With fewer indicators than `least_indicators` there are no points, no score and no payout.
    """
    weights = {name: pl.when(pl.col(name).is_not_null()).then(float(cuts[weight])) for name, weight in INDICATORS.items()}
    whole, cap = pl.sum_horizontal(weights.values()), float(cuts["indicator_cap"])
    is_enough = (pl.col("indicators") >= int(cuts["least_indicators"])) & (whole > 0)
    points = {f"{name}_points": pl.when(is_enough).then(pl.col(name).clip(0.0, cap) * weight / whole) for name, weight in weights.items()}
    known = cards.with_columns(indicators=pl.sum_horizontal(pl.col(name).is_not_null().cast(pl.Int64) for name in INDICATORS))
    rated = known.with_columns(**points, evaluation_score=pl.when(is_enough).then(pl.sum_horizontal(points.values()).round(DIGITS)))
    paid = payout(rated["evaluation_score"].cast(pl.Float64).to_numpy(), cuts)
    return rated.with_columns(pl.Series("payout", paid, dtype=pl.Float64).fill_nan(None))


def payout(score: np.ndarray, cuts: Mapping[str, float]) -> np.ndarray:
    """What a score pays, as a share of the reward: .79, .8, .9, 1, 1.1, 1.3 → 0, .5, .75, 1, 1.2, 1.4. NaN without a score."""
    least, first = float(cuts["payout_from"]), float(cuts["payout_first"])
    rising = first + (score - least) * (1 - first) / (1 - least)
    above = 1 + (score - 1) * float(cuts["payout_slope"])
    paid = np.where(score < least, 0.0, np.where(score <= 1, rising, np.minimum(above, float(cuts["payout_cap"]))))
    return np.where(np.isnan(score), np.nan, paid)


def proposed(cards: pl.DataFrame, limits: float) -> pl.DataFrame:
    """`cards` (all months of all people, with developments, planned_developments and payout) with `chance`, `chance_running`, `proposal`.

    `chance` is that of so few developments where the plan is what is usually reached, `chance_running` that of the last RUNNING months together,
    null unless each of them had a plan. `limits` is the share of people within them.
    """
    side = (1 - limits) / 2
    before = [_earlier(cards, months) for months in range(1, RUNNING)]
    joined = cards.with_columns(chance=_chance(cards["developments"], cards["planned_developments"]))
    for step, earlier in enumerate(before, start=1):
        joined = joined.join(earlier, on=["salesperson_id", "month"], how="left", maintain_order="left", suffix=f"_{step}")
    made = [pl.col("developments"), *(pl.col(f"made_{step}") for step in range(1, RUNNING))]
    planned = [pl.col("planned_developments"), *(pl.col(f"planned_{step}") for step in range(1, RUNNING))]
    totals = joined.select(made=pl.sum_horizontal(made), planned=pl.when(pl.all_horizontal(one > 0 for one in planned)).then(pl.sum_horizontal(planned)))
    last = _chance(joined["made_1"].fill_null(0), joined["planned_1"].fill_null(0.0))
    judged = joined.with_columns(_chance(totals["made"], totals["planned"].fill_null(0.0)).alias("chance_running"), last.alias("chance_last"))
    few = pl.col("chance") < side
    penalty = (few & (pl.col("chance_last") < side)) | (pl.col("chance_running") < side)
    proposal = pl.when(penalty).then(pl.lit(PENALTY)).when(few).then(pl.lit(REVIEW)).when(pl.col("payout") > 1).then(pl.lit(REWARD))
    said = proposal.when(pl.col("payout").is_not_null()).then(pl.lit(BY_SCORE))
    return judged.with_columns(proposal=said).select(*cards.columns, "chance", "chance_running", "proposal")


def _earlier(cards: pl.DataFrame, months: int) -> pl.DataFrame:
    """What each person planned and made so many months before."""
    return cards.select(
        "salesperson_id", pl.col("month").dt.offset_by(f"{months}mo"), pl.col("developments").alias(f"made_{months}"),
        pl.col("planned_developments").alias(f"planned_{months}"),
    )  # fmt: skip


def _chance(made: pl.Series, planned: pl.Series) -> pl.Series:
    return pl.Series(chance_of_at_most(made.to_numpy(), planned.to_numpy()), dtype=pl.Float64).fill_nan(None)
