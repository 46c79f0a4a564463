"""Deals that were won or lost before all else that happened to them are told, with what they count as."""

from pathlib import Path

import pytest

from data.access import Viewer
from measures.pipeline import contradicting_deals, funnel
from measures.thresholds import cuts
from queries.filters import Filters
from tests.builders import EVERYBODY, ask_as
from tests.measures.pipeline.pipelines import day, deals_store

PATHS = {
    "early win": [("won", 3), ("lead", 10), ("offer", 20)],
    "early loss": [("lost", 3), ("lead", 10)],
    "opened again": [("lead", 3), ("won", 10), ("lead", 20)],
    "won after all": [("won", 3), ("lead", 10), ("won", 20)],
    "won": [("lead", 3), ("won", 10)],
    "of one day": [("won", 3), ("lead", 3)],
}
DEALS = {"early win": {"account_id": "n", "expected_amount": 10}, "early loss": {"account_id": "s", "expected_amount": 30}}
ACCOUNTS = [{"account_id": name, "account": name.upper(), "region_id": name} for name in ("n", "s")] + [{"account_id": "a", "account": "Bar A"}]


def asked(folder: Path, filters: Filters = Filters(), viewer: Viewer = EVERYBODY, **overrides: str) -> list[tuple]:
    store = deals_store(folder, PATHS, DEALS, accounts=ACCOUNTS, regions=[{"region_id": name, "region": name} for name in ("n", "s")])
    found = contradicting_deals.answer(ask_as(store, viewer), filters, cuts(contradicting_deals.THRESHOLDS, None, overrides)).contradicting_deals
    return found.select("opportunity_id", "end_stage", "ended_on", "stage", "entered_on", "value").rows()


def test_an_end_before_all_other_stages_is_told_while_the_deal_counts_as_open(tmp_path: Path) -> None:
    assert asked(tmp_path) == [
        ("early loss", "lost", day(3), "lead", day(10), 30.0), ("early win", "won", day(3), "offer", day(20), 10.0),
    ]  # fmt: skip


def test_these_deals_count_as_open_in_the_funnel(tmp_path: Path) -> None:
    found = funnel.answer(ask_as(deals_store(tmp_path, {"early win": PATHS["early win"]})), Filters(), cuts(funnel.THRESHOLDS))
    assert found.summary.select("open", "won").row(0) == (1, 0)


def test_a_companys_own_word_for_an_end_is_one(tmp_path: Path) -> None:
    assert [row[0] for row in asked(tmp_path, lost_stages="lead")] == ["early win"]


@pytest.mark.parametrize(("filters", "viewer"), [
    (Filters(region_ids=("n",)), EVERYBODY), (Filters(), Viewer("l@x", "Lead", "lead", ("n",))), (Filters(to_date=day(2), account_ids=("n",)), EVERYBODY),
])  # fmt: skip
def test_only_what_the_filters_and_the_viewers_regions_leave_is_told_whatever_the_period(tmp_path: Path, filters: Filters, viewer: Viewer) -> None:
    assert [row[0] for row in asked(tmp_path, filters, viewer)] == ["early win"]
