"""Ranking accounts by value: ABC, percentiles, the composite score, tiers, concentration (methods.md sections 3 and 8).

Cumulative cuts are made on whole ten-thousandths of the currency, the store's own precision, never on floats:
0.5 + 0.2 + 0.1 is 0.7999999 there, and the item on the line would change its class.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import accumulate

import numpy as np
import polars as pl
from scipy import stats

UNITS = 10_000
"""Money is compared in whole ten-thousandths: the contract's four decimals, exactly."""
ABC_CUTS = (0.80, 0.95)
"""By methods.md section 8; the thresholds abc_a and abc_b where a page asks."""
ABC_CLASSES = ("A", "B", "C")
TIER_SIZES = (0.05, 0.20, 0.50)
"""By methods.md section 3; the thresholds tier_vip, tier_large and tier_medium where a page asks."""
TIERS = ("vip", "large", "medium", "small")
# Under this share of the weights known, a score would mostly say what is missing.
LEAST_WEIGHT = 0.60


def exact_units(values: pl.Series | np.ndarray | Sequence) -> np.ndarray:
    """Amounts (integers, decimals or doubles of at most four decimals) as whole ten-thousandths, int64; missing is 0.

    Exact for doubles up to 9e11, beyond which a double itself no longer holds four decimals.
    """
    series = values if isinstance(values, pl.Series) else pl.Series(values, strict=False)
    if series.dtype.is_integer():
        return series.fill_null(0).cast(pl.Int64).to_numpy() * UNITS
    if series.dtype.is_decimal():
        return (series.fill_null(0).cast(pl.Decimal(38, 4)) * UNITS).cast(pl.Int64).to_numpy()
    return np.rint(np.nan_to_num(series.cast(pl.Float64).to_numpy()) * UNITS).astype(np.int64)


def ranked(frame: pl.DataFrame, value: str = "net_sales", key: str = "account_id") -> pl.DataFrame:
    """The frame by falling value, equal values by key as text, with `share` and `cumulative_share_before` added.

    Shares are of the sum of positive values. Rows without a positive value come last and have null shares: they
    leave the ranking.
    """
    return _ranked(frame, *_cumulated(frame, value, key))


def abc(
    frame: pl.DataFrame,
    value: str = "net_sales",
    key: str = "account_id",
    cuts: Sequence[float] = ABC_CUTS,
    classes: Sequence[str] = ABC_CLASSES,
) -> pl.DataFrame:
    """`ranked` with the class in `abc`: A while the share before the row is under the first cut, and so on.

    The row that crosses a line so belongs to the better class. Null for rows without a positive value.
    """
    order, units, total, before = _cumulated(frame, value, key)
    return _ranked(frame, order, units, total, before, abc=pl.Series(classes, dtype=pl.String).gather(_places(total, before, cuts)))


def abc_of(
    frame: pl.DataFrame, value: str, key: str = "account_id", cuts: Sequence[float] = ABC_CUTS, classes: Sequence[str] = ABC_CLASSES
) -> pl.Series:
    """The class of `abc` alone, in the frame's own order."""
    order, units, total, before = _cumulated(frame, value, key)
    place = np.empty(len(order), int)
    place[order] = np.where(units > 0, _places(total, before, cuts), len(classes))
    return pl.Series([*classes, None], dtype=pl.String).gather(place)


def high_contribution(frame: pl.DataFrame, value: str, key: str = "account_id", cut: float = 0.80) -> pl.DataFrame:
    """`ranked` with `is_high`: the share before the row is under the cut (methods.md section 1); null if not positive."""
    order, units, total, before = _cumulated(frame, value, key)
    return _ranked(frame, order, units, total, before, is_high=pl.Series(before < _limit(total, cut)))


def high_alike(values: pl.Series, cut: float = 0.80) -> pl.Series:
    """Whether each value is one of `high_contribution`, equal values all alike: as the first of them is. Missing and not positive ones are not."""
    units = exact_units(values)
    falling = -np.sort(-np.maximum(units, 0))
    larger = np.searchsorted(-falling, -units)
    before = np.r_[0, falling.cumsum()][larger]
    return pl.Series((units > 0) & (before < _limit(int(falling.sum()), cut)))


def percentiles(values: np.ndarray) -> np.ndarray:
    """Mid-rank percentiles (rank − 0.5) ÷ n along the last axis, equal values sharing their mean rank; NaN stays NaN."""
    values = np.asarray(values, float)
    known = ~np.isnan(values)
    # NaN ranked as the largest leaves the ranks of the known values as they are.
    ranks = stats.rankdata(np.where(known, values, np.inf), axis=-1)
    n = known.sum(axis=-1, keepdims=True)
    return np.where(known, (ranks - 0.5) / np.maximum(n, 1), np.nan)


def composite_score(indicators: Mapping[str, np.ndarray], weights: Mapping[str, float]) -> np.ndarray:
    """Weighted mean of each indicator's mid-rank percentile, 0–1 per account. methods.md section 3.

    `weights` of the same names need not sum to 1. A missing indicator (NaN) leaves its weight to the others while at
    least 60 % of the weight is known; below that the score is NaN.
    """
    if set(indicators) != set(weights):
        raise ValueError("indicators and weights must have the same names")
    if sum(weights.values()) <= 0 or min(weights.values()) < 0:
        raise ValueError("weights must not be negative, and one must be positive")
    scores = np.array([percentiles(values) for values in indicators.values()])
    return weighted_mean(scores, np.array([weights[name] for name in indicators]))


def weighted_mean(scores: np.ndarray, weights: np.ndarray, least: float = LEAST_WEIGHT) -> np.ndarray:
    """Weighted mean (accounts,) of `scores` (indicators, accounts), NaN = missing; NaN where less than `least` of the weight is known."""
    share = np.asarray(weights, float)[:, None] / np.sum(weights)
    known = np.where(np.isnan(scores), 0.0, share).sum(axis=0)
    weighted = (np.nan_to_num(scores) * share).sum(axis=0)
    # 0.1 + 0.2 + 0.3 is a little over 0.6 in floats and 1 − 0.4 a little under: the line itself counts as enough.
    return np.divide(weighted, known, out=np.full(known.shape, np.nan), where=(known >= least - 1e-9) & (known > 0))


def tiers(
    scores: np.ndarray, keys: Sequence[str], sizes: Sequence[float] = TIER_SIZES, names: Sequence[str] = TIERS
) -> np.ndarray:
    """The tier of each account by score, of fixed sizes: the best 5 %, up to 20 %, up to 50 % of accounts, the rest.

    An account is in a tier while the share of accounts before it is under the tier's size, so that the smallest
    portfolio has a VIP. Equal scores by key as text. A missing score (NaN) is in no tier: None.
    """
    scores = np.asarray(scores, float)
    known = ~np.isnan(scores)
    order = _order(np.where(known, scores, -np.inf), keys)
    n = int(known.sum())
    limits = _limits(n, sizes)
    found = np.full(len(scores), None, object)
    for place, row in enumerate(order[:n]):
        found[row] = names[sum(place >= limit for limit in limits)]
    return found


def gini(values: np.ndarray) -> float:
    """Concentration, 0 = equal: sum((2i − n − 1)·x_(i)) ÷ (n·sum x). NaN with negative values or without any value."""
    ordered = np.sort(np.asarray(values, float))
    n, total = len(ordered), ordered.sum()
    if n == 0 or total <= 0 or ordered[0] < 0:
        return float("nan")
    return float(((2 * np.arange(1, n + 1) - n - 1) * ordered).sum() / (n * total))


def lorenz(values: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The curve of cumulative shares from the smallest value up, from (0, 0) to (1, 1): accounts, value.

    Negative values draw it below zero. Raises ValueError where the values sum to nothing.
    """
    ordered = np.sort(np.asarray(values, float))
    if ordered.sum() <= 0:
        raise ValueError("a Lorenz curve needs a positive total")
    return np.linspace(0, 1, len(ordered) + 1), np.r_[0.0, ordered.cumsum() / ordered.sum()]


def _cumulated(frame: pl.DataFrame, value: str, key: str) -> tuple[np.ndarray, np.ndarray, int, np.ndarray]:
    """The ranking's row numbers; in its order the exact units; the sum of the positive ones, and that before each row."""
    units = exact_units(frame[value])
    order = _order(units, frame[key])
    units = units[order]
    positive = np.maximum(units, 0)
    return order, units, int(positive.sum()), positive.cumsum() - positive


def _ranked(frame: pl.DataFrame, order: np.ndarray, units: np.ndarray, total: int, before: np.ndarray, **classes: pl.Series) -> pl.DataFrame:
    """The frame in that order with its shares and other columns, null for rows without a positive value."""
    shares = {"share": pl.Series(units / (total or 1)), "cumulative_share_before": pl.Series(before / (total or 1))}
    is_positive = pl.Series(units > 0)
    return frame[order].with_columns(pl.when(is_positive).then(of).alias(name) for name, of in (shares | classes).items())


def _places(total: int, before: np.ndarray, cuts: Sequence[float]) -> np.ndarray:
    """The place of each row's class: how many cuts lie at or under what is before it."""
    return sum((before >= limit for limit in _limits(total, cuts)), np.zeros(len(before), int))


def _limits(total: int, cuts: Sequence[float]) -> list[int]:
    """Where each class ends. One whose cut lies under an earlier one's is empty: the first class that reaches so far has the row."""
    return list(accumulate((_limit(total, cut) for cut in cuts), max))


def _order(values: np.ndarray, keys: Sequence) -> np.ndarray:
    """Row numbers by falling value, then rising key as text."""
    order = np.argsort(-values, kind="stable")
    if not len(order):
        return order
    equal = values[order[1:]] == values[order[:-1]]
    tied = np.flatnonzero(np.append(equal, False) | np.append(False, equal))
    if len(tied):
        # Only among equals is the key asked for: texts take ten times as long to order as numbers.
        rows = order[tied]
        order[tied] = rows[np.lexsort((pl.Series(keys).cast(pl.String).gather(rows).rank("ordinal").to_numpy(), -values[rows]))]
    return order


def _limit(total: int, cut: float) -> int:
    """The smallest whole number at which `number < cut × total` no longer holds, the cut read as it is written."""
    product = Fraction(Decimal(str(cut))) * total
    return -(-product.numerator // product.denominator)
