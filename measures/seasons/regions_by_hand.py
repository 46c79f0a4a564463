"""The seasons that somebody set for regions, for the regions that the viewer sees."""

from collections.abc import Iterable, Mapping

from data.access import Viewer
from measures.seasons.season_overrides import RegionSeason, read, season_of, written
from measures.thresholds import Cuts
from queries.filters import Filters
from queries.runner import Ask

SETTING = "region_seasons"


def regions_by_hand(ask: Ask, cuts: Cuts) -> dict[str, RegionSeason]:
    """Region id → its season as set for it or for a region above it; regions that are left to their data are not in it."""
    return _in_sight(ask, read(str(cuts[SETTING])))


def settings_in_sight(settings: Mapping[str, object], viewer: Viewer, ask: Ask | None) -> dict[str, object]:
    """The saved settings as the viewer may read them: of the seasons set by hand only those in force in regions that they see.

    What is set for a region above theirs is written as their own, so that nothing changes for them. `ask` is None without a store.
    """
    given = str(settings.get(SETTING, ""))
    if viewer.sees_everything or not given:
        return dict(settings)
    return {**settings, SETTING: written(_in_sight(ask, read(given)) if ask else {})}


def _in_sight(ask: Ask, given: Mapping[str, RegionSeason]) -> dict[str, RegionSeason]:
    if not given:
        return {}
    parents = dict(ask("seasons/regions", Filters()).select("region_id", "parent_region_id").iter_rows())
    found = {region: season_of(region, given, parents) for region in parents}
    return {region: season for region, season in found.items() if season is not None}


def common_season(by_hand: Mapping[str, RegionSeason], region_ids: Iterable[str | None]) -> RegionSeason | None:
    """The one season that was set for all of these regions; None where they differ or one of them has none."""
    found = {by_hand.get(region) for region in region_ids if region is not None}
    return found.pop() if len(found) == 1 else None
