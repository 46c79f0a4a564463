"""Sales of those who took part against their natural sales, with how sure that is. An association: nobody drew lots over who takes part.

Natural sales of an account: what it bought in the base months, moved as the comparison moved from the base months to the months looked at.
The comparison is accounts that did not take part, or a seasonal index. With a total Y, a natural total N and R = Y ÷ N, the relative error of
R joins that of the accounts' own deviations, y − R·n, and that of the comparison's, g − Q·g₀ with Q = Σg ÷ Σg₀: the usual error of
a ratio of sums over accounts, so that one account that swings is seen as one account.
"""

from dataclasses import dataclass
from math import exp

import numpy as np
from scipy import stats


@dataclass(frozen=True)
class Estimate:
    """`actual` and `natural` in the unit given; `error` is the standard error of their difference; `freedom` its degrees of freedom.

    `accounts` have a base to compare with, `others` are the comparison (0 where it is an index).
    """

    actual: float
    natural: float
    error: float
    freedom: int
    accounts: int
    others: int

    @property
    def uplift(self) -> float:
        """Actual sales minus natural sales."""
        return self.actual - self.natural

    def ends(self, share: float) -> tuple[float, float]:
        """The interval that holds the uplift in `share` of the cases; infinite where it cannot be told.

        It is taken on the logarithm of actual ÷ natural, since half as much is as likely as twice as much: the usual interval, as wide to both
        sides, lies too low two to ten times as often as too high (docs/programmes.md). That one stands where it is as wide as what was sold.
        """
        if self.freedom < 1 or not np.isfinite(self.error):
            return -np.inf, np.inf
        reach = float(stats.t.ppf((1 + share) / 2, self.freedom)) * self.error
        if self.actual <= reach:
            return self.uplift - reach, self.uplift + reach
        return self.actual * exp(-reach / self.actual) - self.natural, self.actual * exp(reach / self.actual) - self.natural


def against_others(own_base: np.ndarray, own: np.ndarray, others_base: np.ndarray, others: np.ndarray) -> Estimate:
    """The accounts' sales in the base months and in those looked at (n,), against the same of others (m,).

    Accounts without a base are left out; NaN where the others bought nothing.
    """
    base, now = float(others_base.sum()), float(others.sum())
    if base <= 0 or now <= 0:
        return _estimate(own_base, own, np.nan, np.nan, len(others))
    moved = now / base
    return _estimate(own_base, own, moved, _spread(others - moved * others_base, others_base) / now**2, len(others))


def against_index(own_base: np.ndarray, own: np.ndarray, index_base: float, index: float, index_variance: float = 0.0) -> Estimate:
    """The same against a seasonal index summed over the base months and over those looked at; its relative variance joins the error."""
    return _estimate(own_base, own, index / index_base if index_base > 0 else np.nan, index_variance, 0)


def index_variance(base: np.ndarray, index: np.ndarray, months: int) -> float:
    """How far off the index may be over so many months, as a relative variance, by how far it is in the base months (t,).

    `base` is what all together bought in them, `index` that of these months. Months err independently; a level known from few of them errs too.
    """
    count, level = len(base), float(base.sum() / index.sum()) if index.sum() > 0 else 0.0
    if count < 2 or months < 1 or level <= 0:
        return np.inf
    off = base / (level * index) - 1
    return float((off**2).sum() / (count - 1) * (1 / months + 1 / count))


def together(parts: list[Estimate]) -> Estimate:
    """The sum of several estimates; the errors are taken to be independent."""
    if not parts:
        return Estimate(0.0, 0.0, np.inf, 0, 0, 0)
    error = float(np.sqrt(sum(part.error**2 for part in parts)))
    return Estimate(
        sum(part.actual for part in parts), sum(part.natural for part in parts), error, sum(part.freedom for part in parts),
        sum(part.accounts for part in parts), sum(part.others for part in parts),
    )  # fmt: skip


def _estimate(own_base: np.ndarray, own: np.ndarray, moved: float, other_variance: float, others: int) -> Estimate:
    known = own_base > 0
    natural, actual = own_base[known] * moved, own[known]
    count = int(known.sum())
    total, sold = float(natural.sum()), float(actual.sum())
    freedom = min(count, others or count) - 1
    if not np.isfinite(total) or total <= 0 or freedom < 1:
        return Estimate(sold, total if np.isfinite(total) else 0.0, np.inf, 0, count, others)
    ratio = sold / total
    error = float(np.sqrt(_spread(actual - ratio * natural, natural) + (ratio * total) ** 2 * other_variance))
    return Estimate(sold, total, error, freedom, count, others)


def _spread(residuals: np.ndarray, base: np.ndarray) -> float:
    """The variance of a sum of residuals over accounts; each stands for as much more as its part of the base drew the ratio to itself."""
    count = len(residuals)
    if count < 2:
        return np.inf
    drawn = np.minimum(base / base.sum(), 0.9)
    return float(((residuals / (1 - drawn)) ** 2).sum() * (count - 1) / count)
