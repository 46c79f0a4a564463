"""Seasons: the published index of Australian beer, and properties that no index may break."""

import numpy as np
import pytest
from scipy import stats

from measures.seasons import seasons

MEAN = [1.0003, 0.9147, 1.0286, 0.9582, 0.9161, 0.8379, 0.9223, 0.9263, 0.9234, 1.1215, 1.1977, 1.2531]
MEDIAN = [0.9778, 0.9199, 1.0148, 0.9555, 0.9138, 0.8436, 0.9126, 0.9358, 0.9207, 1.1326, 1.2225, 1.2505]
SHAPE = np.array(MEAN) / np.mean(MEAN)
FIVE_YEARS = np.datetime64("2021-01", "M") + np.arange(60)


def yearly(shape: np.ndarray, years: int = 5) -> np.ndarray:
    return np.tile(shape, years) * 100.0


@pytest.mark.parametrize("passed", [120, 476])
def test_ten_years_of_beer_give_the_published_mean_index_from_the_window_or_the_whole_series(beer, passed):
    index = seasons.seasonal_index(beer.months[-passed:], beer.values[-passed:], years=10)
    assert index.round(4).tolist() == MEAN


def test_ten_years_of_beer_give_the_published_median_index(beer):
    index = seasons.seasonal_index(beer.months, beer.values, years=10, method="median")
    assert index.round(4).tolist() == MEDIAN


def test_beer_has_a_season_with_the_published_test_value_peak_and_low(beer):
    found = seasons.season(beer.months, beer.values, years=10)
    assert found.status == "exists"
    assert round(found.kruskal_h, 2) == 76.45
    assert found.kruskal_p < 1e-10
    assert found.strength > seasons.STRONG
    assert (found.peak.start, round(found.peak.total, 4)) == (10, 3.5723)
    assert round(found.peak.total / 12, 4) == 0.2977
    assert (found.low.start, round(found.low.total, 4)) == (5, 2.6763)
    assert found.off_season.calendar_months == (4, 5, 6, 7, 8, 9)


def test_the_beer_series_is_the_one_that_was_published(beer):
    assert len(beer.values) == 476
    assert round(beer.values.sum(), 1) == 64924.2


def test_february_is_low_by_its_length_alone(beer):
    index = seasons.seasonal_index(beer.months, beer.values, years=10)
    assert round(seasons.index_per_day(index)[1], 3) == 0.986


def test_an_exactly_repeating_year_gives_back_its_shape():
    index = seasons.seasonal_index(FIVE_YEARS, yearly(SHAPE))
    assert index == pytest.approx(SHAPE)


def test_a_series_that_starts_in_july_has_its_index_in_calendar_order():
    months = np.datetime64("2021-07", "M") + np.arange(60)
    index = seasons.seasonal_index(months, np.roll(yearly(SHAPE), -6))
    assert index == pytest.approx(SHAPE)


def test_many_series_at_once_equal_each_alone():
    rng = np.random.default_rng(1)
    values = yearly(SHAPE) * rng.lognormal(0, 0.2, (7, 60))
    together = seasons.seasonal_index(FIVE_YEARS, values)
    alone = [seasons.seasonal_index(FIVE_YEARS, row) for row in values]
    assert together == pytest.approx(np.array(alone))
    assert together.mean(axis=1) == pytest.approx(np.ones(7))


def test_only_the_last_years_count():
    old = np.full(60, 50.0)
    months = np.datetime64("2016-01", "M") + np.arange(120)
    index = seasons.seasonal_index(months, np.concatenate([old, yearly(SHAPE)]), years=5)
    assert index == pytest.approx(SHAPE)


def test_one_wild_month_moves_the_median_index_far_less_than_the_mean_index():
    values = yearly(np.ones(12))
    values[30] *= 10
    assert np.ptp(seasons.seasonal_index(FIVE_YEARS, values, method="median")) < 0.15
    assert np.ptp(seasons.seasonal_index(FIVE_YEARS, values)) > 0.5


def test_an_unknown_method_is_refused():
    with pytest.raises(ValueError, match="mean or median"):
        seasons.seasonal_index(FIVE_YEARS, yearly(SHAPE), method="mode")


def test_a_missing_month_is_refused():
    with pytest.raises(ValueError, match="consecutive"):
        seasons.seasonal_index(np.delete(FIVE_YEARS, 7), np.ones(59))


def test_months_may_be_dates_or_their_numbers():
    dates = [np.datetime64(month, "D").astype(object) for month in FIVE_YEARS]
    numbers = np.tile(np.arange(1, 13), 5)
    assert (seasons.month_numbers(dates) == numbers).all()
    assert (seasons.month_numbers(numbers) == numbers).all()


@pytest.mark.parametrize("length", [0, 5, 12, 23])
def test_under_two_years_there_is_no_index_and_the_status_says_so(length):
    found = seasons.season(FIVE_YEARS[:length], yearly(SHAPE)[:length])
    assert found.status == "insufficient"
    assert np.isnan(found.index).all()
    assert (found.peak, found.low, found.off_season) == (None, None, None)


def test_three_years_that_agree_have_a_provisional_season_and_a_fourth_proves_it():
    noise = np.random.default_rng(2).lognormal(0, 0.03, 48)
    three, four = (seasons.season(FIVE_YEARS[:months], yearly(SHAPE)[:months] * noise[:months]) for months in (36, 48))
    assert (three.status, four.status) == ("provisional", "exists")
    assert three.index == pytest.approx(SHAPE, rel=0.06)
    assert np.isnan(seasons.season(FIVE_YEARS[:23], yearly(SHAPE)[:23]).index).all()


def test_a_single_year_of_ratios_has_an_index_and_cannot_be_told_from_chance():
    found = seasons.season(FIVE_YEARS[:24], yearly(SHAPE)[:24])
    assert (found.status, found.peak.start) == ("insufficient", 10)


def test_three_years_of_noise_have_no_provisional_season():
    rng = np.random.default_rng(8)
    ratios = seasons.ratios_by_month(FIVE_YEARS[:36], 100 * rng.lognormal(0, 0.2, (400, 36)))
    statuses = seasons.existence(ratios)
    assert set(statuses) <= {"provisional", "insufficient"}
    assert (statuses == "provisional").mean() < 0.03


def test_noise_without_a_season_has_status_none():
    rng = np.random.default_rng(3)
    found = seasons.season(FIVE_YEARS, 100 * rng.lognormal(0, 0.2, 60))
    assert found.status == "none"


def test_a_season_half_buried_in_noise_is_weak():
    rng = np.random.default_rng(5)
    ratios = SHAPE * rng.lognormal(0, 0.12, (1, 10, 12))
    assert 0.4 < seasons.strength(ratios)[0] < 0.64
    assert seasons.existence(ratios).tolist() == ["weak"]


def test_kruskal_wallis_equals_scipy_with_ties_and_unequal_groups():
    rng = np.random.default_rng(4)
    ratios = rng.integers(1, 9, (5, 6, 12)) / 4.0
    ratios[:, 0, 3:] = np.nan
    h, p = seasons.kruskal_wallis(ratios)
    for row in range(5):
        groups = [column[~np.isnan(column)] for column in ratios[row].T]
        expected = stats.kruskal(*groups)
        assert (h[row], p[row]) == pytest.approx((expected.statistic, expected.pvalue))


def test_equal_sales_in_a_year_that_repeats_have_equal_ratios_to_the_last_digit():
    year = np.array([7, 3, 1, 9, 7, 11, 3, 13, 1, 7, 5, 3])
    ratios = seasons.seasonal_ratios(np.tile(year, 4))[0, 12:36].reshape(2, 12)
    for units in (1, 3, 7):
        assert np.ptp(ratios[:, year == units]) == 0


def test_a_series_of_zeros_has_no_index():
    assert np.isnan(seasons.seasonal_index(FIVE_YEARS, np.zeros(60))).all()


def test_the_peak_wraps_from_december_to_february():
    index = np.array([1.4, 1.3, 1.0, 0.9, 0.8, 0.8, 0.8, 0.9, 0.9, 0.9, 1.0, 1.3])
    peak = seasons.peak_window(index)
    assert peak.calendar_months == (12, 1, 2)
    assert peak.total == pytest.approx(4.0)


def test_a_window_set_by_hand_wraps_and_sums_its_months():
    window = seasons.window_at(np.arange(1.0, 13.0), 11, 4)
    assert (window.calendar_months, window.total) == ((11, 12, 1, 2), 26.0)


def test_the_off_season_wraps_over_the_new_year_where_the_peak_is_in_summer():
    index = np.array([0.8, 0.8, 0.9, 1.0, 1.1, 1.3, 1.4, 1.3, 1.0, 0.96, 0.8, 0.7])
    assert seasons.off_season(index, seasons.peak_window(index)).calendar_months == (10, 11, 12, 1, 2, 3)


def test_of_two_equally_long_off_seasons_the_lower_is_taken():
    index = np.array([1.5, 1.5, 1.5, 0.9, 0.9, 1.0, 1.0, 0.8, 0.8, 1.0, 1.0, 1.0])
    assert seasons.off_season(index, seasons.peak_window(index)).calendar_months == (8, 9)


def test_a_month_exactly_on_the_cut_is_off_season_and_a_flat_year_has_none():
    index = np.full(12, 1.0)
    index[5] = 0.97
    assert seasons.off_season(index, seasons.peak_window(index)).calendar_months == (6,)
    assert seasons.off_season(np.ones(12), seasons.peak_window(np.ones(12))) is None


@pytest.mark.parametrize("k", [0, 12])
def test_a_peak_of_no_month_or_of_the_whole_year_is_refused(k):
    with pytest.raises(ValueError, match="1 to 11"):
        seasons.peak_window(SHAPE, k)
