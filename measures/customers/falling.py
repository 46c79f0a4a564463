"""Does an account buy less than it should? CUSUM on what season and company leave unexplained (methods.md section 11).

Arrays are (accounts, months); NaN marks a month that does not count, zero a month without an order.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from measures.seasons.season_pooling import shrunk_amplitude
from measures.seasons.seasons import YEAR, month_numbers

# A median absolute deviation of normal noise times this is its standard deviation.
NORMAL = 1.4826


@dataclass(frozen=True)
class Surprise:
    """`z`: how far each month's log volume lies from the expected, in the account's own spread; −inf for a month without an order.

    `expected` is the volume that level, season and the company's month make likely.
    """

    z: np.ndarray
    expected: np.ndarray


def surprise(
    volumes: np.ndarray, months: Sequence, index: np.ndarray, tau: float = 0.25, prior_months: float = 72, least_spread: float = 0.05,
    least_peers: int = 8,
) -> Surprise:  # fmt: skip
    """z = (log y − b·log SI − median) ÷ spread, less the company's median of the month.

    `index` is the seasonal index (12,), or each account's region's (accounts, 12); b is the account's own amplitude. The spread is the
    account's median absolute deviation; where that is below the company's typical one, their squares are averaged as if the typical one
    had been seen in `prior_months` months: two years of a calm account say little about how calm it is (docs/early-warnings.md).
    The spread is `least_spread` or more. The company's median of a month counts where `least_peers` accounts or more bought in it.
    """
    volumes = np.where(np.isnan(volumes), np.nan, np.maximum(volumes, 0.0))
    known = volumes > 0
    expected = np.broadcast_to(index, (len(volumes), YEAR))[:, month_numbers(months) - 1]
    season = shrunk_amplitude(np.nan_to_num(volumes), expected, tau)[:, None] * np.log(expected)
    level = np.where(known, np.log(np.where(known, volumes, 1.0)) - season, np.nan)
    middle = _median(level, axis=1)[:, None]
    spread = np.maximum(_spread(level - middle, prior_months), least_spread)[:, None]
    z = (level - middle) / spread
    common = np.where(known.sum(axis=0) >= least_peers, _median(z, axis=0), 0.0)
    return Surprise(np.where(volumes == 0, -np.inf, z - common), np.exp(middle + season + common * spread))


def cusum(z: np.ndarray, k: float = 0.5, clip: float = 3.0, reset: np.ndarray | None = None) -> np.ndarray:
    """S = max(0, S − z − k) by month, z clipped to ±clip; same shape as z.

    `reset` gives each account's last acknowledged month as a column (−1: none): S begins anew after it. A month that does not count
    leaves no trace.
    """
    steps = np.where(np.isnan(z), 0.0, -np.clip(z, -clip, clip)) - k
    after = np.full(len(z), -1) if reset is None else reset
    sums = np.zeros(z.shape)
    last = np.zeros(len(z))
    for month in range(z.shape[1]):
        last = np.where(month <= after, 0.0, np.maximum(0.0, last + steps[:, month]))
        sums[:, month] = last
    return sums


def onset(sums: np.ndarray) -> np.ndarray:
    """The column in which each account's sum last left zero; the number of columns where it is zero now."""
    resting = sums <= 0
    last = sums.shape[1] - np.argmax(resting[:, ::-1], axis=1)
    return np.where(resting.any(axis=1), last, 0)


def crossing(sums: np.ndarray, begun: np.ndarray, h: float) -> np.ndarray:
    """The first column from `begun` on in which the sum is above h; the number of columns where there is none."""
    above = (sums > h) & (np.arange(sums.shape[1]) >= begun[:, None])
    return np.where(above.any(axis=1), np.argmax(above, axis=1), sums.shape[1])


def chance_of(sums: np.ndarray, k: float) -> np.ndarray:
    """How likely mere noise carries the sum that far: exp(−2·k·S), the tail of a random walk that drifts down by k and stops at 0.

    At k = 0.5 the alarm at S = 3 means about 5 %.
    """
    return np.exp(-2 * k * sums)


def _spread(residuals: np.ndarray, prior_months: float) -> np.ndarray:
    own = NORMAL * _median(np.abs(residuals), axis=1)
    months = (~np.isnan(residuals)).sum(axis=1)
    typical = float(_median(own[None, :], axis=1)[0])
    mixed = np.sqrt((months * own**2 + prior_months * typical**2) / (months + prior_months))
    return np.maximum(mixed, own)


def _median(values: np.ndarray, axis: int) -> np.ndarray:
    """Median of the values that are not NaN; NaN where there is none."""
    if values.shape[axis] == 0:
        return np.full(np.delete(values.shape, axis), np.nan)
    ordered = np.sort(values, axis=axis)  # NaN last
    count = (~np.isnan(values)).sum(axis=axis, keepdims=True)
    lower = np.take_along_axis(ordered, np.maximum((count - 1) // 2, 0), axis)
    upper = np.take_along_axis(ordered, np.minimum(count // 2, values.shape[axis] - 1), axis)
    return ((lower + upper) / 2).squeeze(axis)
