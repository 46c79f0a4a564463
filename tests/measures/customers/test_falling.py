"""The shortfall test: worked examples, and what season, company and acknowledgement take out."""

import numpy as np
import pytest

from measures.customers.falling import chance_of, crossing, cusum, onset, surprise

Z = np.array([[-1.0, -1.2, -0.2, -1.8, -2.4]])
MONTHS = [(month - 1) % 12 + 1 for month in range(1, 25)]
FLAT = np.ones(12)


def test_the_sum_of_the_worked_example() -> None:
    assert cusum(Z)[0] == pytest.approx([0.5, 1.2, 0.9, 2.2, 4.1])


def test_one_month_counts_three_at_most_and_an_empty_one_exactly_three() -> None:
    assert cusum(np.array([[-np.inf, -7.0, 9.0]]))[0] == pytest.approx([2.5, 5.0, 1.5])


def test_the_sum_begins_anew_after_the_acknowledged_month() -> None:
    assert cusum(Z, reset=np.array([3]))[0] == pytest.approx([0, 0, 0, 0, 1.9])


def test_an_alarm_begins_where_the_sum_last_left_zero_and_is_raised_where_it_passes_h() -> None:
    sums = cusum(np.array([[-1.0, 2.0, -1.0, -1.2, -2.4], [0.0, 0.0, 0.0, 0.0, 1.0]]))
    assert onset(sums).tolist() == [2, 5]
    assert crossing(sums, onset(sums), 3.0).tolist() == [4, 5]  # 0.5, 1.2, 3.1


def test_at_the_default_threshold_noise_alone_comes_that_far_in_one_case_of_twenty() -> None:
    assert chance_of(np.array([3.0]), 0.5)[0] == pytest.approx(0.0498, abs=1e-4)


def test_a_season_that_an_account_follows_is_no_surprise() -> None:
    season = np.array([0.5, 1.5] * 6)
    volumes = 100 * np.tile(season, 2)[None, :]
    found = surprise(volumes, MONTHS, season)
    assert np.abs(found.z).max() < 0.01
    assert found.expected[0] == pytest.approx(volumes[0])


def test_each_account_is_measured_by_the_season_of_its_own_region() -> None:
    seasons = np.array([[0.5, 1.5] * 6, [1.5, 0.5] * 6])
    found = surprise(100 * np.tile(seasons, 2), MONTHS, seasons)
    assert np.abs(found.z).max() < 0.01


def test_a_month_in_which_everybody_buys_less_is_the_companys_and_nobodys() -> None:
    volumes = np.full((8, 24), 100.0)
    volumes[:, -1] = 60.0
    assert np.abs(surprise(volumes, MONTHS, FLAT).z).max() < 1e-9


def test_with_few_accounts_a_common_fall_is_each_ones_own() -> None:
    volumes = np.full((7, 24), 100.0)
    volumes[:, -1] = 60.0
    assert surprise(volumes, MONTHS, FLAT).z[:, -1] == pytest.approx(np.log(0.6) / 0.05)
    assert np.abs(surprise(volumes, MONTHS, FLAT, least_peers=7).z).max() < 1e-9


def test_the_least_spread_says_what_a_wobble_of_a_calm_account_is_worth() -> None:
    volumes = np.full((1, 24), 100.0)
    volumes[:, -1] = 60.0
    assert surprise(volumes, MONTHS, FLAT, least_spread=0.1).z[0, -1] == pytest.approx(np.log(0.6) / 0.1)


def test_a_month_without_an_order_is_the_worst_there_is_and_one_before_the_first_order_is_none() -> None:
    volumes = np.full((1, 24), 100.0)
    volumes[0, :3], volumes[0, -1] = np.nan, 0.0
    z = surprise(volumes, MONTHS, FLAT).z[0]
    assert np.isnan(z[:3]).all() and z[-1] == -np.inf


def test_a_calm_account_is_taken_to_be_half_as_calm_as_it_looks_and_a_wild_one_as_wild_as_it_is() -> None:
    logs = np.array([[0.1, -0.1] * 12, [0.3, -0.3] * 12, [0.9, -0.9] * 12])
    z = surprise(np.exp(logs), MONTHS, FLAT, prior_months=24).z
    mad = 1.4826 * np.array([0.1, 0.3, 0.9])
    spread = [np.sqrt((mad[0] ** 2 + mad[1] ** 2) / 2), mad[1], mad[2]]
    assert z[:, 0] == pytest.approx(np.array([0.1, 0.3, 0.9]) / spread)
