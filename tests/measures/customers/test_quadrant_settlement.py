"""The settlement sheet: what an account brings and takes, added up by hand, and what source 003 makes of it."""

from collections import Counter
from datetime import date

import polars as pl
import pytest

from measures.customers.quadrant_actions import ACTIONS, verdict
from measures.customers.quadrant_settlement import THRESHOLDS, QuadrantSettlement, answer, sheets
from measures.thresholds import cuts
from queries.filters import Filters
from tests.builders import ask_as, lines, make_store
from tests.measures.customers.test_portfolio_quadrants import FIVE_YEARS, LARGE, PRODUCTS, SMALL, WILD, accounts, sales

RATES = {"hour_cost": 20, "showcase_value": 1000}


def settlement(store, **overrides) -> QuadrantSettlement:
    return answer(ask_as(store), Filters(), cuts(THRESHOLDS, overrides=overrides))


def a_row(**changed: object) -> pl.DataFrame:
    row = {
        "account_id": "A", "account": "A", "region": "N", "quadrant": "EIV", "net_sales": 1000.0, "previous_sales": 1000.0, "margin": 300.0,
        "headroom_value": 50.0, "reference_value": 40.0, "strategic": None, "orders": 10, "activities": 5, "activity_hours": 6.0,
        "activity_cost": 70.0, "delivery_cost": 200.0, "credit_cost": 5.0, "rebate_cost": 20.0,
    } | changed
    return pl.DataFrame([row], schema_overrides={"rebate_cost": pl.Float64, "margin": pl.Float64, "reference_value": pl.Float64, "strategic": pl.String})


def test_the_sheet_adds_up_as_source_003_writes_it():
    row = sheets(a_row(), cuts(THRESHOLDS, overrides=RATES)).row(0, named=True)
    assert [row[name] for name in ("margin", "future_margin", "showcase")] == [300, 50, 400]
    assert [row[name] for name in ("supply", "time_cost", "marketing")] == [205, 120, 90]
    assert row["net_result"] == 300 + 50 + 400 - (205 + 120 + 90)


def test_growth_adds_its_margin_to_the_future():
    row = sheets(a_row(net_sales=1440.0), cuts(THRESHOLDS)).row(0, named=True)
    # Sales grew by 44 %: the root of it, 20 %, is expected once more.
    assert row["future_margin"] == pytest.approx(300 * 0.2 + 50)


def test_what_is_not_known_is_null_and_counts_as_nothing():
    row = sheets(a_row(reference_value=None, activities=0, rebate_cost=None, credit_cost=None), cuts(THRESHOLDS, overrides=RATES)).row(0, named=True)
    assert [row[name] for name in ("showcase", "time_cost", "hours")] == [None, None, None]
    assert row["net_result"] == 300 + 50 - 200
    lost = sheets(a_row(margin=None), cuts(THRESHOLDS)).row(0, named=True)
    assert (lost["status"], lost["future_margin"], lost["net_result"]) == ("missing_cost", None, None)


def test_nobody_is_settled_where_too_few_costs_are_known(tmp_path):
    sold = [*sales("A", LARGE * FIVE_YEARS, cost=None, product="Q"), *sales("D", SMALL * WILD)]
    store = make_store(tmp_path, accounts=accounts("A", "D"), products=PRODUCTS, transactions=lines(*sold))
    found = settlement(store).settlement
    assert found.select("account_id", "margin", "net_result", "status").rows() == [
        ("A", None, None, "missing_cost"), ("D", None, None, "missing_cost"),
    ]  # fmt: skip
    # Only D is classed by its margin then: of A none is known.
    known = settlement(store, cost_coverage=0.0).settlement
    assert dict(known.select("account_id", "status").rows()) == {"D": "ok"}


def test_every_classified_account_is_settled_and_the_worst_comes_first(tmp_path):
    sold = [*sales("A", LARGE * FIVE_YEARS), *sales("D", SMALL * WILD)]
    visits = [{"activity_id": str(month), "happened_on": date(2025, month, 5), "account_id": "D", "kind": "visit", "hours": 2, "cost": 15} for month in range(1, 13)]
    store = make_store(tmp_path, accounts=accounts("A", "D"), products=PRODUCTS, transactions=lines(*sold), activities=visits)
    found = settlement(store, hour_cost=10)
    assert found.settlement["account_id"].to_list() == ["D", "A"]
    worst = found.settlement.row(0, named=True)
    assert (worst["quadrant"], worst["hours"], worst["time_cost"], worst["marketing"]) == ("EIV", 24, 240, 180)
    assert worst["net_result"] == pytest.approx(worst["margin"] + worst["future_margin"] - 240 - 180)
    assert found.settlement_totals["losing"].to_list() == [0, 1]
    assert settlement(make_store(tmp_path / "empty")).settlement.is_empty()


def test_an_account_is_let_go_only_if_effort_exceeds_return_and_it_is_hard_to_change():
    assert [verdict(net, hard) for net, hard in ((5, True), (-5, None), (-5, False), (-5, True), (None, True))] == [
        "keep", "judge", "change", "let_go", "unknown",
    ]


def test_every_quadrant_has_actions_of_its_own():
    assert Counter(action.quadrant for action in ACTIONS) == {"EI": 5, "EII": 5, "EIII": 6, "EIV": 3}
    assert len({action.code for action in ACTIONS}) == len(ACTIONS)
