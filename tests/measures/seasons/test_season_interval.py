"""The interval of a season's total: shrunk scales, the pooled factor, and what it promises is held."""

import numpy as np
import pytest

from measures.pipeline import forecast_errors
from measures.seasons.rolling_origins import rolling_origins, spread_origins, weights
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
    trial = rolling_origins(np.vstack([values, np.tile(SHAPE, 5) * 50_000 * np.repeat(1.15 ** np.arange(5), 12)]), MONTHS, 4)
    assert np.isnan(trial.combo[:, 0, 0]).tolist() == [True, True, True, False, False, False]
    assert trial.weight[0] == 1


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


CHAMPAGNE = [
    2815, 2672, 2755, 2721, 2946, 3036, 2282, 2212, 2922, 4301, 5764, 7312, 2541, 2475, 3031, 3266, 3776, 3230, 3028, 1759, 3595, 4474, 6838, 8357,
    3113, 3006, 4047, 3523, 3937, 3986, 3260, 1573, 3528, 5211, 7614, 9254, 5375, 3088, 3718, 4514, 4520, 4539, 3663, 1643, 4739, 5428, 8314, 10651,
    3633, 4292, 4154, 4121, 4647, 4753, 3965, 1723, 5048, 6922, 9858, 11331, 4016, 3957, 4510, 4276, 4968, 4677, 3523, 1821, 5222, 6872, 10803, 13916,
    2639, 2899, 3370, 3740, 2927, 3986, 4217, 1738, 5221, 6424, 9842, 13076, 3934, 3162, 4286, 4676, 5010, 4874, 4633, 1659, 5951, 6981, 9851, 12670,
]  # fmt: skip
"""Monthly champagne sales of Perrin Freres, January 1964 to December 1971: one bad Christmas and a doubtful trend."""
AIRLINE = [
    112, 118, 132, 129, 121, 135, 148, 148, 136, 119, 104, 118, 115, 126, 141, 135, 125, 149, 170, 170, 158, 133, 114, 140, 145, 150, 178, 163, 172, 178,
    199, 199, 184, 162, 146, 166, 171, 180, 193, 181, 183, 218, 230, 242, 209, 191, 172, 194, 196, 196, 236, 235, 229, 243, 264, 272, 237, 211, 180, 201,
    204, 188, 235, 227, 234, 264, 302, 293, 259, 229, 203, 229, 242, 233, 267, 269, 270, 315, 364, 347, 312, 274, 237, 278, 284, 277, 317, 313, 318, 374,
    413, 405, 355, 306, 271, 306, 315, 301, 356, 348, 355, 422, 465, 467, 404, 347, 305, 336, 340, 318, 362, 348, 363, 435, 491, 505, 404, 359, 310, 337,
    360, 342, 406, 396, 420, 472, 548, 559, 463, 407, 362, 405, 417, 391, 419, 461, 472, 535, 622, 606, 508, 461, 390, 432,
]  # fmt: skip
"""International airline passengers in thousands, January 1949 to December 1960 (Box and Jenkins, series G)."""


def noisy(seed: int, length: int) -> list[float]:
    rng = np.random.default_rng(seed)
    return list((100 + 40 * np.sin(2 * np.pi * np.arange(length) / 12)) * rng.lognormal(0, 0.35, length))


def errors_of(values: np.ndarray, horizon: int) -> tuple[float, float]:
    """WAPE of what is published of the sum of the series, and of last year's months."""
    trial = rolling_origins(values, np.arange(values.shape[1]) % 12 + 1, horizon)
    assert len(trial.origins) == 6
    sums = [np.nansum(of, axis=1) for of in (trial.chosen, trial.naive, trial.actual)]
    return tuple(forecast_errors.wape(of, sums[2]) for of in sums[:2])


@pytest.mark.parametrize("horizon", [3, 12, 14, 17])
@pytest.mark.parametrize("length", [48, 60, 72, 96])
@pytest.mark.parametrize("series", [CHAMPAGNE, AIRLINE, noisy(5, 96), noisy(6, 96)], ids=["champagne", "airline", "noisy", "noisy too"])
def test_what_is_published_never_loses_to_last_years_months_over_six_origins(series: list[float], length: int, horizon: int) -> None:
    for end in range(len(series), len(series) - 12, -3):
        published, naive = errors_of(np.array(series[max(end - length, 0) : end], float)[None], horizon)
        assert published <= naive * (1 + 1e-9)


def test_a_growing_series_is_published_far_below_last_years_months() -> None:
    published, naive = errors_of(np.array(AIRLINE[-120:], float)[None], 14)
    assert published / naive < 0.7


@pytest.mark.parametrize("seed", range(6))
def test_the_sum_of_many_noisy_series_never_loses_either(seed: int) -> None:
    values = np.array([noisy(100 * seed + at, 60) for at in range(12)])
    values[:3, : 20 + 5 * seed] = 0
    published, naive = errors_of(values, 14)
    assert published <= naive * (1 + 1e-9)


def test_where_the_combination_loses_the_mean_of_both_is_taken_if_it_wins() -> None:
    """One month ahead, 100 sold: last year's month says 110, the combination 88; half of each says 99."""
    combined, naive, actual = (np.full((6, 1, 1), value) for value in (88.0, 110.0, 100.0))
    assert weights(combined, naive, actual).tolist() == [0.5]
    assert weights(np.full((6, 1, 1), 130.0), naive, actual).tolist() == [0.0]
    assert weights(np.full((6, 1, 1), 95.0), naive, actual).tolist() == [1.0]
    assert weights(combined[:5], naive[:5], actual[:5]).tolist() == [1.0]
