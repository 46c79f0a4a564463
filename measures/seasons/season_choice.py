"""The season that plans go by: found in the index, or set by hand through the thresholds (methods.md section 5)."""

import numpy as np

from measures.seasons.season_overrides import RegionSeason
from measures.seasons.seasons import YEAR, Window, off_season, peak_window, window_at
from measures.thresholds import Cuts


def chosen_peak(index: np.ndarray, cuts: Cuts) -> Window:
    """The peak of `window` months: from `peak_start`, or where the index (12,) sums to most."""
    if cuts["peak_start"]:
        return window_at(index, cuts["peak_start"], cuts["window"])
    return peak_window(index, cuts["window"])


def chosen_off_season(index: np.ndarray, peak: Window, cuts: Cuts) -> Window | None:
    """The off-season: as set by `off_season_start` and `off_season_months`, with what is left at 0 found in the index.

    Found months never reach into the peak; months set by hand may, since a person said so.
    """
    start, months = cuts["off_season_start"], cuts["off_season_months"]
    if start and months:
        return window_at(index, start, months)
    if start:
        return window_at(index, start, _run_length(index, start, peak, cuts["off_season_cut"]))
    if months:
        return _lowest_outside(index, peak, months)
    return off_season(index, peak, cuts["off_season_cut"])


def is_set_by_hand(cuts: Cuts) -> bool:
    """Whether a person set any part of the season."""
    return any(cuts[name] for name in ("peak_start", "off_season_start", "off_season_months"))


def region_cuts(cuts: Cuts, season: RegionSeason | None) -> Cuts:
    """The cuts of one region: its own season as somebody set it, the rest left to its data. What is set for the company is not its."""
    peak, low = (season.peak, season.off_season) if season else (None, None)
    start, months = peak or (0, cuts["window"])
    low_start, low_months = low or (0, 0)
    return cuts.but(peak_start=start, window=months, off_season_start=low_start, off_season_months=low_months)


def scope_cuts(cuts: Cuts, common: RegionSeason | None) -> Cuts:
    """The cuts of all that is in view: as set for the company, else as set for every region in it (`common`)."""
    return cuts if common is None or is_set_by_hand(cuts) else region_cuts(cuts, common)


def lent_index(index: np.ndarray, season: RegionSeason | None) -> np.ndarray:
    """What a region may borrow of an index (12,): where somebody set its peak, the same shape with its peak there."""
    if season is None or season.peak is None:
        return index
    start, months = season.peak
    return np.roll(index, start - peak_window(index, months).start)


def _run_length(index: np.ndarray, start: int, peak: Window, cut: float) -> int:
    """Months from `start` that stay at or under the cut outside the peak; one at least."""
    length = 0
    while length < YEAR - peak.months and _is_low(index, (start - 1 + length) % YEAR + 1, peak, cut):
        length += 1
    return max(length, 1)


def _is_low(index: np.ndarray, month: int, peak: Window, cut: float) -> bool:
    return month not in peak.calendar_months and index[month - 1] <= cut


def _lowest_outside(index: np.ndarray, peak: Window, months: int) -> Window:
    """The `months` months outside the peak with the smallest sum; fewer where the peak leaves fewer."""
    months = min(months, YEAR - peak.months)
    first = peak.start + peak.months
    starts = [(first - 1 + step) % YEAR + 1 for step in range(YEAR - peak.months - months + 1)]
    return min((window_at(index, start, months) for start in starts), key=lambda window: round(window.total, 12))
