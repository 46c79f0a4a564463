"""The way of a deal through the pipeline: stages skipped and entered again, days in each, won, lost or still open."""

from dataclasses import dataclass

import numpy as np

STAGES = ("lead", "qualified", "proposal", "negotiation")
WON, LOST = "won", "lost"
PASSED = np.array([0.70, 0.74, 0.70, 0.80])
"""Chance to leave each stage towards the next one and not to be lost."""

MEAN_DAYS = np.array([13.0, 18.0, 26.0, 21.0])
SKIPPED, GONE_BACK, STALLED = 0.08, 0.07, 0.04
"""Shares of deals: that skip a middle stage, that fall back from the proposal to qualified, that stand still for a year or more."""

SLOTS = (0, 1, 2, 3, 1, 2, 3)
"""The stage of each step that a deal may take; the second 1, 2, 3 are those after a fall back."""


@dataclass(frozen=True)
class Ways:
    """Deals × steps: whether a step is taken, and the days until the next one; `is_won` by deal."""

    is_taken: np.ndarray
    days: np.ndarray
    is_won: np.ndarray


def _fates(ease: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """The stage in which each deal is lost, 4 = won. `ease` moves the chances on the log-odds scale."""
    odds = np.log(PASSED / (1 - PASSED)) + ease[:, None]
    passes = rng.random(odds.shape) < 1 / (1 + np.exp(-odds))
    return np.cumprod(passes, axis=1).sum(axis=1)


def make_ways(ease: np.ndarray, must_win: np.ndarray, rng: np.random.Generator) -> Ways:
    """A way for each deal; those that `must_win` do, and never stand still."""
    count = len(ease)
    fate = np.where(must_win, len(STAGES), _fates(ease, rng))
    goes_back = (rng.random(count) < GONE_BACK) & (fate >= 2)
    skip = rng.random((count, 2)) < SKIPPED
    taken = np.zeros((count, len(SLOTS)), dtype=bool)
    taken[:, 0] = True
    taken[:, 1] = (fate >= 1) & (~skip[:, 0] | (fate == 1))
    taken[:, 2] = (fate >= 2) & (~skip[:, 1] | (fate == 2) | goes_back)
    taken[:, 3] = (fate >= 3) & ~(goes_back & (rng.random(count) < 0.5))
    taken[:, 4] = taken[:, 5] = goes_back
    taken[:, 6] = goes_back & (fate >= 3)
    return Ways(taken, _days(taken, must_win, rng), fate == len(STAGES))


def _days(taken: np.ndarray, must_win: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    mean = MEAN_DAYS[list(SLOTS)]
    days = 1 + np.floor(rng.gamma(1.6, mean / 1.6, taken.shape)).astype(np.int64)
    last = taken.shape[1] - 1 - np.argmax(taken[:, ::-1], axis=1)
    stalled = np.flatnonzero((rng.random(len(taken)) < STALLED) & ~must_win)
    days[stalled, last[stalled]] += rng.integers(300, 1400, len(stalled))
    return days * taken


def entered(ways: Ways, created: np.ndarray) -> np.ndarray:
    """The day on which each step is entered, and last the day of the outcome: deals × (steps + 1), datetime64[D]."""
    before = np.concatenate([np.zeros((len(created), 1), dtype=np.int64), np.cumsum(ways.days, axis=1)], axis=1)
    return created[:, None] + before
