"""Regions' seasons as somebody set them: hemispheres differ, and a new region has no data of its own to tell.

Kept as the text of a setting: {"R-09": {"peak": [6, 3], "off_season": [11, 5]}}, a first calendar month and how many months, either
of them optional. A region without its own takes its parent's.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from measures.periods import YEAR

LONGEST_PEAK, LONGEST_OFF_SEASON = 6, 11
"""Months: a peak of more than half a year is none, and one month at least is no off-season."""
Run = tuple[int, int]


@dataclass(frozen=True)
class RegionSeason:
    """A region's peak and off-season as (first calendar month, months); None where they are left to the data."""

    peak: Run | None = None
    off_season: Run | None = None


def read(text: str) -> dict[str, RegionSeason]:
    """The seasons by region id. Raises ValueError for a text that says no such thing."""
    given = json.loads(text) if text.strip() else {}
    if not isinstance(given, dict):
        raise ValueError(text)
    return {region: _season(of) for region, of in given.items()}


def written(seasons: Mapping[str, RegionSeason]) -> str:
    """The text of a setting; empty where nothing is set."""
    said = {region: _said(season) for region, season in sorted(seasons.items()) if _said(season)}
    return json.dumps(said, ensure_ascii=False) if said else ""


def canonical(text: str) -> str:
    """The same text as `written` gives it. Raises ValueError."""
    return written(read(text))


def season_of(region_id: str | None, seasons: Mapping[str, RegionSeason], parents: Mapping[str, str | None]) -> RegionSeason | None:
    """The region's season, else its nearest ancestor's; None where nobody set one."""
    seen: set[str] = set()
    while region_id is not None and region_id not in seen:
        if region_id in seasons:
            return seasons[region_id]
        seen.add(region_id)
        region_id = parents.get(region_id)
    return None


def _season(of: object) -> RegionSeason:
    if not isinstance(of, dict) or set(of) - {"peak", "off_season"}:
        raise ValueError(of)
    return RegionSeason(_run(of.get("peak"), LONGEST_PEAK), _run(of.get("off_season"), LONGEST_OFF_SEASON))


def _run(of: object, longest: int) -> Run | None:
    if of is None:
        return None
    start, months = of
    if not (isinstance(start, int) and isinstance(months, int) and 1 <= start <= YEAR and 1 <= months <= longest):
        raise ValueError(of)
    return start, months


def _said(season: RegionSeason) -> dict[str, list[int]]:
    return {name: list(run) for name, run in (("peak", season.peak), ("off_season", season.off_season)) if run}
