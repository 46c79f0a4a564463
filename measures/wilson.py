"""Wilson's interval of a rate (methods.md section 9)."""

import numpy as np

NORMAL_95 = 1.959963984540054
"""Standard deviations on either side of the mean that hold 95 % of a normal distribution."""


def wilson(successes: np.ndarray, trials: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The 95 % interval of a rate; NaN without a trial. 8 of 10 → 0.4902 to 0.9433."""
    n = np.where(np.asarray(trials) > 0, trials, np.nan).astype(float)
    rate, square = successes / n, NORMAL_95**2
    middle = rate + square / (2 * n)
    half = NORMAL_95 * np.sqrt(np.maximum(rate * (1 - rate) / n + square / (4 * n**2), 0.0))
    return np.maximum((middle - half) / (1 + square / n), 0.0), np.minimum((middle + half) / (1 + square / n), 1.0)
