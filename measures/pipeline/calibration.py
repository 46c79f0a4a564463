"""How far stated probabilities can be believed: Brier score, reliability with Wilson's intervals, isotonic check (methods.md section 2)."""

import numpy as np
import polars as pl
from scipy import optimize

from measures.typed import typed
from measures.wilson import wilson

LEAST_IN_BIN, MOST_BINS = 15, 10
"""With fewer deals a bin's realised rate is noise; more than ten points are no curve to read."""
SCHEMA = {
    "bin": pl.Int64, "stated": pl.Float64, "realised": pl.Float64, "lo": pl.Float64, "hi": pl.Float64, "isotonic": pl.Float64,
    "won": pl.Int64, "n": pl.Int64,
}  # fmt: skip


def brier(stated: np.ndarray, won: np.ndarray) -> float | None:
    """Mean squared difference of probability and outcome; 0 is perfect, 0.25 a coin. None without an outcome.

    >>> round(brier(np.array([0.9, 0.7, 0.4, 0.2]), np.array([1, 1, 0, 0])), 4)
    0.075
    """
    return float(np.mean((np.asarray(stated) - np.asarray(won)) ** 2)) if len(stated) else None


def isotonic(won: np.ndarray, weights: np.ndarray | None = None) -> np.ndarray:
    """The rising curve nearest to outcomes (or rates) in the order of their stated probability: neighbours that fall are pooled.

    >>> isotonic(np.array([0, 1, 0, 1, 1, 0, 1, 1])).round(4).tolist()
    [0.0, 0.5, 0.5, 0.6667, 0.6667, 0.6667, 1.0, 1.0]
    """
    return optimize.isotonic_regression(np.asarray(won, float), weights=weights).x if len(won) else np.zeros(0)


def calibration(stated: np.ndarray, won: np.ndarray) -> pl.DataFrame:
    """By SCHEMA: closed deals in bins of equal size by stated probability, with the rate that came true, its 95 % interval, and `isotonic`.

    Deals of one probability stay in one bin. As many bins as have fifteen deals each, ten at most.
    """
    if not len(stated):
        return pl.DataFrame(schema=SCHEMA)
    order = np.argsort(stated, kind="stable")
    stated, won = np.asarray(stated, float)[order], np.asarray(won, float)[order]
    deals = pl.DataFrame({"bin": _bins(stated), "stated": stated, "won": won, "isotonic": _pooled(stated, won)})
    binned = deals.group_by("bin", maintain_order=True).agg(
        pl.col("stated").mean(), pl.col("isotonic").mean(), pl.col("won").sum().cast(pl.Int64), pl.len().cast(pl.Int64).alias("n")
    )
    lo, hi = wilson(binned["won"].to_numpy(), binned["n"].to_numpy())
    rated = binned.with_columns((pl.col("won") / pl.col("n")).alias("realised"), pl.Series("lo", lo), pl.Series("hi", hi))
    return rated.with_columns(pl.int_range(1, pl.len() + 1).alias("bin")).select(typed(SCHEMA))


def _bins(stated: np.ndarray) -> np.ndarray:
    """The bin of each deal in rising order: that of the first deal with the same probability."""
    bins = min(MOST_BINS, max(1, len(stated) // LEAST_IN_BIN))
    return np.searchsorted(stated, stated, side="left") * bins // len(stated)


def _pooled(stated: np.ndarray, won: np.ndarray) -> np.ndarray:
    """The isotonic curve over the deals; deals of one probability count together."""
    _values, group, counts = np.unique(stated, return_inverse=True, return_counts=True)
    return isotonic(np.bincount(group, won) / counts, counts.astype(float))[group]
