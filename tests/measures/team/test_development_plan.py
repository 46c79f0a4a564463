"""Development plans through the store: what belongs to a plan, how new accounts live, the channel, the candidates, and who sees them."""

from datetime import date

import polars as pl
import pytest

from data.access import Viewer
from measures.team.development_plan import THRESHOLDS, DevelopmentPlan, answer
from measures.thresholds import cuts
from queries.filters import Filters
from tests.builders import ask_as, lines, make_store

LEAD = Viewer("lead@example.com", "Lead", "lead", ("S",))
YEAR = Filters(date(2025, 1, 1), date(2026, 1, 1))
ACCOUNTS = [
    {"account_id": "d", "account": "Dist", "kind": "distributor", "region_id": "N", "city": "Port"},
    {"account_id": "w1", "account": "Whole one", "kind": "wholesaler", "parent_account_id": "d", "region_id": "N", "city": "Port", "opened_on": date(2020, 1, 1)},
    {"account_id": "w2", "account": "Whole two", "kind": "wholesaler", "parent_account_id": "d", "region_id": "N", "city": "Port", "opened_on": date(2025, 3, 10),
     "salesperson_id": "e"},
    *({"account_id": f"o{at}", "account": f"Outlet {at}", "kind": "outlet", "parent_account_id": "w1" if at < 4 else "w2", "region_id": "N", "city": "Port",
       "salesperson_id": "e", "opened_on": date(2025, 3, at + 1) if at < 5 else date(2025, 12, 20)} for at in range(1, 6)),
    {"account_id": "s", "account": "South bar", "kind": "outlet", "region_id": "S", "city": "Cape", "salesperson_id": "f"},
]  # fmt: skip


def act(number: int, account: str, who: str, day: date, outcome: str = "", planned: date | None = None) -> dict:
    return {
        "activity_id": str(number), "account_id": account, "salesperson_id": who, "kind": "visit", "happened_on": day, "outcome": outcome, "planned_on": planned,
    }  # fmt: skip


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory):
    """Eva plans 4 visits and 5 outlets in Port in March and 2 visits anywhere in April; Fe plans 1 visit in South in May. One plan is to come.

    The months end with December 2025, when d last bought.
    """
    march, april = date(2025, 3, 1), date(2025, 4, 1)
    visits = [
        *(act(at, f"o{at}", "e", date(2025, 3, 5 + at), planned=date(2025, 3, 5 + at) if at < 3 else date(2025, 3, 1)) for at in range(1, 4)),
        act(4, "s", "e", date(2025, 3, 20)), *(act(at, "o1", "e", date(2025, 4, at)) for at in range(5, 8)), act(8, "s", "f", date(2025, 5, 5)),
        # Day 60 of o1 (2 March) is the first of May; o2 is looked at and has nothing; nobody looks at o3 and o4 in time.
        act(9, "o1", "e", date(2025, 5, 2), "Order"), act(10, "o2", "e", date(2025, 5, 20), "no order"), act(11, "o3", "e", date(2025, 9, 1), "order"),
    ]  # fmt: skip
    wallet = [
        {"account_id": "o1", "month": date(2025, 6, 1), "competitor": "Rival", "amount": 100, "category": "Beer"},
        {"account_id": "o1", "month": date(2025, 9, 1), "competitor": "Rival", "amount": 200, "category": "Beer"},
        {"account_id": "o4", "month": date(2025, 9, 1), "competitor": "Other", "amount": 300, "category": "Beer"},
        {"account_id": "o5", "month": date(2023, 9, 1), "competitor": "Other", "amount": 900, "category": "Beer"},
        {"account_id": "s", "month": date(2025, 9, 1), "competitor": "Other", "amount": 50, "category": "Beer"},
    ]  # fmt: skip
    sold = [(date(2024 + at // 12, at % 12 + 1, 1), "d", "p", 5, 5.0) for at in range(24)] + [(date(2025, 12, 31), "d", "p", 5, 5.0), (date(2025, 7, 1), "s", "p", 5, 5.0)]
    return make_store(
        tmp_path_factory.mktemp("development"),
        regions=[{"region_id": "N", "region": "North"}, {"region_id": "S", "region": "South"}],
        salespeople=[{"salesperson_id": "e", "salesperson": "Eva", "region_id": "N"}, {"salesperson_id": "f", "salesperson": "Fe", "region_id": "S"}],
        accounts=ACCOUNTS, products=[{"product_id": "p", "product": "Pale"}], transactions=lines(*sold), activities=visits, wallet=wallet,
        development_plans=[
            {"month": march, "salesperson_id": "e", "area": "port", "kind": "outlet", "planned_visits": 4, "planned_developments": 5},
            {"month": april, "salesperson_id": "e", "planned_visits": 2, "planned_developments": 0},
            {"month": date(2025, 5, 1), "salesperson_id": "f", "area": "South", "kind": "outlet", "planned_visits": 1, "planned_developments": 0},
            {"month": date(2026, 2, 1), "salesperson_id": "e", "area": "Port", "kind": "outlet", "planned_visits": 9, "planned_developments": 9},
        ],
    )  # fmt: skip


def found(store, filters: Filters = YEAR, viewer: Viewer | None = None, **overrides: object) -> DevelopmentPlan:
    ask = ask_as(store, viewer) if viewer else ask_as(store)
    return answer(ask, filters, cuts(THRESHOLDS, overrides=overrides))


def person(answer: DevelopmentPlan, key: str) -> dict:
    return answer.people.filter(salesperson_id=key).row(0, named=True)


def test_a_visit_belongs_to_the_plan_of_its_person_month_kind_and_place(store) -> None:
    eva = person(found(store), "e")
    # March: 3 of 4 in Port, one more in the South; April: 3 of 2, of which 2 count; May and September have no plan of hers.
    assert (eva["planned_visits"], eva["visits"], eva["visits_elsewhere"]) == (6, 6, 4)
    assert eva["adherence"] == pytest.approx(5 / 6)
    assert (eva["adherence_low"], eva["adherence_high"]) == (pytest.approx(0.4365, abs=5e-4), pytest.approx(0.9699, abs=5e-4))
    assert person(found(store), "f")["adherence"] == 1.0


def test_visits_on_the_day_that_was_planned(store) -> None:
    assert person(found(store), "e")["on_day_rate"] == pytest.approx(2 / 3)


def test_developments_against_the_plan_and_how_likely_so_few_are(store) -> None:
    eva = person(found(store), "e")
    # Four outlets of March are the plan's; the wholesaler of March and the outlet of December are not.
    assert (eva["planned_developments"], eva["developments"], eva["developments_elsewhere"]) == (5, 4, 2)
    assert (eva["chance"], eva["plan_verdict"]) == (pytest.approx(0.4405, abs=1e-4), "within_limits")
    assert person(found(store, plan_limits=0.0), "e")["plan_verdict"] == "below_limits"


def test_whether_a_new_account_still_buys_at_day_sixty(store) -> None:
    life = dict(found(store).developments.select("account_id", "life_status").rows())
    assert life == {"o1": "alive", "o2": "gone", "o3": "not_seen", "o4": "not_seen", "o5": "too_young", "w2": "not_seen", "s": "not_seen"}
    row = found(store).summary.row(0, named=True)
    assert (row["alive"], row["gone"], row["alive_rate"]) == (1, 1, 0.5)
    assert dict(found(store, alive_window=180).developments.select("account_id", "life_status").rows())["o3"] == "alive"


def test_an_account_without_a_date_counts_from_its_first_own_order(store) -> None:
    row = found(store).developments.filter(account_id="s").row(0, named=True)
    assert (row["opened_on"], row["first_order_on"]) == (date(2025, 7, 1), date(2025, 7, 1))


def test_areas_and_months_add_up_to_the_whole(store) -> None:
    answer = found(store)
    whole = answer.summary.row(0, named=True)
    assert (whole["planned_visits"], whole["visits"], whole["visits_kept"], whole["adherence"]) == (7, 7, 6, pytest.approx(6 / 7))
    for table in (answer.areas, answer.people, answer.months):
        assert (table["planned_visits"].sum(), table["visits"].sum(), table["developments"].sum()) == (7, 7, 4)
    coming = found(store, Filters()).months.filter(~pl.col("is_over"))
    assert coming.select("month", "planned_visits", "visits").rows() == [(date(2026, 2, 1), 9, 0)]
    assert found(store, Filters()).summary["planned_visits"].item() == 7


def test_areas_that_are_planned_alike_stand_in_one_order_however_the_file_was_sorted(tmp_path) -> None:
    plans = [{"month": date(2025, 3, 1), "salesperson_id": who, "area": "Port", "planned_visits": 4} for who in ("g", "e", "f")]
    people = [{"salesperson_id": "e", "salesperson": "Eva", "region_id": "N"}, {"salesperson_id": "f", "salesperson": "Fe", "region_id": "S"},
              {"salesperson_id": "g", "salesperson": "Gil"}]  # fmt: skip
    for number, order in enumerate((people, people[::-1])):
        given = make_store(
            tmp_path / str(number), regions=[{"region_id": "N", "region": "North"}, {"region_id": "S", "region": "South"}], salespeople=order,
            accounts=ACCOUNTS, products=[{"product_id": "p", "product": "Pale"}], transactions=lines((date(2025, 12, 31), "d", "p", 1, 1.0)),
            development_plans=plans if number else plans[::-1],
        )  # fmt: skip
        assert found(given).areas["region"].to_list() == [None, "North", "South"]


def test_the_paths_from_us_to_the_accounts_and_what_lies_beyond_two_levels(store) -> None:
    rows = found(store).channel.select("path", "level", "accounts", "opened_count", "visited", "is_managed").rows()
    assert rows == [
        ("distributor", 1, 1, 0, 0, True), ("outlet", 1, 1, 0, 1, True), ("distributor > wholesaler", 2, 2, 1, 0, True),
        ("distributor > wholesaler > outlet", 3, 5, 5, 3, False),
    ]  # fmt: skip
    assert found(store).summary["beyond"].item() == 5
    assert found(store, managed_levels=3).summary["beyond"].item() == 0


def test_candidates_are_wholesalers_with_a_network_and_what_competitors_supply(store) -> None:
    rows = found(store).candidates.select("kind", "rank", "account_id", "outlets_under", "is_outstanding", "competitor_year", "competitor").rows()
    assert rows == [
        # o1's mean month is 150, o4's 300; a wholesaler counts what hangs under it.
        ("wholesaler", 1, "w1", 3, True, 1800.0, None), ("wholesaler", 2, "w2", 2, False, 3600.0, None),
        ("outlet", 1, "o4", 0, False, 3600.0, "Other"), ("outlet", 2, "o1", 0, False, 1800.0, "Rival"), ("outlet", 3, "s", 0, False, 600.0, "Other"),
    ]  # fmt: skip
    assert found(store, outstanding_percentile=0.0).candidates["is_outstanding"].sum() == 2
    assert "o5" in found(store, candidate_months=36).candidates["account_id"]


def test_a_candidates_strongest_competitor_has_no_name_where_nobody_named_it(tmp_path) -> None:
    reports = [{"account_id": "o1", "month": date(2025, 6, 1), "amount": amount, "competitor": name} for name, amount in ((None, 300), ("Rival", 200))]
    store = make_store(
        tmp_path, accounts=[{"account_id": "o1", "account": "Outlet 1", "kind": "outlet"}, {"account_id": "d", "account": "Distributor"}],
        products=[{"product_id": "p", "product": "Pale"}], transactions=lines((date(2025, 12, 31), "d", "p", 5, 5.0)), wallet=reports,
    )  # fmt: skip
    assert found(store).candidates.select("account_id", "competitor_year", "competitor").rows() == [("o1", 6000.0, None)]


def test_a_lead_sees_the_people_and_accounts_of_their_region_only(store) -> None:
    south = found(store, viewer=LEAD)
    assert south.people["salesperson_id"].to_list() == ["f"]
    assert south.candidates["account_id"].to_list() == ["s"] and south.developments["account_id"].to_list() == ["s"]
    assert (south.channel["accounts"].sum(), south.summary["visits"].item()) == (1, 1)
    # Eva's visit to the South is seen there, but she is not one of its people.
    assert south.months.select("month", "visits", "visits_elsewhere").rows() == [(date(2025, 5, 1), 1, 0)]


def test_a_region_filter_is_the_same_for_plans_and_what_was_done(store) -> None:
    south = found(store, Filters(date(2025, 1, 1), date(2026, 1, 1), region_ids=("S",)))
    assert (south.people["salesperson_id"].to_list(), south.candidates["account_id"].to_list()) == (["f"], ["s"])


def test_a_stranger_and_a_store_without_plans_have_nothing(store, tmp_path) -> None:
    assert not found(store, viewer=Viewer("x@example.com", "X", "lead", ())).summary["has_plans"].item()
    bare = make_store(
        tmp_path, accounts=[{"account_id": "a", "account": "A"}], products=[{"product_id": "p", "product": "P"}], transactions=lines((date(2025, 1, 1), "a", "p", 1, 1.0))
    )
    answer = found(bare)
    assert answer.people.is_empty() and answer.months.is_empty() and answer.candidates.is_empty()
    assert not answer.summary["has_plans"].item() and answer.summary["adherence"].item() is None
