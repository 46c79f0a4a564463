"""The board out to a spreadsheet program and back: every change is listed before it is taken."""

from collections.abc import Callable
from datetime import date

import polars as pl
import streamlit as st

from data.errors import DashboardError
from data.language import _, currency, current, format_number, ngettext, use
from data.target_sheet import Returned, read
from measures.seasons.board_edits import Edit
from pages.parts import states, tables
from pages.parts.seasons import targets_working
from pages.parts.seasons.targets_shown import Shown
from pages.parts.seasons.targets_working import REFUSED, Step, Working
from pages.parts.statement import statement
from reports.target_workbook import target_workbook

KEPT = "targets_returned"
MEGABYTES = 50


def show(shown: Shown) -> None:
    """The workbook to take, and the place to hand it back."""
    working = shown.working
    problem = st.session_state.pop(REFUSED, None)
    if problem:
        states.error(problem)
    st.write(_("Take the workbook, change the blue cells, hand it back: nothing is taken before you have seen every change."))
    st.download_button(
        _("Take the workbook"), data=_made(working), file_name=f"targets_{working.board.key}.xlsx", key="targets_workbook", on_click="ignore",
        mime="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", icon=":material/download:",
    )  # fmt: skip
    # After its changes are taken the uploader is a new, empty one.
    given = st.file_uploader(_("Hand the workbook back"), type=["xlsx"], key=f"targets_upload_{len(working.draft.steps)}_{working.draft.base}", max_upload_size=MEGABYTES)
    if given is None:
        return
    try:
        found = _read(working, given.getvalue(), given.name)
    except DashboardError as refused:
        states.error(refused)
        return
    returned(working, found)


def returned(working: Working, found: Returned) -> None:
    """What a file wants: its problems, or its changes and the button that takes them."""
    if found.problems:
        st.warning(ngettext("Nothing is taken: {n} cell needs mending.", "Nothing is taken: {n} cells need mending.", len(found.problems)).format(n=format_number(len(found.problems))))
        tables.show(pl.DataFrame([(p.row, p.column, p.found, p.remedy) for p in found.problems], schema=["sheet_row", "column", "found", "remedy"], orient="row"), "targets_problems", key="targets_problems")
        return
    if not found.changes:
        st.write(_("The file changes nothing."))
        return
    tables.show(listed(working, found), "targets_changes", key="targets_changes")
    others = sum(change.now != change.was for change in found.changes)
    if others:
        st.warning(_("{n} of these cells have changed on the board since the file was made: the file's figures would replace them.").format(n=others))
    more = sum(change.wanted - change.now for change in found.changes)
    st.write(_("The changes come to {more} units; the rest of the board gives or takes them, so that the total holds.").format(more=format_number(more)))
    edits = tuple(Edit(change.account_id, change.product_id, date.fromisoformat(f"{change.month}-01"), change.wanted) for change in found.changes)
    hold = st.toggle(_("Months keep their totals"), value=False, key="targets_excel_hold")
    label = ngettext("Take {n} change", "Take {n} changes", len(edits)).format(n=format_number(len(edits)))
    st.button(label, type="primary", key="targets_take", on_click=targets_working.take, args=(working, Step(edits, bool(hold))))


def listed(working: Working, found: Returned) -> pl.DataFrame:
    """The changes with names: sheet_row, month, account, product, before (as handed out), now, after, change_units."""
    board = working.board.ground.board
    accounts, products = (dict(frame.select(f"{name}_id", name).rows()) for frame, name in ((board.accounts, "account"), (board.products, "product")))
    rows = [
        (change.row, date.fromisoformat(f"{change.month}-01"), accounts[change.account_id], products[change.product_id], change.was, change.now,
         change.wanted, change.wanted - change.now)
        for change in found.changes
    ]  # fmt: skip
    return pl.DataFrame(rows, schema=["sheet_row", "month", "account", "product", "before", "on_board", "after", "change_units"], orient="row")


def _read(working: Working, content: bytes, name: str) -> Returned:
    """The file against the board, read once for each state of it."""
    key = (hash(content), working.draft, working.board.key)
    kept = st.session_state.get(KEPT)
    if kept is None or kept[0] != key:
        board = working.board.ground.board
        accounts, products = (of.to_list() for of in (board.accounts["account_id"], board.products["product_id"]))
        known = frozenset((accounts[account], products[product]) for account, product in zip(board.account.tolist(), board.product.tolist(), strict=True))
        kept = st.session_state[KEPT] = (key, read(content, name, working.board.key, working.board.rows(), known))
    return kept[1]


def _made(working: Working) -> Callable[[], bytes]:
    # The file is made when it is asked for, in a thread that knows no reader: it takes this one's language along.
    reader, money, stated = current(), currency(), statement()

    def made() -> bytes:
        use(reader, money)
        return target_workbook(working.board, stated)

    return made
