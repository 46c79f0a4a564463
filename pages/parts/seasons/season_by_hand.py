"""Regions' seasons set by hand: kept in the settings, in force wherever a season is taken."""

import polars as pl
import streamlit as st

from charts.seasons.season import calendar_run
from data.language import _, month_names
from measures.seasons.regions_by_hand import SETTING
from measures.seasons.season_overrides import LONGEST_OFF_SEASON, LONGEST_PEAK, RegionSeason, Run, read, written
from measures.thresholds import THRESHOLDS
from pages.parts import seen, session, states
from pages.parts.seasons import season_views


def show(season: pl.DataFrame) -> None:
    """Choose a region, see what its data say, set its peak and off-season, or leave them to the data again."""
    now = session.current()
    st.caption(_("Set here, a region's season holds for its off-season targets, its peak plan and its early warnings, and for the regions under it."))
    rows = {row["scope_id"]: row for row in season.filter(pl.col("scope_kind") == "region").iter_rows(named=True)}
    if not rows:
        st.write(_("There is no region with sales here."))
        return
    # The journal as it is now, not as the session read it: the seasons that go along with this region's are those of the version written over.
    saved = now.journal.settings().get(SETTING)
    kept = read(str(saved.value if saved else THRESHOLDS[SETTING].default))
    region = st.selectbox(_("Region"), list(rows), key="by_hand_region", format_func=lambda key: rows[key]["scope_name"])
    row, own = rows[region], kept.get(region, RegionSeason())
    drawn = seen.before(f"by_hand_seen_{region}", saved.version if saved else 0)
    peak, low = (season_views.named(season_views.months(row, kind)) for kind in ("peak", "off_season"))
    st.markdown(_("In force: peak {peak}, off-season {low}.").format(peak=peak, low=low))
    with st.form(f"by_hand_{region}"):
        left, right = st.columns(2, gap="large")
        with left:
            chosen_peak = _run(_("Peak begins in"), _("Months of the peak"), own.peak, LONGEST_PEAK, f"by_hand_peak_{region}")
        with right:
            chosen_low = _run(_("Off-season begins in"), _("Months of the off-season"), own.off_season, LONGEST_OFF_SEASON, f"by_hand_low_{region}")
        if st.form_submit_button(_("Save for everybody"), disabled=not now.viewer.may_change):
            _save(kept | {region: RegionSeason(chosen_peak, chosen_low)}, drawn, {key: of["scope_name"] for key, of in rows.items()})
    if not now.viewer.may_change:
        st.caption(_("Only a manager of the whole company sets seasons; you see what is in force."))


def _run(title: str, length: str, own: Run | None, longest: int, key: str) -> Run | None:
    """A first month and how many; none leaves it to the data."""
    names = month_names(short=False)
    start = st.selectbox(
        title, range(13), index=own[0] if own else 0, key=f"{key}_start", format_func=lambda month: names[month - 1] if month else _("as the data say")
    )
    months = st.number_input(length, 1, longest, own[1] if own else 3, key=f"{key}_months")
    return (start, int(months)) if start else None


def _save(seasons: dict[str, RegionSeason], drawn: int, names: dict[str, str]) -> None:
    """Save over the version that was drawn; where somebody saved meanwhile, say what, and write nothing."""
    now = session.current()
    words = {"called": _(THRESHOLDS[SETTING].label), "worded": lambda text: _in_words(read(str(text)), names)}
    with states.guarded():
        now.journal.save_setting(SETTING, written(seasons), by=now.viewer.email, seen_version=drawn, **words)
        st.rerun()


def _in_words(seasons: dict[str, RegionSeason], names: dict[str, str]) -> str:
    """Each region with the season that is set for it; `names` are the regions' by their ids."""
    return "; ".join(_of_region(names.get(region, region), season) for region, season in seasons.items()) or "–"


def _of_region(name: str, season: RegionSeason) -> str:
    peak, low = (season_views.named(calendar_run(*run)) if run else _("as the data say") for run in (season.peak, season.off_season))
    return _("{region}: peak {peak}, off-season {low}").format(region=name, peak=peak, low=low)
