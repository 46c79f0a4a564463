"""Small samples: methods.md section 9's examples exactly."""

import numpy as np
import pytest

from measures.team.small_samples import ACTION, chance_of_at_most, funnel_limits
from measures.wilson import wilson


def test_the_funnel_around_six_tenths_with_twenty_five() -> None:
    assert funnel_limits(0.6, np.array([25])) == (pytest.approx([0.408], abs=5e-4), pytest.approx([0.792], abs=5e-4))
    assert funnel_limits(0.6, np.array([25]), ACTION) == (pytest.approx([0.297], abs=5e-4), pytest.approx([0.903], abs=5e-4))


def test_limits_stay_rates_and_nothing_is_said_without_a_trial() -> None:
    low, high = funnel_limits(0.9, np.array([1, 0]))
    assert (low[0], high[0]) == (pytest.approx(0.312, abs=1e-3), 1.0)
    assert np.isnan(low[1]) and np.isnan(high[1])


def test_a_plan_of_twenty_outlets() -> None:
    chances = chance_of_at_most(np.array([13, 10, 5]), np.array([20, 20, 0]))
    assert chances[:2] == pytest.approx([0.066, 0.011], abs=5e-4)
    assert np.isnan(chances[2])


@pytest.mark.parametrize(
    ("made", "of", "low", "high"), [(8, 10, 0.4902, 0.9433), (0, 5, 0.0, 0.4345), (1, 1, 0.2065, 1.0), (45, 60, 0.6277, 0.8422)]
)
def test_wilson(made: int, of: int, low: float, high: float) -> None:
    assert wilson(np.array([made]), np.array([of])) == (pytest.approx([low], abs=5e-5), pytest.approx([high], abs=5e-5))
