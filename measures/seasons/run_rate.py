"""On the way to a target (methods.md section 6): expected share by now, pace, projection, and what the rest must do."""

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class RunRate:
    """Where each of several scopes stands against its target; arrays (scopes,), NaN where a number has no meaning.

    `expected_share` of the season's selling weight is over; `pace_index` = actual ÷ (target × that share). The projection lies
    between `additive` (the rest comes as planned) and `ratio` (the rest keeps the pace); `required_factor` is how far the
    rest must exceed its plan to reach the target, 0 where it is reached. `is_final`: nothing is left to come.
    """

    expected_share: np.ndarray
    pace_index: np.ndarray
    additive: np.ndarray
    ratio: np.ndarray
    required_factor: np.ndarray
    is_final: np.ndarray


def run_rate(target: np.ndarray, actual: np.ndarray, weights: np.ndarray, elapsed: float) -> RunRate:
    """The run rates of `actual` (scopes,) against `target` (scopes,) after the first `elapsed` months.

    `weights` (scopes, months) are the months' selling weights: the seasonal index of each, or index per day × selling days; 0 for a
    month that has no target. `elapsed` may end within a month (1.5: half of the second is over). Without a target above 0, or
    without weight, all but the share is NaN. Raises ValueError for a negative weight.
    """
    target, actual, weights = (np.asarray(of, float) for of in (target, actual, weights))
    if (weights < 0).any():
        raise ValueError("selling weights are not negative")
    over = np.clip(elapsed - np.arange(weights.shape[1]), 0, 1)
    total = weights.sum(axis=1)
    share = divided(weights @ over, total)
    is_final = (total > 0) & ((weights * (1 - over)).sum(axis=1) <= 0)
    aimed = np.where((target > 0) & (total > 0), target, np.nan)
    rest = np.where(is_final, 0.0, aimed * (1 - share))
    return RunRate(
        share,
        divided(actual, aimed * share),
        np.where(np.isnan(aimed), np.nan, actual + rest),
        np.where(np.isnan(aimed), np.nan, np.where(is_final, actual, divided(actual, share))),
        np.maximum(divided(aimed - actual, rest), 0.0),
        is_final,
    )


def divided(value: np.ndarray, by: np.ndarray) -> np.ndarray:
    """value ÷ by; NaN unless `by` is above 0."""
    return np.divide(value, by, out=np.full(np.shape(by), np.nan), where=by > 0)
