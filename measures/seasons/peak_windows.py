"""When each region's next peak is: the months that the peak-season plan speaks of (methods.md section 5)."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from measures.history import History, months_between
from measures.seasons.regions_by_hand import common_season, regions_by_hand
from measures.seasons.season_choice import chosen_off_season, chosen_peak, is_set_by_hand, region_cuts, scope_cuts
from measures.seasons.season_pooling import pooled_indices
from measures.seasons.seasons import LEAST_INDEX, YEAR, Window, seasonal_index
from measures.thresholds import Cuts
from queries.filters import add_months
from queries.runner import Ask

COMPANY = None


@dataclass(frozen=True)
class SeasonWindows:
    """The peak and the off-season (None where there is none) by region id; the company's under None, for who has no region."""

    peaks: Mapping[str | None, Window]
    off_seasons: Mapping[str | None, Window | None]

    def next_peak(self, region_id: str | None, span: History) -> History:
        """The first whole peak at or after the end of the history."""
        peak = self.peaks.get(region_id, self.peaks[COMPANY])
        start = add_months(span.end, (peak.start - span.end.month) % YEAR)
        return History(start, add_months(start, peak.months))

    def off_season_before(self, region_id: str | None, peak: History) -> History | None:
        """The off-season that leads up to this peak: the last one that ends by its beginning."""
        low = self.off_seasons.get(region_id, self.off_seasons[COMPANY])
        if low is None:
            return None
        end = add_months(peak.start, -((peak.start.month - low.start - low.months) % YEAR))
        return History(add_months(end, -low.months), end)


def season_windows(ask: Ask, sales: Mapping[str | None, np.ndarray], span: History, cuts: Cuts) -> SeasonWindows | None:
    """The windows from each region's monthly units; None where neither the data nor a person says when the peak is.

    With `peak_by` = company every region has the company's. Under two years only a peak set by hand is one.
    """
    by_hand = regions_by_hand(ask, cuts)
    company_cuts = scope_cuts(cuts, common_season(by_hand, [region for region in sales if region is not None]))
    total = np.maximum(sum(sales.values()), 0.0) if sales else np.zeros(span.length)
    index = seasonal_index(span.months, total, int(cuts["years"]), str(cuts["method"]))
    is_known = not np.isnan(index).any()
    if not is_known and not (is_set_by_hand(company_cuts) and company_cuts["peak_start"]):
        return None
    index = index if is_known else np.ones(YEAR)
    chosen = {COMPANY: (index, company_cuts)}
    if cuts["peak_by"] == "region" and is_known and not is_set_by_hand(cuts):
        chosen |= _regional(sales, span, index, by_hand, cuts)
    peaks = {region: chosen_peak(of, own) for region, (of, own) in chosen.items()}
    return SeasonWindows(peaks, {region: chosen_off_season(of, peaks[region], own) for region, (of, own) in chosen.items()})


def months_ahead(peak: History, span: History) -> tuple[int, int]:
    """Where a peak lies in a forecast that begins at the history's end: first step from 0, and the step after its last."""
    first = months_between(span.end, peak.start)
    return first, first + peak.length


def _regional(sales: Mapping, span: History, company: np.ndarray, by_hand: Mapping, cuts: Cuts) -> dict:
    regions = [region for region in sales if region is not None]
    if not regions:
        return {}
    values = np.maximum(np.array([sales[region] for region in regions]), 0.0)
    lendable = np.maximum(company, LEAST_INDEX)
    index = pooled_indices(span.months, values, lendable / lendable.mean(), int(cuts["years"]))[0]
    return {region: (index[at], region_cuts(cuts, by_hand.get(region))) for at, region in enumerate(regions)}
