"""The ladder of chances: as much is learnt as the closed deals can bear (methods.md section 2).

    class_rate   under 20 closed deals: the class by score, (wins + 10·prior) ÷ (closed + 10)
    platt        20 to 79: a logistic curve over the score, ridge 1
    logistic     80 with 20 wins: ridge logistic regression on the indicators

A deal counts only with what was known of its account when it was rated. Where nothing was won or nothing lost there is no curve: the
class rate stays.
"""

from dataclasses import dataclass
from itertools import accumulate

import numpy as np

from measures.pipeline import ridge_logistic
from measures.pipeline.class_rate import class_range, class_rate
from measures.pipeline.prospect_rubric import Rubric
from measures.pipeline.ridge_logistic import Logistic, sigmoid
from measures.thresholds import Cuts

CLASSES = ("A", "B", "C", "D")
CLASS_RATE, PLATT, LOGISTIC = "class_rate", "platt", "logistic"
METHODS = (CLASS_RATE, PLATT, LOGISTIC)
THRESHOLDS = (
    "class_a_from", "class_b_from", "class_c_from", "class_a_prior", "class_b_prior", "class_c_prior", "class_d_prior", "class_prior_deals",
    "platt_deals", "logistic_deals", "logistic_wins", "ladder_ridge",
)  # fmt: skip


@dataclass(frozen=True)
class Deals:
    """Closed deals that were rated: `units` (deals, indicators) from 0 to 1 and NaN, their `score`, whether they were `won`."""

    units: np.ndarray
    score: np.ndarray
    won: np.ndarray

    def only(self, chosen: np.ndarray) -> "Deals":
        """The deals that the mask `chosen` (deals,) picks."""
        return Deals(self.units[chosen], self.score[chosen], self.won[chosen])


@dataclass(frozen=True)
class Ladder:
    """What the closed deals say: `wins` and `closed` by class of score, and the curve where there is one.

    `average` is the mean of each indicator over the deals, NaN where none was rated on it.
    """

    method: str
    wins: np.ndarray
    closed: np.ndarray
    average: np.ndarray
    curve: Logistic | None
    rubric: Rubric
    cuts: Cuts

    def chances(self, units: np.ndarray, score: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """(probability, low, high) of each row, the range being the middle 95 %; NaN where there is no score."""
        rated = ~np.isnan(score)
        parts = self._by_class(score[rated]) if self.curve is None else self.curve.probability(self._design(units[rated], score[rated]))
        found = np.full((3, len(score)), np.nan)
        found[:, rated] = parts
        return found[0], found[1], found[2]

    def pulls(self, units: np.ndarray) -> np.ndarray:
        """(rows, indicators): what each known indicator adds, against the average of the closed deals, to the log of the odds of a win.

        A class rate has no slope: there it is the points that the indicator adds to the score. NaN where it is not known.
        """
        if self.method == LOGISTIC:
            return np.where(np.isnan(units), np.nan, self.curve.standardised(units) * self.curve.coefficients[1:])
        points = self.points(units)
        return points / self.curve.sd * self.curve.coefficients[1] if self.method == PLATT else points

    def effects(self, units: np.ndarray, score: np.ndarray) -> np.ndarray:
        """(rows, indicators): the probability that each row would lose (or win) were that indicator at the average; NaN for a class rate."""
        if self.curve is None:
            return np.full(units.shape, np.nan)
        chance = self.chances(units, score)[0][:, None]
        return chance - sigmoid(np.log(chance / (1 - chance)) - self.pulls(units))

    def points(self, units: np.ndarray) -> np.ndarray:
        """(rows, indicators): the points that each known indicator adds to the row's score against the average; NaN where not known."""
        known = self.rubric.known(units)[:, None]
        return np.divide(self.rubric.shares * (units - self.average), known, out=np.full(units.shape, np.nan), where=known > 0)

    def _design(self, units: np.ndarray, score: np.ndarray) -> np.ndarray:
        return units if self.method == LOGISTIC else score[:, None]

    def _by_class(self, score: np.ndarray) -> np.ndarray:
        """(3, rows): the rate of each row's class and its range, found once for each class."""
        counts = (self.wins, self.closed, priors(self.cuts), float(self.cuts["class_prior_deals"]))
        return np.array([class_rate(*counts), *class_range(*counts)])[:, class_index(score, self.cuts)]


def climb(deals: Deals, rubric: Rubric, cuts: Cuts, average: np.ndarray | None = None) -> Ladder:
    """The highest rung that these closed deals bear. `average` stands for the indicators' means where there is no deal."""
    method = rung(len(deals.won), int(deals.won.sum()), cuts)
    curve = _curve(method, deals, float(cuts["ladder_ridge"]))
    at = class_index(deals.score, cuts)
    wins, closed = np.bincount(at, deals.won, len(CLASSES)), np.bincount(at, minlength=len(CLASSES)).astype(float)
    means = averages(deals.units) if len(deals.won) or average is None else average
    return Ladder(method if curve else CLASS_RATE, wins, closed, means, curve, rubric, cuts)


def rung(closed: int, wins: int, cuts: Cuts) -> str:
    """Which method of estimation so many closed and won deals allow: class rate, Platt or logistic."""
    if closed >= cuts["logistic_deals"] and wins >= cuts["logistic_wins"]:
        return LOGISTIC
    return PLATT if closed >= cuts["platt_deals"] else CLASS_RATE


def class_index(values: np.ndarray, cuts: Cuts) -> np.ndarray:
    """0 for A … 3 for D, of probabilities or scores from 0 to 1. A class that would begin above a better one is empty."""
    limits = accumulate((float(cuts[f"class_{name}_from"]) for name in "abc"), min)
    # What floating sums leave behind must not move a value off its line.
    return sum((values < limit - 1e-9).astype(int) for limit in limits) if len(values) else np.zeros(0, int)


def priors(cuts: Cuts) -> np.ndarray:
    """What A, B, C and D are taken for before anything has closed."""
    return np.array([float(cuts[f"class_{name}_prior"]) for name in "abcd"])


def averages(units: np.ndarray) -> np.ndarray:
    """The mean of each indicator over the rows that have it; NaN where none has."""
    known = (~np.isnan(units)).sum(axis=0)
    return np.divide(np.nansum(units, axis=0), known, out=np.full(units.shape[1], np.nan), where=known > 0)


def _curve(method: str, deals: Deals, ridge: float) -> Logistic | None:
    if method == CLASS_RATE:
        return None
    return ridge_logistic.fit(deals.units if method == LOGISTIC else deals.score[:, None], deals.won, ridge)
