"""Funnel, survival, cohorts, win rates, forecast, life cycle and repurchase: what each draws of small frames."""

import polars as pl
import pytest

from charts.pipeline.cohorts import cohorts
from charts.pipeline.forecast import forecast, turned_out
from charts.pipeline.forecast import legend as forecast_legend
from charts.pipeline.funnel import funnel, legend
from charts.pipeline.life_cycle import life_cycle
from charts.pipeline.repurchase import repurchase
from charts.pipeline.survival import survival
from charts.pipeline.win_rates import win_rates
from data import language
from tests.charts.conftest import text_of
from tests.charts.pipeline_shapes import (
    BARE,
    COHORTS,
    CURVE,
    FAR_TARGET,
    LIFE,
    MONTHS,
    QUARTERS,
    RATES,
    RECORD,
    STAGES,
    UNKNOWN_BEFORE,
    YOUNG,
)


def test_stages_stand_in_their_own_order_with_conversion_drop_off_and_days_between() -> None:
    frame = funnel(STAGES.reverse()).frame
    assert frame["stage"].to_list() == ["Contact", "Offer", "won"]
    assert frame["step"].to_list() == ["↓ 60% go on · 3 lost · 1 open · median 12 days", "↓ 50% go on · 1 lost · 2 open", ""]
    assert frame["bar_text"].to_list() == ["10 · €1K", "6 · €600", "3 · €300"]


def test_a_funnel_of_value_says_what_of_the_money_goes_on() -> None:
    frame = funnel(STAGES, measure="value").frame
    assert frame["amount"].to_list() == [1000, 600, 300]
    assert frame["step"].to_list() == ["↓ 70% go on · €400 have not · median 12 days", "↓ 40% go on · €300 have not", ""]
    assert frame["bar_text"].to_list() == ["€1K · 10", "€600 · 6", "€300 · 3"]


def test_moves_back_are_told_from_losses() -> None:
    moves = STAGES.with_columns(returned=pl.Series([0, 2, None]))
    assert funnel(moves, view="transitions").frame["step"].to_list() == ["↓ 60% go on · 3 lost · 0 back · median 12 days", "↓ 50% go on · 1 lost · 2 back", ""]


def test_deals_that_are_too_young_to_judge_are_the_bars_grey_end_and_the_legend_says_so() -> None:
    assert (legend(YOUNG), legend(STAGES)) == ("Grey: too young to judge.", "")
    assert funnel(YOUNG).frame["mature"].to_list() == [7, 4, 2]


def test_what_is_written_stands_behind_the_longest_bar_where_a_later_stage_holds_more() -> None:
    frame = funnel(STAGES.with_columns(entered=pl.Series([5, 9, 3])), view="transitions").frame
    assert (frame["first"].to_list(), frame["reach"].to_list()) == ([5, 5, 5], [9, 9, 9])


def test_a_snapshot_is_never_called_conversion() -> None:
    chart = funnel(STAGES, view="snapshot")
    assert chart.frame["step"].to_list() == ["", "", ""]
    assert "Open deals" in text_of(chart.spec)


def test_two_funnels_share_one_scale_and_say_which_is_which() -> None:
    chart = funnel(STAGES, beside=YOUNG.with_columns(entered=pl.Series([20, 6, 3])), names=("North", "South"))
    assert chart.frame["first"].to_list() == [20, 20, 20]
    assert chart.frame["step"][0] == "↓ 60% go on · 3 lost · 1 open · median 12 days (60% beside)"
    assert legend(STAGES, ("North", "South")) == "Dark: North; light: South."


def test_a_stage_that_the_other_side_lacks_stands_alone() -> None:
    frame = funnel(STAGES, beside=YOUNG.filter(pl.col("stage") != "Offer"), names=("North", "South")).frame
    assert frame["other_amount"].to_list() == [10, None, 3]


def test_a_survival_curve_begins_at_all_and_ends_where_nine_of_ten_have_left() -> None:
    frame = survival(CURVE).frame
    steps = frame.filter(pl.col("part") == "step", pl.col("stage") == "Contact")
    assert steps.select("day", "survival").rows() == [(0, 1.0), (1, 0.8), (5, 0.5), (9, 0.05)]
    assert frame.filter(pl.col("part") == "end")["stage_text"].to_list() == ["Contact", "Offer"]


def test_a_survival_step_of_fewer_than_five_deals_is_not_drawn() -> None:
    thin = CURVE.with_columns(at_risk=pl.Series([20, 4, 3, 6]))
    assert survival(thin).frame.filter(pl.col("stage") == "Contact", pl.col("part") == "step")["day"].to_list() == [0, 1]


def test_cohorts_too_young_to_judge_are_not_coloured() -> None:
    chart = cohorts(COHORTS)
    assert chart.frame.filter(~pl.col("mature"))["mature_text"].to_list() == ["Still growing"]
    assert '"condition": {"test": "datum.mature"' in text_of(chart.spec)


def test_win_rates_are_sorted_and_say_how_many_deals_they_rest_on() -> None:
    frame = win_rates(RATES, name="region", overall=0.5).frame
    assert frame.select("name", "label").rows() == [("North", "80% · 8 of 10"), ("South", "0% · 0 of 5")]


def test_a_forecast_draws_target_and_record_only_where_they_are_known() -> None:
    own = "Dashed: the forecast, its line the range of 8 in 10 outcomes"
    assert forecast_legend(MONTHS) == f"{own}; tick: as former forecasts turned out; outline: the target of all sales."
    assert forecast_legend(BARE) == f"{own}."
    assert len(forecast(MONTHS).spec["layer"]) == len(forecast(BARE).spec["layer"]) + 2
    assert forecast(MONTHS).frame["month_key"].to_list() == ["2026-11", "2026-12"]


def test_a_forecast_leaves_room_above_the_tallest() -> None:
    assert forecast(MONTHS).frame["roof"].unique().to_list() == [pytest.approx(580)]


def test_a_target_that_would_flatten_the_forecast_is_written_as_a_share() -> None:
    chart = forecast(FAR_TARGET)
    assert chart.frame["share_text"].to_list() == ["5% of target", "2% of target"]
    assert chart.frame["roof"].max() == pytest.approx(464)
    assert '"share_text"' in text_of(chart.spec) and '"field": "target"' not in text_of(chart.spec)
    assert "in grey: the deals' share of the target of all sales" in forecast_legend(FAR_TARGET)
    assert '"field": "target"' in text_of(forecast(MONTHS).spec)


def test_the_record_puts_what_came_in_beside_each_forecast() -> None:
    frame = turned_out(RECORD).frame
    assert frame.select("quarter_text", "side", "amount", "error_text").rows() == [
        ("Q2 2026", "forecast", 100.0, ""), ("Q3 2026", "forecast", 0.0, ""), ("Q2 2026", "came", 80.0, "-20%"), ("Q3 2026", "came", 0.0, ""),
    ]  # fmt: skip


def test_a_stage_of_life_shows_its_accounts_with_their_money_and_who_takes_care() -> None:
    language.use("es", "EUR")
    frame = life_cycle(LIFE).frame
    assert frame["stage_text"].to_list() == ["Cliente potencial", "Activo", "Perdido"]
    assert [text.replace("\u00a0", " ") for text in frame["bar_text"]] == ["3 · 50 € en curso", "5 · 900 €", "1"]
    assert frame["owner_text"].to_list() == ["Marketing", "Servicio", "Ventas"]


def test_the_outline_of_before_is_drawn_only_where_it_is_known() -> None:
    assert len(life_cycle(LIFE).spec["layer"]) == len(life_cycle(UNKNOWN_BEFORE).spec["layer"]) + 1


def test_a_phone_is_told_only_what_goes_on() -> None:
    assert funnel(STAGES).frame["short_step"].to_list() == ["↓ 60% go on", "↓ 50% go on", ""]


def test_repurchase_says_how_many_of_how_many_came_back() -> None:
    frame = repurchase(QUARTERS).frame
    assert frame.select("quarter_text", "rate_text", "count_text").rows() == [("Q1 2026", "75%", "3 of 4"), ("Q2 2026", "50%", "1 of 2")]
