"""Two periods or two teams side by side: which, and the funnels of both."""

from dataclasses import dataclass, replace

import polars as pl
import streamlit as st

from data.language import _
from measures.funnel import Funnel
from measures.thresholds import Cuts
from pages.parts import answers, periods
from queries.filters import Filters

NONE, PERIOD, TEAMS = "none", "period", "teams"


@dataclass(frozen=True)
class Pair:
    """Both sides' funnels and names."""

    one: Funnel
    other: Funnel
    names: tuple[str, str]


def choose(answer: Funnel, filters: Filters, cuts: Cuts) -> Pair | None:
    """Ask what to compare with, and answer for both sides; None where nothing is compared."""
    words = {NONE: _("One funnel"), PERIOD: _("Beside the period before"), TEAMS: _("Two teams")}
    how = st.segmented_control(_("Compare"), list(words), default=NONE, key="funnel_compare", format_func=words.get, required=True, label_visibility="collapsed")
    if how == PERIOD:
        return _periods(answer, filters, cuts)
    return _teams(answer, filters, cuts) if how == TEAMS else None


def _periods(answer: Funnel, filters: Filters, cuts: Cuts) -> Pair | None:
    before = filters.previous()
    if before is None:
        st.caption(_("An open period has none before it: choose one with a beginning and an end."))
        return None
    names = tuple(periods.Period(span.from_date, span.to_date).label() for span in (filters, before))
    return Pair(answer, answers.get("funnel", before, cuts), names)


def _teams(answer: Funnel, filters: Filters, cuts: Cuts) -> Pair | None:
    teams = _offered(answer, filters)
    if len(teams) < 2:
        st.caption(_("There is only one team within these filters."))
        return None
    places = st.columns(2, gap="medium")
    labels = (_("Dark"), _("Light"))
    chosen = [
        place.selectbox(label, list(teams), index=number, key=f"funnel_team_{number}")
        for number, (place, label) in enumerate(zip(places, labels, strict=True))
    ]
    one, other = (answers.get("funnel", teams[name], cuts) for name in chosen)
    return Pair(one, other, (chosen[0], chosen[1]))


def _offered(answer: Funnel, filters: Filters) -> dict[str, Filters]:
    """Teams by name: the people of each manager, then the regions."""
    people = answer.by_salesperson.filter(pl.col("manager_id").is_not_null(), pl.col("salesperson_id").is_not_null())
    teams = people.group_by("manager", maintain_order=True).agg(pl.col("salesperson_id").sort())
    found = {_("Team of {name}").format(name=name): replace(filters, salesperson_ids=tuple(ids)) for name, ids in teams.iter_rows()}
    regions = answer.by_region.filter(pl.col("region_id").is_not_null())
    return found | {name: replace(filters, region_ids=(region,)) for region, name in regions.select("region_id", "region").iter_rows()}
