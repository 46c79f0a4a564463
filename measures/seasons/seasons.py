"""Seasons: the seasonal index, whether there is one, the peak and the off-season (methods.md section 5).

Which months feed the index. `years` counts years of *data*: the last `years` × 12 months are cut out first, and the
centred moving average is taken inside them, so it has no value in the first and the last six. Ten years give nine
ratios per calendar month. Only this reading gives the published index of Australian beer, and it gives the same
whether the caller passes these 120 months or the whole series. Months are complete and consecutive. Where the selling
calendar is known, divide the values by its days first; else `index_per_day` takes the months' own lengths out.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from scipy import stats

from measures.periods import YEAR

AVERAGE_DAYS = np.array([31, 28.25, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31])
SIGNIFICANCE = 0.01
"""Of the Kruskal–Wallis test: methods.md section 5."""
LEAST_INDEX = 0.01
"""What a month without any sale lends to others: its index is 0, whose logarithm nothing could borrow."""
STRONG, WEAK = 0.64, 0.40
"""Strength of a season from which it exists, and from which it is weak: methods.md section 5."""
# Twelve groups of two can't reach p < .01 however regular they are (the smallest is .018): the test needs three.
LEAST_RATIOS = 3


@dataclass(frozen=True)
class Window:
    """Consecutive calendar months: `start` 1–12, how many (may wrap December → January), and the sum of their index."""

    start: int
    months: int
    total: float

    @property
    def calendar_months(self) -> tuple[int, ...]:
        """The months' numbers 1–12, in the window's order."""
        return tuple((self.start - 1 + step) % YEAR + 1 for step in range(self.months))


@dataclass(frozen=True)
class Season:
    """One series' season. `status` is one of `existence`; without an index the windows are None."""

    index: np.ndarray
    status: str
    kruskal_h: float
    kruskal_p: float
    strength: float
    peak: Window | None
    low: Window | None
    off_season: Window | None


def month_numbers(months: Sequence | np.ndarray) -> np.ndarray:
    """Calendar months 1–12 of consecutive months, given as dates or as these numbers.

    Raises ValueError where a month is missing or repeated: a gap would shift every ratio after it.
    """
    given = np.asarray(months)
    if np.issubdtype(given.dtype, np.integer):
        ordinals = given.astype(int) - 1
        steps = np.diff(ordinals) % YEAR
    else:
        ordinals = given.astype("datetime64[M]").astype(int)
        steps = np.diff(ordinals)
    if (steps != 1).any():
        raise ValueError("months must be consecutive, one value each")
    return ordinals % YEAR + 1


def index_per_day(index: np.ndarray, days: np.ndarray = AVERAGE_DAYS) -> np.ndarray:
    """The index (…, 12) per day: divided by each month's days (calendar days on average, unless given), mean 1."""
    daily = index / days
    return daily / daily.mean(axis=-1, keepdims=True)


def seasonal_ratios(values: np.ndarray) -> np.ndarray:
    """Value ÷ centred 2×12 moving average, same shape (series, months); NaN in the six months at either end."""
    values = np.atleast_2d(np.asarray(values, float))
    ratios = np.full_like(values, np.nan)
    if values.shape[1] <= YEAR:
        return ratios
    trend = _yearly(values[:, :-1] + values[:, 1:]) / (2 * YEAR)
    np.divide(values[:, 6:-6], np.where(trend > 0, trend, np.nan), out=ratios[:, 6:-6])
    return ratios


def _yearly(values: np.ndarray) -> np.ndarray:
    """Sums of twelve columns, beginning at every column that has eleven after it: sums of 4 and 8 of them are sums of sums of 2 and 4."""
    two = values[:, :-1] + values[:, 1:]
    four = two[:, :-2] + two[:, 2:]
    return four[:, :-8] + four[:, 4:-4] + four[:, 8:]


def ratios_by_month(months: Sequence, values: np.ndarray, years: int = 5) -> np.ndarray:
    """The last `years` years' ratios as (series, calendar years, 12 months from January), NaN where there is none."""
    values = np.atleast_2d(np.asarray(values, float))[:, -years * YEAR :]
    numbers = month_numbers(months)[-years * YEAR :]
    if len(numbers) == 0:
        return np.full((len(values), 1, YEAR), np.nan)
    around, ratios = (numbers[0] - 1, YEAR - numbers[-1]), seasonal_ratios(values)
    whole = np.pad(ratios, ((0, 0), around), constant_values=np.nan) if any(around) else ratios
    return whole.reshape(len(values), whole.shape[1] // YEAR, YEAR)


def of_months(index: np.ndarray, numbers: np.ndarray) -> np.ndarray:
    """The index (series, 12) of each of these calendar months 1–12, (series, months); each month's values lie together in memory."""
    return index.T[numbers - 1].T


def known_months(values: np.ndarray) -> np.ndarray:
    """How many months each series (series, months) has: its last ones, NaN stands before them. Mostly all, as its first month then tells."""
    late = np.flatnonzero(np.isnan(values[:, :1]).any(axis=1))
    known = np.full(len(values), values.shape[1])
    known[late] = (~np.isnan(values[late])).sum(axis=1)
    return known


def seasonal_index(months: Sequence, values: np.ndarray, years: int = 5, method: str = "mean") -> np.ndarray:
    """Seasonal index January…December, mean 1, of the last `years` years of complete months.

    `values` is (months,) → (12,), or (series, months) → (series, 12). `method`: mean, or median where outliers are.
    A series in which a calendar month has no ratio (under 24 months) gets NaN. methods.md section 5.
    """
    index = index_of(ratios_by_month(months, values, years), method)
    return index[0] if np.ndim(values) == 1 else index


def kruskal_wallis(ratios: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Kruskal–Wallis H and p between calendar months, ties corrected, of (series, years, 12) ratios → (series,) each.

    NaN where a calendar month has no ratio or all ratios are equal.
    """
    flat = ratios.reshape(len(ratios), ratios.shape[1] * YEAR)
    known = ~np.isnan(flat)
    ranks = np.where(known, _ranks(np.where(known, flat, np.inf)), 0.0).reshape(ratios.shape)
    n, per_month = known.sum(axis=1), known.reshape(ratios.shape).sum(axis=1)
    with np.errstate(divide="ignore", invalid="ignore"):
        between = (ranks.sum(axis=1) ** 2 / per_month).sum(axis=1)
        # Mid-ranks lose sum(t³ − t) ÷ 12 of the ranks' sum of squares: that is the correction for ties.
        ties = 12 * (n * (n + 1) * (2 * n + 1) / 6 - (ranks**2).sum(axis=(1, 2)))
        h = (12 * between / (n * (n + 1)) - 3 * (n + 1)) / (1 - ties / (n**3 - n))
    h = np.where(np.isfinite(h), h, np.nan)
    return h, stats.chi2.sf(h, YEAR - 1)


def _ranks(values: np.ndarray) -> np.ndarray:
    """Each row's ranks from 1, equal values the mean of theirs; those of infinity may be any of the last.

    Rows without equal values, which nearly all are, need not be looked through for them.
    """
    order = values.argsort(axis=1)
    ranks = np.empty(values.shape)
    np.put_along_axis(ranks, order, np.arange(1.0, values.shape[1] + 1)[None, :], axis=1)
    ordered = np.take_along_axis(values, order, axis=1)
    tied = ((ordered[:, 1:] == ordered[:, :-1]) & (ordered[:, 1:] < np.inf)).any(axis=1)
    ranks[tied] = stats.rankdata(values[tied], axis=1)
    return ranks


def strength(ratios: np.ndarray) -> np.ndarray:
    """Fs = max(0, 1 − Var(R) ÷ Var(S + R)) of the log of (series, years, 12) ratios → (series,).

    Zero ratios are left out. NaN with a single ratio per month: then the season would explain itself.
    """
    logs = np.log(np.where(ratios > 0, ratios, np.nan))
    rest = logs - mean_known(logs, axis=1)[:, None, :]
    with np.errstate(divide="ignore", invalid="ignore"):
        share = mean_known(rest**2, axis=(1, 2)) / _variance(logs)
    repeated = (~np.isnan(logs)).sum(axis=1).max(axis=1) > 1
    return np.where(repeated, np.maximum(0.0, 1 - share), np.nan)


def existence(ratios: np.ndarray, p: np.ndarray | None = None, fs: np.ndarray | None = None) -> np.ndarray:
    """Per series: exists, weak, none, provisional or insufficient. `p` (kruskal_wallis) and `fs` (strength) where they are known already.

    Three years of data give two ratios per calendar month, which ranks can't prove anything with: where their variance does (p < .01),
    the season is provisional until a third ratio proves it. With a single one, a season can't be told from chance.
    """
    p = kruskal_wallis(ratios)[1] if p is None else p
    fs = strength(ratios) if fs is None else fs
    proven = p < SIGNIFICANCE
    least = (~np.isnan(ratios)).sum(axis=1).min(axis=1)
    seen_twice = least == LEAST_RATIOS - 1
    seen_twice[seen_twice] = _variance_test(ratios[seen_twice]) < SIGNIFICANCE
    cases = [seen_twice, least < LEAST_RATIOS, proven & (fs >= STRONG), proven & (fs >= WEAK)]
    return np.select(cases, ["provisional", "insufficient", "exists", "weak"], "none")


def peak_window(index: np.ndarray, k: int = 3) -> Window:
    """The `k` consecutive months (circular) with the largest sum of index; the earliest of equal ones. k is 1–11."""
    return _window(np.asarray(index, float), k, sign=1)


def low_window(index: np.ndarray, k: int = 3) -> Window:
    """The `k` consecutive months (circular) with the smallest sum of index; the earliest of equal ones."""
    return _window(np.asarray(index, float), k, sign=-1)


def window_at(index: np.ndarray, start: int, months: int) -> Window:
    """The window of `months` months from calendar month `start` (1–12), where a person sets it themselves."""
    return Window(start, months, float(np.take(index, np.arange(start - 1, start - 1 + months), mode="wrap").sum()))


def off_season(index: np.ndarray, peak: Window, cut: float = 0.97) -> Window | None:
    """The longest run of months outside the peak with index ≤ cut; of equal lengths the lowest, or None."""
    outside = [(peak.start + peak.months - 1 + step) % YEAR + 1 for step in range(YEAR - peak.months)]
    runs: list[list[int]] = [[]]
    for month in outside:
        if index[month - 1] <= cut:
            runs[-1].append(month)
        elif runs[-1]:
            runs.append([])
    totals = [float(sum(index[month - 1] for month in run)) for run in runs]
    best = max(range(len(runs)), key=lambda place: (len(runs[place]), -totals[place]))
    return Window(runs[best][0], len(runs[best]), totals[best]) if runs[best] else None


def season(
    months: Sequence,
    values: np.ndarray,
    years: int = 5,
    method: str = "mean",
    window: int = 3,
    cut: float = 0.97,
) -> Season:
    """All of the above for one series of complete months (months,): index, existence, peak, low and off-season."""
    ratios = ratios_by_month(months, values, years)
    index = index_of(ratios, method)[0]
    (h, p), fs = kruskal_wallis(ratios), strength(ratios)
    found = Season(index, str(existence(ratios, p, fs)[0]), float(h[0]), float(p[0]), float(fs[0]), None, None, None)
    if np.isnan(index).any():
        return found
    peak = peak_window(index, window)
    return replace(found, peak=peak, low=low_window(index, window), off_season=off_season(index, peak, cut))


def index_of(ratios: np.ndarray, method: str) -> np.ndarray:
    """Ratios (series, years, 12) averaged per calendar month and rescaled to mean 1 → (series, 12)."""
    averages = {"mean": mean_known, "median": _median}
    if method not in averages:
        raise ValueError(f"method is mean or median, not {method!r}")
    index = averages[method](ratios, axis=1)
    with np.errstate(divide="ignore", invalid="ignore"):
        return index / index.mean(axis=1, keepdims=True)


def mean_known(cube: np.ndarray, axis: int | tuple[int, ...]) -> np.ndarray:
    """Mean over `axis` of the values that are not NaN; NaN where there is none."""
    known = ~np.isnan(cube)
    with np.errstate(divide="ignore", invalid="ignore"):
        return cube.sum(axis=axis, where=known) / known.sum(axis=axis, dtype=np.int32)


def _median(cube: np.ndarray, axis: int) -> np.ndarray:
    ordered = np.sort(cube, axis=axis)  # NaN last
    n = (~np.isnan(cube)).sum(axis=axis, keepdims=True)
    lower = np.take_along_axis(ordered, np.maximum((n - 1) // 2, 0), axis)
    return ((lower + np.take_along_axis(ordered, n // 2, axis)) / 2).squeeze(axis)


def _variance_test(ratios: np.ndarray) -> np.ndarray:
    """p of the one-way analysis of variance of the log ratios between calendar months (series,); 1 where it can't be had."""
    logs = np.log(np.where(ratios > 0, ratios, np.nan))
    known = ~np.isnan(logs)
    freedom = known.sum(axis=(1, 2)) - YEAR
    means = mean_known(logs, axis=1)
    overall = mean_known(logs, axis=(1, 2))
    between = (known.sum(axis=1) * (means - overall[:, None]) ** 2).sum(axis=1) / (YEAR - 1)
    within = np.where(known, (logs - means[:, None, :]) ** 2, 0.0).sum(axis=(1, 2))
    with np.errstate(divide="ignore", invalid="ignore"):
        p = stats.f.sf(between * freedom / within, YEAR - 1, freedom)
    return np.where(known.any(axis=1).all(axis=1) & (freedom > 0), np.nan_to_num(p, nan=1.0), 1.0)


def _variance(cube: np.ndarray) -> np.ndarray:
    return mean_known(cube**2, axis=(1, 2)) - mean_known(cube, axis=(1, 2)) ** 2


def _window(index: np.ndarray, k: int, sign: int) -> Window:
    if not 1 <= k < YEAR:
        raise ValueError("a window has 1 to 11 months")
    windows = [window_at(index, start, k) for start in range(1, YEAR + 1)]
    return max(windows, key=lambda window: (round(sign * window.total, 12), -window.start))
