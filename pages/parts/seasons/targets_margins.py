"""Every row's total and every month's total set together: the cells are fitted to both."""

from collections.abc import Mapping
from datetime import date

import polars as pl
import streamlit as st

from charts.columns import column_label
from data.language import _, format_month, format_number
from measures.seasons.board_edits import Edit
from pages.parts.seasons import targets_working
from pages.parts.seasons.targets_working import Step, Working

COLUMNS = 6


def show(working: Working, frame: pl.DataFrame, by: str, account: str | None, hold: bool) -> None:
    """The totals of the grid's rows and of its months, what both come to, and the button that fits the cells."""
    st.caption(_("Change totals of rows and of months: the cells follow both in proportion to what they are, whole; cells of 0 and locked ones stay."))
    key = f"targets_margins_{by}_{account}_{working.draft.base}_{len(working.draft.steps)}"
    body, whole = frame.filter(pl.col(f"{by}_id").is_not_null()), frame.row(-1, named=True)
    months = _months(whole, key)
    rows = _rows(body, by, key)
    told = _("Rows {rows} · months {months}").format(rows=format_number(sum(rows.values())), months=format_number(sum(months.values())))
    with st.container(horizontal=True, vertical_alignment="center"):
        st.write(told)
        st.button(
            _("Fit the cells"), key="targets_margins", on_click=targets_working.take, args=(working, Step(edits(rows, months, by, account), hold)), type="primary",
        )  # fmt: skip


def edits(rows: Mapping[str, int], months: Mapping[date, int], by: str, account: str | None) -> tuple[Edit, ...]:
    """The totals of both margins as edits of one step; they lock nothing."""
    named = [Edit(**({"account_id": account} if account else {}) | {f"{by}_id": key}, units=units, is_locked=False) for key, units in rows.items()]
    return (*named, *(Edit(account_id=account, month=month, units=units, is_locked=False) for month, units in months.items()))


def _months(whole: Mapping[str, object], key: str) -> dict[date, int]:
    days = [date.fromisoformat(f"{name}-01") for name in whole if name[:2] == "20"]
    places = st.columns(COLUMNS)
    return {
        day: int(places[at % COLUMNS].number_input(format_month(day), 0, value=int(whole[f"{day:%Y-%m}"]), step=1, key=f"{key}_{day:%Y-%m}"))
        for at, day in enumerate(days)
    }  # fmt: skip


def _rows(body: pl.DataFrame, by: str, key: str) -> dict[str, int]:
    config = {
        f"{by}_id": None, by: st.column_config.TextColumn(column_label(by), disabled=True),
        "target": st.column_config.NumberColumn(column_label("target"), min_value=0, step=1, format="localized", required=True),
    }  # fmt: skip
    shown = body.select(f"{by}_id", by, "target").to_arrow(compat_level=pl.CompatLevel.oldest())
    typed = st.data_editor(shown, key=f"{key}_rows", column_config=config, hide_index=True, height=min(38 * (body.height + 1), 320))
    found = pl.from_arrow(typed)
    return {row: int(units) for row, units in found.select(f"{by}_id", "target").rows()}
