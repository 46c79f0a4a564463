"""Regions whose off-seasons contradict each other: a target board plans one off-season, so that each such group has a board of its own.

Who plans both hemispheres at once would ask Patagonia to sell its off-season's targets in the Caribbean's peak, and an index of all regions
together may show no season at all. Regions belong together where their off-seasons overlap by half of the shorter one, or where one sells
less than usual in the other's off-season; a region whose season is not proven stays with the largest group.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from measures.history import History
from measures.seasons.season_choice import chosen_off_season, chosen_peak, is_set_by_hand, region_cuts
from measures.seasons.season_overrides import RegionSeason
from measures.seasons.season_pooling import pooled_indices
from measures.seasons.seasons import LEAST_INDEX, YEAR, Window, existence, ratios_by_month, seasonal_index
from measures.thresholds import Cuts

PROVEN = ("exists", "weak", "provisional")


@dataclass(frozen=True)
class SeasonGroup:
    """Regions by id (None for accounts of no region) that are planned together, and the off-season of the largest of them."""

    regions: tuple[str | None, ...]
    off_season: Window


def season_groups(
    regions: Sequence[str | None], values: np.ndarray, span: History, by_hand: Mapping[str, RegionSeason], cuts: Cuts
) -> tuple[SeasonGroup, ...]:
    """The groups, the one with the largest region first; none where all regions can be planned together, or a person set one season for all.

    `values` (regions, months) are the regions' units.
    """
    years = int(cuts["years"])
    index = seasonal_index(span.months, np.maximum(values.sum(axis=0), 0.0), years) if len(regions) > 1 else np.full(YEAR, np.nan)
    if is_set_by_hand(cuts) or np.isnan(index).any():
        return ()
    values, lendable = np.maximum(values, 0.0), np.maximum(index, LEAST_INDEX)
    own = pooled_indices(span.months, values, lendable / lendable.mean(), years)[0]
    proven = np.isin(existence(ratios_by_month(span.months, values, years)), PROVEN)
    groups: list[tuple[Window, list[str | None]]] = []
    rest = []
    for at in np.argsort(-values[:, -YEAR:].sum(axis=1), kind="stable").tolist():
        window = _off_season(own[at], by_hand.get(regions[at]), cuts)
        if regions[at] is None or window is None or not (proven[at] or regions[at] in by_hand):
            rest.append(regions[at])
            continue
        fitting = (members for low, members in groups if _agree(window, low, None if regions[at] in by_hand else own[at]))
        members = next(fitting, None)
        if members is None:
            groups.append((window, [regions[at]]))
        else:
            members.append(regions[at])
    if len(groups) < 2:
        return ()
    groups[0][1].extend(rest)
    return tuple(SeasonGroup(tuple(members), window) for window, members in groups)


def _off_season(index: np.ndarray, by_hand: RegionSeason | None, cuts: Cuts) -> Window | None:
    own = region_cuts(cuts, by_hand)
    return chosen_off_season(index, chosen_peak(index, own), own)


def _agree(window: Window, low: Window, index: np.ndarray | None) -> bool:
    """Whether a region with this off-season, and this index unless a person set the season, can be planned in the months of `low`."""
    shared = len(set(window.calendar_months) & set(low.calendar_months))
    if 2 * shared >= min(window.months, low.months):
        return True
    return index is not None and index[np.array(low.calendar_months) - 1].mean() < 1
