"""The portfolio's map: the chart with its uncertainty and tails, what a box holds, the accounts behind it."""

import polars as pl
import streamlit as st

from charts import labels, values
from charts.cached import cached
from charts.chart import Chart
from charts.customers.lasso import lasso
from charts.customers.quadrants import quadrants
from data.language import _, format_number, format_percent, ngettext
from measures.customers.portfolio_quadrants import NO_COMPLETE_MONTH, QUADRANTS, UNCLASSIFIED, PortfolioQuadrants
from measures.thresholds import Cuts
from pages.parts import address, draw, links, metrics, states, tables, tabs
from pages.parts.customers import quadrant_box
from queries.filters import Filters

LASSO = "quadrants_lasso"
SHOWN = (
    "account_id", "account", "region", "quadrant", "quadrant_by_cut", "previous_quadrant", "contribution", "stability_cv", "standard_error",
    "p_stable", "is_borderline", "status", "net_sales", "margin", "active_share", "months",
)  # fmt: skip


def metric_row(answer: PortfolioQuadrants) -> None:
    """Net sales and accounts of each quadrant, and of those without one where there are some."""
    metrics.row(
        [
            metrics.Tile(
                "net_sales", row["net_sales"], label=_("Not classified") if row["quadrant"] == UNCLASSIFIED else labels.quadrant(row["quadrant"]),
                beside=ngettext("{n} account · {share}", "{n} accounts · {share}", row["accounts"]).format(n=format_number(row["accounts"]), share=format_percent(row["share"], 0)),
            )
            for row in answer.quadrants.iter_rows(named=True)
        ]
    )  # fmt: skip


def among(answer: PortfolioQuadrants, *, is_narrowed: bool) -> None:
    """Say whose contribution adds up to the whole where filters leave a part of the accounts or their products."""
    if is_narrowed:
        st.caption(_("Filtered: contribution and ranks are among what the filters leave ({accounts}), so that an account may be high here that is low among all. "
                     "Variation is each account's own, without the season of all that you see.").format(accounts=values.accounts(answer.accounts.height)))  # fmt: skip


def show(answer: PortfolioQuadrants, cuts: Cuts, filters: Filters, finding: str, *, with_tails: bool) -> None:
    """The whole view, by a box on the map or, where the lasso is chosen, by that."""
    classified = answer.accounts.filter(pl.col("quadrant").is_not_null())
    if st.session_state.get(LASSO):
        inside = _lassoed(answer, classified, cuts, filters, finding)
    else:
        inside = _boxed(answer, classified, cuts, filters, finding, with_tails=with_tails)
    if inside is not None:
        quadrant_box.chosen(inside, SHOWN)
    _beside_the_cuts(answer)
    _table(answer.accounts if inside is None else inside)


def _lassoed(answer: PortfolioQuadrants, classified: pl.DataFrame, cuts: Cuts, filters: Filters, finding: str) -> pl.DataFrame | None:
    """The accounts that a lasso holds, None without one."""
    figure = lasso(answer.accounts, stability_cut=float(cuts["stability_cut"]), quadrant_sums=answer.quadrants, look=draw.theme())
    event = st.plotly_chart(
        figure, key=f"quadrants_lasso_{hash(filters.account_ids)}", on_select="rerun", selection_mode=("lasso", "box"), alt=finding,
        config={"displaylogo": False, "showSendToCloud": False},
    )  # fmt: skip
    ids = [point["customdata"][0] for point in event["selection"]["points"]]
    return classified.filter(pl.col("account_id").is_in(ids)) if ids else None


def _boxed(answer: PortfolioQuadrants, classified: pl.DataFrame, cuts: Cuts, filters: Filters, finding: str, *, with_tails: bool) -> pl.DataFrame | None:
    """The accounts in a drawn box, None without one; a click opens its account."""
    figure = _figure(answer, stability_cut=float(cuts["stability_cut"]), with_tails=with_tails, theme=draw.theme(), finding=finding)
    # Other accounts, another box: the old one must not choose among the new points.
    picked, box = draw.chart_with_box(figure, key=f"quadrants_{hash(filters.account_ids)}")
    if picked:
        links.open_account(picked[0]["account_id"])
    return quadrant_box.inside(classified, box) if box else None


@cached
def _figure(answer: PortfolioQuadrants, *, stability_cut: float, with_tails: bool, theme: str, finding: str) -> Chart:
    summary = answer.summary.row(0, named=True)
    return quadrants(
        answer.accounts, stability_cut=stability_cut, quadrant_sums=answer.quadrants,
        breaks=(summary["stability_break"], summary["contribution_break"]), tails=answer.tails if with_tails else None,
        theme=theme, finding=finding, height=480,
    )  # fmt: skip


def nothing(answer: PortfolioQuadrants, filters: Filters) -> None:
    """Why there is no quadrant at all."""
    if answer.summary["status"].item() != NO_COMPLETE_MONTH:
        states.no_sales(filters)
        return
    states.no_month()


def toggles() -> bool:
    """Whether a lasso chooses; where it doesn't, whether the largest accounts' last twelve months are drawn, which lives in the address."""
    with_lasso = st.toggle(_("Lasso"), key=LASSO, persist_state="session", help=_("Draw freely around the accounts that you want to choose."))
    if with_lasso:
        return False
    address.start("quadrants_tails", "tails", lambda texts: texts[0] == "1", False)
    is_on = st.toggle(
        _("Tails: the last twelve months of the largest"), key="quadrants_tails", persist_state="session",
        help=_("Drag a box over points to choose accounts; click one to open it."),
    )  # fmt: skip
    address.keep("tails", "1" if is_on else None)
    return is_on


def _beside_the_cuts(answer: PortfolioQuadrants) -> None:
    """Where the data themselves break, beside the cuts in force; and what contribution is measured in."""
    row = answer.summary.row(0, named=True)
    near = answer.accounts["is_borderline"].sum()
    said = [
        _("The data break by themselves at a variation of {cv} and a contribution of {share}.").format(
            cv=format_number(row["stability_break"], 2), share=format_percent(row["contribution_break"], 2)
        )
    ] if row["stability_break"] is not None and row["contribution_break"] is not None else []  # fmt: skip
    sure = ngettext("{n} account stands too close to the cut to be sure.", "{n} accounts stand too close to the cut to be sure.", near)
    said += [sure.format(n=format_number(near))] if near else [_("No account stands too close to the cut to be sure.")]
    st.caption(" ".join(said))
    held = answer.accounts["is_held"].sum()
    if held:
        st.caption(
            ngettext(
                "{n} account lies within the dead band and keeps the quadrant that it came from; a dead band of 0 places every account by the cut alone.",
                "{n} accounts lie within the dead band and keep the quadrants that they came from; a dead band of 0 places every account by the cut alone.",
                held,
            ).format(n=format_number(held))
        )
    if row["contribution_basis"] == "net_sales":
        st.caption(_basis_reason(row["basis_reason"]))
    if not row["season_known"]:
        st.caption(_("Too little history for a season: variation includes it."))


def _basis_reason(code: str) -> str:
    """Why contribution is measured in net sales."""
    if code == "no_margin":
        return _("The accounts together make no margin: contribution is measured in net sales.")
    return _("Too few costs are known: contribution is measured in net sales.")


def _table(rows: pl.DataFrame) -> None:
    """Accounts with their place, of one quadrant or of all; a chosen row opens the account."""
    views = {"all": _("All")} | {code: labels.quadrant(code) for code in QUADRANTS} | {"unsure": _("Borderline"), "none": _("Not classified")}
    view = tabs.choose(_("Accounts"), views, key="quadrants_of", name="quadrants")
    listed = _listed(rows, view=view)
    row = tables.show(listed, "portfolio_quadrants", key=f"quadrants_{view}", pick=True, leads="net_sales")
    if row is not None:
        links.open_account(listed["account_id"][row])


@cached
def _listed(rows: pl.DataFrame, *, view: str) -> pl.DataFrame:
    """The accounts of that view of the table, in words."""
    wanted = {"all": pl.lit(True), "unsure": pl.col("is_borderline"), "none": pl.col("quadrant").is_null()}
    chosen = rows.filter(wanted.get(view, pl.col("quadrant") == view)).select(SHOWN)
    placed = labels.worded(chosen, "quadrant", "quadrant_by_cut", "previous_quadrant", writer=labels.quadrant)
    return labels.worded(placed, "status")
