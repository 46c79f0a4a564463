"""A lead sees deals of their accounts, and never who of another region works on them, or leads those who do."""

from datetime import date

import pytest

from data.access import Viewer
from measures.registry import ANSWERS, all_thresholds, complete
from measures.thresholds import cuts
from queries.filters import Filters
from tests.builders import EVERYBODY, ask_as, lines, make_store

LEAD = Viewer("north@x", "North's lead", "lead", ("N",))
DEALS = {"1": "s", "2": "n", "3": "x"}
"""Sol works in the South, Nora in the North; nobody knows x."""


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    return make_store(
        tmp_path_factory.mktemp("people"),
        regions=[{"region_id": "N", "region": "North"}, {"region_id": "S", "region": "South"}],
        salespeople=[{"salesperson_id": "s", "salesperson": "Sol", "region_id": "S"}, {"salesperson_id": "n", "salesperson": "Nora", "region_id": "N"}],
        accounts=[{"account_id": "a", "account": "Bar A", "region_id": "N"}, {"account_id": "b", "account": "Bar B", "region_id": "N", "salesperson_id": "s"}],
        opportunities=[
            {"opportunity_id": deal, "account_id": "a", "salesperson_id": person, "created_on": date(2026, 1, 1), "expected_amount": 100} for deal, person in DEALS.items()
        ],
        stage_events=[{"opportunity_id": deal, "stage": "lead", "entered_on": date(2026, 1, 1)} for deal in DEALS],
    )  # fmt: skip


def asked(store, name: str, viewer: Viewer, **overrides: object) -> dict:
    kind = ANSWERS[name]
    return complete(kind, ask_as(store, viewer), Filters(), cuts(all_thresholds(kind), overrides=overrides), lambda _kind: [])


def people(frame) -> list[tuple]:
    return frame.sort("opportunity_id").select("salesperson_id", "salesperson").rows()


@pytest.mark.parametrize(("answer", "table"), [("funnel", "deals"), ("life_cycle", "leads"), ("pipeline_forecast", "deals"), ("prospects", "deals")])
def test_two_viewers_see_different_people_of_the_same_deals(store, answer: str, table: str) -> None:
    assert people(asked(store, answer, EVERYBODY)[table]) == [("s", "Sol"), ("n", "Nora"), ("x", "x")]
    assert people(asked(store, answer, LEAD)[table]) == [(None, "another_region"), ("n", "Nora"), ("x", "x")]


def test_the_funnel_by_person_counts_the_unseen_together(store) -> None:
    rows = asked(store, "funnel", LEAD)["by_salesperson"].sort("salesperson", nulls_last=True)
    assert rows.select("salesperson_id", "salesperson", "created").rows() == [("n", "Nora", 1), (None, "another_region", 1), (None, None, 1)]


def test_a_prospect_of_an_unseen_person_names_nobody(store) -> None:
    for answer, table in (("prospects", "prospects"), ("life_cycle", "accounts")):
        rows = {row["account_id"]: row for row in asked(store, answer, LEAD)[table].iter_rows(named=True)}
        assert rows["b"]["salesperson"] == "another_region"
        assert rows["b"].get("salesperson_id") is None
    assert asked(store, "prospects", EVERYBODY)["prospects"].filter(account_id="b")["salesperson"].item() == "Sol"


def test_no_answer_about_deals_carries_the_unseen_id_or_name(store) -> None:
    for answer in ("funnel", "life_cycle", "pipeline_forecast", "prospects"):
        for name, frame in asked(store, answer, LEAD).items():
            texts = {value for row in frame.iter_rows() for value in row if isinstance(value, str)}
            assert not texts & {"s", "Sol"}, (answer, name)


@pytest.fixture(scope="module")
def led(tmp_path_factory):
    """Nora leads Nils, Sol of the South leads Ned, nobody leads Nora; Sol's own deal, one of nobody, one of x whom nobody knows. All in the North."""
    deals = {"1": ("nils", 1), "2": ("ned", 2), "3": ("n", 4), "4": ("s", 8), "5": (None, 16), "6": ("x", 32)}
    return make_store(
        tmp_path_factory.mktemp("led"),
        regions=[{"region_id": "N", "region": "North"}, {"region_id": "S", "region": "South"}],
        salespeople=[
            {"salesperson_id": key, "salesperson": name, "region_id": region, "manager_id": manager}
            for key, name, region, manager in (("nils", "Nils", "N", "n"), ("ned", "Ned", "N", "s"), ("n", "Nora", "N", None), ("s", "Sol", "S", None))
        ],
        accounts=[{"account_id": "a", "account": "Bar A", "region_id": "N"}],
        opportunities=[
            {"opportunity_id": deal, "account_id": "a", "salesperson_id": person, "created_on": date(2026, 1, 1), "expected_amount": amount}
            for deal, (person, amount) in deals.items()
        ],
        stage_events=[{"opportunity_id": deal, "stage": "lead", "entered_on": date(2026, 1, 1)} for deal in deals],
    )  # fmt: skip


def by_manager(store, viewer: Viewer) -> list[tuple]:
    rows = asked(store, "funnel", viewer)["by_manager"].sort("manager", nulls_last=True)
    return rows.select("manager_id", "manager", "created", "open_value").rows()


def test_teams_of_managers_whom_the_lead_does_not_see_are_not_people_without_a_manager(led) -> None:
    assert by_manager(led, LEAD) == [("n", "Nora", 1, 1), (None, "another_region", 2, 10), (None, None, 3, 52)]


def test_who_sees_everybody_finds_each_team_by_its_manager(led) -> None:
    assert by_manager(led, EVERYBODY) == [("n", "Nora", 1, 1), ("s", "Sol", 1, 2), (None, None, 4, 60)]


def test_beside_a_person_stands_that_they_have_a_manager_whom_the_lead_does_not_see(led) -> None:
    rows = asked(led, "funnel", LEAD)["by_salesperson"].sort("salesperson", nulls_last=True)
    assert rows.select("salesperson", "manager_id", "manager").rows() == [
        ("Ned", None, "another_region"), ("Nils", "n", "Nora"), ("Nora", None, None), ("another_region", None, "another_region"), (None, None, None),
    ]  # fmt: skip


@pytest.fixture(scope="module")
def space(tmp_path_factory):
    """Sol looks after b, Nora after n, x whom nobody knows after x, nobody after o. They buy P in 2025; d, of the same, buys Q, too; u and v buy nothing."""
    owners = {"b": "s", "n": "n", "x": "x", "o": None, "d": "n", "u": "s", "v": None, "y": "x"}
    sold = [(date(2025, month, 2), account, "P", 1, 10) for account in "bnxod" for month in range(1, 13)]
    sold += [(date(2025, month, 2), "d", "Q", 1, 10) for month in range(1, 13)]
    return make_store(
        tmp_path_factory.mktemp("space"),
        regions=[{"region_id": "N", "region": "North"}, {"region_id": "S", "region": "South"}],
        salespeople=[{"salesperson_id": "s", "salesperson": "Sol", "region_id": "S"}, {"salesperson_id": "n", "salesperson": "Nora", "region_id": "N"}],
        accounts=[{"account_id": account, "account": account, "region_id": "N", "salesperson_id": person} for account, person in owners.items()],
        products=[{"product_id": product, "product": product, "category": "Beer"} for product in "PQ"],
        transactions=lines(*sold),
    )  # fmt: skip


def owners(frame) -> dict[str, str | None]:
    return dict(frame.select("account_id", "salesperson").iter_rows())


def test_an_account_to_reach_has_nobody_only_where_nobody_looks_after_it(space) -> None:
    assert owners(asked(space, "white_space", LEAD)["open_accounts"]) == {"u": "another_region", "v": None, "y": "x"}
    assert owners(asked(space, "white_space", EVERYBODY)["open_accounts"]) == {"u": "Sol", "v": None, "y": "x"}


def test_a_proposal_has_nobody_only_where_nobody_looks_after_its_account(space) -> None:
    rows = {viewer.role: owners(asked(space, "white_space", viewer, least_co_buyers=1)["white_space"]) for viewer in (LEAD, EVERYBODY)}
    assert rows["lead"] == {"b": "another_region", "n": "Nora", "x": "x", "o": None}
    assert rows["manager"] == {"b": "Sol", "n": "Nora", "x": "x", "o": None}
