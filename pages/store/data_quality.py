"""Can the numbers be trusted, and what must be mended first? Helps a manager decide which sender to call.

Answers coverage.md's numbers 3 (what is missing in the files on customers) and 9 (is the decision maker known?).
"""

import polars as pl
import streamlit as st

from charts import labels
from charts.columns import column_label
from charts.findings.data_quality import sentence
from data.imports.result import reason_text
from data.language import NOT_AVAILABLE, _, format_date, format_number, format_percent
from measures.data_quality import DataQuality
from pages.parts import answers, cuts, dates, explain, filter_bar, frame, session, states, tables, tabs
from pages.parts.imports import upload_result
from pages.parts.pipeline import contradictions

FULL = 1.0


def figures(answer: DataQuality) -> None:
    """Four figures: rows, rejects, the reach of the data, decision makers."""
    rows, rejected = answer.tables["rows"].sum(), answer.tables["rejected"]
    told = format_number(rejected.sum()) if rejected.count() else NOT_AVAILABLE
    shown = (
        (_("Rows loaded"), format_number(rows), _("Rows of all tables that you see.")),
        (_("Rows rejected"), told, _("Rows that wait to be mended; seen by viewers of the whole company.")),
        (_("Data through"), format_date(answer.as_of), _("The last day that the order lines reach.")),
        (_("Decision maker known"), format_percent(answer.decision_maker_rate, 0), _("Of the accounts with sales in the period, those with a contact who decides.")),
    )  # fmt: skip
    with st.container(key="metric_row"):
        for place, (label, value, why) in zip(st.columns(len(shown), gap="small"), shown, strict=True):
            place.metric(label, value, help=why, border=True)


def worded(frame: pl.DataFrame) -> pl.DataFrame:
    """Codes of tables, columns and reasons in the reader's words."""
    words = {"table": labels.label, "column": column_label, "reason": reason_text}
    for name, word in words.items():
        if name in frame.columns:
            frame = labels.worded(frame, name, writer=word)
    return frame


def share_bar(name: str) -> dict[str, object]:
    """A share as a bar with its percentage."""
    return {name: st.column_config.ProgressColumn(column_label(name), format="percent", min_value=0.0, max_value=FULL)}


def rejects(answer: DataQuality) -> None:
    """Why rows were rejected, and the rows themselves to download."""
    if not session.current().viewer.sees_everything:
        st.info(_("Rejected rows belong to no region yet: only viewers of the whole company see them."))
    elif answer.rejects.is_empty():
        st.write(_("No row was rejected."))
    else:
        # The rows hold all that was sent, personal fields too: they are for who mends and imports them.
        if session.current().viewer.may_change:
            store = session.current().store
            upload_result.rejects_button(lambda: upload_result.rejected_of(store))
        tables.show(worded(answer.rejects), "rejects", key="quality_rejects")


states.need_store()
filters = filter_bar.current()
chosen = cuts.saved("data_quality")
answer = answers.get("data_quality", filters, chosen)
frame.head(_("Data quality"), sentence(answer), dates.on(answer.as_of))
figures(answer)
views = {
    "tables": _("Tables"), "freshness": _("Freshness"), "missing": _("Missing fields"), "rejects": _("Rejected rows"),
    "decision_makers": _("Decision makers"), contradictions.VIEW: _("Contradicting deals"),
}  # fmt: skip
view = tabs.choose(_("View"), views, key="quality_view", name="tab")
if view == "tables":
    has_inferred = answer.tables["inferred"].sum() > 0
    told = answer.tables if has_inferred else answer.tables.drop("inferred")
    tables.show(worded(told), "tables", key="quality_tables", columns=share_bar("filled_rate"))
    if has_inferred:
        st.caption(_("Named by other tables only: no file lists these ids; each is a row under its id, so that nothing of what names it is lost."))
elif view == "freshness":
    tables.show(worded(answer.freshness), "freshness", key="quality_freshness")
elif view == "missing":
    tables.show(worded(answer.missing), "missing_fields", key="quality_missing", columns=share_bar("share"))
elif view == "rejects":
    rejects(answer)
elif view == contradictions.VIEW:
    contradictions.listed(filters)
else:
    tables.show(answer.decision_makers, "decision_makers", key="quality_decision_makers", columns=share_bar("known_rate"))
explain.panel((), chosen, ((_("Rows loaded"), answer.tables["rows"].sum()), (_("Rows rejected"), answer.tables["rejected"].sum())))
