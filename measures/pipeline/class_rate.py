"""The chance of a win by class alone: what the class is taken for, mixed with what became of it (methods.md section 2)."""

import numpy as np
from scipy import stats

MIDDLE_95 = (0.025, 0.975)
"""The percentiles between which the middle 95 % of a distribution lie."""


def class_rate(wins: np.ndarray | float, closed: np.ndarray | float, prior: np.ndarray | float, weight: float = 10.0) -> np.ndarray:
    """(wins + weight × prior) ÷ (closed + weight): a class without closed deals has its prior.

    >>> round(float(class_rate(1, 8, 0.5)), 4)
    0.3333
    """
    return (np.asarray(wins) + weight * np.asarray(prior)) / (np.asarray(closed) + weight)


def class_range(wins: np.ndarray, closed: np.ndarray, prior: np.ndarray, weight: float = 10.0) -> tuple[np.ndarray, np.ndarray]:
    """The middle 95 % of the beta distribution whose mean is `class_rate`: the prior counts as `weight` deals.

    Where neither prior nor deals leave room for a win (or a loss), both ends are 0 (or 1).
    """
    won = np.asarray(wins) + weight * np.asarray(prior)
    lost = np.asarray(closed) + weight - won
    low, high = (np.where(won > 0, np.where(lost > 0, stats.beta.ppf(part, won, lost), 1.0), 0.0) for part in MIDDLE_95)
    return low, high
