"""Programmes through the store: who took part, what was sold beyond natural sales, what that was worth, and to whom it is shown."""

from datetime import date

import polars as pl
import pytest

from data.access import Viewer
from measures.thresholds import cuts
from measures.trade import relationship_spending
from measures.trade.programmes import THRESHOLDS, Programmes, answer
from queries.filters import Filters
from tests.builders import ask_as, lines, make_store

MONTHS = [date(2023 + at // 12, at % 12 + 1, 1) for at in range(36)]
START = date(2025, 6, 1)
LEAD = Viewer("lead@example.com", "Lead", "lead", ("S",))


def bought(account: str, region: str, *, takes_part: bool) -> list[dict]:
    """100 of p and 100 of q a month, half again as much in June; who takes part buys twice the p in June 2025, under the mark, at 20 % off."""
    rows = []
    for month in MONTHS:
        season = 1.5 if month.month == 6 else 1.0
        for product in ("p", "q"):
            promoted = takes_part and month == START and product == "p"
            units = 100 * season * (2 if promoted else 1)
            rows.append((month, account, product, units, units * (0.8 if promoted else 1.0), units * 0.5, "DEAL" if promoted else None))
    return rows


def activity(number: int, account: str, day: date, kind: str, outcome: str, cost: float = 0.0) -> dict:
    return {"activity_id": str(number), "account_id": account, "happened_on": day, "kind": kind, "outcome": outcome, "cost": cost}


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory):
    """In North a1…a4 take part and b1…b4 do not; in South c1 takes part and d1 does not. Everybody of North is invited to the course."""
    accounts = [f"{letter}{at}" for letter in "ab" for at in range(1, 5)] + ["c1", "d1"]
    places = {account: "S" if account in ("c1", "d1") else "N" for account in accounts}
    sold = [row for account in accounts for row in bought(account, places[account], takes_part=account[0] in "ac")]
    marks = [row[-1] for row in sold]
    transactions = [line | {"promotion_id": mark} for line, mark in zip(lines(*(row[:-1] for row in sold)), marks, strict=True)]
    course = [
        activity(1, "a1", date(2025, 8, 20), "message", "School of beer"), activity(2, "a1", date(2025, 9, 3), "event", "school of beer", 300),
        activity(3, "a2", date(2025, 9, 3), "event", "School of Beer", 100), activity(4, "a1", date(2025, 10, 2), "call", "School of beer: no answer"),
        activity(5, "a2", date(2025, 10, 2), "call", "School of beer: liked it"), activity(6, "b1", date(2025, 9, 5), "event", "Golf", 80),
    ]  # fmt: skip
    return make_store(
        tmp_path_factory.mktemp("programmes"),
        regions=[{"region_id": "N", "region": "North"}, {"region_id": "S", "region": "South"}],
        accounts=[{"account_id": key, "account": f"Account {key}", "region_id": place} for key, place in places.items()],
        products=[{"product_id": "p", "product": "Pale"}, {"product_id": "q", "product": "Quad"}],
        transactions=transactions, activities=course,
        programmes=[
            {"programme_id": "DEAL", "programme": "Summer deal", "kind": "price", "starts_on": START, "ends_on": date(2025, 6, 30), "cost": 500},
            {"programme_id": "SCHOOL", "programme": "School of beer", "kind": "training", "starts_on": date(2025, 9, 1), "ends_on": date(2025, 9, 30), "cost": 400},
            {"programme_id": "NEXT", "programme": "Next year's deal", "kind": "price", "starts_on": date(2026, 6, 1), "ends_on": None, "cost": 600},
            {"programme_id": "OLD", "programme": "Old deal", "kind": "price", "starts_on": date(2021, 6, 1), "ends_on": None, "cost": 10},
        ],
    )  # fmt: skip


def found(store, filters: Filters | None = None, viewer: Viewer | None = None, **overrides: object) -> Programmes:
    ask = ask_as(store, viewer) if viewer else ask_as(store)
    asked = {"programme_accounts": 2, "programme_after": 0} | overrides
    return answer(ask, filters or Filters(date(2025, 1, 1), date(2027, 1, 1)), cuts(THRESHOLDS, overrides=asked))


def rows_of(answer: Programmes) -> dict[str, dict]:
    return {row["programme_id"]: row for row in answer.programmes.iter_rows(named=True)}


def test_twice_the_units_at_a_fifth_off_is_six_tenths_more_and_less_margin_than_that(store) -> None:
    row = rows_of(found(store))["DEAL"]
    # Five accounts: 150 natural in June, 300 sold at 0.8 → 240 each.
    assert (row["accounts"], row["compared"], row["others"], row["baseline"], row["status"]) == (5, 5, 5, "others_rest", "ok")
    assert (row["net_sales"], row["natural_sales"]) == pytest.approx((1200, 750))
    assert (row["uplift_rate"], row["units_rate"], row["rest_rate"]) == pytest.approx((0.6, 1.0, 0.0))
    # Margin: 240 − 150 each sold, 150 − 75 natural: 15 more each, 75 in all for 500.
    assert (row["extra_margin"], row["payback"], row["net_result"]) == pytest.approx((75, 0.15, -425))
    assert (row["verdict"], row["programme_stage"]) == ("loses", "ended")


def test_the_months_after_count_as_far_as_they_are_asked_for(store) -> None:
    rows = [rows_of(found(store, programme_after=months))["DEAL"] for months in (0, 3)]
    assert rows[0]["after_rate"] is None and rows[1]["after_rate"] == pytest.approx(0)
    # July to September sold 300 each as naturally: 450 more on 750 + 1500.
    assert rows[1]["uplift_rate"] == pytest.approx(450 / 2250)
    assert [row["months_seen"] for row in rows] == [1, 4]


@pytest.mark.parametrize("baseline", ["others", "others_rest", "own_season"])
def test_every_baseline_finds_the_natural_sales(store, baseline: str) -> None:
    row = rows_of(found(store, programme_baseline=baseline))["DEAL"]
    # The season itself has seen the deal once in three Junes.
    assert row["natural_sales"] == pytest.approx(750, rel=0.2 if baseline == "own_season" else 1e-9)
    assert row["baseline"] == baseline


def test_other_products_that_are_too_few_are_no_help(store) -> None:
    # p and q are half of the sales each.
    assert [rows_of(found(store, programme_rest=part))["DEAL"]["baseline"] for part in (0.5, 0.51)] == ["others_rest", "others"]


def test_without_enough_others_the_own_season_stands_in_and_that_is_provisional(store) -> None:
    row = rows_of(found(store, Filters(date(2025, 1, 1), date(2027, 1, 1), region_ids=("S",)), programme_accounts=2))["DEAL"]
    assert (row["accounts"], row["others"], row["baseline"], row["status"]) == (1, 1, "own_season", "insufficient")
    assert row["uplift"] is None and row["verdict"] == "insufficient"


def test_within_filters_the_part_of_the_cost_that_falls_to_the_accounts_counts(store) -> None:
    north = rows_of(found(store, Filters(date(2025, 1, 1), date(2027, 1, 1), region_ids=("N",))))["DEAL"]
    assert (north["accounts"], north["cost"], north["cost_here"], north["others"]) == (4, 500, 400, 4)


def test_a_course_is_taken_part_in_by_being_named_during_it(store) -> None:
    answer = found(store)
    row = rows_of(answer)["SCHOOL"]
    # The deal is in everybody's base: 2590 of both who came, 2 × 2590 + 4 × 2500 of the six others of North, who bought 1200 in September.
    natural = 2 * 2590 * 1200 / (2 * 2590 + 4 * 2500)
    assert (row["accounts"], row["marked_sales"], row["others"], row["rest_rate"]) == (2, 0, 6, None)
    assert row["uplift_rate"] == pytest.approx(400 / natural - 1)
    assert answer.participants.filter(programme_id="SCHOOL")["account_id"].to_list() == ["a1", "a2"]


def test_touches_before_during_and_after_and_which_were_answered(store) -> None:
    touches = found(store).touches.select("phase", "touches", "accounts", "answered", "ordered", "cost")
    assert touches.rows() == [("before", 1, 1, 0, 0, 0.0), ("during", 2, 2, 2, 0, 400.0), ("after", 2, 2, 1, 0, 0.0)]
    assert found(store, touch_days=1).touches["touches"].to_list() == [0, 2, 0]
    # The next order is on the first of October, 28 days after the course.
    assert found(store, order_days=28).touches["ordered"].to_list() == [1, 2, 0]


def test_the_effect_is_gone_after_its_month(store) -> None:
    answer = found(store)
    curve = answer.life.filter(kind="price")
    assert dict(curve.select("offset", "uplift_rate").rows())[0] == pytest.approx(0.6)
    assert curve.filter(pl.col("offset") != 0)["uplift_rate"].abs().max() == pytest.approx(0, abs=1e-9)
    assert answer.kinds.filter(kind="price")["lasting_months"].item() == 1


def test_programmes_outside_the_period_are_left_out_and_those_to_come_are_planned(store) -> None:
    assert {key: row["programme_stage"] for key, row in rows_of(found(store)).items()} == {"DEAL": "ended", "SCHOOL": "ended", "NEXT": "planned"}
    assert found(store, Filters(date(2020, 1, 1), date(2020, 2, 1))).programmes.is_empty()


def test_money_that_can_be_questioned_says_why(store) -> None:
    assert found(store).cuts.select("programme_id", "why", "net_result").rows() == [
        ("DEAL", "less_than_cost", pytest.approx(-425)), ("SCHOOL", "no_effect", pytest.approx(-400)),
    ]  # fmt: skip


def test_the_summary_adds_up(store) -> None:
    row = found(store).summary.row(0, named=True)
    assert (row["programmes"], row["pays_back"], row["loses"], row["insufficient"]) == (3, 0, 2, 1)
    assert (row["cost"], row["cost_here"], row["judged_cost"], row["lost_cost"]) == (1500, 1500, 900, 900)
    assert row["extra_margin"] == pytest.approx(75)


def test_a_lead_sees_their_accounts_their_programmes_and_no_share_of_the_cost(store) -> None:
    answer = found(store, viewer=LEAD)
    assert answer.participants["account_id"].to_list() == ["c1"]
    assert set(rows_of(answer)) == {"DEAL", "NEXT"}
    assert (rows_of(answer)["DEAL"]["others"], rows_of(answer)["DEAL"]["cost_here"]) == (1, None)
    assert answer.touches.is_empty()


def test_a_stranger_and_a_store_without_programmes_have_nothing(store, tmp_path) -> None:
    assert found(store, viewer=Viewer("x@example.com", "X", "lead", ())).programmes.is_empty()
    bare = make_store(tmp_path, accounts=[{"account_id": "a", "account": "A"}], products=[{"product_id": "p", "product": "P"}], transactions=lines((MONTHS[0], "a", "p", 1, 1.0)))
    answer = found(bare)
    assert answer.programmes.is_empty() and not answer.summary["has_programmes"].item()


def spent(store, viewer: Viewer | None = None, **overrides: object) -> relationship_spending.RelationshipSpending:
    ask = ask_as(store, viewer) if viewer else ask_as(store)
    return relationship_spending.answer(ask, Filters(), cuts(relationship_spending.THRESHOLDS, overrides=overrides))


def test_golf_is_spending_on_being_together_and_a_training_is_not(store) -> None:
    answer = spent(store)
    assert answer.relationship.select("account_id", "event_count", "spending", "cell").rows() == [("b1", 1, 80.0, "spent_not")]
    row = answer.relationship_summary.row(0, named=True)
    # b1 stood still; the others include those who took part in the deal: 11 × 200 + 300 + 90 more of five of nine.
    assert row["change_rate"] == pytest.approx(0)
    assert row["other_change"] == pytest.approx(5 * 90 / (9 * 2500))
    assert spent(store, LEAD).relationship.is_empty()


def test_too_few_accounts_say_nothing_about_visits(store) -> None:
    assert spent(store, programme_accounts=50).work_effects.select("work", "slope_rate", "n", "accounts", "status").rows() == [
        ("visits", None, 350, 10, "insufficient"), ("events", None, 350, 10, "insufficient"),
    ]  # fmt: skip


def test_who_is_taken_out_the_most_is_not_who_grows(store) -> None:
    cells = spent(store).relationship_cells
    assert cells.select("cell", "accounts", "spending").rows() == [("spent_grew", 0, 0.0), ("spent_not", 1, 80.0), ("little_grew", 0, 0.0), ("little_not", 0, 0.0)]
