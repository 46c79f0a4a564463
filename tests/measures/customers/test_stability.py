"""Stability: the worked examples, and what kind of buyer gets which verdict."""

import numpy as np
import pytest

from measures.customers import stability as measure
from measures.customers.stability import Rules, stability

INDEX = np.array([1.0003, 0.9147, 1.0286, 0.9582, 0.9161, 0.8379, 0.9223, 0.9263, 0.9234, 1.1215, 1.1977, 1.2531])
TWO_YEARS = np.tile(INDEX, 2)
FLAT = np.ones(12)


def one(volumes, index=INDEX, **options):
    volumes = np.asarray(volumes, float)[None, :]
    return stability(volumes, np.tile(index, 2)[-volumes.shape[1] :], **options)


def test_the_worked_standard_errors():
    assert round(float(measure.standard_error(0.30, 24)), 4) == 0.0479
    raw = measure.raw_variation(np.array([[100, 120, 80, 110, 90, 100.0]]))
    assert measure.standard_error(raw, 6).round(6).tolist() == [0.045461]


def test_the_worked_probability_of_being_stable():
    error = measure.standard_error(0.25, 24)
    assert round(float(measure.probability_stable(0.25, error, 0.30)), 3) == 0.900


def test_the_worked_state_changes_only_outside_the_dead_band():
    states = measure.hysteresis([0.29, 0.31, 0.32, 0.34, 0.31, 0.28, 0.26], cut=0.30)
    assert "".join("S" if stable else "U" for stable in states) == "SSSUUUS"


def test_many_accounts_keep_their_own_state_and_a_missing_variation_changes_nothing():
    cv = np.array([[0.31, np.nan, 0.2], [0.31, 0.31, np.nan], [0.4, np.nan, 0.31]])
    states = measure.hysteresis(cv, stable=np.array([False, True, True]))
    assert states.tolist() == [[False, False, True], [True, True, True], [False, False, False]]


def test_a_buyer_who_follows_the_companys_season_has_no_variation_of_their_own():
    assert round(float(measure.raw_variation(100 * INDEX[None, :])[0]), 5) == 0.12735
    found = one(100 * TWO_YEARS)
    assert found.cv == pytest.approx([0], abs=1e-12)
    assert found.p_stable == pytest.approx([1])


def test_a_buyer_with_three_times_the_seasonal_amplitude_is_steady_too():
    assert round(float(measure.raw_variation(INDEX[None, :] ** 3)[0]), 5) == 0.41052
    found = one(TWO_YEARS**3)
    assert found.amplitude == pytest.approx([3])
    assert found.cv == pytest.approx([0], abs=1e-12)


def test_the_worked_raw_variation():
    assert round(float(measure.raw_variation(np.array([[100, 120, 80, 110, 90, 100.0]]))[0]), 6) == 0.141421


def test_a_steady_rise_is_not_variation():
    assert one(np.arange(100.0, 124.0), FLAT).cv == pytest.approx([0], abs=1e-12)


def test_residual_variation_equals_the_definition_written_out():
    volumes = np.random.default_rng(1).uniform(50, 150, 24)
    line = np.polyval(np.polyfit(np.arange(24), volumes, 1), np.arange(24))
    expected = np.sqrt(((volumes - line) ** 2).sum() / 22) / volumes.mean()
    found = one(volumes, FLAT)
    assert found.cv == pytest.approx([expected])
    assert found.standard_error == pytest.approx([expected * np.sqrt(1 / 46 + expected**2 / 24)])


@pytest.mark.parametrize(
    ("counted", "status"), [(0, "new"), (5, "new"), (6, "provisional"), (11, "provisional"), (12, "ok"), (24, "ok")]
)
def test_the_status_follows_the_months_since_the_first_order(counted, status):
    volumes = np.full(24, np.nan)
    volumes[24 - counted :] = 100.0
    found = one(volumes)
    assert found.status.tolist() == [status]
    assert np.isnan(found.cv[0]) == (status == "new")
    assert found.months.tolist() == [counted]


@pytest.mark.parametrize("volume", [0.0, -5.0])
def test_an_account_without_positive_months_is_insufficient(volume):
    found = one(np.full(24, volume))
    assert found.status.tolist() == ["insufficient"]
    assert np.isnan(found.p_stable[0])


def test_a_month_of_returns_counts_as_a_month_without_sales():
    volumes = np.full(24, 100.0)
    volumes[10] = 0
    zero = one(volumes)
    volumes[10] = -80
    assert one(volumes).cv == pytest.approx(zero.cv)


def test_missed_months_make_a_buyer_unstable():
    volumes = np.full(24, 100.0)
    volumes[[5, 11, 17]] = 0
    found = one(volumes, FLAT)
    assert found.basis.tolist() == [1]
    assert found.cv[0] > 0.30
    assert found.active_share == pytest.approx([21 / 24])


@pytest.mark.parametrize("every", [2, 3])
def test_a_regular_buyer_of_every_second_or_third_month_is_steady_on_their_own_rhythm(every):
    volumes = np.zeros(24)
    volumes[every - 1 :: every] = 100.0
    found = one(volumes, FLAT)
    assert found.basis.tolist() == [every]
    assert found.periods.tolist() == [24 // every]
    assert found.cv == pytest.approx([0], abs=1e-12)


def test_a_regular_buyer_of_every_fourth_month_is_judged_on_the_gaps():
    volumes = np.zeros(24)
    volumes[3::4] = 100.0
    found = one(volumes, FLAT)
    assert (found.basis.tolist(), found.periods.tolist()) == ([measure.GAPS], [5])
    assert found.cv == pytest.approx([0], abs=1e-12)


def test_an_account_that_stopped_is_not_steady_although_its_closed_gaps_were():
    volumes = np.full(24, 100.0)
    volumes[12:] = 0
    found = one(volumes, FLAT)
    assert found.basis.tolist() == [measure.GAPS]
    assert found.cv == pytest.approx([np.sqrt(132 / 11) / 2])


def test_two_orders_in_two_years_are_insufficient():
    volumes = np.zeros(24)
    volumes[[3, 15]] = 100.0
    assert one(volumes).status.tolist() == ["insufficient"]


def test_months_up_to_and_with_the_first_partial_one_do_not_count():
    volumes = np.array([[0.0, 0, 7, 0, 5], [4, 4, 4, 4, 4], [0, 0, 0, 0, 0]])
    nan = np.nan
    expected = np.array([[nan, nan, nan, 0, 5], [4, 4, 4, 4, 4], [nan] * 5])
    np.testing.assert_array_equal(measure.since_first_order(volumes), expected)
    given = measure.since_first_order(volumes, first=np.array([-3, 0, 3]))
    np.testing.assert_array_equal(given, [[0, 0, 7, 0, 5], [nan, 4, 4, 4, 4], [nan, nan, nan, nan, 0]])


def test_every_account_is_measured_as_if_it_were_alone():
    rng = np.random.default_rng(3)
    volumes = rng.lognormal(4, 0.4, (60, 24)) * (rng.random((60, 24)) < rng.uniform(0.2, 1, (60, 1)))
    volumes[:20, :9] = np.nan
    together = stability(volumes, TWO_YEARS).frame()
    for row in range(60):
        alone = one(volumes[row]).frame()
        assert alone.rows()[0] == pytest.approx(together.rows()[row], nan_ok=True)


def test_the_frame_has_nulls_where_nothing_is_known():
    frame = one(np.zeros(24)).frame()
    assert frame["stability_cv"].null_count() == 1
    assert frame["status"].to_list() == ["insufficient"]


def test_own_amplitude_and_trend_misjudge_fewer_seasonal_buyers_than_raw_variation():
    rng = np.random.default_rng(7)
    true = np.repeat([0.12, 0.55], 100)[:, None]
    index = np.exp(0.6 * np.cos(np.arange(12) / 12 * 2 * np.pi))
    index /= index.mean()
    volumes = 100 * np.tile(index, 2) * rng.gamma(1 / true**2, true**2, (200, 24))
    found = stability(volumes, np.tile(index, 2))
    wrong = ((found.cv > 0.30) != (true[:, 0] > 0.30)).mean()
    raw = ((measure.raw_variation(volumes) > 0.30) != (true[:, 0] > 0.30)).mean()
    assert wrong < 0.03
    assert raw > 0.3


def test_a_borderline_account_is_marked():
    waves = 100 * np.array([np.tile([1.26, 0.74], 12), np.tile([1.1, 0.9], 12)])
    found = stability(waves, np.tile(FLAT, 2))
    assert (found.p_stable.round(2).tolist(), found.is_borderline.tolist()) == ([0.75, 1.0], [True, False])
    assert stability(waves, np.tile(FLAT, 2), rules=Rules(doubt=0.3)).is_borderline.tolist() == [False, False]


def test_the_months_that_make_an_account_new_or_provisional_are_a_setting():
    volumes = np.array([*[np.nan] * 14, *[100.0, 90.0] * 5])
    said = [one(volumes, FLAT, rules=Rules(least_months=least, full_months=full)).status.item() for least, full in ((6, 12), (11, 12), (6, 10))]
    assert said == ["provisional", "new", "ok"]


def test_the_natural_break_lies_between_two_clusters():
    assert measure.natural_break([0.1, 0.12, 0.15, 0.6, 0.7, np.nan]) == pytest.approx(0.375)
    assert np.isnan(measure.natural_break([0.2, 0.2]))
