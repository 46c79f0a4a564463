"""Prospects through the store: what they may bring × how likely they are to sign, from what was known on the day."""

from datetime import date

import polars as pl
import pytest

from data.access import Viewer
from measures.pipeline.prospects import THRESHOLDS, with_records
from measures.registry import tables
from measures.thresholds import cuts
from queries.filters import Filters
from tests.builders import lines, make_store
from tests.measures.pipeline.prospecting import (
    PRODUCTS,
    REGIONS,
    SALES,
    account,
    by_id,
    deal,
    eight,
    many,
    prospects,
    scored,
    store_of,
    told,
    written,
)

# What a prospect may bring


@pytest.fixture(scope="module")
def four(tmp_path_factory):
    """Large and keen, large and not, small and keen, small and not; nobody has closed a deal: A signs at 75 %, D at 10 %."""
    keen = {"P1": (80, 10_000), "P2": (10, 8_000), "P3": (80, 100), "P4": (10, 50)}
    return store_of(
        tmp_path_factory.mktemp("four"), [account(name, "N" if name in ("P1", "P2") else "S") for name in keen],
        [scored(name, score) for name, (score, _amount) in keen.items()], wallet=[told(name, amount) for name, (_score, amount) in keen.items()],
    )  # fmt: skip


def test_expected_contribution_is_potential_times_target_share_times_margin_rate(four) -> None:
    found = by_id(prospects(four))["P1"]
    assert (found["potential"], found["potential_basis"]) == (120_000, "reported")
    assert found["expected_sales"] == pytest.approx(36_000)
    assert found["expected_contribution"] == pytest.approx(14_400)
    assert found["delay_cost"] == pytest.approx(1_200)


def test_two_axes_make_four_quadrants_and_are_never_multiplied(four) -> None:
    found = prospects(four)
    assert {name: row["quadrant"] for name, row in by_id(found).items()} == {"P1": "PI", "P2": "PII", "P3": "PIII", "P4": "PIV"}
    assert found.quadrants["accounts"].to_list() == [1, 1, 1, 1]
    assert found.quadrants["expected_contribution"].sum() == pytest.approx(found.prospects["expected_contribution"].sum())
    assert found.quadrants.filter("is_ours")["quadrant"].to_list() == ["PIII", "PIV"]


def test_the_cuts_decide(four) -> None:
    assert {row["quadrant"] for row in by_id(prospects(four, intention_cut=0.9)).values()} == {"PII", "PIV"}
    assert by_id(prospects(four, prospect_cut=0.3))["P2"]["quadrant"] == "PIV"
    assert by_id(prospects(four, target_wallet=0.6))["P1"]["expected_contribution"] == pytest.approx(28_800)


def test_equal_contributions_stand_on_the_same_side_of_the_cut_whatever_their_ids(tmp_path) -> None:
    amounts = {"P1": 300, "P2": 100, "P3": 100, "P4": 100, "P5": 50}
    store = store_of(tmp_path, [account(name) for name in amounts], [scored(name, 80) for name in amounts], wallet=[told(*pair) for pair in amounts.items()])

    def high(cut: float) -> list[str]:
        return [name for name, row in by_id(prospects(store, prospect_cut=cut)).items() if row["quadrant"] == "PI"]

    # 300 of 650 are 46 %, with the first of the three equal ones 62 %.
    assert high(0.46) == ["P1"]
    assert high(0.50) == high(0.80) == ["P1", "P2", "P3", "P4"]


def test_without_a_report_open_deals_speak_and_without_these_similar_customers(tmp_path) -> None:
    customers = [account(f"K{n}") for n in range(8)]
    sold = lines(*SALES, *((date(2025, 3, 1), f"K{n}", "P", 1, 100.0 * (n + 1), 60.0 * (n + 1)) for n in range(8)))
    rows, events = deal("1", "P1", date(2025, 11, 1), expected_amount=5_000)
    store = make_store(
        tmp_path, regions=REGIONS, products=PRODUCTS, transactions=sold, opportunities=[rows], stage_events=events,
        accounts=[account("C"), *customers, account("P1"), account("P2"), account("P3", kind="outlet")],
    )  # fmt: skip
    found = by_id(prospects(store))
    assert (found["P1"]["potential_basis"], found["P1"]["potential"], found["P1"]["expected_sales"]) == ("deals", None, 5_000)
    # Nine distributors bought 100, 200 … 800 and 12,001: the middle one is 500.
    assert (found["P2"]["potential_basis"], found["P2"]["expected_sales"]) == ("similar", 500)
    assert (found["P3"]["potential_basis"], found["P3"]["expected_contribution"], found["P3"]["quadrant"]) == ("unknown", None, None)


def test_without_costs_contribution_is_measured_in_net_sales(tmp_path) -> None:
    sold = lines(*((day, who, what, quantity, amount) for day, who, what, quantity, amount, _cost in SALES))
    store = make_store(tmp_path, accounts=[account("C", None), account("P1", None)], products=PRODUCTS, transactions=sold, wallet=[told("P1", 100)])
    found = prospects(store)
    assert by_id(found)["P1"]["expected_contribution"] == pytest.approx(1200 * 0.3)
    assert found.summary.select("contribution_basis", "basis_reason", "margin_rate").row(0) == ("net_sales", "missing_cost", 1.0)


# Who is a prospect


def test_who_bought_or_is_supplied_by_another_is_no_prospect_unless_somebody_rated_it(tmp_path) -> None:
    accounts = [account("P"), account("O", parent_account_id="C"), account("R", parent_account_id="C"), account("F", opened_on=date(2026, 5, 1))]
    found = prospects(store_of(tmp_path, accounts, [scored("R", 50), scored("C", 90)]))
    assert set(by_id(found)) == {"P", "R"}


def test_an_account_is_a_prospect_until_the_day_of_its_first_order(tmp_path) -> None:
    sold = lines(*SALES, (date(2025, 10, 15), "N1", "P", 1, 10.0))
    store = make_store(tmp_path, accounts=[account("C", None), account("N1", None)], products=PRODUCTS, transactions=sold, prospect_scores=scored("N1", 80))
    assert set(by_id(prospects(store, Filters(to_date=date(2025, 10, 15))))) == {"N1"}
    assert set(by_id(prospects(store, Filters(to_date=date(2025, 10, 16))))) == set()


# What people write, and filters


def test_a_score_that_somebody_writes_over_counts_from_that_day_on(four) -> None:
    base = prospects(four)
    note = written("scores", "P2", scores=dict.fromkeys(("strength", "management", "network", "purchasing_power", "marketing", "growth", "advantage"), 90), reason="Met them")
    found = with_records(base, [note], cuts(THRESHOLDS))
    assert (by_id(found)["P2"]["rubric_score"], by_id(found)["P2"]["quadrant"]) == (pytest.approx(0.8), "PI")
    assert by_id(found)["P2"]["is_overridden"] and not by_id(found)["P1"]["is_overridden"]
    assert found.overrides.select("account_id", "own_score", "reason", "written_by").row(0) == ("P2", 90.0, "Met them", "ana@example.com")
    past = prospects(four, Filters(to_date=date(2025, 7, 1)))
    assert not by_id(with_records(past, [note], cuts(THRESHOLDS)))["P2"]["is_overridden"]
    late = written("scores", "P2", on="2026-03-01", scores={"strength": 0}, reason="Heard")
    assert by_id(with_records(base, [late], cuts(THRESHOLDS)))["P2"]["rubric_score"] == pytest.approx((0 + 7 * 0.1) / 8)


def test_what_is_written_about_somebody_elses_prospect_stays_out(four) -> None:
    south = prospects(four, viewer=Viewer("lead@example.com", "Lead", "lead", ("S",)))
    notes = [written("scores", "P1", scores={"strength": 0}, reason="Secret"), written("steps", "P1", steps={"trust": "2025-12-01"})]
    found = with_records(south, notes, cuts(THRESHOLDS))
    assert set(by_id(found)) == {"P3", "P4"}
    assert found.overrides.is_empty()
    assert "P1" not in set(found.steps["account_id"])
    assert prospects(four, viewer=Viewer("x@example.com", "X", "lead", ())).prospects.is_empty()


def test_filters_choose_who_is_shown_not_what_is_learnt(tmp_path) -> None:
    store = store_of(tmp_path, [account("B", "S"), account("P")], [scored("B", 50), scored("P", 50)], eight("B", wins=1))
    found = by_id(prospects(store, Filters(region_ids=("N",))))
    assert set(found) == {"P"} and round(found["P"]["probability"], 4) == 0.3333


# Edges


def test_three_tables_are_enough_to_list_who_never_bought(tmp_path) -> None:
    store = make_store(tmp_path, accounts=[account("C", None), account("P", None)], products=PRODUCTS, transactions=lines(*SALES))
    found = prospects(store)
    assert by_id(found)["P"]["status"] == "unrated"
    assert found.summary.select("prospects", "rated", "placed", "brier").row(0) == (1, 0, 0, None)


def test_a_store_without_a_prospect_has_the_same_tables(tmp_path) -> None:
    found = prospects(store_of(tmp_path, [], [scored("C", 50)]))
    assert found.prospects.is_empty() and found.quadrants["accounts"].to_list() == [0, 0, 0, 0]
    assert found.step_totals["waiting"].sum() == 0


def test_a_single_prospect_without_a_region_is_placed(tmp_path) -> None:
    found = by_id(prospects(store_of(tmp_path, [account("P", None)], [scored("P", 80)], wallet=[told("P", 10)])))["P"]
    assert (found["quadrant"], found["region_id"], found["next_step"]) == ("PI", None, "file")


def test_no_number_is_infinite_or_not_a_number(tmp_path, four) -> None:
    accounts, scores, deals = many(100)
    for found in (prospects(four), prospects(store_of(tmp_path, accounts, scores, deals)), prospects(four, **{f"rubric_{name}": 0.0 for name in (
        "strength", "management", "network", "purchasing_power", "marketing", "growth", "advantage", "importance", "other")})):  # fmt: skip
        for name, frame in tables(found).items():
            for column in frame.select(pl.col(pl.Float64)).iter_columns():
                assert column.is_finite().fill_null(True).all(), (name, column.name)
