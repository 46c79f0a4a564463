"""How far a season's total may fall from its forecast: an interval from what earlier forecasts missed (methods.md section 7).

Only the total has an interval. Monthly bounds are never added up: errors of single months cancel out, and their sum would be too wide.
`errors` are (origins, series) relative errors of the season's total; one pool holds series of one level (distributors, say), since a
company's total is far steadier than a distributor's.
"""

import numpy as np

from measures.seasons.seasons import mean_known

# What the pool's median weighs beside a series' own errors.
PRIOR = 4
# Fewer series have too few latest errors: then every origin's error counts.
LEAST_SERIES = 20


def relative_errors(forecast: np.ndarray, actual: np.ndarray) -> np.ndarray:
    """(actual − forecast) ÷ forecast; NaN where nothing was forecast or the series had not begun."""
    return np.divide(actual - forecast, forecast, out=np.full(forecast.shape, np.nan), where=forecast > 0)


def scales(errors: np.ndarray) -> np.ndarray:
    """How far each series usually misses: s = (n·mean|e| + 4·median) ÷ (n + 4), the median that of all series' mean errors.

    A series without errors of its own has the median; NaN where no series has any.
    """
    return _shrunk(np.abs(errors), _median_error(errors))


def factor(errors: np.ndarray, share: float) -> float:
    """The q of f·(1 ± q·s): `share` of the pool's latest errors are within q·s; in a small pool of all its errors.

    An error is measured by the scale of the series' other errors: its own would make it look small. The quantile is the one of a new
    error among these, which is a little outside of theirs.
    """
    ratios = _ratios(errors)
    latest = ratios[-1:] if len(ratios) and (~np.isnan(ratios[-1])).sum() >= LEAST_SERIES else ratios
    return _quantile(latest, share)


def coverage(errors: np.ndarray, share: float) -> float:
    """How many of the errors lay inside the interval that the other origins would have given; NaN under two origins."""
    ratios = _ratios(errors)
    inside, known = 0, 0
    for at in range(len(ratios)):
        limit = _quantile(np.delete(ratios, at, axis=0), share)
        if not np.isnan(limit):
            inside += int((ratios[at] <= limit).sum())
            known += int((~np.isnan(ratios[at])).sum())
    return inside / known if known else np.nan


def _ratios(errors: np.ndarray) -> np.ndarray:
    """Each error ÷ the scale that its series' other errors give."""
    sizes, median = np.abs(errors), _median_error(errors)
    others = [_shrunk(np.delete(sizes, at, axis=0), median) for at in range(len(sizes))]
    scale = np.array(others).reshape(sizes.shape)
    return np.divide(sizes, scale, out=np.where(sizes == 0, 0.0, np.nan), where=scale > 0)


def _shrunk(sizes: np.ndarray, median: float) -> np.ndarray:
    count = (~np.isnan(sizes)).sum(axis=0)
    return (np.where(np.isnan(sizes), 0.0, sizes).sum(axis=0) + PRIOR * median) / (count + PRIOR)


def _median_error(errors: np.ndarray) -> float:
    means = mean_known(np.abs(errors), axis=0)
    known = means[~np.isnan(means)]
    return float(np.median(known)) if len(known) else np.nan


def _quantile(ratios: np.ndarray, share: float) -> float:
    """The value under which a new ratio falls with that chance: the (n + 1)·share-th smallest, between two of them a part of each."""
    ordered = np.sort(ratios[~np.isnan(ratios)])
    if not len(ordered):
        return np.nan
    place = min(max((len(ordered) + 1) * share - 1, 0.0), len(ordered) - 1.0)
    return float(np.interp(place, np.arange(len(ordered)), ordered))
