"""A lead sees deals of their accounts, and never who of another region works on them."""

from datetime import date

import pytest

from data.access import Viewer
from measures.registry import ANSWERS, all_thresholds, complete
from measures.thresholds import cuts
from queries.filters import Filters
from tests.builders import EVERYBODY, ask_as, make_store

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
