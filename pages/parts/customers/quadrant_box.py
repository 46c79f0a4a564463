"""Accounts that a box or a lasso chose: they become the account filter, a saved view, a download."""

from collections.abc import Mapping

import polars as pl
import streamlit as st

from charts import labels
from data.language import _, format_money_compact, format_number, ngettext
from pages.parts import saved_views, tables
from pages.parts.filter_bar import FILTERED

PAGE = "portfolio_quadrants"
QUADRANTS = ("quadrant", "quadrant_by_cut", "previous_quadrant")
"""Columns whose codes are written in words."""
MOST = 200
"""More accounts than that make an address that browsers and mail cut off."""


def inside(rows: pl.DataFrame, box: Mapping[str, list[float]] | None, columns: Mapping[str, str] | None = None) -> pl.DataFrame:
    """The rows within the box; `columns` says which column each axis shows. Without a box, all of them."""
    kept = rows
    for axis, ends in (box or {}).items():
        name = (columns or {}).get(axis, axis)
        if name in rows.columns and len(ends) == 2:
            kept = kept.filter(pl.col(name).is_between(min(ends), max(ends)))
    return kept


def chosen(rows: pl.DataFrame, shown: tuple[str, ...], page: str = PAGE, money: str = "net_sales") -> None:
    """What was chosen with the sum of `money`, and what can be made of it; a saved view opens `page`."""
    ids = rows["account_id"].to_list()
    count = ngettext("{n} account chosen", "{n} accounts chosen", len(ids)).format(n=format_number(len(ids)))
    st.markdown(f"**{count} · {format_money_compact(rows[money].sum())}**")
    if not ids:
        return
    if len(ids) > MOST:
        st.caption(_("A filter holds at most {n} accounts: choose fewer, or download them.").format(n=format_number(MOST)))
    with st.container(horizontal=True, vertical_alignment="center"):
        too_many = len(ids) > MOST
        st.button(_("Filter by these accounts"), icon=FILTERED, key="box_filter", disabled=too_many, on_click=_filter, args=(ids,))
        with st.popover(_("Save as a view"), icon=":material/bookmark:", key="box_view", disabled=too_many):
            saved_views.save_form("box_view", page, {"distributor": ids})
        kept = rows.select(name for name in shown if name in rows.columns)
        tables.downloads(labels.worded(kept, *(name for name in QUADRANTS if name in kept.columns), writer=labels.quadrant), "chosen_accounts", key="box_download")


def _filter(ids: list[str]) -> None:
    st.session_state["filter_distributor"] = ids
