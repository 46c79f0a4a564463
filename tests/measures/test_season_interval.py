"""The interval of a season's total: shrunk scales, the pooled factor, and what it promises is held."""

import numpy as np
import pytest

from measures.pipeline import forecast_errors
from measures.seasons.rolling_origins import rolling_origins, spread_origins
from measures.seasons.season_interval import coverage, factor, relative_errors, scales

SHAPE = np.array([1.0, 0.9, 1.05, 0.95, 0.9, 0.8, 0.9, 0.95, 0.95, 1.1, 1.2, 1.3])
MONTHS = np.datetime64("2021-01", "M") + np.arange(60)


def test_an_error_is_what_came_less_what_was_forecast_as_a_share_of_the_forecast() -> None:
    found = relative_errors(np.array([100.0, 200.0, 0.0]), np.array([110.0, 150.0, 5.0]))
    assert found[:2].tolist() == [0.1, -0.25]
    assert np.isnan(found[2])


def test_a_series_scale_is_drawn_to_the_pools_median_and_a_new_series_has_the_median() -> None:
    errors = np.array([[0.1, -0.2, 0.6, np.nan], [0.1, 0.2, -0.6, np.nan]])
    # means .1 .2 .6, median .2, n 2: (2·.1 + 4·.2) ÷ 6, (2·.2 + 4·.2) ÷ 6, (2·.6 + 4·.2) ÷ 6, (0 + 4·.2) ÷ 4
    assert scales(errors) == pytest.approx([1 / 6, 0.2, 1 / 3, 0.2])


def test_without_any_error_nothing_is_known() -> None:
    errors = np.zeros((0, 3))
    assert np.isnan(scales(errors)).all()
    assert np.isnan(factor(errors, 0.8))
    assert np.isnan(coverage(errors, 0.8))


def test_a_forecast_that_never_missed_has_no_width_and_no_crash() -> None:
    errors = np.zeros((6, 2))
    assert factor(errors, 0.8) * scales(errors) == pytest.approx([0, 0])


def test_a_lone_series_is_judged_by_all_of_its_errors() -> None:
    errors = np.array([[0.02], [-0.04], [0.01], [0.05], [-0.03], [0.02]])
    others = [(np.abs(np.delete(errors, at)).sum() + 4 * np.abs(errors).mean()) / 9 for at in range(6)]
    ratios = np.sort(np.abs(errors[:, 0]) / others)
    assert factor(errors, 0.8) == pytest.approx(ratios[4] + 0.6 * (ratios[5] - ratios[4]))


def test_in_a_large_pool_the_latest_errors_alone_give_the_factor() -> None:
    errors = np.full((6, 30), 0.1)
    errors[0] = 5.0
    wild = factor(errors, 0.8)
    errors[-1] = 0.0
    assert wild > 0
    assert factor(errors, 0.8) == 0


@pytest.mark.parametrize("share", [0.5, 0.8, 0.9])
def test_four_of_five_of_new_errors_fall_inside_when_four_of_five_are_asked_for(share: float) -> None:
    rng = np.random.default_rng(4)
    sizes = rng.lognormal(-2, 0.6, 3000)
    errors = rng.normal(0, sizes, (7, 3000))
    known, new = errors[:6], errors[6]
    held = (np.abs(new) <= factor(known, share) * scales(known)).mean()
    assert held == pytest.approx(share, abs=0.03)
    assert coverage(known, share) == pytest.approx(share, abs=0.03)


def test_beers_season_is_back_tested_well_below_seasonal_naive(beer) -> None:
    trial = rolling_origins(beer.values[None, -132:-12], beer.months[-132:-12], 4)
    assert trial.origins.tolist() == [56, 68, 80, 92, 104, 116]
    wapes = [forecast_errors.wape(of[:, 0], trial.actual[:, 0]) for of in (trial.chosen, trial.naive)]
    assert wapes[0] / wapes[1] < 0.90
    assert abs(forecast_errors.bias(trial.chosen[:, 0], trial.actual[:, 0])) < 0.05
    assert forecast_errors.mase(trial.chosen[:, 0], trial.actual[:, 0], trial.scale[:, 0]) < 1


def test_origins_spread_over_the_history_and_lie_a_year_apart_where_there_are_ten() -> None:
    assert spread_origins(120, 4) == [56, 68, 80, 92, 104, 116]
    assert spread_origins(60, 4) == [26, 32, 38, 44, 50, 56]
    assert spread_origins(30, 4) == [24, 25, 26]
    assert spread_origins(28, 4) == [24]
    assert spread_origins(27, 4) == []


def test_an_origin_knows_nothing_of_what_came_after_it() -> None:
    values = np.tile(SHAPE, 5)[None, :] * 100
    changed = values.copy()
    changed[0, 50:] *= 7
    before, after = (rolling_origins(of, MONTHS, 4) for of in (values, changed))
    early = before.origins <= 46
    assert early.sum() == 4
    assert (before.combo[early] == after.combo[early]).all()
    assert (before.naive[early] == after.naive[early]).all()


def test_a_series_under_a_year_old_at_an_origin_is_not_judged_there() -> None:
    values = np.tile(SHAPE, 5)[None, :] * 100
    values[0, :30] = 0
    trial = rolling_origins(np.vstack([values, np.tile(SHAPE, 5) * 50]), MONTHS, 4)
    assert np.isnan(trial.combo[:, 0, 0]).tolist() == [True, True, True, False, False, False]
    assert not trial.lost_to_naive[0]


def test_a_perfect_year_is_forecast_without_an_error() -> None:
    actual = np.array([[10.0, 20.0], [10.0, 20.0]])
    assert (forecast_errors.wape(actual, actual), forecast_errors.bias(actual, actual)) == (0, 0)
    assert forecast_errors.mase(actual, actual, np.array([2.0, np.nan])) == 0


def test_errors_in_the_measures_that_a_person_can_add_up() -> None:
    forecast, actual = np.array([[12.0, 18.0]]), np.array([[10.0, 20.0]])
    assert forecast_errors.wape(forecast, actual) == pytest.approx(4 / 30)
    assert forecast_errors.bias(forecast, actual) == 0
    assert forecast_errors.mase(forecast, actual, np.array([4.0])) == 0.5
    assert forecast_errors.mase(forecast, actual, np.array([0.0])) is None
    assert forecast_errors.wape(forecast, np.zeros((1, 2))) is None
