"""Who moved between quadrants in a year: the transition matrix, and the tails behind it."""

import polars as pl
import streamlit as st

from charts import labels
from charts.chart import Chart
from charts.findings.customers.quadrant_views import moves as sentence
from charts.matrix import matrix
from data.language import _, format_number, format_percent
from measures.customers.portfolio_quadrants import QUADRANTS, UNCLASSIFIED, PortfolioQuadrants
from measures.customers.quadrant_moves import LOST, NEW
from pages.parts import draw, links, tables, tabs

ROWS, COLUMNS = (NEW, *QUADRANTS, UNCLASSIFIED), (*QUADRANTS, UNCLASSIFIED, LOST)
MOVERS = ("account_id", "account", "region", "previous_quadrant", "quadrant", "net_sales", "contribution", "stability_cv", "p_stable")


def show(answer: PortfolioQuadrants) -> str:
    """The matrix, its table, and the accounts of the cell that was clicked; or why there is none. Returns the finding."""
    finding = sentence(answer.transitions)
    if answer.transitions.is_empty():
        st.write(_("The data begin less than a year before the date: there is nothing to compare with."))
        return finding
    st.caption(_("From the quadrant of a year ago to today's, in accounts. A wobble within the dead band around the cut is no move."))
    picked = draw.chart(_matrix(answer.transitions, finding), key="quadrants_matrix")
    if picked:
        _movers(answer, picked[0]["row"], picked[0]["column"])
    else:
        _tables(answer)
    return finding


def _tables(answer: PortfolioQuadrants) -> None:
    views = {"moves": _("Moves with money"), "tails": _("Months of the largest")}
    view = tabs.choose(_("Table"), views, key="quadrants_moves_of", name="moves")
    if view == "tails":
        tables.show(answer.tails, "tails", key="quadrants_tails_table")
    else:
        tables.show(labels.worded(answer.migration, "from_quadrant", "to_quadrant", writer=_place), "migration", key="quadrants_moves")


def _matrix(transitions: pl.DataFrame, finding: str) -> Chart:
    rows = transitions.rows(named=True)
    cells = pl.DataFrame(
        {
            "row": [row["from_quadrant"] for row in rows], "column": [row["to_quadrant"] for row in rows],
            "row_text": [_place(row["from_quadrant"]) for row in rows], "column_text": [_place(row["to_quadrant"]) for row in rows],
            "heat": [row["probability"] if row["accounts"] else None for row in rows],
            "text": [format_number(row["accounts"]) if row["accounts"] else "" for row in rows],
            "note": [format_percent(row["probability"], 0) if row["accounts"] else "" for row in rows],
        },
        schema_overrides={"heat": pl.Float64},
    )
    titles = (("row_text", _("A year ago")), ("column_text", _("Today")), ("text", _("Accounts")), ("note", _("Share of the row")))
    return matrix(cells, order=(ROWS, COLUMNS), heading=_("Rows: a year ago · columns: today"), titles=titles, theme=draw.theme(), finding=finding)


def _place(code: str) -> str:
    return {NEW: _("No sales before"), LOST: _("No sales now"), UNCLASSIFIED: _("Not classified")}.get(code) or labels.quadrant(code)


def _movers(answer: PortfolioQuadrants, start: str, end: str) -> None:
    """The accounts of the cell that was clicked."""
    if end == LOST:
        st.write(_("They bought nothing in the last twelve months: choose an earlier period to see them."))
        return
    was = pl.col("previous_quadrant").is_null() if start in (NEW, UNCLASSIFIED) else pl.col("previous_quadrant") == start
    now = pl.col("quadrant").is_null() if end == UNCLASSIFIED else pl.col("quadrant") == end
    st.caption(
        _("{start} → {end}. Click the cell again to see all.").format(start=_place(start), end=_place(end))
    )
    rows = answer.accounts.filter(was, now)
    row = tables.show(
        labels.worded(rows.select(MOVERS), "previous_quadrant", "quadrant", writer=labels.quadrant), "movers", key="quadrants_movers", pick=True
    )
    if row is not None:
        links.open_account(rows["account_id"][row])
