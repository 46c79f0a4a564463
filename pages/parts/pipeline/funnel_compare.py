"""Two periods or two teams side by side: which, and the funnels of both."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

import polars as pl
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from charts import labels
from data.language import _, format_date
from measures.customers.compared_period import PREVIOUS_PERIOD, PREVIOUS_YEAR, compared
from measures.pipeline.funnel import Funnel
from measures.thresholds import Cuts
from pages.parts import address, answers, dates, periods
from queries.filters import Filters, back

NONE, DATES, TEAMS = "none", "dates", "teams"
FIRST_DAY, LAST_DAY = date(1970, 1, 1), date(2100, 1, 1)
WAYS = (NONE, PREVIOUS_YEAR, PREVIOUS_PERIOD, DATES, TEAMS)


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
    words = {NONE: _("One funnel"), DATES: _("Other dates"), TEAMS: _("Two teams")}
    named = {way: words[way] if way in words else labels.label(way) for way in WAYS}
    address.start("funnel_compare", "beside", lambda texts: texts[0] if texts[0] in WAYS else None, NONE)
    with place, st.popover(named[st.session_state["funnel_compare"]], icon=":material/compare_arrows:", key="chip_funnel_compare"):
        how = st.segmented_control(
            _("Compare with"), WAYS, key="funnel_compare", format_func=named.get, required=True, persist_state="session"
        )
        address.keep("beside", None if how == NONE else how)
        if how == NONE:
            return None
        if how == TEAMS:
            return _teams(answer, filters, cuts)
        other = _other_dates(answer, filters) if how == DATES else _before(answer, filters, how)
    return None if other is None else _periods(answer, filters, other, cuts)


def _before(answer: Funnel, filters: Filters, way: str) -> Filters | None:
    found = None if answer.as_of is None else compared(filters, Cuts((("compared_with", way),)), answer.as_of)
    if found is None:
        st.caption(_("An open period has none before it: choose one with a beginning and an end."))
    return found


def _other_dates(answer: Funnel, filters: Filters) -> Filters:
    """Any two days, drawn and kept in the address; the year before the filters' period until somebody chooses."""
    end = filters.to_date or (answer.as_of or date.today()) + timedelta(days=1)
    start = filters.from_date or back(end, 1)
    days = zip(st.columns(2, gap="medium"), (("beside_from", _("From"), back(start, 1)), ("beside_through", _("Through"), back(end, 1) - timedelta(days=1))), strict=True)
    first, last = sorted(_day(place, *of) for place, of in days)
    return filters.within(first, last + timedelta(days=1))


def _day(place: DeltaGenerator, name: str, label: str, default: date) -> date:
    key = f"funnel_{name}"
    address.start(key, name, lambda texts: min(max(date.fromisoformat(texts[0]), FIRST_DAY), LAST_DAY), default)
    chosen = place.date_input(
        label, key=key, format=dates.shape(), min_value=FIRST_DAY, max_value=LAST_DAY, required=True, persist_state="session"
    )
    address.keep(name, chosen.isoformat())
    return chosen


def _periods(answer: Funnel, filters: Filters, other: Filters, cuts: Cuts) -> Pair:
    names = (_named(filters), _named(other))
    return Pair(answer, answers.get("funnel", other, cuts), names, filters, is_periods=True)


def _named(filters: Filters) -> str:
    """The period by its months where these are whole, else by its first and last day."""
    first, end = filters.from_date, filters.to_date
    if first and end and (first.day, end.day) != (1, 1):
        return f"{format_date(first)} – {format_date(end - timedelta(days=1))}"
    return periods.Period(first, end).label()


def _teams(answer: Funnel, filters: Filters, cuts: Cuts) -> Pair | None:
    teams = _offered(answer, filters)
    if len(teams) < 2:
        st.caption(_("There is only one team within these filters."))
        return None
    places = zip(st.columns(2, gap="medium"), (("team", _("Dark")), ("other_team", _("Light"))), strict=True)
    chosen = [_team(place, name, label, number, teams) for number, (place, (name, label)) in enumerate(places)]
    names, sides = zip(*(teams[code] for code in chosen), strict=True)
    one, other = (answers.get("funnel", side, cuts) for side in sides)
    return Pair(one, other, names, sides[0], is_periods=False)


def _team(place: DeltaGenerator, name: str, label: str, number: int, teams: dict[str, tuple[str, Filters]]) -> str:
    key = f"funnel_team_{number}"
    codes = list(teams)
    address.start(key, name, lambda texts: texts[0] if texts[0] in teams else None, codes[number])
    if st.session_state[key] not in teams:
        st.session_state[key] = codes[number]
    chosen = place.selectbox(label, codes, key=key, format_func=lambda code: teams[code][0], persist_state="session")
    address.keep(name, chosen)
    return chosen


def caution(pair: Pair | None) -> str:
    """What to keep in mind of two periods' cohorts: the earlier has had more time. Nothing for two teams and in other views."""
    if pair is None or pair.one.view != "cohort" or not pair.is_periods:
        return ""
    return _("The earlier deals have had more time to go on: “Transitions” compares like with like.")


def _offered(answer: Funnel, filters: Filters) -> dict[str, tuple[str, Filters]]:
    """Teams as (name, filters) by a code for the address: all the people of each manager, then the regions.

    Who created no deal in the period may have one that is open at its end, or moved in it.
    """
    people = answer.teams.group_by("manager_id").agg("salesperson_id")
    teams = answer.by_manager.select("manager_id", "manager").join(people, on="manager_id", maintain_order="left")
    found = {
        f"manager.{manager_id}": (_("Team of {name}").format(name=name), replace(filters, salesperson_ids=tuple(ids)))
        for manager_id, name, ids in teams.iter_rows()
    }
    regions = answer.by_region.filter(pl.col("region_id").is_not_null()).select("region_id", "region")
    return found | {f"region.{region}": (name, replace(filters, region_ids=(region,))) for region, name in regions.iter_rows()}
