"""The weighted forecast: methods.md's example, whose win rates count, where dates go, the range, the target, and the record."""

from datetime import date
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from data.access import Viewer
from measures.pipeline import pipeline_forecast
from measures.pipeline.forecast_odds import placed_closes
from measures.pipeline.forecast_record import quarter_starts
from measures.pipeline.forecast_simulation import SINGLE, mean_and_sd, ranges, simulated, widest
from measures.thresholds import cuts
from queries.filters import Filters
from tests.builders import EVERYBODY, ask_as, make_store
from tests.measures.on_a_page import assert_moved_cut_counts
from tests.measures.pipeline.pipelines import day, deals_store

AMOUNTS, CHANCES = np.array([100.0, 200.0, 400.0]), np.array([0.9, 0.5, 0.1])


def asked(store: object, filters: Filters = Filters(), viewer: Viewer = EVERYBODY, **overrides: object) -> pipeline_forecast.PipelineForecast:
    return pipeline_forecast.answer(ask_as(store, viewer), filters, cuts(pipeline_forecast.THRESHOLDS, None, overrides))


def test_three_deals_weigh_230_with_a_standard_deviation_of_159_06() -> None:
    mean, sd = mean_and_sd(AMOUNTS, CHANCES)
    assert (mean, round(sd, 2)) == (230.0, 159.06)


def test_simulated_deals_have_the_mean_and_spread_of_the_formula_and_only_possible_sums() -> None:
    sums = simulated(AMOUNTS, CHANCES, np.zeros(3, dtype=np.int64), 1, draws=40_000)
    assert sums.mean() == pytest.approx(230, abs=3)
    assert sums.std() == pytest.approx(159.06, abs=3)
    assert set(np.unique(sums)) <= {0, 100, 200, 300, 400, 500, 600, 700}


def test_the_range_of_three_deals_is_that_of_their_eight_outcomes() -> None:
    """P(0) = .045 and P(≤ 100) = .45, so P10 is 100; P(≤ 200) = .495 and P(≤ 300) = .9, so P90 is 300."""
    low, high = ranges(AMOUNTS, CHANCES, np.zeros(3, dtype=np.int64), 1)
    assert (low.tolist(), high.tolist()) == ([100, 100], [300, 300])


def test_each_months_few_deals_have_their_own_exact_range_and_deals_without_an_amount_do_not_count() -> None:
    """Month 0: 100 at .9, so that P(0) = .1; month 1: nothing; month 2: 200 and 400, where P(0) = .45 and P(≤ 200) = .9, beside twenty unpriced deals."""
    unpriced = np.full(20, 2)
    low, high = ranges(np.append(AMOUNTS, unpriced * 0.0), np.append(CHANCES, unpriced * 0.25), np.append([0, 2, 2], unpriced), 3)
    assert (low.tolist(), high.tolist()) == ([0, 0, 0, 100], [100, 0, 200, 300])


def test_the_deals_that_matter_most_are_drawn_of_equals_the_first() -> None:
    spread = np.tile(np.arange(7.0), 300)
    assert widest(spread).tolist() == np.argsort(-spread, kind="stable")[:SINGLE].tolist()
    assert widest(np.zeros(SINGLE + 1)).tolist() == list(range(SINGLE))


def test_the_range_of_thirteen_deals_is_simulated_close_to_the_binomial() -> None:
    """P(≤ 3 of 13 at one half) = .0461 and P(≤ 4) = .1334: P10 is 4 deals, and P90 9 of them."""
    low, high = ranges(np.full(13, 10.0), np.full(13, 0.5), np.zeros(13, dtype=np.int64), 1)
    assert (low[0], high[0]) == (40, 90)


def test_the_same_deals_have_the_same_range_each_time() -> None:
    first, again = (simulated(AMOUNTS, CHANCES, np.array([0, 1, 1]), 2) for _time in range(2))
    assert (first == again).all()
    assert first.shape == (2_000, 2)


def test_many_small_deals_are_summed_as_one_without_moving_mean_or_spread() -> None:
    amounts, chances = np.full(5_000, 10.0), np.full(5_000, 0.3)
    sums = simulated(amounts, chances, np.zeros(5_000, dtype=np.int64), 1, draws=4_000)
    mean, sd = mean_and_sd(amounts, chances)
    assert sums.mean() == pytest.approx(mean, rel=0.01)
    assert sums.std() == pytest.approx(sd, rel=0.05)


def test_no_deal_brings_nothing() -> None:
    none = np.zeros(0)
    assert simulated(none, none, np.zeros(0, dtype=np.int64), 2).sum() == 0
    assert mean_and_sd(none, none) == (0.0, 0.0)


PATHS = {
    **{f"won {number}": [("lead", 1), ("offer", 5), ("won", 10)] for number in range(6)},
    **{f"lost early {number}": [("lead", 1), ("lost", 8)] for number in range(3)},
    "lost late": [("lead", 1), ("offer", 4), ("lost", 9)],
    "in lead": [("lead", 20)],
    "in offer": [("lead", 20), ("offer", 25)],
    "no date": [("lead", 31)],
    "no amount": [("lead", 31)],
}
DEALS = {
    "in lead": {"expected_amount": 1000, "expected_close_on": date(2026, 3, 10)},
    "in offer": {"expected_amount": 500, "expected_close_on": date(2026, 2, 20)},
    "no date": {"expected_amount": 200},
    "no amount": {"expected_close_on": date(2026, 3, 10)},
}
OVERALL = (6 + 10 * 0.25) / (10 + 10)
LEAD, OFFER = (6 + 10 * OVERALL) / (10 + 10), (6 + 10 * OVERALL) / (7 + 10)


@pytest.fixture(scope="module")
def answer(tmp_path_factory: pytest.TempPathFactory) -> pipeline_forecast.PipelineForecast:
    return asked(deals_store(tmp_path_factory.mktemp("forecast"), PATHS, DEALS))


def test_a_stages_win_rate_is_that_of_the_closed_deals_that_reached_it_mixed_with_the_companys(answer: pipeline_forecast.PipelineForecast) -> None:
    assert answer.stages.select("stage", "won", "closed").rows() == [("lead", 6, 10), ("offer", 6, 7)]
    assert answer.stages["stage_probability"].to_list() == pytest.approx([LEAD, OFFER])


def test_open_deals_are_weighed_in_the_month_of_their_expected_close(answer: pipeline_forecast.PipelineForecast) -> None:
    """A deal without a date goes to when a win usually comes from its stage: 4 days in the lead and 5 in the offer."""
    months = answer.months.select("month", "weighted", "n", "open_value", "moved")
    assert months.rows() == [
        (date(2026, 2, 1), pytest.approx(500 * OFFER + 200 * LEAD), 2, 700.0, 1), (date(2026, 3, 1), pytest.approx(1000 * LEAD), 2, 1000.0, 0),
    ]  # fmt: skip


def test_the_columns_are_those_that_were_promised(answer: pipeline_forecast.PipelineForecast) -> None:
    assert answer.months.columns[:4] == ["month", "weighted", "p10", "p90"]


def test_won_and_lost_deals_are_never_forecast(answer: pipeline_forecast.PipelineForecast) -> None:
    assert sorted(answer.deals["opportunity_id"]) == ["in lead", "in offer", "no amount", "no date"]
    assert answer.summary.select("n", "open_value", "undated", "unpriced", "overdue").row(0) == (4, 1700.0, 1, 1, 0)


def test_the_summary_is_the_sum_of_the_months_with_a_range_of_its_own(answer: pipeline_forecast.PipelineForecast) -> None:
    row = answer.summary.row(0, named=True)
    assert row["weighted"] == pytest.approx(answer.months["weighted"].sum())
    spread = [1000**2 * LEAD * (1 - LEAD), 500**2 * OFFER * (1 - OFFER), 200**2 * LEAD * (1 - LEAD)]
    assert row["standard_deviation"] == pytest.approx(sum(spread) ** 0.5)
    assert row["p10"] <= row["weighted"] <= row["p90"]
    assert all(low <= value <= high for low, value, high in answer.months.select("p10", "weighted", "p90").rows())


def test_a_prior_matters_least_where_much_has_closed(tmp_path: Path) -> None:
    store = deals_store(tmp_path, PATHS, DEALS)
    low, high = (asked(store, prior_win_rate=prior).stages["stage_probability"][0] for prior in (0.0, 1.0))
    assert (low, high) == (pytest.approx((6 + 10 * 0.3) / 20), pytest.approx((6 + 10 * 0.8) / 20))


def test_fewer_months_ahead_leave_the_rest_as_later(tmp_path: Path) -> None:
    found = asked(deals_store(tmp_path, PATHS, DEALS), forecast_months=1)
    assert found.months["month"].to_list() == [date(2026, 2, 1)]
    assert found.summary.select("n", "later", "later_value").row(0) == (2, 2, 1000.0)


def test_without_closed_deals_the_prior_alone_weighs(tmp_path: Path) -> None:
    found = asked(deals_store(tmp_path, {"d": [("lead", 31)]}, {"d": {"expected_amount": 100, "expected_close_on": date(2026, 2, 1)}}))
    assert found.months.select("month", "weighted").rows() == [(date(2026, 2, 1), 25.0)]
    assert found.record.is_empty()
    assert found.summary["record_error"].item() is None


def test_without_open_deals_there_is_nothing_to_forecast(tmp_path: Path) -> None:
    found = asked(deals_store(tmp_path, {"d": [("lead", 1), ("won", 9)]}))
    assert (found.months.is_empty(), found.summary["n"].item(), found.summary["weighted"].item()) == (True, 0, 0.0)


def test_without_a_pipeline_the_tables_are_empty_and_typed(tmp_path: Path) -> None:
    found = asked(make_store(tmp_path, accounts=[{"account_id": "a", "account": "A"}]))
    assert (found.months.is_empty(), found.record.is_empty(), found.stages.is_empty(), found.summary.is_empty()) == (True,) * 4


@pytest.mark.parametrize(("expected", "entered", "closes"), [
    (day(120), day(1), day(120)),  # to come: believed
    (day(50), day(90), day(130)),  # over: 10 of the usual 40 days have passed
    (None, day(95), day(135)),
    (day(50), day(40), day(160)),  # has waited 60 days, longer than usual: as long again
    (None, None, day(140)),
])  # fmt: skip
def test_a_date_that_is_over_or_missing_moves_by_what_is_usual_and_by_how_long_the_deal_has_waited(
    expected: date | None, entered: date | None, closes: date
) -> None:
    days = (np.array([given], "datetime64[D]") for given in (expected, entered))
    assert placed_closes(*days, day(100), np.array([40.0]))[0] == np.datetime64(closes)


def test_the_target_of_the_same_months_stands_beside(tmp_path: Path) -> None:
    targets = [{"month": date(2026, 2, 1), "amount": 1000}, {"month": date(2026, 3, 1), "amount": 500}, {"month": date(2026, 1, 1), "amount": 9999}]
    found = asked(deals_store(tmp_path, PATHS, DEALS, targets=targets))
    assert found.months["target"].to_list() == [1000.0, 500.0]
    row = found.summary.row(0, named=True)
    assert (row["target"], row["target_cover"]) == (1500.0, pytest.approx(row["weighted"] / 1500))


def test_what_was_won_in_a_month_of_the_target_counts_beside_what_is_forecast(tmp_path: Path) -> None:
    # The data end on 10 February: the target's month has begun, and 300 of it are won.
    paths = {"1": [("lead", 1), ("won", 34)], "2": [("lead", 41)]}
    deals = {"1": {"expected_amount": 300}, "2": {"expected_amount": 100, "expected_close_on": day(50)}}
    found = asked(deals_store(tmp_path, paths, deals, targets=[{"month": date(2026, 2, 1), "amount": 1000}]))
    weighted = found.summary["weighted"].item()
    assert found.months.select("won_value", "weighted").row(0) == (300.0, weighted)
    assert found.months["target_cover"].to_list() == [pytest.approx((300 + weighted) / 1000)]
    assert found.summary["target_cover"].item() == pytest.approx((300 + weighted) / 1000)


def test_a_target_knows_no_source_of_deals(tmp_path: Path) -> None:
    targets = [{"month": date(2026, 2, 1), "amount": 1000}]
    found = asked(deals_store(tmp_path, PATHS, {deal: of | {"source": "web"} for deal, of in DEALS.items()}, targets=targets), deal_sources="web")
    assert found.summary.select("target", "target_cover").row(0) == (None, None)


def test_a_quarters_target_is_shared_out_over_its_months(tmp_path: Path) -> None:
    targets = [{"month": date(2025, month, 1), "amount": 300} for month in (1, 4, 7, 10)] + [{"month": date(2026, 1, 1), "amount": 900}]
    found = asked(deals_store(tmp_path, PATHS, DEALS, targets=targets))
    assert found.months["target"].to_list() == [300.0, 300.0]


@pytest.mark.parametrize(("until", "last"), [(date(2026, 10, 31), date(2026, 7, 1)), (date(2026, 9, 30), date(2026, 7, 1)), (date(2026, 9, 29), date(2026, 4, 1))])
def test_a_quarter_is_on_record_once_it_is_over(until: date, last: date) -> None:
    starts = quarter_starts(until)
    assert (len(starts), starts[-1]) == (8, last)
    assert all((later.year - sooner.year) * 12 + later.month - sooner.month == 3 for sooner, later in zip(starts, starts[1:], strict=False))


HISTORY = {
    "won of the open": [("lead", 10), ("offer", 60), ("won", 100)],  # open on 1 April in the offer, won on 10 April
    "still open": [("lead", 20)],
    "lost of the open": [("lead", 30), ("lost", 150)],
    "won before": [("lead", 5), ("won", 50)],
    "lost before": [("lead", 5), ("lost", 50)],
    "created later": [("lead", 100), ("won", 140)],
    "last": [("lead", 181)],  # 30 June: the second quarter is over
}
WORTH = {name: {"expected_amount": 100, "expected_close_on": date(2026, 5, 1)} for name in HISTORY}


def test_the_record_forecasts_from_what_was_known_on_the_quarters_first_day(tmp_path: Path) -> None:
    found = asked(deals_store(tmp_path, HISTORY, WORTH)).record.row(0, named=True)
    overall = (1 + 10 * 0.25) / (2 + 10)
    lead, offer = (1 + 10 * overall) / (2 + 10), (1 + 10 * overall) / (1 + 10)
    assert (found["quarter"], found["n"], found["closed_before"], found["status"]) == (date(2026, 4, 1), 3, 2, "provisional")
    assert found["weighted"] == pytest.approx(100 * (offer + lead + lead))
    assert (found["actual_of_open"], found["actual"]) == (100.0, 200.0)
    assert found["forecast_error"] == pytest.approx(100 / found["weighted"] - 1)


def test_what_happened_later_does_not_change_a_former_forecast(tmp_path: Path) -> None:
    """The same history, but the deals that were open end otherwise."""
    otherwise = HISTORY | {"won of the open": [("lead", 10), ("offer", 60), ("lost", 100)], "lost of the open": [("lead", 30), ("won", 150)]}
    one, other = (asked(deals_store(tmp_path / name, paths, WORTH)).record.row(0, named=True) for name, paths in (("a", HISTORY), ("b", otherwise)))
    assert one["weighted"] == pytest.approx(other["weighted"])
    assert (one["closed_before"], other["closed_before"]) == (2, 2)


def test_a_deal_that_was_opened_again_stands_in_the_record_as_it_stood_then(tmp_path: Path) -> None:
    """Lost in February and opened again in July, or won in April and opened again in July: the second quarter knows nothing of July."""
    until_june = HISTORY | {"won then": [("lead", 20), ("won", 110)]}
    later = {
        **until_june, "lost before": [*HISTORY["lost before"], ("offer", 190), ("won", 200)], "last": [("lead", 181), ("lost", 275)],
        "won then": [*until_june["won then"], ("offer", 190), ("lost", 200)],
    }  # fmt: skip
    worth = WORTH | {"won then": WORTH["still open"]}
    one, other = (asked(deals_store(tmp_path / name, paths, worth)).record for name, paths in (("a", until_june), ("b", later)))
    assert other.filter(pl.col("quarter") == date(2026, 4, 1)).rows() == one.rows()
    assert one.select("closed_before", "actual_of_open", "actual").row(0) == (2, 200.0, 300.0)
    # July: 100 was won; what was won in April and opened again is April's. Six were closed when July began.
    assert other.filter(pl.col("quarter") == date(2026, 7, 1)).select("closed_before", "actual").row(0) == (6, 100.0)


def test_a_win_that_is_opened_again_later_is_taken_from_no_other_month(tmp_path: Path) -> None:
    paths = {"1": [("lead", 1), ("won", 20), ("lead", 34)], "2": [("lead", 1), ("won", 35)], "3": [("lead", 1), ("won", 36), ("lead", 37)], "4": [("lead", 41)]}
    deals = {"1": {"expected_amount": 9000}, "2": {"expected_amount": 1000}, "3": {"expected_amount": 500}, "4": {"expected_close_on": day(50)}}
    found = asked(deals_store(tmp_path, paths, deals, targets=[{"month": date(2026, 2, 1), "amount": 2000}]))
    assert found.months["won_value"][0] == 1000.0


def test_from_one_word_for_won_to_another_a_deal_is_won_once(tmp_path: Path) -> None:
    paths = {"1": [("lead", 1), ("won", 33), ("closed won", 34)], "2": [("lead", 41)]}
    deals = {"1": {"expected_amount": 100}, "2": {"expected_amount": 100, "expected_close_on": day(50)}}
    found = asked(deals_store(tmp_path, paths, deals, targets=[{"month": date(2026, 2, 1), "amount": 1000}]))
    assert found.months["won_value"][0] == 100.0
    assert found.stages.select("won", "closed").rows() == [(1, 1)]


def test_how_long_later_wins_take_does_not_say_when_a_former_deal_was_due(tmp_path: Path) -> None:
    """Without a date and 40 days in the lead where a win had taken 45, a deal is due in five days; three wins of July took 190."""
    july = {f"won in July {number}": [("lead", 10), ("won", 200)] for number in range(3)}
    paths = {"won before": [("lead", 5), ("won", 50)], "open": [("lead", 51)], "last": [("lead", 181)]}
    deals = {name: {"expected_amount": 100, "expected_close_on": date(2026, 7, 20)} for name in july} | {name: {"expected_amount": 100} for name in paths}
    one, other = (asked(deals_store(tmp_path / name, found, deals)).record for name, found in (("a", paths), ("b", paths | july | {"end": [("lead", 275)]})))
    assert one.select("quarter", "n", "weighted").row(0) == (date(2026, 4, 1), 1, pytest.approx(100 * (1 + 10 * 3.5 / 11) / 11))
    assert other.select("quarter", "n", "weighted").row(0) == one.select("quarter", "n", "weighted").row(0)


def test_the_record_makes_its_own_forecast_of_the_months_ahead(tmp_path: Path) -> None:
    found = asked(deals_store(tmp_path, HISTORY, WORTH))
    error = found.summary["record_error"].item()
    assert error == pytest.approx(found.record["actual_of_open"].sum() / found.record["weighted"].sum() - 1)
    assert found.months["adjusted"].to_list() == pytest.approx([weighted * (1 + error) for weighted in found.months["weighted"]])


def test_a_forecast_made_before_anything_had_closed_is_no_record(tmp_path: Path) -> None:
    found = asked(deals_store(tmp_path, {"1": [("lead", 10)], "last": [("lead", 181)]}, {"1": {"expected_amount": 100, "expected_close_on": date(2026, 5, 1)}}))
    assert found.record.select("closed_before", "actual_of_open").row(0) == (0, 0.0)
    assert found.summary.select("record_error", "adjusted", "record_quarters").row(0) == (None, None, 0)


def test_a_record_of_which_nothing_came_in_makes_no_forecast_of_nought(tmp_path: Path) -> None:
    """Lost in March at 0 of 1: a deal of 100 due in April weighed 100 × (0 + 10 × 2.5 ÷ 11) ÷ 11, and was lost in May."""
    paths = {"before": [("lead", 1), ("lost", 70)], "due": [("lead", 80), ("lost", 130)], "open": [("lead", 181)]}
    dues = {"due": date(2026, 4, 20), "open": date(2026, 8, 1)}
    found = asked(deals_store(tmp_path, paths, {name: {"expected_amount": 100, "expected_close_on": day} for name, day in dues.items()}))
    assert found.record.filter(pl.col("weighted") > 0).select("weighted", "actual_of_open").row(0) == (pytest.approx(100 * 10 * 2.5 / 11 / 11), 0.0)
    assert found.summary.select("record_error", "adjusted", "record_quarters").row(0) == (-1.0, None, 1)
    assert found.months["adjusted"].null_count() == found.months.height


def test_the_forecast_stands_at_the_periods_end(tmp_path: Path) -> None:
    found = asked(deals_store(tmp_path, HISTORY, WORTH), Filters(to_date=date(2026, 4, 1)))
    assert found.deals["opportunity_id"].sort().to_list() == ["lost of the open", "still open", "won of the open"]
    assert found.summary["as_of"].item() == date(2026, 3, 31)


def test_a_regional_lead_and_a_region_filter_see_the_same_forecast(tmp_path: Path) -> None:
    store = deals_store(
        tmp_path, {"n": [("lead", 1)], "s": [("lead", 1)]}, {"n": {"account_id": "n", "expected_amount": 100}, "s": {"account_id": "s", "expected_amount": 60}},
        regions=[{"region_id": name, "region": name} for name in "NS"], accounts=[{"account_id": name, "account": name, "region_id": name.upper()} for name in "ns"],
    )  # fmt: skip
    lead = asked(store, viewer=Viewer("l@x", "Lead", "lead", ("S",)))
    assert lead.summary["open_value"].item() == 60.0 == asked(store, Filters(region_ids=("S",))).summary["open_value"].item()
    assert asked(store).summary["open_value"].item() == 160.0


@pytest.mark.parametrize("moved", [{"prior_win_rate": 0.5}, {"forecast_months": 1}, {"lost_stages": "offer"}, {"deal_sources": "Fair"}])
def test_a_moved_cut_counts_on_a_page_that_showed_another_value(tmp_path: Path, moved: dict) -> None:
    """A quarter on record and deals of two months ahead, one of a source of its own."""
    paths = {**PATHS, "late": [("lead", 100), ("won", 130)], "later": [("lead", 200)]}
    deals = {**DEALS, "late": {"expected_amount": 700}, "later": {"expected_amount": 300, "source": "Fair"}}
    assert_moved_cut_counts(deals_store(tmp_path, paths, deals), "pipeline_forecast", Filters(), moved)
