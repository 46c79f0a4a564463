"""Ridge logistic regression: the chance of a win from indicators, held back where few deals speak (methods.md section 2).

It minimises sum log(1 + exp(−(2y − 1)·eta)) + ridge ÷ 2 · sum b_j², eta = b_0 + sum b_j·z_j, by Newton's method. z_j is the indicator
less its mean, in its standard deviations; the intercept b_0 goes free. A missing value counts as the mean.
"""

from dataclasses import dataclass

import numpy as np

from measures.wilson import NORMAL_95

STEPS, CLOSE = 50, 1e-10
"""Newton's method ends once no coefficient moves by more than CLOSE; so many steps are far more than it needs."""


@dataclass(frozen=True)
class Logistic:
    """A fitted regression: `mean` and `sd` of each indicator, `coefficients` (intercept first) and their `covariance`."""

    mean: np.ndarray
    sd: np.ndarray
    coefficients: np.ndarray
    covariance: np.ndarray

    def standardised(self, values: np.ndarray) -> np.ndarray:
        """(rows, indicators) in standard deviations from the mean; 0 where a value is missing."""
        return np.nan_to_num((values - self.mean) / self.sd)

    def probability(self, values: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """(probability, low, high) of each row; the range is the middle 95 % of what the coefficients leave open."""
        design = _with_intercept(self.standardised(values))
        eta = design @ self.coefficients
        spread = NORMAL_95 * np.sqrt(np.maximum(np.einsum("ij,jk,ik->i", design, self.covariance, design), 0.0))
        return sigmoid(eta), sigmoid(eta - spread), sigmoid(eta + spread)


def fit(values: np.ndarray, won: np.ndarray, ridge: float = 1.0) -> Logistic | None:
    """The regression of `won` (rows,) on `values` (rows, indicators); None where nothing was won or nothing was lost.

    An indicator that is the same everywhere, or nowhere known, keeps a coefficient of 0.
    """
    won = np.asarray(won, float)
    if not 0 < won.sum() < len(won):
        return None
    known = ~np.isnan(values)
    count = np.maximum(known.sum(axis=0), 1)
    mean = np.where(known, values, 0.0).sum(axis=0) / count
    spread = np.sqrt(np.where(known, (values - mean) ** 2, 0.0).sum(axis=0) / count)
    sd = np.where(spread > 1e-9, spread, np.inf)
    design = _with_intercept(np.nan_to_num((values - mean) / sd))
    return Logistic(mean, sd, *_newton(design, won, np.r_[0.0, np.full(values.shape[1], ridge)]))


def sigmoid(eta: np.ndarray) -> np.ndarray:
    """1 ÷ (1 + exp(−eta)) without an overflow."""
    return 0.5 * (1.0 + np.tanh(0.5 * eta))


def _newton(design: np.ndarray, won: np.ndarray, penalty: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Coefficients and covariance (the inverse of the penalised information) at the minimum."""
    rate = won.mean()
    beta = np.r_[np.log(rate / (1 - rate)), np.zeros(design.shape[1] - 1)]
    for _step in range(STEPS):
        chance = sigmoid(design @ beta)
        slope = design.T @ (chance - won) + penalty * beta
        curve = _curvature(design, chance, penalty)
        step = np.linalg.solve(curve, slope)
        beta = beta - step
        if np.abs(step).max() < CLOSE:
            break
    return beta, np.linalg.inv(_curvature(design, sigmoid(design @ beta), penalty))


def _curvature(design: np.ndarray, chance: np.ndarray, penalty: np.ndarray) -> np.ndarray:
    weight = np.maximum(chance * (1 - chance), 1e-12)
    return (design * weight[:, None]).T @ design + np.diag(penalty)


def _with_intercept(standardised: np.ndarray) -> np.ndarray:
    return np.column_stack([np.ones(len(standardised)), standardised])
