"""Sparse series borrow their pool's season as far as their own data is poor."""

import numpy as np
import pytest

from measures.seasons.season_pooling import _beginnings, own_variance, pooled_indices, shrunk_amplitude, shrunk_logarithm

POOL = np.array([1.5, 1.4, 1.1, 1.0, 0.8, 0.7, 0.6, 0.7, 0.8, 1.0, 1.1, 1.3])
MONTHS = np.datetime64("2021-01", "M") + np.arange(60)
OWN = np.roll(POOL, 2)


def test_the_worked_example_shrinks_a_log_index_of_point_thirty():
    assert round(shrunk_logarithm(0.30, 0.10, 0.03, 0.0225), 4) == 0.1857


@pytest.mark.parametrize("power", [0.0, 0.5, 1.0, 3.0])
def test_an_exact_power_of_the_index_has_that_amplitude(power):
    values = np.tile(POOL**power, (1, 2)) * 40
    assert shrunk_amplitude(values, np.tile(POOL, 2)) == pytest.approx([power])


def test_a_noisy_amplitude_lies_between_its_own_slope_and_one():
    rng = np.random.default_rng(2)
    values = np.tile(POOL**2, (300, 2)) * rng.lognormal(0, 0.5, (300, 24))
    amplitude = shrunk_amplitude(values, np.tile(POOL, 2))
    assert 1.0 < amplitude.mean() < 1.9


def test_the_shrunk_amplitude_equals_the_formula_written_out():
    y, x = np.array([90.0, 130, 80, 60, 100]), np.array([1.1, 1.3, 0.9, 0.7, 1.0])
    log_x, log_y = np.log(x) - np.log(x).mean(), np.log(y) - np.log(y).mean()
    slope = log_x @ log_y / (log_x @ log_x)
    error = ((log_y - slope * log_x) ** 2).sum() / 3 / (log_x @ log_x)
    expected = (slope / error + 1 / 0.0625) / (1 / error + 1 / 0.0625)
    assert shrunk_amplitude(y[None, :], x) == pytest.approx([expected])


def test_two_orders_say_nothing_about_the_amplitude():
    values = np.zeros((1, 24))
    values[0, [0, 6]] = [500, 1]
    assert shrunk_amplitude(values, np.tile(POOL, 2)) == pytest.approx([1.0])


def _history(length: int) -> np.ndarray:
    values = np.tile(OWN, 5) * 100.0
    values[: 60 - length] = 0
    return values


def test_the_status_follows_the_length_of_the_history():
    values = np.array([_history(length) for length in (60, 59, 24, 23, 12, 11, 0)])
    index, status = pooled_indices(MONTHS, values, POOL)
    assert status.tolist() == ["own", "shrunk", "shrunk", "provisional", "provisional", "parent", "parent"]
    assert index[0] == pytest.approx(OWN / OWN.mean())
    assert index[5] == pytest.approx(POOL)
    assert index[6] == pytest.approx(POOL)
    assert index.mean(axis=1) == pytest.approx(np.ones(7))


def test_the_longer_the_noisy_history_the_closer_to_the_series_own_season():
    rng = np.random.default_rng(6)
    noise = rng.lognormal(0, 0.3, (200, 60))
    distance = []
    for length in (24, 36, 59):
        values = np.array([_history(length)] * 200) * noise
        index, _ = pooled_indices(MONTHS, values, POOL)
        distance.append(np.sqrt(((np.log(index) - np.log(OWN / OWN.mean())) ** 2).mean()))
    assert distance[0] > distance[1] > distance[2]


def test_with_three_noisy_years_shrinking_beats_both_the_own_and_the_pooled_index():
    rng = np.random.default_rng(8)
    truth = POOL * rng.lognormal(0, 0.15, (300, 12))
    truth /= truth.mean(axis=1, keepdims=True)
    values = np.tile(truth, 3) * rng.lognormal(0, 0.35, (300, 36))
    index, _ = pooled_indices(MONTHS[:36], values, POOL)
    own, _ = pooled_indices(MONTHS[:36], values, POOL, years=3)
    error = [np.sqrt(((np.log(found) - np.log(truth)) ** 2).mean()) for found in (index, own, POOL[None, :])]
    assert error[0] < error[1]
    assert error[0] < error[2]


def test_a_series_with_empty_months_is_never_taken_as_its_own():
    values = np.tile(POOL, 5) * 100.0
    values[[3, 15, 30]] = 0
    index, status = pooled_indices(MONTHS, values[None, :], POOL)
    assert status.tolist() == ["shrunk"]
    assert np.isfinite(index).all()


def test_a_series_begins_with_its_first_positive_month_and_one_without_any_never() -> None:
    values = np.array([[3.0, 0, 1], [0, 0, 2], [0, 4, 0], [0, 0, 0]])
    assert _beginnings(values).tolist() == [0, 2, 1, 3]


def test_the_spread_of_ratios_is_the_same_whether_months_without_any_stand_at_the_ends_or_not() -> None:
    ratios = np.full((2, 3, 12), np.nan)
    ratios.reshape(2, 36)[:, 6:30] = np.random.default_rng(3).lognormal(0, 0.1, (2, 24))
    known = np.log(ratios.reshape(2, 36)[:, 6:30]).reshape(2, 2, 12)
    # Two ratios a month: s² is the sum of squares about their means ÷ 12 degrees of freedom, and their mean has half of it.
    expected = ((known - known.mean(axis=1, keepdims=True)) ** 2).sum(axis=(1, 2)) / 12 / 2
    assert own_variance(ratios) == pytest.approx(expected, rel=1e-12)
