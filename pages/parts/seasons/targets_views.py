"""The views under the target board's heat map. Only the open one is drawn; a view is one line in VIEWS and one function."""

from collections.abc import Callable

import polars as pl
import streamlit as st

from charts import labels
from charts.bars import bars
from data.language import _, format_number, mark
from measures.seasons.growth_reasons import with_reasons
from pages.parts import draw, links, tables, tabs
from pages.parts.arrangement import named_first
from pages.parts.seasons import targets_edit, targets_excel, targets_versions
from pages.parts.seasons.targets_shown import Shown, in_units

POINT_COLUMNS = ("account", "product", "kind", "reason", "natural", "headroom", "probability", "weight", "account_id", "product_id")


def _board(shown: Shown) -> None:
    tables.show(named_first(in_units(shown.working.board.targets), "account", "product"), "off_season_targets", key="targets_board", leads="target")


def _margins(shown: Shown) -> None:
    sums = shown.working.board.by_account if shown.by == "account" else shown.working.board.by_product
    figure = bars(
        sums, name=shown.by, key=f"{shown.by}_id", value="target", metric="target", comparison=None, theme=draw.theme(), finding=shown.finding
    )
    draw.chart(figure, key=f"targets_{shown.by}")
    tables.show(labels.worded(sums, "kind") if "kind" in sums.columns else sums, f"targets_by_{shown.by}", key=f"targets_sums_{shown.by}", leads="target")


def _months(shown: Shown) -> None:
    tables.show(in_units(shown.working.board.months), "targets_months", key="targets_months")


def _growth(shown: Shown) -> None:
    """Where the gap can come from, the largest first, each with its reason; a chosen row opens the account."""
    points = with_reasons(shown.answer.growth_points)
    if points.is_empty():
        st.write(_("No growth points are found: nobody lacks what comparable accounts buy."))
        return
    row = shown.working.board.summary
    st.markdown(
        _("Growth points of {found} units are found; within the limits they can carry {carried} of the gap of {gap}.").format(
            found=format_number(row["growth_points_total"]), carried=format_number(min(row["growth_points_in_limits"], max(row["gap"], 0))),
            gap=format_number(row["gap"]),
        )
    )  # fmt: skip
    rows = labels.worded(points, "kind").with_columns(pl.col("product").fill_null(_("All its products"))).select(POINT_COLUMNS)
    chosen = tables.show(rows, "growth_points", key="targets_growth", pick=True, leads="headroom")
    if chosen is not None:
        links.open_account(points["account_id"][chosen])


VIEWS: dict[str, tuple[str, Callable[[Shown], None]]] = {
    "board": (mark("Board"), _board),
    "edit": (mark("Edit"), targets_edit.show),
    "versions": (mark("Versions"), targets_versions.show),
    "excel": (mark("Excel"), targets_excel.show),
    "growth": (mark("Growth points"), _growth),
    "margins": (mark("Sums"), _margins),
    "months": (mark("Months"), _months),
}


def show(shown: Shown) -> None:
    """The choice of views and the open one."""
    view = tabs.choose(_("View"), {code: _(name) for code, (name, _view) in VIEWS.items()}, key="targets_view", name="tab")
    VIEWS[view][1](shown)
