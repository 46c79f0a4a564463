"""The monthly evaluation drawn and told: scorecards, and the findings to the letter."""

from datetime import date

import polars as pl
import pytest

from charts.findings.team import monthly_evaluation as findings
from charts.team.scorecard import FULL, MOST, scorecards
from measures.team.head_to_head import DUEL_SCHEMA
from measures.team.monthly_evaluation import SCORED_SCHEMA, MonthlyEvaluation
from measures.team.team_week import WEEK_SCHEMA, TeamWeek

NONE = pl.DataFrame()
SUMMARY = {"month": date(2025, 5, 1), "months": 3, "people": 2, "scored": 2, "evaluation_score": 0.9, "proposed_reward": 1, "proposed_review": 0, "proposed_penalty": 0, "signed": 1}
CARD = {"salesperson_id": "e", "salesperson": "Eva", "attainment": 1.2, "attainment_points": 0.6, "adherence": 2.0, "adherence_points": 0.5, "evaluation_score": 1.1, "payout": 1.2}


def cards(*rows: dict) -> pl.DataFrame:
    return pl.DataFrame([{name: row.get(name) for name in SCORED_SCHEMA} for row in rows], schema=SCORED_SCHEMA)


def told(*rows: dict, **changed: object) -> MonthlyEvaluation:
    return MonthlyEvaluation(cards(*rows), cards(*rows), NONE, pl.DataFrame([SUMMARY | changed]))


def pair(*rows: tuple) -> pl.DataFrame:
    return pl.DataFrame(list(rows), schema=DUEL_SCHEMA, orient="row")


def test_a_track_ends_at_what_was_agreed_and_a_bar_passes_it_up_to_a_most() -> None:
    drawn = scorecards(cards(CARD, {"salesperson_id": "f", "salesperson": "Fe"})).frame
    bars = drawn.filter(part="bar").sort("start")
    assert bars.select("name", "start", "full", "value_text", "points_text").rows() == [("Eva", 0.0, FULL, "120%", "60%"), ("Eva", 2.0, 2 + FULL, "200%", "50%")]
    assert bars["end"].to_list() == pytest.approx([1.2 * FULL, 2 + MOST * FULL])
    assert drawn.filter(part="score")["score_text"].to_list() == ["110% → 120%"]
    assert drawn.filter(part="head")["head"].to_list() == ["Attainment", "New accounts kept", "Adherence to the plan", "Strike rate, of goal", "Score → payout"]


def test_the_finding_says_the_score_and_what_is_proposed() -> None:
    assert findings.sentence(told()) == "2 people reached a median score of 90%; 1 is paid more than agreed, nobody lies below what chance explains"
    both = told(proposed_review=1, proposed_penalty=1, proposed_reward=0)
    assert findings.sentence(both) == "2 people reached a median score of 90%; 0 are paid more than agreed, 2 lie below what chance explains"
    assert findings.sentence(told(scored=0)) == "2 people have targets, plans or visits, but too few indicators for a score"
    assert findings.sentence(told(scored=0, people=0)) == "Nobody had a target, a plan or a visit in this month"
    assert findings.sentence(told(month=None)) == "No month of the period is complete yet"
    assert findings.signed_sentence(told()) == "1 of 2 evaluations are signed"


def test_who_reached_a_full_score_most_often() -> None:
    assert findings.months_sentence(told(CARD, CARD | {"evaluation_score": 0.9})) == "Eva reached a full score in 1 of 3 months"
    assert findings.months_sentence(told(CARD | {"evaluation_score": 0.9})) == "Nobody reached a full score in any month"
    assert findings.months_sentence(told()) == "Nobody has a score in any of these months: too few indicators are known"


def test_two_people_differ_by_more_than_chance_or_not() -> None:
    rows = (("evaluation_score", 1.0, 0.9, "first", None), ("attainment", 1.0, 0.9, "first", None), ("strike_index", 0.5, 0.9, "second", True))
    assert findings.duel_sentence(pair(*rows), "Eva", "Fe") == "Eva leads in 1 of 2 indicators, in none of those that can be tested by more than chance"
    assert findings.duel_sentence(pair(rows[0], rows[2]), "Eva", "Fe") == "Fe leads in 1 of 1 indicator, by more than chance in Strike rate, of goal"
    assert findings.duel_sentence(pair(rows[0]), "Eva", "Fe") == "Nothing is known of both in this month"


def test_the_week_names_who_made_no_visit() -> None:
    week = pl.DataFrame([{name: {"salesperson": "Eva", "week_verdict": "no_visit"}.get(name) for name in WEEK_SCHEMA}], schema=WEEK_SCHEMA)
    team = pl.DataFrame([{"people": 2, "visits": 12, "strikes": 5, "behind": 1}])
    assert findings.week_sentence(TeamWeek(week, team)) == "12 visits in seven days, 5 with an order; 1 person is behind the month's plan; Eva made no visit"
    assert findings.week_sentence(TeamWeek(week.clear(), team)) == "12 visits in seven days, 5 with an order; 1 person is behind the month's plan"
