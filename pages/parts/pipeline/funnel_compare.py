"""Two periods or two teams side by side: which, and the funnels of both."""

from dataclasses import dataclass, replace

import polars as pl
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from charts import labels
from data.language import _
from measures.customers.compared_period import PREVIOUS_PERIOD, PREVIOUS_YEAR, compared
from measures.pipeline.funnel import Funnel
from measures.thresholds import Cuts
from pages.parts import answers, periods
from queries.filters import Filters

NONE, TEAMS = "none", "teams"


@dataclass(frozen=True)
class Pair:
    """Both sides' funnels and names, and the filters of the first."""

    one: Funnel
    other: Funnel
    names: tuple[str, str]
    filters: Filters
    is_periods: bool


def choose(place: DeltaGenerator, answer: Funnel, filters: Filters, cuts: Cuts) -> Pair | None:
    """A chip at the place that says what is compared and opens the choice; both sides' answers, None where nothing is compared."""
    words = {NONE: _("One funnel"), **{way: labels.label(way) for way in (PREVIOUS_YEAR, PREVIOUS_PERIOD)}, TEAMS: _("Two teams")}
    chosen = st.session_state.get("funnel_compare", NONE)
    with place, st.popover(words[chosen], icon=":material/compare_arrows:", key="chip_funnel_compare"):
        how = st.segmented_control(_("Compare with"), list(words), default=NONE, key="funnel_compare", format_func=words.get, required=True)
        if how == NONE:
            return None
        return _teams(answer, filters, cuts) if how == TEAMS else _periods(answer, filters, cuts, how)


def _periods(answer: Funnel, filters: Filters, cuts: Cuts, way: str) -> Pair | None:
    before = None if answer.as_of is None else compared(filters, Cuts((("compared_with", way),)), answer.as_of)
    if before is None:
        st.caption(_("An open period has none before it: choose one with a beginning and an end."))
        return None
    names = tuple(periods.Period(span.from_date, span.to_date).label() for span in (filters, before))
    return Pair(answer, answers.get("funnel", before, cuts), names, filters, is_periods=True)


def _teams(answer: Funnel, filters: Filters, cuts: Cuts) -> Pair | None:
    teams = _offered(answer, filters)
    if len(teams) < 2:
        st.caption(_("There is only one team within these filters."))
        return None
    places = st.columns(2, gap="medium")
    words = (_("Dark"), _("Light"))
    chosen = [
        place.selectbox(word, list(teams), index=number, key=f"funnel_team_{number}")
        for number, (place, word) in enumerate(zip(places, words, strict=True))
    ]
    one, other = (answers.get("funnel", teams[name], cuts) for name in chosen)
    return Pair(one, other, (chosen[0], chosen[1]), teams[chosen[0]], is_periods=False)


def caution(pair: Pair | None) -> str:
    """What to keep in mind of two periods' cohorts: the earlier has had more time. Nothing for two teams and in other views."""
    if pair is None or pair.one.view != "cohort" or not pair.is_periods:
        return ""
    return _("The earlier deals have had more time to go on: “Transitions” compares like with like.")


def _offered(answer: Funnel, filters: Filters) -> dict[str, Filters]:
    """Teams by name: the people of each manager, then the regions."""
    people = answer.by_salesperson.filter(pl.col("manager_id").is_not_null(), pl.col("salesperson_id").is_not_null())
    teams = people.group_by("manager", maintain_order=True).agg(pl.col("salesperson_id").sort())
    found = {_("Team of {name}").format(name=name): replace(filters, salesperson_ids=tuple(ids)) for name, ids in teams.iter_rows()}
    regions = answer.by_region.filter(pl.col("region_id").is_not_null())
    return found | {name: replace(filters, region_ids=(region,)) for region, name in regions.select("region_id", "region").iter_rows()}
