"""The target board's heat map, and a clicked cell laid open."""

import polars as pl
import streamlit as st

from charts.heatmap import OTHERS, TOTAL, heatmap
from data.language import _, format_month, format_number
from pages.parts import draw, tables
from pages.parts.escape import plain
from pages.parts.seasons.targets_shown import Shown, in_units


def choose_rows() -> str:
    """By account or by product."""
    words = {"account": _("By account"), "product": _("By product")}
    return str(st.segmented_control(
        _("Rows"), list(words), default="account", key="targets_by", required=True, label_visibility="collapsed", format_func=words.get
    ))  # fmt: skip


def show(shown: Shown) -> None:
    """The heat map of the gap; a click on a cell lays it open."""
    st.caption(_("Units above natural sales, by month; a click on a cell lays it open."))
    heading = _("Account") if shown.by == "account" else _("Product")
    key = f"{shown.by}_id"
    figure = heatmap(shown.working.board.month_sums(shown.by), key=key, name=shown.by, heading=heading, theme=draw.theme(), finding=shown.finding)
    picked = draw.chart(figure, key=f"targets_heatmap_{shown.by}")
    if picked:
        _laid_open(*picked_rows(shown, picked[0], key))


def picked_rows(shown: Shown, picked: dict[str, str], key: str) -> tuple[pl.DataFrame, str]:
    """The targets behind a clicked cell, and what to call them."""
    rows, title = shown.working.board.targets, _("All")
    if picked["row"] not in (OTHERS, TOTAL):
        rows = rows.filter(pl.col(key) == picked["row"])
        title = rows[shown.by].first() or picked["row"]
    month = picked.get("month_key")
    if month and month != TOTAL:
        rows = rows.filter(pl.col("month").dt.strftime("%Y-%m") == month)
        title = f"{title}, {format_month(rows['month'].first())}" if rows.height else title
    return rows, title


def _laid_open(rows: pl.DataFrame, title: str) -> None:
    """Natural + lift + growth points + rounding + edited = target."""
    parts = rows.select(pl.col("natural", "lift", "growth_points", "rounding", "edit", "target", "last_year").sum()).row(0, named=True)
    st.markdown(
        _("**{title}**: natural {natural} + lift {lift} + growth points {growth_points} + rounding {rounding} + edited {edit} = target **{target}**; a year ago {last_year}.").format(
            title=plain(title), target=format_number(parts["target"]), edit=format_number(parts["edit"]),
            **{name: format_number(parts[name], 1) for name in ("natural", "lift", "growth_points", "rounding", "last_year")},
        )
    )  # fmt: skip
    tables.show(in_units(rows), "targets_cell", key="targets_cell")
