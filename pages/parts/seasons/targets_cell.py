"""The target board's heat map, and a clicked cell laid open."""

from datetime import date

import polars as pl
import streamlit as st

from charts.heatmap import OTHERS, TOTAL, heatmap
from data.language import _, format_month
from measures.seasons.cell_parts import Slice
from pages.parts import draw, tabs
from pages.parts.seasons import targets_parts
from pages.parts.seasons.targets_shown import Shown


def choose_rows() -> str:
    """By account or by product."""
    return tabs.choose(_("Rows"), {"account": _("By account"), "product": _("By product")}, key="targets_by", name="rows")


def show(shown: Shown) -> None:
    """The heat map of the gap; a click on a cell lays it open."""
    st.caption(_("Units above natural sales, by month; a click on a cell lays it open."))
    heading = _("Account") if shown.by == "account" else _("Product")
    key = f"{shown.by}_id"
    figure = heatmap(shown.working.board.month_sums(shown.by), key=key, name=shown.by, heading=heading, theme=draw.theme(), finding=shown.finding)
    picked = draw.chart(figure, key=f"targets_heatmap_{shown.by}")
    if picked:
        targets_parts.show(shown.working.board, *picked_rows(shown, picked[0], key))


def picked_rows(shown: Shown, picked: dict[str, str], key: str) -> tuple[pl.DataFrame, Slice, str]:
    """The targets behind a clicked cell, the slice of the board that they are, and what to call it."""
    rows, title, named = shown.working.board.targets, _("Whole board"), {}
    if picked["row"] not in (OTHERS, TOTAL):
        named[key] = picked["row"]
        rows = rows.filter(pl.col(key) == picked["row"])
        title = rows[shown.by].first() or picked["row"]
    month = picked.get("month_key")
    if month and month != TOTAL:
        rows = rows.filter(pl.col("month").dt.strftime("%Y-%m") == month)
        named["month"] = date.fromisoformat(f"{month}-01")
        title = f"{title}, {format_month(named['month'])}"
    return rows, Slice(**named), title
