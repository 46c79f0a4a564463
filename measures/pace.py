"""On the way to a target (methods.md section 6): expected share by now, pace, projection."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Pace:
    """Where a season stands against its target. Numbers that need days left or days gone are NaN without them.

    `expected_share` of the season's selling weight is over; `pace` = actual ÷ (target × that share). The projection lies
    between `additive` (the rest comes as planned) and `ratio` (the rest keeps the pace); `factor_needed` is how far the
    rest must exceed its plan to reach the target. `is_final`: nothing is left to come.
    """

    expected_share: float
    pace: float
    additive: float
    ratio: float
    factor_needed: float
    is_final: bool


def pace(target: float, actual: float, weights: Sequence[float], elapsed: float) -> Pace:
    """Pace of `actual` against `target` after the first `elapsed` periods of a season.

    `weights` are the periods' selling weights: the seasonal index of each month, or index per day × selling days.
    `elapsed` may end within a period (1.5: half of the second is over). Raises ValueError without a positive weight.
    """
    weights = np.asarray(weights, float)
    if weights.sum() <= 0 or (weights < 0).any():
        raise ValueError("a season needs selling weights that are not negative, and one above zero")
    share = float((weights * np.clip(elapsed - np.arange(len(weights)), 0, 1)).sum() / weights.sum())
    is_final = elapsed >= len(weights)
    rest = 0.0 if is_final else target * (1 - share)
    return Pace(
        share,
        _divided(actual, target * share),
        actual + rest,
        actual if is_final else _divided(actual, share),
        _divided(target - actual, rest),
        is_final,
    )


def _divided(value: float, by: float) -> float:
    return value / by if by > 0 else float("nan")
