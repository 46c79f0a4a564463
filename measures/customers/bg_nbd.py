"""How often and for how long a customer keeps buying: BG/NBD, closed form (Fader, Hardie and Lee 2005; methods.md section 3).

A customer is x (repeat purchase days), t_x (weeks from the first to the last one) and T (`seen`: weeks from the first to the end of what was
seen). While alive they buy at a rate of their own (gamma: r, alpha); after each purchase they may leave for good (beta: a, b).
"""

from dataclasses import dataclass

import numpy as np
from scipy import optimize, special

START = (0.5, 5.0, 1.0, 2.0)
"""Where the search for r, alpha, a and b begins: near what Fader and Hardie found for CDNOW."""
# Beyond these a parameter says only that the data don't hold it: no convergence.
LIMITS = (1e-4, 1e4)


@dataclass(frozen=True)
class BgNbd:
    """The four parameters and the log-likelihood of the customers that they were fitted to."""

    r: float
    alpha: float
    a: float
    b: float
    log_likelihood: float = float("nan")


def fit(x: np.ndarray, t_x: np.ndarray, seen: np.ndarray) -> BgNbd | None:
    """Maximum likelihood over customers (n,); None where it does not converge or a parameter runs to a limit."""
    x, t_x, seen = (np.asarray(of, float) for of in (x, t_x, seen))
    found = optimize.minimize(
        _loss, np.log(START), args=(x, t_x, seen, np.unique(x, return_inverse=True)), jac=True, method="L-BFGS-B", bounds=[tuple(np.log(LIMITS))] * 4,
        options={"maxiter": 500, "ftol": 1e-12, "gtol": 1e-7},
    )
    parameters = np.exp(found.x)
    is_inside = (parameters > LIMITS[0] * 1.01).all() and (parameters < LIMITS[1] * 0.99).all()
    return BgNbd(*(float(of) for of in parameters), float(-found.fun * len(x))) if found.success and is_inside else None


def log_likelihood(model: BgNbd, x: np.ndarray, t_x: np.ndarray, seen: np.ndarray) -> float:
    """The customers' log-likelihood under the model."""
    logs = np.log([model.r, model.alpha, model.a, model.b])
    x, t_x, seen = (np.asarray(of, float) for of in (x, t_x, seen))
    return float(-_loss(logs, x, t_x, seen, np.unique(x, return_inverse=True))[0] * len(x))


def p_alive(model: BgNbd, x: np.ndarray, t_x: np.ndarray, seen: np.ndarray) -> np.ndarray:
    """Probability of still being a customer at the end; 1 for who bought on one day only, since one leaves after a repeat purchase."""
    x, t_x, seen = (np.asarray(of, float) for of in (x, t_x, seen))
    gone = (model.r + x) * np.log((model.alpha + seen) / (model.alpha + t_x)) + np.log(model.a / (model.b + np.maximum(x, 1) - 1))
    return np.where(x > 0, special.expit(-gone), 1.0)


def expected_purchases(model: BgNbd, weeks: float, x: np.ndarray, t_x: np.ndarray, seen: np.ndarray) -> np.ndarray:
    """Purchase days to expect in the next `weeks`, per customer."""
    x, t_x, seen = (np.asarray(of, float) for of in (x, t_x, seen))
    r, alpha, a, b = model.r, model.alpha, model.a, model.b
    horizon = alpha + seen + weeks
    series = special.hyp2f1(r + x, b + x, a + b + x - 1, weeks / horizon)
    # Long histories overflow the series where its factor vanishes: the product is taken in logs.
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        lasting = np.exp((r + x) * np.log((alpha + seen) / horizon) + np.log(series))
    bought = (a + b + x - 1) / (a - 1) * (1 - lasting) * p_alive(model, x, t_x, seen)
    return np.where(np.isfinite(bought), np.maximum(bought, 0.0), np.nan)


def _loss(
    logs: np.ndarray, x: np.ndarray, t_x: np.ndarray, seen: np.ndarray, counts: tuple[np.ndarray, np.ndarray]
) -> tuple[float, np.ndarray]:
    """Mean negative log-likelihood and its gradient by the logs of r, alpha, a, b.

    `counts` are the distinct x and each customer's place among them: gamma functions, most of the work, are taken once of each.
    """
    r, alpha, a, b = np.exp(logs)
    (n, place), psi = counts, special.digamma
    until_now, until_last, earlier = np.log(alpha + seen), np.log(alpha + t_x), b + np.maximum(n, 1) - 1
    stays = -(r + x) * until_now
    leaves = np.where(x > 0, np.log(a / earlier)[place] - (r + x) * until_last, -np.inf)
    both = np.logaddexp(stays, leaves)
    bought = (special.gammaln(r + n) - special.gammaln(r) + r * np.log(alpha) + special.betaln(a, b + n) - special.betaln(a, b))[place]
    kept, left = np.exp(stays - both), np.exp(leaves - both)
    sums = psi(a + b) - psi(a + b + n)
    by_r = (psi(r + n) - psi(r) + np.log(alpha))[place] - kept * until_now - left * until_last
    by_alpha = r / alpha - (r + x) * (kept / (alpha + seen) + left / (alpha + t_x))
    by_a = sums[place] + left / a
    by_b = (psi(b + n) - psi(b) + sums)[place] - left / earlier[place]
    gradient = np.array([by_r.mean() * r, by_alpha.mean() * alpha, by_a.mean() * a, by_b.mean() * b])
    return float(-(bought + both).mean()), -gradient
