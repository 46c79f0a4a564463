"""A win dated before its deal was created counts on the day of creation, in every answer: periods add up, and no day knows it before."""

from datetime import date
from pathlib import Path

import pytest

from data.store import Store
from measures.pipeline import funnel, funnel_deals, pipeline_forecast, prospects, white_space_sources
from measures.thresholds import cuts
from queries.filters import Filters
from tests.builders import ask_as
from tests.measures.pipeline.pipelines import day, deals_store

QUARTERS = {"first": Filters(date(2026, 1, 1), date(2026, 4, 1)), "second": Filters(date(2026, 4, 1), date(2026, 7, 1)), "year": Filters(date(2026, 1, 1), date(2027, 1, 1))}


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """The early deal is won on 30 March and created on 2 April; the other is created in March and won on 30 May."""
    paths = {"early": [("lead", 79), ("won", 89)], "other": [("lead", 60), ("won", 150)], "last": [("lead", 200)]}
    return deals_store(tmp_path_factory.mktemp("early"), paths, {"early": {"created_on": day(92), "expected_amount": 1000}, "other": {"expected_amount": 500}})


def asked(store: Store, kind: object, filters: Filters = Filters(), **overrides: object) -> object:
    return kind.answer(ask_as(store), filters, cuts(kind.THRESHOLDS, None, overrides))


def test_quarters_add_up_to_the_year(store: Store) -> None:
    flows = {name: asked(store, funnel, period).flow.row(0, named=True) for name, period in QUARTERS.items()}
    assert {name: (flow["created"], flow["won"], flow["open"], flow["won_value"]) for name, flow in flows.items()} == {
        "first": (1, 0, 1, 0.0), "second": (1, 2, 0, 1500.0), "year": (3, 2, 1, 1500.0),
    }  # fmt: skip


def test_transitions_and_quarters_of_closing_have_it_in_the_same_quarter(store: Store) -> None:
    entered = {name: dict(asked(store, funnel, period, view="transitions").stages.select("stage", "entered").iter_rows())["won"] for name, period in QUARTERS.items()}
    assert entered == {"first": 0, "second": 2, "year": 2}
    assert asked(store, funnel).by_quarter.select("quarter", "won").rows() == [(date(2026, 4, 1), 2)]


def test_no_deal_takes_less_than_no_days(store: Store) -> None:
    assert asked(store, funnel).summary["cycle_days"].item() == (0 + 90) / 2
    assert asked(store, white_space_sources).sources["cycle_days"].to_list() == [45.0]


def test_no_chance_knows_it_before_the_deal_was_created(store: Store) -> None:
    before, after = (Filters(to_date=to_date) for to_date in (date(2026, 4, 1), date(2026, 5, 1)))
    assert [int(asked(store, pipeline_forecast, period).stages["closed"].sum()) for period in (before, after)] == [0, 1]
    assert [asked(store, prospects, period).summary["unrated_closed"].item() for period in (before, after)] == [0, 1]


def test_a_deal_whose_word_for_won_is_not_won_stands_among_the_won_ones(tmp_path: Path) -> None:
    found = asked(deals_store(tmp_path, {"1": [("visita", 10), ("Ganada", 79)], "2": [("visita", 10)]}), funnel_deals)
    assert dict(found.deals.select("opportunity_id", "outcome").iter_rows()) == {"1": "won", "2": "open"}
