"""Stuck deals: older than 80 % of won deals ever were in their stage (methods.md section 4)."""

from datetime import date
from pathlib import Path

import pytest

from measures.pipeline import funnel, funnel_deals
from measures.thresholds import cuts
from queries.filters import Filters
from tests.builders import ask_as
from tests.measures.pipeline.pipelines import day, deals_store

WON = {f"w{days:02}": [("lead", 1), ("won", 1 + days)] for days in range(1, 11)}
"""Ten won deals that stayed 1, 2, … 10 days in the lead: the 80th percentile is 8."""


def asked(
    folder: Path, paths: dict, filters: Filters = Filters(), deals: dict | None = None, **overrides: object
) -> tuple[funnel_deals.FunnelDeals, funnel.Funnel]:
    ask = ask_as(deals_store(folder, paths, deals))
    return tuple(module.answer(ask, filters, cuts(module.THRESHOLDS, None, overrides)) for module in (funnel_deals, funnel))


def test_stuck_is_longer_than_four_of_five_won_deals(tmp_path: Path) -> None:
    deals, found = asked(tmp_path, WON | {"eight": [("lead", 12)], "nine": [("lead", 11)], "last": [("lead", 20)]})
    assert deals.stuck.select("opportunity_id", "stage", "age_days", "stuck_days").rows() == [("nine", "lead", 9, 8.0)]
    assert found.stages.select("open", "stuck").row(0) == (3, 1)


def test_with_fewer_than_ten_won_stays_all_deals_that_left_are_the_measure(tmp_path: Path) -> None:
    paths = dict(list(WON.items())[:5]) | {f"l{days}": [("lead", 1), ("lost", 1 + days)] for days in (11, 12, 13, 14, 15)}
    deals, _found = asked(tmp_path, paths | {"open": [("lead", 2)], "last": [("lead", 16)]})
    # Of 1, 2, 3, 4, 5, 11, 12, 13, 14 and 15 days the 80th percentile is 13; the open one is 14 days old.
    assert deals.stuck.select("opportunity_id", "stuck_days").rows() == [("open", 13.0)]


def test_the_percentile_moves_who_is_stuck(tmp_path: Path) -> None:
    deals, _found = asked(tmp_path, WON | {"open": [("lead", 12)], "last": [("lead", 20)]}, stuck_percentile=0.5)
    assert deals.stuck.select("opportunity_id", "stuck_days").rows() == [("open", 5.0)]


def test_nobody_is_stuck_where_no_deal_ever_left(tmp_path: Path) -> None:
    deals, found = asked(tmp_path, {"a": [("lead", 1)], "b": [("lead", 300)]})
    assert deals.stuck.is_empty()
    assert found.stages["stuck"].to_list() == [0, None]


def test_in_a_cohort_a_deal_that_went_back_is_stuck_where_it_is_counted_open(tmp_path: Path) -> None:
    """It waits in the lead, but the furthest stage that it reached counts it: stuck never exceeds open."""
    back = {"back": [("lead", 1), ("offer", 2), ("lead", 3)], "on": [("lead", 1), ("offer", 3), ("won", 4)], "last": [("lead", 30)]}
    deals, found = asked(tmp_path, back)
    assert deals.stuck.select("opportunity_id", "stage", "age_days").rows() == [("back", "lead", 27)]
    assert found.stages.select("stage", "open", "stuck").rows() == [("lead", 1, 0), ("offer", 1, 1), ("won", 0, None)]
    snapshot = asked(tmp_path / "again", back, view="snapshot")[1].stages
    assert snapshot.select("stage", "open", "stuck").rows() == [("lead", 2, 1), ("offer", 0, 0)]


def test_a_cohorts_deals_are_those_created_in_the_period_and_moves_those_that_entered_in_it(tmp_path: Path) -> None:
    paths = WON | {"old": [("lead", 1)], "new": [("lead", 55)], "last": [("lead", 90)]}
    february = Filters(date(2026, 2, 1), date(2026, 3, 1))
    cohort, _funnel = asked(tmp_path, paths, february)
    moved, moves = asked(tmp_path / "moves", paths, february, view="transitions")
    still, _funnel = asked(tmp_path / "snapshot", paths, february, view="snapshot")
    assert cohort.deals["opportunity_id"].to_list() == ["new"]
    assert moved.stuck["opportunity_id"].to_list() == []
    assert (moved.deals["opportunity_id"].to_list(), moves.stages["open"][0]) == (["new"], 1)
    assert still.stuck["opportunity_id"].to_list() == ["old"]
    assert sorted(still.deals["opportunity_id"]) == ["new", "old"]


def test_moves_list_the_deals_that_were_won_or_lost_in_the_period_too(tmp_path: Path) -> None:
    paths = {"won": [("lead", 1), ("won", 40)], "lost": [("lead", 2), ("lost", 45)], "before": [("lead", 1), ("won", 5)], "last": [("lead", 90)], "bare": []}
    february = Filters(date(2026, 2, 1), date(2026, 3, 1))
    moved, moves = asked(tmp_path, paths, february, view="transitions")
    assert sorted(moved.deals.select("opportunity_id", "stage").rows()) == [("lost", "lost"), ("won", "won")]
    assert moves.stages.select("stage", "entered").rows() == [("lead", 0), ("won", 1)]


def test_a_snapshot_lists_what_is_open_in_no_stage_yet_and_counts_it(tmp_path: Path) -> None:
    paths = {"won": [("lead", 1), ("won", 40)], "waits": [("lead", 2)], "bare": [], "last": [("lead", 90)]}
    still, now = asked(tmp_path, paths, Filters(date(2026, 2, 1), date(2026, 3, 1)), view="snapshot")
    assert sorted(still.deals.select("opportunity_id", "stage").rows()) == [("bare", None), ("waits", "lead")]
    assert (now.flow["open"][0], now.stages["open"].sum()) == (2, 1)


@pytest.mark.parametrize("view", ["snapshot", "transitions"])
def test_a_deal_that_was_created_after_the_period_is_in_no_count_whatever_its_stages_say(tmp_path: Path, view: str) -> None:
    paths, dated = {"early": [("lead", 32)], "dated later": [("lead", 33)], "last": [("lead", 90)]}, {"dated later": {"created_on": day(70)}}
    found, now = asked(tmp_path, paths, Filters(date(2026, 2, 1), date(2026, 3, 1)), dated, view=view)
    assert found.deals["opportunity_id"].to_list() == ["early"]
    assert now.stages["entered"][0] == 1
