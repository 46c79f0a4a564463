"""Five deals that a person can follow by hand, and the published totals of a real pipeline."""

from datetime import date
from pathlib import Path

import pytest

from data.access import Viewer
from data.store import Store
from measures.pipeline import funnel_deals
from measures.pipeline.funnel import THRESHOLDS, Funnel, answer
from measures.thresholds import cuts
from queries.filters import Filters
from tests.builders import EVERYBODY, ask_as, make_store
from tests.measures.pipeline.pipelines import deals_store, five_deals

ORDER = ["lead", "qualified", "proposal", "won"]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    return five_deals(tmp_path_factory.mktemp("funnel"))


def asked(store: Store, filters: Filters = Filters(), viewer: Viewer = EVERYBODY, **overrides: object) -> Funnel:
    return answer(ask_as(store, viewer), filters, cuts(THRESHOLDS, None, overrides))


def deals_of(store: Store, filters: Filters = Filters(), viewer: Viewer = EVERYBODY, **overrides: object) -> funnel_deals.FunnelDeals:
    return funnel_deals.answer(ask_as(store, viewer), filters, cuts(funnel_deals.THRESHOLDS, None, overrides))


def test_the_order_of_the_stages_is_learnt_and_won_comes_last(store: Store) -> None:
    assert asked(store).stages["stage"].to_list() == ORDER


def test_a_stated_order_goes_before_the_learnt_one_in_any_case(store: Store) -> None:
    assert asked(store, stage_order="Proposal, LEAD").stages["stage"].to_list() == ["proposal", "lead", "qualified", "won"]


def test_a_skipped_stage_counts_as_passed_and_a_deal_enters_a_stage_once(store: Store) -> None:
    stages = asked(store).stages
    assert stages["entered"].to_list() == [5, 4, 3, 2]
    assert stages["reached_next"].to_list() == [4, 3, 2, None]
    assert stages["conversion_rate"].to_list() == [0.8, 0.75, pytest.approx(2 / 3), None]


def test_every_deal_that_entered_a_stage_went_on_or_was_lost_or_is_open(store: Store) -> None:
    stages = asked(store).stages.head(3)
    assert (stages["reached_next"] + stages["lost_here"] + stages["open"]).to_list() == stages["entered"].to_list()
    assert stages["lost_here"].to_list() == [0, 1, 0]


def test_the_value_of_a_stage_is_the_amount_of_the_deals_that_entered_it(store: Store) -> None:
    assert asked(store).stages["value"].to_list() == [1500.0, 1100.0, 900.0, 600.0]


def test_conversion_of_value_follows_the_money(store: Store) -> None:
    # lead: 1,500 entered, d4's 400 stayed; qualified: of 1,100 d2's 200 were lost; proposal: of 900 d3's 300 are still open.
    rates = asked(store).stages["value_conversion_rate"].to_list()
    assert rates == [pytest.approx(1100 / 1500), pytest.approx(900 / 1100), pytest.approx(600 / 900), None]


def test_median_days_count_open_deals_as_still_there(store: Store) -> None:
    # qualified: left after 1, 1 and 2 days; d3 came back on the 10th and is open on the 20th. S: 0.5 after one day.
    # lead: left after 4, 2, 6 and 2 days; d4 is open after 18: S = 0.6, 0.4 after four days.
    assert asked(store).stages["median_days"].to_list() == [4.0, 1.0, 4.0, None]


def test_the_summary_counts_outcomes_by_the_stage_that_a_deal_is_in_now(store: Store) -> None:
    row = asked(store).summary.row(0, named=True)
    assert (row["created"], row["won"], row["lost"], row["open"]) == (5, 2, 1, 2)
    assert (row["won_value"], row["lost_value"], row["open_value"]) == (600.0, 200.0, 700.0)
    assert row["win_rate"] == pytest.approx(2 / 3)
    assert row["win_rate_by_value"] == 0.75
    assert row["cycle_days"] == 13.5


def test_a_row_that_repeats_the_stage_in_which_a_deal_stands_is_no_entry(tmp_path: Path) -> None:
    # lead for 8 days, however often an export says so; won on the 9th, and said again on the 12th.
    events = [("lead", 1), ("lead", 4), ("lead", 5), ("won", 9), ("won", 12)]
    store = make_store(
        tmp_path,
        accounts=[{"account_id": "a", "account": "A"}],
        opportunities=[{"opportunity_id": "d", "created_on": date(2026, 1, 1)}],
        stage_events=[{"opportunity_id": "d", "stage": stage, "entered_on": date(2026, 1, day)} for stage, day in events],
    )
    found = asked(store)
    lead = found.stages.row(0, named=True)
    assert (lead["stage"], lead["entered"], lead["reached_next"], lead["median_days"]) == ("lead", 1, 1, 8.0)
    assert (found.summary["won"].item(), found.summary["cycle_days"].item()) == (1, 8.0)


def test_a_lost_deal_that_comes_back_is_open(tmp_path: Path) -> None:
    events = [("lead", 1), ("lost", 2), ("lead", 3)]
    store = make_store(
        tmp_path,
        accounts=[{"account_id": "a", "account": "A"}],
        opportunities=[{"opportunity_id": "d", "created_on": date(2026, 1, 1)}],
        stage_events=[{"opportunity_id": "d", "stage": stage, "entered_on": date(2026, 1, day)} for stage, day in events],
    )
    row = asked(store).summary.row(0, named=True)
    assert (row["lost"], row["open"], row["win_rate"]) == (0, 1, None)


def test_lost_deals_without_an_amount_leave_the_win_rate_by_value_unknown(tmp_path: Path) -> None:
    store = make_store(
        tmp_path,
        accounts=[{"account_id": "a", "account": "A"}],
        opportunities=[
            {"opportunity_id": "w", "created_on": date(2026, 1, 1), "expected_amount": 10},
            {"opportunity_id": "l", "created_on": date(2026, 1, 1), "expected_amount": 0},
        ],
        stage_events=[
            {"opportunity_id": "w", "stage": "Won", "entered_on": date(2026, 1, 2)},
            {"opportunity_id": "l", "stage": "Lost", "entered_on": date(2026, 1, 2)},
        ],
    )
    row = asked(store).summary.row(0, named=True)
    assert (row["won"], row["lost"], row["win_rate"], row["win_rate_by_value"]) == (1, 1, 0.5, None)


@pytest.mark.parametrize("table", ["by_region", "by_salesperson", "by_source", "by_month", "by_manager", "by_product"])
def test_every_breakdown_adds_up_to_the_summary(store: Store, table: str) -> None:
    found = asked(store)
    columns = ["created", "won", "lost", "open", "won_value", "open_value"]
    assert getattr(found, table).select(columns).sum().row(0) == found.summary.select(columns).row(0)


def test_breakdowns_name_their_subject(store: Store) -> None:
    found = asked(store)
    assert found.by_region.select("region_id", "region", "won", "win_rate").rows() == [("S", "South", 1, 1.0), ("N", "North", 1, 0.5)]
    assert set(found.by_source.select("source", "created").rows()) == {("fair", 1), (None, 4)}


def test_the_snapshot_counts_what_is_open_and_speaks_of_no_conversion(store: Store) -> None:
    stages = asked(store, view="snapshot").stages
    assert stages.select("stage", "open", "value").rows() == [("lead", 1, 400.0), ("qualified", 1, 300.0), ("proposal", 0, 0.0)]
    assert stages["conversion_rate"].null_count() == 3


def test_the_snapshot_stands_at_the_end_of_the_period(store: Store) -> None:
    stages = asked(store, Filters(to_date=date(2026, 1, 9)), view="snapshot").stages
    assert stages["open"].to_list() == [1, 0, 3]


def test_transitions_count_the_moves_of_the_period(store: Store) -> None:
    stages = asked(store, Filters(date(2026, 1, 4), date(2026, 1, 11)), view="transitions").stages
    assert stages["entered"].to_list() == [0, 3, 3, 1]
    assert stages["reached_next"].to_list() == [3, 2, 1, None]
    assert stages["lost_here"].to_list() == [0, 1, 0, 0]
    assert stages["returned"].to_list() == [0, 0, 1, 0]
    assert stages["conversion_rate"].to_list() == [1.0, pytest.approx(2 / 3), 0.5, None]


def test_from_one_word_for_won_to_another_is_no_move(tmp_path: Path) -> None:
    store = deals_store(tmp_path, {"1": [("lead", 1), ("won", 20), ("closed won", 34)], "2": [("lead", 41)]})
    won = asked(store, Filters(date(2026, 1, 1), date(2026, 3, 1)), view="transitions").stages.row(-1, named=True)
    assert (won["stage"], won["entered"], won["returned"]) == ("won", 1, 0)


def test_what_did_not_go_on_is_exact_money(tmp_path: Path) -> None:
    """0.80 left the lead and 0.10 of it went on: the difference of the two numbers ends in a 1 sixteen digits behind the point."""
    store = deals_store(tmp_path, {"1": [("lead", 1), ("won", 2)], "2": [("lead", 1), ("lost", 2)]}, {"1": {"expected_amount": 0.1}, "2": {"expected_amount": 0.7}})
    lead = asked(store, Filters(date(2026, 1, 1), date(2026, 2, 1)), view="transitions").stages.row(0, named=True)
    assert (lead["dropped"], lead["dropped_value"]) == (1, 0.7)


def test_the_period_takes_deals_by_their_creation(store: Store) -> None:
    assert asked(store, Filters(from_date=date(2026, 1, 2))).summary["created"].item() == 0
    assert asked(store, Filters(to_date=date(2026, 1, 2))).summary["created"].item() == 5


def test_a_region_filter_and_a_regional_lead_see_the_same_deals(store: Store) -> None:
    lead = Viewer("l@x", "Lead", "lead", ("S",))
    filtered, scoped = asked(store, Filters(region_ids=("S",))), asked(store, viewer=lead)
    assert filtered.summary.equals(scoped.summary)
    assert deals_of(store, viewer=lead).deals["opportunity_id"].to_list() == ["d5"]


def test_the_deals_behind_the_stages_come_largest_first_with_their_days(store: Store) -> None:
    deals = deals_of(store).deals
    assert deals["opportunity_id"].to_list() == ["d5", "d4", "d3", "d2", "d1"]
    assert deals["days"].to_list() == [None, 18, 10, None, None]


def test_a_stage_is_mature_once_its_youngest_deal_had_the_days(store: Store) -> None:
    assert asked(store, maturity_days=19).stages["is_mature"].to_list() == [True] * 4
    assert asked(store, maturity_days=20).stages["is_mature"].to_list() == [False] * 4
    assert asked(store, maturity_days=8).by_month["won_in_time"].to_list() == [1]


def test_a_win_rate_comes_with_wilsons_interval(store: Store) -> None:
    north = asked(store).by_region.filter(region_id="N").row(0, named=True)
    assert (north["win_rate"], round(north["win_rate_lo"], 4), round(north["win_rate_hi"], 4)) == (0.5, 0.0945, 0.9055)


def test_the_ways_out_of_a_stage_and_what_stays_add_to_one(store: Store) -> None:
    found = asked(store).ways_out
    assert found["stage"].to_list() == ["lead", "qualified", "proposal"]
    assert (found["advanced_rate"] + found["lost_rate"] + found["returned_rate"] + found["staying_rate"]).to_list() == pytest.approx([1.0] * 3)
    # lead: d4 is still there after 18 days; qualified: one of three stays was lost, the one that came back is open.
    assert found["lost_rate"].to_list() == pytest.approx([0.0, 0.25, 0.0])
    assert found["returned_rate"].to_list() == pytest.approx([0.0, 0.0, 1 / 3])


def test_a_store_without_a_pipeline_gives_typed_empty_tables(tmp_path: Path) -> None:
    store = make_store(tmp_path, accounts=[{"account_id": "a", "account": "A"}])
    for view in ("cohort", "snapshot", "transitions"):
        found = asked(store, view=view)
        assert found.stages.is_empty()
        assert found.summary.row(0, named=True)["win_rate"] is None
        assert deals_of(store, view=view).deals.is_empty()
        assert deals_of(store, view=view).stuck.is_empty()


def test_a_deal_without_stage_events_is_created_and_open(tmp_path: Path) -> None:
    store = make_store(
        tmp_path,
        accounts=[{"account_id": "a", "account": "A"}],
        opportunities=[{"opportunity_id": "d", "created_on": date(2026, 1, 1), "expected_amount": 5}],
    )
    found = asked(store)
    assert found.summary.select("created", "open", "open_value").row(0) == (1, 1, 5.0)
    assert found.stages.is_empty()
    assert deals_of(store).deals["stage"].to_list() == [None]
