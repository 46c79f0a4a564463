"""Coverage's four views: people by region, workload by class, hours by quadrant, territories with a move tried out."""

import polars as pl
import streamlit as st

from charts import labels
from charts.customers.plan_range import plan_range
from charts.customers.territories import territories
from charts.findings.customers.coverage import balance_sentence, hours_sentence, people_text, workload_sentence
from data.language import _, format_number, mark
from measures.customers.coverage import Coverage
from measures.customers.coverage_need import TOTAL, WITHOUT_SALES
from measures.thresholds import Cuts
from pages.parts import draw, tables
from pages.parts.customers.territory_moves import choose_move, proposals
from pages.parts.escape import plain

VIEWS = {"people": mark("People by region"), "workload": mark("Workload"), "hours": mark("Hours by quadrant"), "territories": mark("Territories")}


def show_view(view: str, answer: Coverage, cuts: Cuts, finding: str) -> None:
    """Draw the chosen view: its sentence, its chart, its table."""
    if view == "people":
        _people(answer, finding)
    elif view == "workload":
        _workload(answer)
    elif view == "hours":
        _hours(answer)
    else:
        _territories(answer, float(cuts["territory_band"]))


def _people(answer: Coverage, finding: str) -> None:
    figure = plan_range(
        answer.regions, name="region", actual="people_now", low="people_low", high="people_high",
        title=_("People: there (solid), needed by class (outline), by calls (diamond)"), beside=("workload_people", labels.metric("workload_people")),
        write=people_text, theme=draw.theme(), finding=finding,
    )  # fmt: skip
    draw.chart(figure, key="coverage_people")
    st.caption(_("There: the owners of at least one account with a class, whatever their role. With hundreds of small accounts the ratios "
                 "ask for more people than any company has: beside them stand the people that the calls alone would need."))  # fmt: skip
    told = answer.regions.rename({"calls_needed": "workload"}).with_columns(pl.col("region").fill_null(_("Not known")))
    tables.show(told, "coverage_regions", key="coverage_regions", leads="people_gap")
    # Whole persons, and the gap, are for all classes together.
    tables.show(_worded_classes(answer.summary.drop("people_needed", "people_gap")), "coverage_classes", key="coverage_classes")


def _workload(answer: Coverage) -> None:
    said = workload_sentence(answer)
    st.markdown(f"**{plain(said)}**")
    worded = _worded_classes(answer.workload)
    figure = plan_range(
        worded.head(answer.workload.height - 1), name="abc", actual="calls_made", low="calls_needed", high="calls_needed",
        title=_("Calls a month: made (solid), asked for (line)"), theme=draw.theme(), finding=said,
    )  # fmt: skip
    draw.chart(figure, key="coverage_workload")
    st.caption(_("Visits and calls, whoever made them. Accounts without sales count once they were called on."))
    tables.show(worded, "coverage_workload", key="coverage_workload_table")


def _hours(answer: Coverage) -> None:
    said = hours_sentence(answer)
    st.markdown(f"**{plain(said)}**")
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


def _territories(answer: Coverage, band: float) -> None:
    said = balance_sentence(answer, band)
    st.markdown(f"**{plain(said)}**")
    if answer.territories.is_empty():
        return
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


def _worded_classes(frame: pl.DataFrame) -> pl.DataFrame:
    words = {WITHOUT_SALES: _("Without sales"), TOTAL: labels.label(TOTAL)}
    return labels.worded(frame, "abc", writer=lambda code: words.get(code, code))


def _worded_quadrants(frame: pl.DataFrame) -> pl.DataFrame:
    return labels.worded(frame, "quadrant", writer=lambda code: _("Not classified") if code == "none" else labels.quadrant(code))
