"""The monthly evaluation through the store: targets, sales, visits with orders, new accounts kept, who sees whom, and what is written."""

from datetime import date

import polars as pl
import pytest

from data.access import Viewer
from data.records import Record
from measures.team import team_week
from measures.team.evaluations import content, subject
from measures.team.head_to_head import duel
from measures.team.monthly_evaluation import THRESHOLDS, MonthlyEvaluation, answer, of_month, with_records
from measures.team.person_months import kept_month
from measures.thresholds import cuts
from queries.filters import Filters
from tests.builders import ask_as, lines, make_store

LEAD = Viewer("lead@example.com", "Lead", "lead", ("S",))
YEAR = Filters(date(2025, 1, 1), date(2026, 1, 1))
MAY = date(2025, 5, 1)


def act(number: int, account: str, who: str, day: date, outcome: str = "", kind: str = "visit") -> dict:
    return {"activity_id": f"{number:03}", "account_id": account, "salesperson_id": who, "kind": kind, "happened_on": day, "outcome": outcome}


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory):
    """Eva in the North is to sell 100 in May and sells 90; she visits a bar that orders and an outlet that is supplied. Fe is in the South.

    In January Eva plans and wins two outlets, of which one still buys in March. The months end with December 2025, when Fe's bar last bought.
    """
    visits = [
        # The order of 8 May belongs to Fe's visit of the 6th, the last one before it; that of the 20th comes ten days after Eva's second visit.
        act(1, "bar", "e", date(2025, 5, 5)), act(2, "bar", "f", date(2025, 5, 6)), act(3, "bar", "e", date(2025, 5, 10)),
        act(4, "o1", "e", date(2025, 5, 12), "Order"), act(5, "o1", "e", date(2025, 5, 13), "order"), act(6, "o2", "e", date(2025, 5, 14), "nobody there"),
        act(7, "o2", "e", date(2025, 5, 15), "a call", "call"), act(8, "bar", "e", date(2025, 5, 27)),
        # Day 60 of o1 (2 January) is the 3rd of March; nobody looks at o2 in time.
        act(9, "o1", "e", date(2025, 3, 10), "order"),
        *(act(20 + at, "pub", "f", date(2025, 12, 20 + at)) for at in range(5)),
    ]  # fmt: skip
    sold = [(date(2025, 1, 2), "pub", "p", 1, 10.0), (date(2025, 5, 8), "bar", "p", 4, 40.0), (date(2025, 5, 20), "bar", "p", 4, 30.0), (date(2025, 6, 2), "bar", "p", 2, 20.0),
            (date(2025, 12, 31), "pub", "p", 1, 10.0)]  # fmt: skip
    told = [row | {"salesperson_id": "f" if row["account_id"] == "pub" else "e"} for row in lines(*sold)]
    told[3]["sold_on"] = date(2025, 5, 30)
    outlets = [{"account_id": f"o{at}", "account": f"Outlet {at}", "kind": "outlet", "parent_account_id": "bar", "region_id": "N", "city": "Port",
                "salesperson_id": "e", "opened_on": date(2025, 1, 1 + at)} for at in (1, 2)]  # fmt: skip
    return make_store(
        tmp_path_factory.mktemp("evaluation"),
        regions=[{"region_id": "N", "region": "North"}, {"region_id": "S", "region": "South"}],
        salespeople=[{"salesperson_id": "e", "salesperson": "Eva", "region_id": "N"}, {"salesperson_id": "f", "salesperson": "Fe", "region_id": "S"}],
        accounts=[
            {"account_id": "bar", "account": "Bar", "kind": "distributor", "region_id": "N", "salesperson_id": "e"},
            {"account_id": "pub", "account": "Pub", "kind": "distributor", "region_id": "S", "salesperson_id": "f"}, *outlets,
        ],
        products=[{"product_id": "p", "product": "Pale"}], transactions=told, activities=visits,
        targets=[
            {"month": MAY, "salesperson_id": "e", "amount": 100.0}, {"month": MAY, "account_id": "bar", "amount": 500.0},
            {"month": date(2025, 6, 1), "account_id": "bar", "amount": 80.0}, {"month": date(2025, 12, 1), "salesperson_id": "f", "amount": 10.0},
        ],
        development_plans=[
            {"month": date(2025, 1, 1), "salesperson_id": "e", "kind": "outlet", "planned_visits": 0, "planned_developments": 2},
            {"month": MAY, "salesperson_id": "e", "area": "Port", "kind": "outlet", "planned_visits": 4, "planned_developments": 0},
            {"month": date(2025, 12, 1), "salesperson_id": "f", "planned_visits": 10, "planned_developments": 0},
        ],
    )  # fmt: skip


def found(store, filters: Filters = YEAR, viewer: Viewer | None = None, **overrides: object) -> MonthlyEvaluation:
    ask = ask_as(store, viewer) if viewer else ask_as(store)
    return answer(ask, filters, cuts(THRESHOLDS, overrides={"evaluated_month": "2025-05-01"} | overrides))


def eva(answer: MonthlyEvaluation) -> dict:
    return answer.people.filter(salesperson_id="e").row(0, named=True)


def test_a_persons_own_target_stands_before_those_of_the_accounts(store) -> None:
    row = eva(found(store))
    assert (row["target_amount"], row["net_sales"], row["attainment"]) == (100.0, 90.0, pytest.approx(0.9))
    assert eva(found(store, evaluated_month="2025-06-01"))["target_amount"] == 80.0


def test_an_order_belongs_to_the_last_visit_before_it_and_counts_once(store) -> None:
    row = eva(found(store))
    # Two outcomes with an order, and the visit of the 27th with the order of the 30th; the call is no visit.
    assert (row["visits_all"], row["strikes"], row["strike_rate"]) == (6, 3, 0.5)
    assert (row["drop_size"], row["lines_per_visit"]) == (20.0, pytest.approx(1 / 6))
    fe = found(store).people.filter(salesperson_id="f").row(0, named=True)
    assert (fe["visits_all"], fe["strikes"], fe["drop_size"]) == (1, 1, 40.0)
    # With ten days the order of the 20th is that of the visit of the 10th.
    assert eva(found(store, order_days=10))["strikes"] == 4
    assert eva(found(store, order_days=2))["strikes"] == 2


def test_few_visits_say_nothing_of_the_strike_rate(store) -> None:
    fe = found(store).people.filter(salesperson_id="f").row(0, named=True)
    assert (fe["strike_rate"], fe["strike_index"], fe["evaluation_score"]) == (1.0, None, None)
    assert eva(found(store))["strike_index"] == 1.0 and eva(found(store, strike_goal=1.0))["strike_index"] == 0.5


def test_new_accounts_are_judged_when_all_of_their_month_are_old_enough(store) -> None:
    assert kept_month(MAY, 120) == date(2025, 1, 1)
    assert kept_month(date(2025, 6, 1), 120) == date(2025, 2, 1)
    row = eva(found(store))
    assert (row["kept_month"], row["kept_planned"], row["kept"], row["kept_not_seen"], row["kept_rate"]) == (date(2025, 1, 1), 2.0, 1, 1, 0.5)
    # In June January is one of the three months that are judged together.
    june = eva(found(store, evaluated_month="2025-06-01"))
    assert (june["kept_month"], june["kept_rate"]) == (date(2025, 2, 1), 0.5)


def test_the_score_of_the_month_adds_up(store) -> None:
    row = eva(found(store))
    assert (row["planned_visits"], row["visits_kept"], row["adherence"]) == (4.0, 3.0, 0.75)
    # 0.4 × 0.9 + 0.3 × 0.5 + 0.15 × 0.75 + 0.15 × 1
    assert (row["evaluation_score"], row["payout"], row["proposal"]) == (pytest.approx(0.7725), 0.0, "by_score")


def test_the_last_complete_month_unless_another_is_chosen(store) -> None:
    last = found(store, evaluated_month="")
    assert last.summary["month"].item() == date(2025, 12, 1) and last.people["salesperson_id"].to_list() == ["f"]
    assert found(store, evaluated_month="2027-01-01").summary["month"].item() == date(2025, 12, 1)
    assert of_month(last, MAY).people.equals(found(store).people)
    assert of_month(last, MAY).summary.equals(found(store).summary)


def test_a_lead_sees_the_people_of_their_region_only(store) -> None:
    assert found(store, viewer=LEAD).scorecards["salesperson_id"].unique().to_list() == ["f"]
    assert found(store, Filters(date(2025, 1, 1), date(2026, 1, 1), region_ids=("S",))).scorecards["salesperson_id"].unique().to_list() == ["f"]
    assert found(store, Filters(date(2025, 1, 1), date(2026, 1, 1), salesperson_ids=("e",))).scorecards["salesperson_id"].unique().to_list() == ["e"]
    assert found(store, viewer=Viewer("x@example.com", "X", "lead", ())).people.is_empty()


def test_a_store_without_targets_plans_and_visits_evaluates_nobody(tmp_path) -> None:
    bare = make_store(
        tmp_path, accounts=[{"account_id": "a", "account": "A"}], products=[{"product_id": "p", "product": "P"}],
        transactions=lines((date(2025, 1, 1), "a", "p", 1, 1.0), (date(2025, 2, 28), "a", "p", 1, 1.0)),
    )  # fmt: skip
    nobody = found(bare)
    assert nobody.people.is_empty() and nobody.summary["evaluation_score"].item() is None


def test_what_was_signed_stays_and_says_when_the_figures_moved(store) -> None:
    now = found(store)
    card = eva(now)
    written = Record(1, 1, "monthly_evaluation", subject("e", MAY), content(card, "by_score", "", is_signed=True), True, "lead", "2025-06-02T08:00:00")
    row = with_records(now, [written], cuts(THRESHOLDS)).evaluations.row(0, named=True)
    assert (row["signed_score"], row["evaluation_score"], row["has_moved"], row["is_signed"]) == (card["evaluation_score"], card["evaluation_score"], False, True)
    later = with_records(found(store, strike_goal=1.0), [written], cuts(THRESHOLDS))
    assert later.evaluations.row(0, named=True)["has_moved"] and later.summary["signed"].item() == 1
    foreign = found(store, viewer=LEAD)
    assert with_records(foreign, [written], cuts(THRESHOLDS)).evaluations.is_empty()


def test_two_people_side_by_side(store) -> None:
    rows = duel(found(store).people, "e", "f").rows()
    assert rows[0] == ("evaluation_score", pytest.approx(0.7725), None, None, None)
    cards = pl.concat([found(store).people.filter(salesperson_id="e"), found(store, evaluated_month="").people], how="vertical_relaxed")
    by_name = {row["indicator"]: row for row in duel(cards, "e", "f").iter_rows(named=True)}
    # Eva keeps 3 of 4 planned visits, Fe 0 of 10 (nobody of hers is a wholesaler or outlet): the ranges do not meet.
    assert (by_name["adherence"]["leader"], by_name["adherence"]["is_sure"]) == ("first", True)
    assert (by_name["attainment"]["leader"], by_name["attainment"]["is_sure"]) == ("second", None)


def test_the_week_and_the_running_months_plan(store) -> None:
    week = team_week.answer(ask_as(store), Filters(), cuts(team_week.THRESHOLDS))
    assert week.team.row(0, named=True)["from_day"] == date(2025, 12, 25)
    assert week.week.select("salesperson_id", "visits", "month_visits", "planned_visits", "visit_pace", "week_verdict").rows() == [("f", 0, 0, 10.0, 0.0, "no_visit")]
    assert team_week.expected(date(2025, 12, 12)) == pytest.approx(10 / 23)
