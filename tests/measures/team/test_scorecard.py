"""The score of a month, what it pays, and when a penalty may be proposed: methods.md section 9 to the letter."""

from datetime import date

import numpy as np
import polars as pl
import pytest

from measures.team.scorecard import INDICATORS, payout, proposed, scored
from measures.thresholds import cuts

CUTS = cuts(("weight_attainment", "weight_kept", "weight_adherence", "weight_strikes", "indicator_cap", "least_indicators", "payout_from", "payout_first", "payout_slope", "payout_cap")).as_dict()


def card(**known: float | None) -> pl.DataFrame:
    return pl.DataFrame([{name: known.get(name) for name in INDICATORS}], schema=dict.fromkeys(INDICATORS, pl.Float64))


def month(number: int, made: int, planned: float, payout: float | None = 1.0) -> dict:
    return {"salesperson_id": "e", "month": date(2025, number, 1), "developments": made, "planned_developments": planned, "payout": payout}


def proposals(*months: dict) -> list[str | None]:
    return proposed(pl.DataFrame(list(months)), 0.95)["proposal"].to_list()


def test_what_a_score_pays() -> None:
    paid = payout(np.array([0.79, 0.8, 0.9, 1.0, 1.1, 1.3, np.nan]), CUTS)
    assert paid[:6] == pytest.approx([0, 0.5, 0.75, 1, 1.2, 1.4])
    assert np.isnan(paid[6])


def test_a_score_weighs_its_four_indicators() -> None:
    row = scored(card(attainment=1.1, kept_rate=0.5, adherence=0.8, strike_index=1.2), CUTS).row(0, named=True)
    # 0.44 + 0.15 + 0.12 + 0.18
    assert (row["evaluation_score"], row["payout"], row["indicators"]) == (pytest.approx(0.89), pytest.approx(0.725), 4)
    assert sum(row[f"{name}_points"] for name in INDICATORS) == pytest.approx(row["evaluation_score"])


def test_what_is_not_known_is_left_out_and_the_others_weigh_more() -> None:
    row = scored(card(attainment=1.0, adherence=0.5), CUTS).row(0, named=True)
    # (0.4 × 1 + 0.15 × 0.5) ÷ 0.55
    assert (row["evaluation_score"], row["indicators"]) == (pytest.approx(0.863636364), 2)
    nothing = scored(card(), CUTS).row(0, named=True)
    assert (nothing["evaluation_score"], nothing["payout"], nothing["indicators"]) == (None, None, 0)


def test_an_indicator_counts_at_most_as_set_and_never_below_zero() -> None:
    assert scored(card(attainment=9.0, adherence=1.5), CUTS)["evaluation_score"].item() == 1.5
    assert scored(card(attainment=-0.2, adherence=0.0), CUTS)["evaluation_score"].item() == 0.0


def test_one_indicator_alone_makes_no_score() -> None:
    row = scored(card(attainment=1.2), CUTS).row(0, named=True)
    assert (row["evaluation_score"], row["payout"], row["indicators"], row["attainment_points"]) == (None, None, 1, None)
    assert scored(card(attainment=1.2), CUTS | {"least_indicators": 1})["evaluation_score"].item() == 1.2


def test_a_score_of_four_fifths_does_not_fall_short_of_itself() -> None:
    row = scored(card(attainment=0.8, kept_rate=0.8, adherence=0.8, strike_index=0.8), CUTS).row(0, named=True)
    assert row["payout"] == pytest.approx(0.5)


def test_thirteen_of_twenty_is_no_matter_and_ten_is_talked_about() -> None:
    assert proposals(month(1, 13, 20)) == ["by_score"]
    assert proposals(month(1, 10, 20)) == ["review"]
    assert proposals(month(1, 20, 20, 1.2)) == ["reward"]


def test_a_penalty_needs_two_months_running() -> None:
    assert proposals(month(1, 10, 20), month(2, 10, 20)) == ["review", "penalty"]
    assert proposals(month(1, 10, 20), month(3, 10, 20)) == ["review", "review"]


def test_or_three_months_together() -> None:
    # 13 of 20 is within the limits each time, 39 of 60 is not: P(≤ 39) = 0.002.
    assert proposals(month(1, 13, 20), month(2, 13, 20), month(3, 13, 20)) == ["by_score", "by_score", "penalty"]
    rows = proposed(pl.DataFrame([month(1, 13, 20), month(2, 13, 20), month(3, 13, 20)]), 0.95)
    assert rows["chance_running"].to_list() == [None, None, pytest.approx(0.0025, abs=5e-4)]


def test_a_month_without_a_plan_breaks_the_three() -> None:
    assert proposals(month(1, 13, 20), month(2, 0, 0), month(3, 13, 20)) == ["by_score", "by_score", "by_score"]


def test_without_a_score_nothing_is_proposed_but_what_the_plan_says() -> None:
    assert proposals(month(1, 20, 20, None), month(2, 10, 20, None)) == [None, "review"]
