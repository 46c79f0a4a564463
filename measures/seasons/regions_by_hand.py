"""The seasons that somebody set for regions, for the regions that the viewer sees."""

from collections.abc import Iterable, Mapping

from measures.seasons.season_overrides import RegionSeason, read, season_of
from measures.thresholds import Cuts
from queries.filters import Filters
from queries.runner import Ask


def regions_by_hand(ask: Ask, cuts: Cuts) -> dict[str, RegionSeason]:
    """Region id → its season as set for it or for a region above it; regions that are left to their data are not in it."""
    given = read(str(cuts["region_seasons"]))
    if not given:
        return {}
    parents = dict(ask("seasons/regions", Filters()).select("region_id", "parent_region_id").iter_rows())
    found = {region: season_of(region, given, parents) for region in parents}
    return {region: season for region, season in found.items() if season is not None}


def common_season(by_hand: Mapping[str, RegionSeason], region_ids: Iterable[str | None]) -> RegionSeason | None:
    """The one season that was set for all of these regions; None where they differ or one of them has none."""
    found = {by_hand.get(region) for region in region_ids if region is not None}
    return found.pop() if len(found) == 1 else None
