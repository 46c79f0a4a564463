"""Natural sales: the published forecasts of Australian beer, and what a forecast of many thin cells must keep."""

import numpy as np
import pytest

from measures.seasons import combo, natural
from measures.seasons.rolling_origins import Trial, rolling_origins
from measures.seasons.seasons import known_months, seasonal_index
from measures.seasons.steady import without_spikes

SHAPE = np.array([1.0, 0.9, 1.05, 0.95, 0.9, 0.8, 0.9, 0.95, 0.95, 1.1, 1.2, 1.3])
MONTHS = np.datetime64("2021-01", "M") + np.arange(60)


def test_the_worked_forecast_of_beer(beer):
    train = slice(-132, -12)
    assert str(beer.months[train][0]) == "1984-09"
    assert str(beer.months[train][-1]) == "1994-08"
    found = combo.combo(beer.values[train], beer.months[train], 4)
    assert found.round(3).tolist() == [[135.364, 161.567, 178.741, 181.039]]
    assert round(found[0, 1:].sum(), 3) == 521.347


def test_the_published_errors_of_beer_over_109_origins(beer):
    errors, total = np.zeros(2), 0.0
    for origin in range(476 - 120, 476 - 12 + 1):
        past, actual = beer.values[origin - 120 : origin], beer.values[origin : origin + 12]
        forecasts = combo.combo(past, beer.months[origin - 120 : origin], 12), combo.seasonal_naive(past, 12)
        errors += [np.abs(forecast[0] - actual).sum() for forecast in forecasts]
        total += actual.sum()
    assert (100 * errors / total).round(2).tolist() == [5.40, 6.70]


def test_the_smoothed_level_is_that_of_smoothing_month_by_month():
    rng = np.random.default_rng(7)
    values = np.concatenate([rng.lognormal(3, 0.4, (40, 30)), np.full((1, 30), 5.0), np.r_[np.full(28, np.nan), 4.0, 9.0][None]])
    values[:10, :12] = np.nan
    found = combo._smoothed(values)
    for row, (level, alpha, months) in enumerate(zip(*found, strict=True)):
        known = values[row][~np.isnan(values[row])]
        tried = [_smoothed_slowly(known, weight) for weight in combo.ALPHAS]
        best = min(tried, key=lambda one: one[0])
        assert (alpha, months) == (best[1], len(known))
        assert level == pytest.approx(best[2], rel=1e-12)


def _smoothed_slowly(series, alpha):
    level, squares = series[0], 0.0
    for value in series[1:]:
        squares += (value - level) ** 2
        level += alpha * (value - level)
    return squares, alpha, level


def test_a_year_that_repeats_itself_is_forecast_to_repeat():
    found = combo.combo(np.tile(SHAPE, 5) * 100, MONTHS, 14)
    assert found[0] == pytest.approx(np.tile(SHAPE, 2)[:14] * 100)


def test_many_series_at_once_equal_each_alone():
    rng = np.random.default_rng(1)
    values = np.tile(SHAPE, 5) * rng.lognormal(4, 0.3, (2100, 60))
    values[:500, :30] = np.nan
    together = combo.combo(values, MONTHS, 6)
    for row in (0, 499, 500, 1500, 2099):
        assert combo.combo(values[row], MONTHS, 6)[0] == pytest.approx(together[row])


def test_months_before_a_series_begins_do_not_matter():
    values = 100 * np.tile(SHAPE, 5)
    late = np.where(np.arange(60) < 24, np.nan, values)
    index = seasonal_index(MONTHS, values)
    expected = combo.combo(values[24:], MONTHS[24:], 6, index)
    assert combo.combo(late, MONTHS, 6, index) == pytest.approx(expected)


@pytest.mark.parametrize("length", [1, 5, 11, 12, 13, 24])
def test_a_short_series_is_forecast_from_its_level(length):
    found = combo.combo(np.full(length, 50.0), MONTHS[:length], 3)
    assert found[0] == pytest.approx([50, 50, 50])


def test_a_falling_series_is_never_forecast_below_zero():
    falling = np.maximum(600 - 14.0 * np.arange(60), 0)
    found = combo.combo(falling, MONTHS, 24)
    assert (found >= 0).all()
    assert np.isfinite(found).all()


def test_growth_from_almost_nothing_is_limited_to_doubling():
    values = np.r_[np.full(48, 1.0), np.full(12, 100.0)]
    naive = combo.seasonal_naive(values, 3)[0]
    assert combo.combo(values, MONTHS, 3, np.ones(12))[0].max() < naive.max() * 2**0.5 + 40


def test_the_combo_gives_way_where_seasonal_naive_was_better():
    odd = np.tile(np.r_[np.full(6, 10.0), np.full(6, 100.0)], 5)
    lost = np.arange(60) < 16
    values = np.where(lost, 400.0, odd)
    found, method = natural.best_forecast(np.array([values, 100 * np.tile(SHAPE, 5)]), MONTHS, 12)
    assert method[0] == "seasonal naive"
    assert found[0] == pytest.approx(odd[:12])


def test_without_two_years_before_the_first_origin_the_combo_stands():
    rng = np.random.default_rng(2)
    _, method = natural.best_forecast(rng.lognormal(3, 1, (20, 40)), MONTHS[:40], 12)
    assert set(method) == {"combo"}


def test_a_promotional_spike_goes_back_to_the_median_and_a_peak_season_stays():
    index = seasonal_index(MONTHS, np.tile(SHAPE**4, 5))[None, :]
    values = np.tile(index[0], 5)[None, :] * 100 * np.random.default_rng(1).uniform(0.9, 1.1, (1, 60))
    spiked = values.copy()
    spiked[0, 40] *= 6
    found = without_spikes(spiked, MONTHS, index)
    others = np.arange(60) != 40
    assert (found[0, others] == values[0, others]).all()
    assert found[0, 40] == pytest.approx(100 * index[0, 40 % 12], rel=0.05)


def test_a_rare_buyer_keeps_every_order():
    values = np.zeros((1, 60))
    values[0, [5, 20, 44]] = [10, 12, 900]
    assert (without_spikes(values, MONTHS, np.ones((1, 12))) == values).all()


def test_young_and_intermittent_cells_are_sparse():
    young, rare, steady = np.zeros(60), np.zeros(60), np.full(60, 5.0)
    young[-23:] = 5
    rare[::2] = 5
    assert natural.is_sparse(np.array([young, rare, steady])).tolist() == [True, True, False]


def test_cells_add_up_to_their_totals_and_keep_their_proportions():
    cells = np.array([[10.0, 10], [30, 10], [5, 0], [0, 0]])
    totals = np.array([[80.0, 10], [5, 6]])
    found = natural.reconciled(cells, np.array([0, 0, 1, 1]), totals, weights=np.array([1.0, 1, 3, 1]))
    assert found.tolist() == [[20, 5], [60, 5], [5, 4.5], [0, 1.5]]


def test_a_total_whose_cells_sold_nothing_lately_is_divided_evenly():
    found = natural.reconciled(np.zeros((2, 1)), np.array([0, 0]), np.array([[8.0]]), np.zeros(2))
    assert found.tolist() == [[4], [4]]


def test_a_sparse_cell_gets_its_share_of_the_last_twelve_months():
    values = np.zeros((2, 60))
    values[:, -12:] = [[3.0] * 12, [1.0] * 12]
    found = natural.mix_forecast(values, np.array([0, 0]), np.array([[100.0, 60.0]]))
    assert found.tolist() == [[75, 45], [25, 15]]


def test_natural_sales_of_thick_and_thin_cells_add_up_in_every_month():
    rng = np.random.default_rng(3)
    parents = np.repeat(np.arange(6), 5)
    values = np.tile(SHAPE, 5) * rng.lognormal(3, 0.2, (30, 60))
    values[::3] *= rng.random((10, 60)) < 0.4
    values[4] = 0
    found = natural.natural_sales(values, parents, MONTHS, 6)
    sums = np.array([found.cells[parents == parent].sum(axis=0) for parent in range(6)])
    assert sums == pytest.approx(found.totals)
    assert (found.cells >= 0).all()
    assert set(found.cell_method) == {"combo", "mix"}
    assert found.cells[4].tolist() == [0] * 6


def test_natural_sales_of_a_steady_brewery_repeat_its_season():
    sizes = np.array([10.0, 20, 70, 5])
    found = natural.natural_sales(sizes[:, None] * np.tile(SHAPE, 5), np.array([0, 0, 1, 1]), MONTHS, 6)
    assert found.cells == pytest.approx(sizes[:, None] * SHAPE[:6])
    assert set(found.total_method) == {"combo"}


def test_no_cells_have_no_natural_sales():
    found = natural.natural_sales(np.zeros((0, 60)), np.zeros(0, int), MONTHS, 6)
    assert (found.cells.shape, found.totals.shape) == ((0, 6), (0, 6))


def test_who_began_less_than_a_year_ago_is_forecast_by_the_combo_whatever_the_trial_says():
    months = np.datetime64("2021-01", "M") + np.arange(36)
    values = np.full((2, 36), 100.0)
    values[1, :31] = 0
    trial = rolling_origins(values, months, 9)
    nothing = Trial(trial.origins, trial.combo, trial.naive, trial.actual, trial.scale, np.zeros(2))
    forecast, method = natural.best_forecast(values, months, 9, trial=nothing)
    assert forecast == pytest.approx(np.full((2, 9), 100.0))
    assert method.tolist() == ["seasonal naive", "combo"]


def test_the_slope_of_a_series_is_over_the_months_that_it_has() -> None:
    values = np.array([[1.0, 3, 5, 7], [np.nan, np.nan, 2, 5], [np.nan, np.nan, np.nan, 9]])
    assert combo._slope(values, known_months(values)).tolist() == [2.0, 3.0, 0.0]


def test_sales_below_zero_count_as_none_and_others_are_not_copied() -> None:
    sales = np.array([[0.0, 2.0]])
    assert natural.not_negative(sales) is sales
    assert natural.not_negative(np.array([[-1.0, np.nan, 2.0]])).tolist() == [[0.0, 0.0, 2.0]]
