"""Coverage: methods.md section 8's worked example through the store, people there, workload, hours and territories."""

from datetime import date

import polars as pl
import pytest

from data.access import Viewer
from measures.customers.coverage import THRESHOLDS, Coverage, answer
from measures.customers.coverage_hours import planned_shares
from measures.customers.coverage_need import whole_people
from measures.customers.territories import move_account, territories
from measures.thresholds import cuts
from queries.filters import Filters
from tests.builders import ask_as, lines, make_store

AMOUNTS = (500, 200, 100, 80, 50, 30, 20, 10, 6, 4)
"""methods.md's ten accounts: A 3, B 3, C 4."""
PRODUCTS = [{"product_id": "P", "product": "Lager", "category": "Beer"}]
REGIONS = [{"region_id": "N", "region": "North"}, {"region_id": "S", "region": "South"}]
PEOPLE = [
    {"salesperson_id": "lead", "salesperson": "Lea", "region_id": "N"},
    {"salesperson_id": "ana", "salesperson": "Ana", "region_id": "N", "manager_id": "lead"},
    {"salesperson_id": "ben", "salesperson": "Ben", "region_id": "S"},
]
OWNERS = ("lead", "ana", "ana", "ana", "ana", "ben", "ben", "ben", "ben", None)


def coverage(store, filters=None, viewer=None, **overrides) -> Coverage:
    ask = ask_as(store, viewer) if viewer else ask_as(store)
    return answer(ask, filters or Filters(), cuts(THRESHOLDS, overrides=overrides))


def months(account: str, amount: float) -> list[tuple]:
    """The amount on the first of each month of 2024 and 2025."""
    return [(date(2024 + step // 12, step % 12 + 1, 1), account, "P", amount, amount) for step in range(24)]


def visit(number: int, account: str, hours: float | None) -> dict:
    return {"activity_id": f"v{number}", "happened_on": date(2025, 6, 2), "account_id": account, "kind": "visit", "hours": hours}


def sold() -> list[dict]:
    return lines(*[line for place, amount in enumerate(AMOUNTS) for line in months(f"K{place}", amount)])


@pytest.fixture(scope="module")
def ten(tmp_path_factory):
    """Ten accounts by AMOUNTS with their owners, the first five in the North; an outlet that only was called on; one left alone."""
    accounts = [
        {"account_id": f"K{place}", "account": f"Account {place}", "region_id": "N" if place < 5 else "S", "salesperson_id": OWNERS[place]}
        for place in range(10)
    ]
    others = [{"account_id": key, "account": key, "region_id": "S", "salesperson_id": "ben"} for key in ("called", "alone")]
    acts = [visit(1, "K0", 3.0), visit(2, "K0", 1.0), visit(3, "K1", None), visit(4, "called", 0.5)]
    told = [{"account_id": "K5", "month": date(2025, 3, 1), "category": "Beer", "competitor": "Rival", "amount": 10, "source": "declared"}]
    return make_store(
        tmp_path_factory.mktemp("ten"), regions=REGIONS, salespeople=PEOPLE, accounts=accounts + others, products=PRODUCTS,
        transactions=sold(), activities=acts, wallet=told,
    )  # fmt: skip


def by(frame: pl.DataFrame, key: str) -> dict[str, dict]:
    return {row[key]: row for row in frame.iter_rows(named=True)}


def test_the_published_example_three_a_three_b_four_c_need_six_people(ten) -> None:
    found = by(coverage(ten).summary, "abc")
    assert [(found[code]["accounts"], found[code]["people_low"]) for code in "ABC"] == [(3, 3.0), (3, 1.5), (4, 0.8)]
    assert found["C"]["people_high"] == pytest.approx(4 / 3)
    assert (found["total"]["people_low"], found["total"]["people_high"]) == (pytest.approx(5.3), pytest.approx(5.8333, abs=1e-4))
    assert (found["total"]["people_needed"], found["total"]["accounts"]) == (6, 10)


def test_people_there_own_an_account_and_count_once_in_the_total(ten) -> None:
    found = by(coverage(ten).summary, "abc")
    assert {code: row["people_now"] for code, row in found.items()} == {"A": 2, "B": 2, "C": 1, "total": 3}
    assert found["total"]["people_gap"] == 3 - 6


def test_each_region_needs_its_own_people(ten) -> None:
    found = by(coverage(ten).regions, "region")
    # North: A 3, B 2 (80, 50). South: B 1 (30), C 4.
    assert [found["North"][name] for name in ("accounts_a", "accounts_b", "accounts_c", "people_needed", "people_now")] == [3, 2, 0, 4, 2]
    assert [found["South"][name] for name in ("accounts_a", "accounts_b", "accounts_c", "people_needed", "people_now")] == [0, 1, 4, 2, 1]
    assert found["South"]["people_low"] == pytest.approx(0.5 + 0.8)


def test_the_ratios_are_editable(ten) -> None:
    assert by(coverage(ten, coverage_a=3.0, coverage_c_low=4.0, coverage_c_high=4.0).summary, "abc")["total"]["people_high"] == 1 + 1.5 + 1


def test_the_fewest_people_are_no_more_than_the_most_whichever_end_is_which(ten) -> None:
    straight, crossed = (by(coverage(ten, coverage_c_low=low, coverage_c_high=high).summary, "abc") for low, high in ((2.0, 8.0), (8.0, 2.0)))
    assert (crossed["C"]["people_low"], crossed["C"]["people_high"]) == (0.5, 2.0) == (straight["C"]["people_low"], straight["C"]["people_high"])


def test_workload_is_calls_asked_for_by_what_one_person_makes(ten) -> None:
    found = by(coverage(ten, calls_other=0.5, calls_per_person=10.0).workload, "abc")
    # 3·4 + 3·2 + 4·1 and the outlet that was called on; the account that nobody touches asks for nothing.
    assert (found["total"]["calls_needed"], found["total"]["workload_people"], found["none"]["accounts"]) == (22.5, 2.25, 1)
    assert found["A"]["calls_made"] == pytest.approx(3 / 12)


def test_hours_that_nobody_stated_make_the_row_provisional_or_unknown(ten) -> None:
    found = coverage(ten)
    rows = by(found.hours, "quadrant")
    assert sum(row["hours"] or 0 for row in rows.values()) == 4.5
    large = by(found.accounts, "account_id")["K0"]["quadrant"]
    assert (rows[large]["status"], rows[large]["activities"], rows[large]["timed"]) == ("provisional", 3, 2)
    assert sum(row["hours_share"] for code, row in rows.items() if code != "none") == pytest.approx(1)
    assert sum(row["planned_hours"] for code, row in rows.items() if code != "none") == pytest.approx(4)


def test_without_activities_hours_are_unknown_and_not_zero(tmp_path) -> None:
    accounts = [{"account_id": f"K{place}", "account": str(place)} for place in range(10)]
    found = coverage(make_store(tmp_path, accounts=accounts, products=PRODUCTS, transactions=sold()))
    assert found.hours["hours"].null_count() == 5
    assert set(found.hours["status"]) == {"insufficient"}
    assert found.summary["people_now"].null_count() == 4
    assert found.territories.is_empty()


def test_the_plan_is_rescaled_to_all_hours() -> None:
    plan = planned_shares(cuts(THRESHOLDS, overrides={"hours_ei": 0.2, "hours_eii": 0.2, "hours_eiii": 0.0, "hours_eiv": 0.0}))
    assert plan == {"EI": 0.5, "EII": 0.5, "EIII": 0.0, "EIV": 0.0}


def owned(*rows: tuple) -> pl.DataFrame:
    """Accounts from (account, owner, workload, potential)."""
    return pl.DataFrame(
        [
            {
                "account_id": account, "salesperson_id": owner, "salesperson": owner.title(), "role": None, "is_leader": owner == "boss",
                "region_id": "N", "region": "North", "net_sales": potential, "calls_needed": work, "potential": potential,
            }
            for account, owner, work, potential in rows
        ],
        schema_overrides={"role": pl.String, "net_sales": pl.Float64, "calls_needed": pl.Float64, "potential": pl.Float64},
    )  # fmt: skip


THREE = owned(("a", "ana", 100, 50), ("b", "ana", 20, 50), ("c", "ben", 100, 100), ("d", "cruz", 80, 100), ("e", "boss", 1, 1))


def test_the_published_territories_120_100_80_are_a_fifth_over_and_under() -> None:
    found = by(territories(THREE, 0.15), "salesperson_id")
    assert [found[key]["workload_index"] for key in ("ana", "ben", "cruz")] == [pytest.approx(0.2), 0, pytest.approx(-0.2)]
    assert [found[key]["potential_index"] for key in ("ana", "ben", "cruz")] == [0, 0, 0]
    assert [found[key]["status"] for key in ("ana", "ben", "cruz", "boss")] == ["over", "balanced", "under", "leads_others"]
    assert [found[key]["is_flagged"] for key in ("ana", "ben", "cruz", "boss")] == [True, False, True, False]


def test_fifteen_per_cent_itself_is_fair() -> None:
    found = territories(owned(("a", "ana", 115, 1), ("b", "ben", 85, 1)), 0.15)
    assert found["is_flagged"].to_list() == [False, False]


def test_moving_an_account_changes_both_territories_and_nothing_else() -> None:
    moved = by(move_account(THREE, "b", "cruz", 0.15), "side")
    assert (moved["from"]["salesperson_id"], moved["from"]["workload_before"], moved["from"]["workload_after"]) == ("ana", 120, 100)
    assert (moved["to"]["salesperson_id"], moved["to"]["workload_before"], moved["to"]["workload_after"]) == ("cruz", 80, 100)
    assert (moved["from"]["potential_after"], moved["to"]["potential_after"]) == (50, 150)
    assert [moved[side]["workload_index_after"] for side in ("from", "to")] == [0, 0]
    assert (moved["from"]["accounts_after"], moved["to"]["accounts_after"]) == (1, 2)
    assert territories(THREE, 0.15).filter(salesperson_id="ana")["workload"].item() == 120


def test_a_territory_that_gives_its_last_account_away_is_empty() -> None:
    moved = by(move_account(THREE, "c", "cruz", 0.15), "side")
    assert (moved["from"]["workload_after"], moved["from"]["accounts_after"], moved["from"]["workload_index_after"]) == (0, 0, None)


@pytest.mark.parametrize(("account", "to"), [("b", "ana"), ("nobody", "ben"), ("b", "stranger")])
def test_a_move_that_is_none_shows_nothing(account: str, to: str) -> None:
    assert move_account(THREE, account, to, 0.15).is_empty()


def test_a_need_is_rounded_up_to_whole_people_but_not_by_a_floats_last_digit() -> None:
    assert (whole_people(5.3), whole_people(5.8333), whole_people(0.1 + 0.2 + 2.7)) == (6, 6, 3)


def test_a_lead_sees_the_coverage_of_their_region_only(ten) -> None:
    south = coverage(ten, viewer=Viewer("lead@example.com", "Lead", "lead", ("S",)))
    assert south.regions["region"].to_list() == ["South"]
    assert south.territories["salesperson"].to_list() == ["Ben"]


def test_potential_adds_what_competitors_sell(ten) -> None:
    found = by(coverage(ten).accounts, "account_id")
    assert found["K5"]["potential"] == 12 * (30 + 10)
    assert found["K0"]["potential"] == 12 * 500
