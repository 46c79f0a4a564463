"""Pace: the worked example, and a season's first and last day."""

import numpy as np
import pytest

from measures.pace import pace

SEASON = [1.1215, 1.1977, 1.2531, 1.0003]


def test_the_worked_pace_from_october_to_january():
    found = pace(10_000, 4_800, SEASON, elapsed=2)
    assert round(found.expected_share, 6) == 0.507195
    assert round(found.pace, 5) == 0.94638
    assert round(found.additive, 2) == 9728.05
    assert round(found.ratio, 2) == 9463.82
    assert round(found.factor_needed, 5) == 1.05518
    assert not found.is_final


def test_half_a_month_counts_half_its_weight():
    assert pace(100, 10, [2, 2, 4], elapsed=1.5).expected_share == pytest.approx(3 / 8)


def test_at_the_end_the_projection_is_what_was_sold():
    found = pace(100, 90, [1, 1], elapsed=2)
    assert (found.additive, found.ratio, found.pace, found.is_final) == (90, 90, 0.9, True)
    assert np.isnan(found.factor_needed)


def test_before_the_first_day_there_is_no_pace_and_no_ratio():
    found = pace(100, 0, [1, 1], elapsed=0)
    assert np.isnan(found.pace)
    assert np.isnan(found.ratio)
    assert (found.additive, found.factor_needed) == (100, 1)


def test_without_a_target_there_is_no_pace():
    assert np.isnan(pace(0, 50, [1, 1], elapsed=1).pace)


def test_a_season_without_weight_is_refused():
    with pytest.raises(ValueError, match="selling weights"):
        pace(100, 10, [0, 0], elapsed=1)
