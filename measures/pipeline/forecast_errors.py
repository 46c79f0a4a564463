"""What a forecast missed, in the measures that a back-test publishes (methods.md section 7). Arrays (origins, months ahead), NaN = unknown."""

import numpy as np

from measures.metrics import ratio


def wape(forecast: np.ndarray, actual: np.ndarray) -> float | None:
    """Weighted absolute percentage error: Σ|forecast − actual| ÷ Σ actual; None without sales."""
    return ratio(float(np.nansum(np.abs(forecast - actual))), float(np.nansum(actual)))


def bias(forecast: np.ndarray, actual: np.ndarray) -> float | None:
    """(Σ forecast − Σ actual) ÷ Σ actual: above 0, too much was forecast."""
    return ratio(float(np.nansum(forecast - actual)), float(np.nansum(actual)))


def mase(forecast: np.ndarray, actual: np.ndarray, scale: np.ndarray) -> float | None:
    """Mean absolute scaled error: each origin's errors ÷ `scale` (origins,), its history's mean change from year to year.

    Under 1 the forecast misses less than last year's month did in the history; None where nothing ever changed.
    """
    usable = ~np.isnan(scale) & (scale > 0)
    if not usable.any():
        return None
    return float(np.nanmean(np.abs(forecast - actual)[usable] / scale[usable, None]))
