"""Run rate: the worked example, a season's first and last day, and scopes beside each other."""

import numpy as np
import pytest

from measures.seasons.run_rate import RunRate, run_rate

SEASON = [1.1215, 1.1977, 1.2531, 1.0003]


def one(target: float, actual: float, weights: list[float], elapsed: float) -> dict[str, float]:
    """The run rate of a single scope."""
    found = run_rate([target], [actual], [weights], elapsed)
    return {name: getattr(found, name)[0] for name in RunRate.__dataclass_fields__}


def test_the_worked_pace_from_october_to_january():
    found = one(10_000, 4_800, SEASON, elapsed=2)
    assert round(found["expected_share"], 6) == 0.507195
    assert round(found["pace_index"], 5) == 0.94638
    assert round(found["additive"], 2) == 9728.05
    assert round(found["ratio"], 2) == 9463.82
    assert round(found["required_factor"], 5) == 1.05518
    assert not found["is_final"]


def test_half_a_month_counts_half_its_weight():
    assert one(100, 10, [2, 2, 4], elapsed=1.5)["expected_share"] == pytest.approx(3 / 8)


def test_at_the_end_the_projection_is_what_was_sold():
    found = one(100, 90, [1, 1], elapsed=2)
    assert (found["additive"], found["ratio"], found["pace_index"], found["is_final"]) == (90, 90, 0.9, True)
    assert np.isnan(found["required_factor"])


def test_before_the_first_day_there_is_no_pace_and_no_ratio():
    found = one(100, 0, [1, 1], elapsed=0)
    assert np.isnan(found["pace_index"])
    assert np.isnan(found["ratio"])
    assert (found["additive"], found["required_factor"]) == (100, 1)


def test_a_target_that_is_reached_asks_for_nothing_more():
    assert one(100, 120, [1, 1], elapsed=1)["required_factor"] == 0


def test_without_a_target_only_the_share_is_known():
    found = one(0, 50, [1, 1], elapsed=1)
    assert found["expected_share"] == 0.5
    assert np.isnan([found[name] for name in ("pace_index", "additive", "ratio", "required_factor")]).all()


def test_a_month_without_a_target_has_no_weight_and_may_be_the_last():
    found = run_rate([100, 100], [50, 50], [[1, 1, 1], [1, 1, 0]], elapsed=2)
    assert found.expected_share.tolist() == [pytest.approx(2 / 3), 1]
    assert found.is_final.tolist() == [False, True]


def test_a_scope_without_weight_is_never_final():
    found = one(100, 10, [0, 0], elapsed=1)
    assert np.isnan(found["pace_index"])
    assert not found["is_final"]


def test_a_negative_weight_is_refused():
    with pytest.raises(ValueError, match="selling weights"):
        one(100, 10, [-1, 2], elapsed=1)
