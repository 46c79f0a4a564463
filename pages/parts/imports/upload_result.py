"""What an import did, how to get the rejected rows, how to take it back, and what was imported before."""

from collections.abc import Callable
from datetime import datetime
from io import StringIO

import polars as pl
import streamlit as st

from charts.columns import column_label
from charts.trend import trend
from data.errors import DashboardError
from data.imports import rejects, workplace
from data.imports.result import ImportResult
from data.journal import writer_name
from data.language import NOT_AVAILABLE, _, format_instant, format_money, format_number, ngettext
from data.store import Store
from pages.parts import dates, draw, session, states
from pages.parts.escape import plain
from pages.parts.imports.upload_check import files_table, reasons_list

RESULT = "upload_result"


def show(result: ImportResult) -> None:
    """Rows in, loaded, rejected; months before and after; the rejected rows to download; the way back."""
    for place, (label, rows) in zip(
        st.columns(3),
        ((_("Rows in"), result.rows_in), (_("Loaded"), result.rows_loaded), (_("Rejected"), result.rows_rejected)),
        strict=True,
    ):
        place.metric(label, format_number(rows), border=True)
    for notice in result.notices:
        st.info(plain(notice))
    store = session.current().store
    with st.container(horizontal=True):
        if result.rows_rejected:
            rejects_button(lambda: rejected_of(store))
        if result.outcome == "loaded":
            undo_button()
    files_table(result.files)
    reasons_list(result.reasons)
    if result.months is not None and result.months.height:
        _months(result.months)


def finding(result: ImportResult) -> str:
    """The result in one sentence."""
    if result.outcome == "already_loaded":
        return _("These files are already loaded: nothing was changed")
    if result.is_all_rejected:
        return _("Every row was rejected: nothing was changed")
    if not result.rows_rejected:
        return ngettext("{n} row was loaded, none rejected", "{n} rows were loaded, none rejected", result.rows_loaded).format(
            n=format_number(result.rows_loaded)
        )
    return ngettext(
        "{loaded} of {rows} rows were loaded; {n} was rejected and waits to be mended",
        "{loaded} of {rows} rows were loaded; {n} were rejected and wait to be mended",
        result.rows_rejected,
    ).format(loaded=format_number(result.rows_loaded), rows=format_number(result.rows_in), n=format_number(result.rows_rejected))


def _months(months: pl.DataFrame) -> None:
    before, after = months["before"].fill_null(0).sum(), months["after"].fill_null(0).sum()
    words = _("Net sales by month: {before} before, {after} now").format(before=format_money(before, 2), after=format_money(after, 2))
    st.subheader(words, anchor=False)
    drawn = months.select("month", pl.col("after").fill_null(0).alias("net_sales"))
    draw.chart(trend(drawn, theme=draw.theme(), finding=words, height=260), key="import_months")
    table = months.with_columns(pl.col("before", "after").fill_null(0)).with_columns(change=pl.col("after") - pl.col("before"))
    names = {"month": column_label("month"), "before": _("Before"), "after": _("Now"), "change": _("Difference")}
    config = {name: st.column_config.NumberColumn(label, format="localized", step=0.01) for name, label in names.items() if name != "month"}
    st.dataframe(table.sort("month", descending=True), hide_index=True, column_config=config | {"month": dates.column("month", names["month"])}, key="import_months_table")


def rejects_button(content: Callable[[], bytes]) -> None:
    """Download every rejected row with its reasons."""
    st.download_button(
        _("Rejected rows"), data=content, file_name="rejected.csv", mime="text/csv", key="rejected_rows",
        icon=":material/download:", on_click="ignore", help=_("As they came, with file, row and reasons: mend them and import them again."),
    )  # fmt: skip


def rejected_frame(frame: pl.DataFrame) -> bytes:
    """A preview's rejected rows as CSV."""
    out = StringIO(newline="")
    rejects.write_frame(frame, out)
    return out.getvalue().encode("utf-8-sig")


def rejected_of(store: Store) -> bytes:
    """All rejected rows of the store as CSV."""
    out = StringIO(newline="")
    rejects.write(store, out)
    return out.getvalue().encode("utf-8-sig")


def undo_button() -> None:
    """Go back to the generation before, or to the empty store, after one more click."""
    now = session.current()
    possible = now.store.can_undo()
    help_ = None if possible else _("No earlier generation is kept: there is nothing to go back to.")
    with st.popover(_("Undo"), icon=":material/undo:", disabled=not possible, help=help_, key="undo"):
        if not possible:
            return
        earlier = now.store.before_current()
        st.write(
            _("The dashboard goes back to generation {n}, for everybody.").format(n=earlier)
            if earlier
            else _("The store is empty again afterwards, for everybody.")
        )
        if st.button(_("Go back to generation {n}").format(n=earlier) if earlier else _("Empty the store"), type="primary", key="undo_now"):
            _undo(now)


def _undo(now: session.Session) -> None:
    try:
        number = workplace.undo(now.store)
    except DashboardError as problem:
        states.error(problem)
        return
    now.journal.record_import(number, "undone", {}, by=now.viewer.email)
    st.session_state.pop(RESULT, None)
    st.toast(_("Back to generation {n}").format(n=number) if number else _("The store is empty again"))
    st.rerun()


def history() -> None:
    """The imports so far, newest first."""
    words = {
        "loaded": _("Loaded"), "already_loaded": _("Already loaded"), "refused": _("Refused"), "demo": _("Demo brewery"), "undone": _("Undone"),
    }  # fmt: skip
    entries = session.current().journal.imports()
    st.subheader(_("Imports so far"), anchor=False)
    if not entries:
        st.caption(_("Nothing was imported yet."))
        return
    rows = [
        (
            format_instant(datetime.fromisoformat(entry["imported_at"])), words.get(entry["outcome"], entry["outcome"]), entry["generation"],
            entry["summary"].get("sender") or "", ", ".join(entry["summary"].get("names", [])) or entry["summary"].get("problem", ""),
            entry["summary"].get("rows_loaded", entry["summary"].get("lines")), entry["summary"].get("rows_rejected", 0),
            writer_name(entry["imported_by"]),
        )
        for entry in entries
    ]  # fmt: skip
    names = ["imported_at", "outcome", "generation", "sender", "file_name", "rows_loaded", "rows_rejected", "imported_by"]
    kinds = [pl.String, pl.String, pl.Int64, pl.String, pl.String, pl.Int64, pl.Int64, pl.String]
    frame = pl.DataFrame(rows, schema=dict(zip(names, kinds, strict=True)), orient="row")
    own = {"generation": _("Generation"), "imported_by": _("By")}
    config = {name: own.get(name) or column_label(name) for name in names} | {
        name: st.column_config.NumberColumn(column_label(name), format="localized") for name in ("rows_loaded", "rows_rejected")
    }
    st.dataframe(frame.to_arrow(compat_level=pl.CompatLevel.oldest()), hide_index=True, column_config=config, placeholder=NOT_AVAILABLE, key="import_history")
