"""Which accounts to consolidate, recover, promote or liquidate? Helps a sales manager give each account its strategy.

Answers product.md's numbers 16, 27, 28, 31 and 32 (and the worklists to come): contribution × stability, EI to EIV.
"""

import polars as pl
import streamlit as st

from charts import labels
from charts.findings.portfolio_quadrants import sentence
from charts.quadrants import quadrants
from data.language import _, format_date, format_number, format_percent
from measures.portfolio_quadrants import QUADRANTS, PortfolioQuadrants
from pages.parts import answers, cuts, draw, explain, filter_bar, frame, links, metrics, states, tables

CUTS = ("contribution_share", "stability_cut", "stability_months")
MOVES = "moves"
SHOWN = (
    "account_id", "account", "region", "quadrant", "previous_quadrant", "contribution", "stability_cv", "standard_error",
    "p_stable", "status", "net_sales", "margin", "active_share", "months",
)  # fmt: skip


def metric_row(answer: PortfolioQuadrants) -> None:
    """Net sales and accounts of each quadrant."""
    metrics.row(
        [
            metrics.Tile(
                "net_sales", row["net_sales"], label=labels.quadrant(row["quadrant"]),
                beside=_("{n} accounts, {share} of sales").format(n=format_number(row["accounts"]), share=format_percent(row["share"], 0)),
            )
            for row in answer.quadrants.filter(pl.col("quadrant").is_in(QUADRANTS)).iter_rows(named=True)
        ]
    )  # fmt: skip


def accounts_table(rows: pl.DataFrame, key: str) -> None:
    """Accounts with their place; a chosen row opens the account."""
    placed = labels.worded(rows.select(SHOWN), "quadrant", "previous_quadrant", writer=labels.quadrant)
    worded = labels.worded(placed, "status")
    chosen = tables.show(worded, "portfolio_quadrants", key=key, pick=True)
    if chosen is not None:
        links.open_account(rows["account_id"][chosen])


def basis_reason(code: str) -> str:
    """Why contribution is measured in net sales."""
    if code == "no_margin":
        return _("The accounts together make no margin: contribution is measured in net sales.")
    return _("Too few costs are known: contribution is measured in net sales.")


def beside_the_cuts(answer: PortfolioQuadrants) -> None:
    """Where the data themselves break, beside the cuts in force; and what contribution is measured in."""
    row = answer.summary.row(0, named=True)
    st.caption(
        _("The data break by themselves at a variation of {cv} and a contribution of {share}. {n} accounts stand too close to the cut to be sure.").format(
            cv=format_number(row["stability_break"], 2), share=format_percent(row["contribution_break"], 2),
            n=format_number(answer.accounts["is_borderline"].sum()),
        )
    )
    if row["contribution_basis"] == "net_sales":
        st.caption(basis_reason(row["basis_reason"]))
    if not row["season_known"]:
        st.caption(_("Too little history for a season: variation includes it."))


states.need_store()
filters = filter_bar.current()
head = st.container()
chosen = cuts.choose("portfolio_quadrants", CUTS)
answer = answers.get("portfolio_quadrants", filters, chosen)
if answer.accounts.is_empty():
    states.no_sales(filters)
    st.stop()
finding = sentence(answer)
with head:
    frame.head(_("Portfolio quadrants"), finding)
    metric_row(answer)
picked = draw.chart(
    quadrants(
        answer.accounts, stability_cut=float(chosen["stability_cut"]), quadrant_sums=answer.quadrants, theme=draw.theme(), finding=finding
    ),
    key="quadrants",
)
if picked:
    links.open_account(picked[0]["account_id"])
beside_the_cuts(answer)
views = {"all": _("All")} | {code: labels.quadrant(code) for code in QUADRANTS} | {"none": _("Not classified"), MOVES: _("Moves")}
view = st.segmented_control(
    _("View"), list(views), default="all", key="quadrants_view", format_func=views.get, required=True, label_visibility="collapsed"
)
if view == MOVES:
    st.caption(_("From the quadrant of a year ago to today's, in accounts."))
    banded = cuts.choose("portfolio_quadrants", ("hysteresis",), base=chosen)
    tables.show(answers.get("portfolio_quadrants", filters, banded).migration, "migration", key="quadrants_moves")
else:
    by_view = {"all": pl.lit(True), "none": pl.col("quadrant").is_null()}
    accounts_table(answer.accounts.filter(by_view.get(view, pl.col("quadrant") == view)), f"quadrants_{view}")
until = answer.summary["as_of"].item()
explain.panel(
    ("contribution", "stability_cv", "p_stable"), chosen,
    ((_("Accounts with sales"), answer.accounts.height), (_("Accounts classified"), answer.accounts["quadrant"].count())),
)  # fmt: skip
st.caption(_("Complete months before {date}.").format(date=format_date(until)))
