"""How steadily an account buys: the variation left after its own season and trend (methods.md section 1).

Raw variation would call loyal seasonal buyers unstable, and a median-absolute version would overlook missed months,
which are the very signal. Volumes are monthly net volumes of complete months; NaN marks a month that doesn't count
(before the account's first full month, see `since_first_order`), zero a month without an order.
"""

from dataclasses import dataclass

import numpy as np
import polars as pl
from scipy import special

from measures.blocks import blocks
from measures.seasons.season_pooling import amplitude_along
from measures.thresholds import Cuts

# Syntetos, Boylan, Croston (2005): from this average interval between orders on, demand is intermittent.
INTERMITTENT_GAP = 1.32
# A line through three points leaves one degree of freedom; four periods are the least that say anything.
LEAST_PERIODS = 4
GAPS = 0
"""The basis of an account that is judged by the gaps between its orders instead of periods of months."""
IN_CACHE = 1000
"""Rows whose variation is taken at once."""


@dataclass(frozen=True)
class Rules:
    """What is debatable about stability; the defaults are those of the thresholds.

    An account is stable below the variation `cut`; `tau` is the spread of seasonal amplitudes. With fewer than `least_months` months
    it is new and not classified, with fewer than `full_months` provisional. It is borderline while the chance that it is stable lies
    between `doubt` and 1 − `doubt`.
    """

    cut: float = 0.30
    tau: float = 0.25
    least_months: int = 6
    full_months: int = 12
    doubt: float = 0.20

    @classmethod
    def of(cls, cuts: Cuts) -> "Rules":
        """The rules as the reader's thresholds have them."""
        return cls(float(cuts["stability_cut"]), float(cuts["amplitude_tau"]), int(cuts["least_months"]), int(cuts["full_months"]), float(cuts["borderline_doubt"]))


@dataclass(frozen=True)
class Stability:
    """One entry per account. `cv` is NaN for status new and insufficient.

    `basis` is how many months one period has (1, 2 or 3), or 0 (GAPS) where the variation is that of the gaps between
    orders; `periods` is how many of them the variation rests on. `status`: ok, provisional, new, insufficient. `is_borderline`: the side
    of the cut is not settled.
    """

    cv: np.ndarray
    standard_error: np.ndarray
    p_stable: np.ndarray
    amplitude: np.ndarray
    months: np.ndarray
    active_share: np.ndarray
    basis: np.ndarray
    periods: np.ndarray
    status: np.ndarray
    is_borderline: np.ndarray

    def frame(self) -> pl.DataFrame:
        """The same as columns, in the accounts' order, null where a number is not defined."""
        numbers = {
            "stability_cv": self.cv,
            "standard_error": self.standard_error,
            "p_stable": self.p_stable,
            "amplitude": self.amplitude,
            "months": self.months,
            "active_share": self.active_share,
            "basis": self.basis,
            "periods": self.periods,
        }
        columns = [pl.Series(name, of, nan_to_null=True) for name, of in numbers.items()]
        status = pl.Series("status", self.status.astype(object), dtype=pl.String)
        return pl.DataFrame([*columns, status, pl.Series("is_borderline", self.is_borderline)])


def stability(volumes: np.ndarray, expected: np.ndarray, rules: Rules = Rules()) -> Stability:
    """Residual variation of every row of `volumes` (accounts, months), the months that its verdict rests on.

    `expected` is the company's seasonal index of these months: (months,), or lines that the rows take in turn. Negative months count as
    zero. Buyers who skip months are judged on periods of 2 or 3 months, and those who skip even these on the gaps between their orders.
    """
    (counted, active), basis, (cv, amplitude, periods) = _measured(volumes, expected, rules)
    status = _status(counted, active, np.isfinite(cv), rules)
    error = standard_error(cv, periods)
    chance = probability_stable(cv, error, rules.cut)
    in_doubt = (chance > rules.doubt) & (chance < 1 - rules.doubt)
    share = np.divide(active, counted, out=np.full(len(counted), np.nan), where=counted > 0)
    return Stability(cv, error, chance, amplitude, counted, share, basis, periods, status, in_doubt)


def variations_of(volumes: np.ndarray, expected: np.ndarray, rules: Rules = Rules()) -> np.ndarray:
    """The `cv` of `stability` alone: for the many dates on an account's way nobody asks how sure it is."""
    return _measured(volumes, expected, rules)[2][0]


def since_first_order(volumes: np.ndarray, first: np.ndarray | None = None) -> np.ndarray:
    """The volumes with NaN up to and including the month of the first order, which is only part of a month.

    `first` gives each account's first-order month as a column of `volumes` (negative: before the first column, so that
    every column counts). Without it the first positive column is taken, except column 0, which may have a past.
    """
    volumes = np.asarray(volumes, float)
    if first is None:
        first = np.where((volumes > 0).any(axis=1), np.argmax(volumes > 0, axis=1), volumes.shape[1])
        first = np.where(first == 0, -1, first)
    return np.where(np.arange(volumes.shape[1]) > np.asarray(first)[:, None], volumes, np.nan)


def raw_variation(volumes: np.ndarray) -> np.ndarray:
    """Plain coefficient of variation (ddof 1) of each row's counted months: what the season hides, for comparison."""
    return np.concatenate([_raw_variation(volumes[part]) for part in blocks(len(volumes), IN_CACHE)] or [np.empty(0)])


def standard_error(cv: np.ndarray, n: np.ndarray) -> np.ndarray:
    """Standard error of a coefficient of variation from n periods: CV·sqrt(1/(2(n−1)) + CV²/n)."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return cv * np.sqrt(1 / (2 * (np.asarray(n, float) - 1)) + np.square(cv) / n)


def probability_stable(cv: np.ndarray, error: np.ndarray, cut: float) -> np.ndarray:
    """P(true variation < cut) = Phi((cut − CV) ÷ se); certain where the error is 0."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return special.ndtr(np.where(error > 0, (cut - cv) / error, np.copysign(np.inf, cut - cv) + 0 * cv))


def hysteresis(cv: np.ndarray, cut: float = 0.30, band: float = 0.10, stable: np.ndarray | bool = True) -> np.ndarray:
    """Stable or not at each date, without flipping at every wobble.

    `cv` is (…, dates) in time order, `stable` the state before the first. Unstable only above cut·(1 + band), stable
    again only below cut·(1 − band); in between, and where cv is NaN, the state stays. Returns booleans of cv's shape.
    """
    cv = np.asarray(cv, float)
    state = np.broadcast_to(stable, cv.shape[:-1])
    states = np.empty(cv.shape, bool)
    for date in range(cv.shape[-1]):
        now = cv[..., date]
        state = np.where(now > cut * (1 + band), False, np.where(now < cut * (1 - band), True, state))
        states[..., date] = state
    return states


def natural_break(values: np.ndarray) -> float:
    """The cut that splits the values into the two most homogeneous groups (Jenks), halfway between them.

    NaN is left out; NaN is returned for fewer than two different values.
    """
    ordered = np.sort(np.asarray(values, float))
    ordered = ordered[~np.isnan(ordered)]
    if len(ordered) < 2 or ordered[0] == ordered[-1]:
        return float("nan")
    below = np.arange(1, len(ordered))
    sums = np.cumsum(ordered)
    # The largest variance between the groups is the smallest within them.
    between = sums[:-1] ** 2 / below + (sums[-1] - sums[:-1]) ** 2 / below[::-1]
    place = int(np.argmax(np.where(np.diff(ordered) > 0, between, -np.inf)))
    return float((ordered[place] + ordered[place + 1]) / 2)


def _measured(
    volumes: np.ndarray, expected: np.ndarray, rules: Rules
) -> tuple[tuple[np.ndarray, np.ndarray], np.ndarray, tuple[np.ndarray, np.ndarray, np.ndarray]]:
    """The months of each row that count and those with an order, its basis, and what `_variation` says; the cv is NaN for new and insufficient."""
    # Each month's volumes lie together in memory: sums over a row's months are then sums of whole columns, several times as fast.
    volumes = np.maximum(np.asfortranarray(volumes), 0.0)
    counted, active = _counts(volumes)
    basis = _basis(volumes, counted, active)
    cv, amplitude, periods = _variation(volumes, np.atleast_2d(expected), basis, rules.tau)
    known = (counted >= rules.least_months) & (active > 0) & np.isfinite(cv)
    return (counted, active), basis, (np.where(known, cv, np.nan), amplitude, periods)


def _of(matrix: np.ndarray, rows: np.ndarray) -> np.ndarray:
    """Some rows of a matrix, with each month together in memory; itself where they are all."""
    return matrix if len(rows) == len(matrix) else matrix.T.take(rows, axis=1).T


def _lines(season: np.ndarray, rows: np.ndarray) -> np.ndarray:
    """Each row's line of the season, which lies in memory as the volumes do."""
    return season.T.take(rows % len(season), axis=1).T


def _counts(volumes: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """How many months of each row count, and how many of them have an order."""
    return (~np.isnan(volumes)).sum(axis=1), (volumes > 0).sum(axis=1)


def _grouped(volumes: np.ndarray, size: int) -> np.ndarray:
    """Sums of `size` months counted back from the last; an incomplete first period falls away, NaN stays NaN."""
    first = volumes.shape[1] % size
    return sum((volumes[:, start::size] for start in range(first + 1, first + size)), volumes[:, first::size])


def _basis(volumes: np.ndarray, counted: np.ndarray, active: np.ndarray) -> np.ndarray:
    """The smallest period of 1, 2 or 3 months without intermittency for each row; 0 where there is none."""
    basis = np.where((active > 0) & (counted < INTERMITTENT_GAP * active), 1, GAPS)
    for size in (2, 3):
        rows = np.flatnonzero(basis == GAPS)
        counted, active = _counts(_grouped(_of(volumes, rows), size))
        basis[rows] = np.where((active > 0) & (counted < INTERMITTENT_GAP * active), size, GAPS)
    return basis


def _variation(
    volumes: np.ndarray, expected: np.ndarray, basis: np.ndarray, tau: float
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """CV, amplitude and number of periods of each row, on its own basis."""
    cv, amplitude, periods = np.full(len(volumes), np.nan), np.ones(len(volumes)), np.zeros(len(volumes), int)
    for size in (1, 2, 3):
        of_size, season = np.flatnonzero(basis == size), np.log(_grouped(expected, size) / size)
        for rows in (of_size[part] for part in blocks(len(of_size), IN_CACHE)):
            cv[rows], amplitude[rows], periods[rows] = _residual_variation(_grouped(_of(volumes, rows), size), _lines(season, rows), tau)
    rows = np.flatnonzero(basis == GAPS)
    if len(rows):
        cv[rows], periods[rows] = _gap_variation(_of(volumes, rows))
    return cv, amplitude, periods


def _residual_variation(
    volumes: np.ndarray, season: np.ndarray, tau: float
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """CV of the residuals around the line through the deseasonalised volumes, the amplitude, and the periods used.

    `season` is the logarithm of the index: a power of its own for every month would take ten times as long.
    """
    counted = ~np.isnan(volumes)
    n = counted.sum(axis=1)
    filled = volumes if counted.all() else np.fmax(volumes, 0.0)
    amplitude = amplitude_along(filled, season, tau)
    level = filled * np.exp(-amplitude[:, None] * season)
    with np.errstate(divide="ignore", invalid="ignore"):
        mean = level.sum(axis=1) / n
        cv = np.sqrt(_squares(level, mean, counted, n) / (n - 2)) / mean
    return np.where((n >= LEAST_PERIODS) & (mean > 0), cv, np.nan), amplitude, n


def _squares(level: np.ndarray, mean: np.ndarray, counted: np.ndarray, n: np.ndarray) -> np.ndarray:
    """The squares of what a line through each row's counted months leaves. Mostly all count: then the months are the same line for every row."""
    at, around = np.arange(level.shape[1], dtype=float)[None, :], level - mean[:, None]
    if counted.all():
        time = at - at.mean()
    else:
        at, around = counted * at, around * counted
        time = (at - (at.sum(axis=1) / n)[:, None]) * counted
    slope = (time * around).sum(axis=1) / (time**2).sum(axis=1)
    # In place, so that it lies in memory as the levels do: sums in another order end in another digit.
    around -= np.multiply(slope[:, None], time, out=np.empty_like(around))
    return np.square(around, out=around).sum(axis=1)


def _raw_variation(volumes: np.ndarray) -> np.ndarray:
    counted = ~np.isnan(volumes)
    n = counted.sum(axis=1)
    filled = np.where(counted, volumes, 0.0)
    with np.errstate(divide="ignore", invalid="ignore"):
        mean = filled.sum(axis=1) / n
        spread = np.where(counted, filled - mean[:, None], 0.0)
        return np.where(mean > 0, np.sqrt((spread**2).sum(axis=1) / (n - 1)) / mean, np.nan)


def _gap_variation(volumes: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """CV (ddof 1) of the gaps between the months with an order, and how many gaps there are.

    A gap that is still open at either end counts once it is longer than the mean closed one: otherwise an account
    that simply stopped would look perfectly regular.
    """
    rows, columns = np.nonzero(volumes > 0)
    closed = np.diff(columns)[np.diff(rows) == 0].astype(float)
    owner = rows[1:][np.diff(rows) == 0]
    n, total, squares = (np.bincount(owner, weights, len(volumes)) for weights in (None, closed, closed**2))
    mean = total / np.maximum(n, 1)
    begun = np.argmax(~np.isnan(volumes), axis=1)
    first = np.argmax(volumes > 0, axis=1) - begun + 1
    last = np.argmax(volumes[:, ::-1] > 0, axis=1) + 1
    for edge in (first, last):
        counts = edge > mean
        n, total, squares = n + counts, total + counts * edge, squares + counts * edge.astype(float) ** 2
    enough = n >= LEAST_PERIODS - 1
    mean, freedom = np.where(enough, total / np.maximum(n, 1), 1.0), np.maximum(n - 1, 1)
    cv = np.sqrt(np.maximum(squares - n * mean**2, 0.0) / freedom) / mean
    return np.where(enough, cv, np.nan), n.astype(int)


def _status(counted: np.ndarray, active: np.ndarray, measured: np.ndarray, rules: Rules) -> np.ndarray:
    cases = [counted < rules.least_months, (active == 0) | ~measured, counted < rules.full_months]
    return np.select(cases, ["new", "insufficient", "provisional"], "ok")
