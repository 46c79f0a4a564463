"""A deal that was created and has not come to its first stage stands in none yet, and is open wherever open deals are counted."""

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from data.store import Store
from measures.pipeline import account_stages, funnel, funnel_deals, life_leads, pipeline_forecast, prospect_deals, prospects
from measures.thresholds import cuts
from queries.filters import Filters
from tests.builders import ask_as, make_store

DEALS = {"late": (date(2025, 12, 20), 500), "none": (date(2025, 12, 25), 300), "early": (date(2025, 12, 1), 200), "over": (date(2025, 6, 1), 100), "next": (date(2026, 4, 2), 50)}
EVENTS = {
    "late": [("lead", date(2026, 1, 10)), ("won", date(2026, 2, 1))], "early": [("lead", date(2025, 12, 2))],
    "over": [("lead", date(2025, 6, 1)), ("lost", date(2025, 7, 1))],
}  # fmt: skip
YEAR = Filters(date(2025, 1, 1), date(2026, 1, 1))


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """On the last day of 2025 three deals are open: one in a stage, one that comes to its first on 10 January and is won, one that never does.

    The last one is created in the quarter after that, so that the quarter is over.
    """
    return make_store(
        tmp_path_factory.mktemp("first"), accounts=[{"account_id": name, "account": name} for name in DEALS],
        opportunities=[
            {"opportunity_id": name, "account_id": name, "created_on": day, "expected_amount": amount, "expected_close_on": date(2026, 2, 15)}
            for name, (day, amount) in DEALS.items()
        ],
        stage_events=[{"opportunity_id": name, "stage": stage, "entered_on": day} for name, path in EVENTS.items() for stage, day in path],
    )  # fmt: skip


def asked(store: Store, kind: object, filters: Filters = YEAR, **overrides: object) -> object:
    return kind.answer(ask_as(store), filters, cuts(kind.THRESHOLDS, None, overrides))


def test_the_flow_counts_it_as_created_and_open(store: Store) -> None:
    now = asked(store, funnel).flow.row(0, named=True)
    assert (now["created"], now["open"], now["open_value"], now["lost"]) == (4, 3, 1000.0, 1)


def test_a_snapshot_lists_it_without_a_stage(store: Store) -> None:
    found = asked(store, funnel_deals, view="snapshot").deals
    assert found.select("opportunity_id", "stage", "entered_on", "days").sort("opportunity_id").rows() == [
        ("early", "lead", date(2025, 12, 2), 29), ("late", None, None, None), ("none", None, None, None),
    ]  # fmt: skip


def test_a_deal_that_is_created_later_is_not_in_the_snapshot(store: Store) -> None:
    found = asked(store, funnel_deals, Filters(to_date=date(2025, 12, 25)), view="snapshot").deals
    assert sorted(found["opportunity_id"]) == ["early", "late"]


def test_its_account_has_a_deal_and_it_is_watched_as_a_lead(store: Store) -> None:
    stages = asked(store, account_stages).account_stages.select("account_id", "life_stage").rows()
    assert dict(stages) == {"early": "opportunity", "late": "opportunity", "none": "opportunity", "over": "prospect", "next": "future"}
    assert sorted(asked(store, life_leads).leads["opportunity_id"]) == ["early", "late", "none"]


def test_its_chance_is_told_among_the_open_deals(store: Store) -> None:
    assert asked(store, prospect_deals).deals.select("opportunity_id", "stage").rows() == [("late", None), ("none", None), ("early", "lead")]


def test_its_account_is_a_prospect_with_an_open_deal(store: Store) -> None:
    found = asked(store, prospects).prospects.select("account_id", "open_deals", "open_value").rows()
    assert sorted(found) == [("early", 1, 200.0), ("late", 1, 500.0), ("next", 0, 0.0), ("none", 1, 300.0), ("over", 0, 0.0)]


def test_the_record_repeats_the_forecast_that_was_made_of_it_on_that_day(store: Store) -> None:
    then = asked(store, pipeline_forecast, YEAR, forecast_months=3).summary.row(0, named=True)
    row = asked(store, pipeline_forecast, Filters()).record.row(by_predicate=pl.col("quarter") == date(2026, 1, 1), named=True)
    assert (then["n"], then["open_value"]) == (3, 1000.0)
    assert (row["n"], row["weighted"], row["p90"], row["actual_of_open"]) == (3, pytest.approx(then["weighted"]), then["p90"], 500.0)


def test_the_last_day_of_the_pipeline_is_that_of_the_newest_deal(tmp_path: Path) -> None:
    deals = [{"opportunity_id": "old", "created_on": date(2025, 1, 1)}, {"opportunity_id": "new", "created_on": date(2025, 3, 1), "expected_amount": 9}]
    found = asked(make_store(tmp_path, opportunities=deals, stage_events=[{"opportunity_id": "old", "stage": "lead", "entered_on": date(2025, 2, 1)}]), funnel, Filters())
    assert (found.flow["open"].item(), found.flow["created"].item(), found.summary["open"].item()) == (2, 2, 2)
