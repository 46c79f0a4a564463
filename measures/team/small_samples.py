"""What a small number may say: limits of a rate around a common one, and the chance of a count under a plan (methods.md section 9)."""

import numpy as np
from scipy import stats

from measures.wilson import NORMAL_95

WARNING, ACTION = NORMAL_95, 3.090232306167813
"""Standard errors within which 95 % and 99.8 % of rates lie where all are alike."""


def funnel_limits(common: float, trials: np.ndarray, errors: float = WARNING) -> tuple[np.ndarray, np.ndarray]:
    """Between which rates people with so many trials lie if all are as good as the common rate. 0.6 with 25 → 0.408 to 0.792."""
    n = np.where(np.asarray(trials) > 0, trials, np.nan).astype(float)
    half = errors * np.sqrt(common * (1 - common) / n)
    return np.maximum(common - half, 0.0), np.minimum(common + half, 1.0)


def chance_of_at_most(made: np.ndarray, planned: np.ndarray) -> np.ndarray:
    """The chance of so few or fewer where the plan is what is usually reached: at most 13 of 20 planned → 0.066. NaN without a plan."""
    planned = np.asarray(planned, float)
    return np.where(planned > 0, stats.poisson.cdf(np.asarray(made, float), np.where(planned > 0, planned, 1.0)), np.nan)
