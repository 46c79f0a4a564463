"""What a customer spends on a purchase day: gamma-gamma, closed form (Fader and Hardie 2013; methods.md section 3).

A customer is x (repeat purchase days) and z (mean spend of those). It holds only where spend does not go with frequency:
|corr(x, z)| < 0.3.
"""

from dataclasses import dataclass

import numpy as np
from scipy import optimize, special

START = (5.0, 4.0)
"""Where the search for p and q begins; v begins at q − 1."""
LIMITS = (1e-4, 1e6)
"""At one of these ends a parameter says only that the data do not hold it: no convergence."""


@dataclass(frozen=True)
class GammaGamma:
    """The three parameters; q > 1, or no mean spend exists."""

    p: float
    q: float
    v: float


def fit(x: np.ndarray, z: np.ndarray) -> GammaGamma | None:
    """Maximum likelihood over customers with x > 0 and z > 0 (n,); None where it does not converge or no mean exists."""
    x, z = np.asarray(x, float), np.asarray(z, float)
    scale = float(np.median(z)) if len(z) else 0.0
    if scale <= 0:
        return None
    # In units of the median spend, so that the same start and limits serve every currency.
    found = optimize.minimize(
        _loss, np.log([*START, START[1] - 1]), args=(x, z / scale), jac=True, method="L-BFGS-B", bounds=[tuple(np.log(LIMITS))] * 3,
        options={"maxiter": 1000, "ftol": 1e-13, "gtol": 1e-8},
    )
    p, q, v = (float(of) for of in np.exp(found.x))
    is_inside = all(LIMITS[0] * 1.01 < of < LIMITS[1] * 0.99 for of in (p, q, v))
    return GammaGamma(p, q, v * scale) if found.success and is_inside and q > 1 else None


def expected_spend(model: GammaGamma, x: np.ndarray, z: np.ndarray) -> np.ndarray:
    """Mean spend per purchase day to expect: the customer's own, drawn to the mean of all; that mean where x = 0."""
    x, z = np.asarray(x, float), np.asarray(z, float)
    own = model.p * x / (model.p * x + model.q - 1)
    return (1 - own) * model.v * model.p / (model.q - 1) + own * np.where(x > 0, z, 0.0)


def correlation(x: np.ndarray, z: np.ndarray) -> float:
    """Pearson's correlation of frequency and spend; NaN under three customers or where one of them does not vary."""
    x, z = np.asarray(x, float), np.asarray(z, float)
    if len(x) < 3 or x.std() == 0 or z.std() == 0:
        return float("nan")
    return float(np.corrcoef(x, z)[0, 1])


def _loss(logs: np.ndarray, x: np.ndarray, z: np.ndarray) -> tuple[float, np.ndarray]:
    """Mean negative log-likelihood and its gradient by the logs of p, q, v."""
    p, q, v = np.exp(logs)
    log_sum, psi = np.log(v + x * z), special.digamma
    value = (
        special.gammaln(p * x + q) - special.gammaln(p * x) - special.gammaln(q) + q * np.log(v)
        + (p * x - 1) * np.log(z) + p * x * np.log(x) - (p * x + q) * log_sum
    )  # fmt: skip
    by_p = x * (psi(p * x + q) - psi(p * x) + np.log(z) + np.log(x) - log_sum)
    by_q = psi(p * x + q) - psi(q) + np.log(v) - log_sum
    by_v = q / v - (p * x + q) / (v + x * z)
    return float(-value.mean()), -np.array([by_p.mean() * p, by_q.mean() * q, by_v.mean() * v])
