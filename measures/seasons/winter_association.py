"""Whether more work in the off-season goes with a better peak: an association over distributors and seasons, never an effect.

Growth of a distributor's peak against its peak before (logarithm, kept within a tripling) on openings and visits of the off-season
between them, each season taken by itself; errors clustered by distributor, who appear once per season.
"""

import numpy as np
import polars as pl
from scipy import stats

WORK = ("opened", "visits")
LEAST_ROWS, LEAST_DISTRIBUTORS = 30, 20
"""Seasons of distributors, and distributors, from which errors clustered by distributor can be trusted."""
LIMIT = np.log(3)
SCHEMA = {
    "work": pl.String, "slope_rate": pl.Float64, "slope_low": pl.Float64, "slope_high": pl.Float64, "p_value": pl.Float64, "n": pl.Int64,
    "distributors": pl.Int64, "seasons": pl.Int64, "status": pl.String,
}
GROUP_SCHEMA = {
    "work": pl.String, "group": pl.String, "from_work": pl.Float64, "to_work": pl.Float64, "n": pl.Int64, "median_change": pl.Float64,
    "low": pl.Float64, "high": pl.Float64,
}


def association(panel: pl.DataFrame, share: float) -> pl.DataFrame:
    """SCHEMA: growth of the peak with one more opening, one more visit. `panel` has account_id, season, opened, visits, peak, peak_before.

    `slope_low` and `slope_high` hold the slope in `share` of the cases. Under 30 rows or 20 distributors nothing is said.
    """
    usable = panel.filter(pl.col("peak") > 0, pl.col("peak_before") > 0)
    count, clusters, seasons = usable.height, usable["account_id"].n_unique(), usable["season"].n_unique()
    slopes = np.full((len(WORK), 4), np.nan)
    if count >= LEAST_ROWS and clusters >= LEAST_DISTRIBUTORS:
        slopes = _slopes(usable, share)
    rows = [
        (work, *(float(value) if np.isfinite(value) else None for value in found), count, clusters, seasons, "ok" if np.isfinite(found[0]) else "insufficient")
        for work, found in zip(WORK, slopes, strict=True)
    ]
    return pl.DataFrame(rows, schema=SCHEMA, orient="row")


def groups(panel: pl.DataFrame, share: float) -> pl.DataFrame:
    """GROUP_SCHEMA: distributors without such work, those with less and with more of it than the median worker, and their median growth."""
    usable = panel.filter(pl.col("peak") > 0, pl.col("peak_before") > 0).with_columns(change=pl.col("peak") / pl.col("peak_before") - 1)
    rows = [row for work in WORK for row in _groups_of(usable, work, share)]
    return pl.DataFrame(rows, schema=GROUP_SCHEMA, orient="row")


def _slopes(usable: pl.DataFrame, share: float) -> np.ndarray:
    growth = np.clip(np.log((usable["peak"] / usable["peak_before"]).to_numpy()), -LIMIT, LIMIT)
    centred = [_within(of, usable["season"]) for of in (growth, *(usable[work].cast(pl.Float64).to_numpy() for work in WORK))]
    y, x = centred[0], np.array(centred[1:]).T
    varies = x.std(axis=0) > 1e-9
    found = np.full((len(WORK), 4), np.nan)
    if not varies.any():
        return found
    x = x[:, varies]
    inverse = np.linalg.pinv(x.T @ x)
    slope = inverse @ x.T @ y
    _, cluster = np.unique(usable["account_id"].to_numpy(), return_inverse=True)
    scores = np.zeros((cluster.max() + 1, x.shape[1]))
    np.add.at(scores, cluster, x * (y - x @ slope)[:, None])
    count = len(scores)
    error = np.sqrt(np.diag(inverse @ scores.T @ scores @ inverse) * count / (count - 1))
    half = stats.t.ppf((1 + share) / 2, count - 1) * error
    with np.errstate(divide="ignore", invalid="ignore"):
        p = 2 * stats.t.sf(np.abs(slope / error), count - 1)
    found[varies] = np.array([np.expm1(slope), np.expm1(slope - half), np.expm1(slope + half), p]).T
    return found


def _within(values: np.ndarray, season: pl.Series) -> np.ndarray:
    """The values less their season's mean."""
    _, at = np.unique(season.to_numpy(), return_inverse=True)
    return values - (np.bincount(at, values) / np.bincount(at))[at]


def _groups_of(usable: pl.DataFrame, work: str, share: float) -> list[tuple]:
    amount = usable[work].cast(pl.Float64)
    cut = amount.filter(amount > 0).median()
    if cut is None:
        return []
    places = {"none": amount == 0, "less": (amount > 0) & (amount <= cut), "more": amount > cut}
    return [_group(usable.filter(inside), work, name, share) for name, inside in places.items() if inside.any()]


def _group(rows: pl.DataFrame, work: str, name: str, share: float) -> tuple:
    """The median growth of a group, with the order statistics between which it lies in `share` of the cases."""
    changes = np.sort(rows["change"].to_numpy())
    count = len(changes)
    low = int(stats.binom.ppf((1 - share) / 2, count, 0.5))
    bounds = (float(changes[low]), float(changes[count - 1 - low])) if count >= 6 else (None, None)
    return work, name, float(rows[work].min()), float(rows[work].max()), count, float(np.median(changes)), *bounds
