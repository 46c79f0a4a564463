"""Two-way fixed effects: what goes with what, once each account's own level and each month's level are taken out (methods.md section 9).

A large account is visited more, and December sells more: plain regression takes both for an effect. Here every account and every month (of its
region) has a level of its own, and only what is left is compared. Errors are clustered by account, as its months are not new evidence each.
"""

from dataclasses import dataclass

import numpy as np
from scipy import stats

TOLERANCE, MOST_ROUNDS = 1e-9, 200
"""It ends once no effect moves by more than TOLERANCE, or after so many rounds."""


@dataclass(frozen=True)
class Slopes:
    """`slope` and `error` of each column (k,), NaN where it does not vary; `clusters` accounts, `rows` observations."""

    slope: np.ndarray
    error: np.ndarray
    clusters: int
    rows: int

    def half(self, share: float) -> np.ndarray:
        """Half the interval that holds each slope in `share` of the cases."""
        return stats.t.ppf((1 + share) / 2, max(self.clusters - 1, 1)) * self.error

    @property
    def p(self) -> np.ndarray:
        """The chance of slopes as far from zero where there is nothing."""
        with np.errstate(divide="ignore", invalid="ignore"):
            return 2 * stats.t.sf(np.abs(self.slope / self.error), max(self.clusters - 1, 1))


def two_way(y: np.ndarray, x: np.ndarray, account: np.ndarray, month: np.ndarray) -> Slopes:
    """Slopes of `y` (rows,) on the columns of `x` (rows, k) within `account` and `month` (rows of whole numbers from 0 on each).

    Raises ValueError without a row.
    """
    if not len(y):
        raise ValueError("no rows")
    account, month = _numbered(account), _numbered(month)
    left = without_levels(np.column_stack([y, x]), account, month)
    own, work = left[:, 0], left[:, 1:]
    varies = work.std(axis=0) > 1e-9
    slope, error = np.full(x.shape[1], np.nan), np.full(x.shape[1], np.nan)
    clusters = int(account.max()) + 1
    if varies.any() and clusters > 1:
        slope[varies], error[varies] = _clustered(own, work[:, varies], account)
    return Slopes(slope, error, clusters, len(y))


def without_levels(values: np.ndarray, account: np.ndarray, month: np.ndarray) -> np.ndarray:
    """The columns of `values` (rows, k) without the levels of the accounts and months: taken out in turn until nothing moves."""
    # Each column lies together in memory.
    left = np.array(values, float, order="F")
    groups = [(group, np.bincount(group)) for group in (account, month)]
    for _round in range(MOST_ROUNDS):
        moved = 0.0
        for column in left.T:
            before = column.copy()
            for group, count in groups:
                column -= (np.bincount(group, column) / count)[group]
            moved = max(moved, np.abs(column - before).max())
        if moved < TOLERANCE:
            break
    return np.ascontiguousarray(left)


def _numbered(groups: np.ndarray) -> np.ndarray:
    """Whole numbers from 0 on without gaps, in the same order."""
    return (np.cumsum(np.bincount(groups) > 0) - 1)[groups]


def _clustered(y: np.ndarray, x: np.ndarray, cluster: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    inverse = np.linalg.pinv(x.T @ x)
    slope = inverse @ x.T @ y
    scores = x * (y - x @ slope)[:, None]
    sums = np.column_stack([np.bincount(cluster, column) for column in scores.T])
    count = len(sums)
    return slope, np.sqrt(np.diag(inverse @ sums.T @ sums @ inverse) * count / (count - 1))
