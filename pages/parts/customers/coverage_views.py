"""Coverage's four views: people by region, workload by class, hours by quadrant, territories with a move tried out."""

import polars as pl
import streamlit as st

from charts import labels
from charts.customers.plan_range import plan_range
from charts.customers.territories import territories
from charts.findings.customers.coverage import balance_sentence, hours_sentence, people_text, sentence, workload_sentence
from data.language import _, format_number, mark
from measures.customers.coverage import Coverage
from measures.customers.coverage_need import TOTAL, WITHOUT_SALES
from measures.thresholds import Cuts
from pages.parts import draw, tables
from pages.parts.customers.territory_moves import choose_move, proposals

VIEWS = {"people": mark("People by region"), "workload": mark("Workload"), "hours": mark("Hours by quadrant"), "territories": mark("Territories")}


def show_view(view: str, answer: Coverage, cuts: Cuts) -> str:
    """Draw the chosen view, its chart and its table. Returns its finding."""
    if view == "people":
        return _people(answer)
    if view == "workload":
        return _workload(answer)
    return _hours(answer) if view == "hours" else _territories(answer, float(cuts["territory_band"]))


def _people(answer: Coverage) -> str:
    finding = sentence(answer)
    figure = plan_range(
        answer.regions, name="region", actual="people_now", low="people_low", high="people_high",
        title=_("People: there (solid), needed by class (outline), by calls (diamond)"), beside=("workload_people", labels.metric("workload_people")),
        write=people_text, theme=draw.theme(), finding=finding,
    )  # fmt: skip
    draw.chart(figure, key="coverage_people")
    st.caption(_("There: whoever owns an account with a class. The source's ratios are for few large accounts: with hundreds of small ones they ask for "
                 "more people than any company has, and the calls say how many could do the work. By region and class the need keeps "
                 "its fractions, so that they add up; all together it is rounded up to whole people."))  # fmt: skip
    told = answer.regions.rename({"calls_needed": "workload"}).with_columns(pl.col("region").fill_null(_("Not known")))
    tables.show(told, "coverage_regions", key="coverage_regions", leads="people_gap")
    # Whole persons, and the gap, are for all classes together.
    tables.show(_worded_classes(answer.summary.drop("people_needed", "people_gap")), "coverage_classes", key="coverage_classes")
    return finding


def _workload(answer: Coverage) -> str:
    said = workload_sentence(answer)
    worded = _worded_classes(answer.workload)
    figure = plan_range(
        worded.head(answer.workload.height - 1), name="abc", actual="calls_made", low="calls_needed", high="calls_needed",
        title=_("Calls a month: made (solid), asked for (line)"), theme=draw.theme(), finding=said,
    )  # fmt: skip
    draw.chart(figure, key="coverage_workload")
    st.caption(_("Visits and calls, whoever made them. Accounts without sales count once they were called on."))
    tables.show(worded, "coverage_workload", key="coverage_workload_table")
    return said


def _hours(answer: Coverage) -> str:
    said = hours_sentence(answer)
    worded = _worded_quadrants(answer.hours)
    timed, acts = answer.hours["timed"].sum(), answer.hours["activities"].sum()
    if timed:
        figure = plan_range(
            worded.head(4), name="quadrant", actual="hours", low="planned_hours", high="planned_hours",
            title=_("Hours in a year: spent (solid), planned (line)"), write=format_number, theme=draw.theme(), finding=said,
        )  # fmt: skip
        draw.chart(figure, key="coverage_hours")
    st.caption(_("The source ranks the time: most for EII, a long-term plan for EI, periodic visits for EIII, least for EIV. "
                 "It gives no shares: these are ours."))  # fmt: skip
    if acts:
        st.caption(_("{timed} of {all} activities state their hours.").format(timed=format_number(timed), all=format_number(acts)))
    tables.show(labels.worded(worded, "status"), "coverage_hours", key="coverage_hours_table")
    return said


def _territories(answer: Coverage, band: float) -> str:
    said = balance_sentence(answer, band)
    if answer.territories.is_empty():
        return said
    place = st.container()
    moved = choose_move(answer, band)
    with place:
        figure = territories(answer.territories, band=band, move=moved, theme=draw.theme(), finding=said)
        draw.chart(figure, key="coverage_territories")
        st.caption(_("Inside the pale square both are fair. Potential: own sales and what competitors are known to sell. People who lead others "
                     "are not compared."))  # fmt: skip
    proposals(answer)
    shown = answer.territories.drop("is_leader", "region_id")
    tables.show(labels.worded(shown, "status"), "territories", key="coverage_territories_table", leads="workload_index")
    return said


def _worded_classes(frame: pl.DataFrame) -> pl.DataFrame:
    words = {WITHOUT_SALES: _("Without sales"), TOTAL: labels.label(TOTAL)}
    return labels.worded(frame, "abc", writer=lambda code: words.get(code, code))


def _worded_quadrants(frame: pl.DataFrame) -> pl.DataFrame:
    return labels.worded(frame, "quadrant", writer=lambda code: _("Not classified") if code == "none" else labels.quadrant(code))
