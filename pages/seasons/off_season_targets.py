"""What must each distributor sell of each product in the off-season, so that the next peak meets its requirement?

Answers product.md's number 41: targets from the peak's requirement, against natural sales, exact in whole cases, with growth points.
"""

import polars as pl
import streamlit as st

from charts.bars import bars
from charts.findings.off_season_targets import sentence
from charts.heatmap import OTHERS, TOTAL, heatmap
from data.language import _, format_month, format_number, format_percent
from measures.off_season_targets import OffSeasonTargets
from pages.parts import answers, cuts, draw, explain, filter_bar, frame, links, metrics, states, tables
from pages.parts.escape import plain

CUTS = ("requirement", "requirement_growth", "lift_shape", "cell_ceiling")
SEASON = ("window", "years", "method", "off_season_cut", "peak_start", "off_season_start", "off_season_months")


def metric_row(row: dict[str, object]) -> None:
    """Requirement, natural peak, lift, natural off-season and its target."""
    basis = _("as stated") if row["requirement_basis"] == "stated" else _("last peak and its growth")
    metrics.row(
        [
            metrics.Tile("quantity", row["requirement"], label=_("Requirement"), beside=basis),
            metrics.Tile("natural", row["natural_peak"], label=_("Natural peak"), beside=_("from {month}").format(month=format_month(row["peak_start"]))),
            metrics.Tile("lift", row["lift"]),
            metrics.Tile("natural", row["natural_total"], label=_("Natural off-season"), beside=_("from {month}").format(month=format_month(row["off_season_start"]))),
            metrics.Tile("target", row["target_total"], change(row["target_total"], row["natural_total"]), _("on natural"), label=_("Off-season target")),
        ]
    )  # fmt: skip


def change(target: float, natural: float) -> float | None:
    """The target over natural sales, as a rate."""
    return target / natural - 1 if natural else None


def feasibility(row: dict[str, object]) -> None:
    """Say when the ceiling binds, and whether growth points carry the gap."""
    if row["is_feasible"] is False:
        st.warning(
            _("The requirement asks for {lift} more, but no cell may grow by more than {ceiling}: the nearest feasible target is {total} units.").format(
                lift=format_percent(row["lift"]), ceiling=format_percent(row["applied_lift"]), total=format_number(row["target_total"])
            )
        )
    if row["gap"] is not None and row["gap"] > row["growth_points_total"]:
        st.warning(
            _("The growth points found are worth {found} units, less than the gap of {gap}.").format(
                found=format_number(row["growth_points_total"]), gap=format_number(row["gap"])
            )
        )


def explain_cell(rows: pl.DataFrame, title: str) -> None:
    """A cell of the heat map, laid open: natural + lift + rounding = target."""
    parts = rows.select(pl.col("natural", "lift", "rounding", "target", "last_year").sum()).row(0, named=True)
    st.markdown(
        _("**{title}**: natural {natural} + lift {lift} + rounding {rounding} = target **{target}**; a year ago {last_year}.").format(
            title=plain(title), target=format_number(parts["target"]),
            **{name: format_number(parts[name], 1) for name in ("natural", "lift", "rounding", "last_year")},
        )
    )  # fmt: skip
    tables.show(in_units(rows), "targets_cell", key="targets_cell")


def in_units(rows: pl.DataFrame) -> pl.DataFrame:
    """The board's rows for reading: their lift is in units, while the metric of that name is a rate."""
    return rows.rename({"lift": "lift_units"}).drop("method")


def picked_rows(answer: OffSeasonTargets, picked: dict[str, str], key: str, name: str) -> tuple[pl.DataFrame, str]:
    """The targets behind a clicked cell, and what to call them."""
    rows, title = answer.targets, _("All")
    if picked["row"] not in (OTHERS, TOTAL):
        rows = rows.filter(pl.col(key) == picked["row"])
        title = rows[name].first() or picked["row"]
    month = picked.get("month_key")
    if month and month != TOTAL:
        rows = rows.filter(pl.col("month").dt.strftime("%Y-%m") == month)
        title = f"{title}, {format_month(rows['month'].first())}" if rows.height else title
    return rows, title


def growth(answer: OffSeasonTargets) -> None:
    """Where the gap can come from, the largest headroom first; a chosen row opens the account."""
    if answer.growth_points.is_empty():
        st.write(_("No growth points are found: nobody lacks what comparable accounts buy."))
        return
    chosen = tables.show(answer.growth_points, "growth_points", key="targets_growth", pick=True)
    if chosen is not None:
        links.open_account(answer.growth_points["account_id"][chosen])


states.need_store()
filters = filter_bar.current()
head = st.container()
chosen = cuts.choose("off_season_targets", CUTS, columns=4)
with st.expander(_("Seasons")):
    chosen = cuts.choose("off_season_targets", SEASON, columns=4, base=chosen)
answer = answers.get("off_season_targets", filters.within(None, filters.to_date), chosen)
row = answer.summary.row(0, named=True)
if answer.targets.is_empty():
    states.empty(
        _("No target board yet"),
        _("It needs an off-season, found in two years of sales or set by hand, and accounts that bought in the last twelve months."),
        _("Take filters off, set the off-season under “Seasons”, or import older sales."),
    )
    st.stop()
finding = sentence(answer)
with head:
    frame.head(_("Off-season targets"), finding)
    metric_row(row)
feasibility(row)
by = st.segmented_control(
    _("Rows"), ("account", "product"), default="account", key="targets_by", required=True, label_visibility="collapsed",
    format_func=lambda code: {"account": _("By account"), "product": _("By product")}[code],
)
st.caption(_("Units above natural sales, by month; a click on a cell lays it open."))
heading = _("Account") if by == "account" else _("Product")
key = f"{by}_id"
picked = draw.chart(
    heatmap(answer.targets, key=key, name=by, heading=heading, theme=draw.theme(), finding=finding), key=f"targets_heatmap_{by}"
)
if picked:
    explain_cell(*picked_rows(answer, picked[0], key, by))
views = {"board": _("Board"), "margins": _("Sums"), "months": _("Months"), "growth": _("Growth points")}
view = st.segmented_control(
    _("View"), list(views), default="board", key="targets_view", format_func=views.get, required=True, label_visibility="collapsed"
)
if view == "board":
    tables.show(in_units(answer.targets), "off_season_targets", key="targets_board")
elif view == "margins":
    sums = answer.by_account if by == "account" else answer.by_product
    draw.chart(
        bars(sums, name=by, key=key, value="target", metric="target", comparison=None, theme=draw.theme(), finding=finding), key=f"targets_{by}"
    )
    tables.show(sums, f"targets_by_{by}", key=f"targets_sums_{by}")
elif view == "months":
    tables.show(answer.months, "targets_months", key="targets_months")
else:
    growth(answer)
explain.panel(
    ("natural", "lift", "target", "gap"), chosen,
    ((_("Accounts"), row["accounts"]), (_("Products"), row["products"]), (_("Cells"), answer.targets.height)),
)  # fmt: skip
