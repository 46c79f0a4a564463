"""The board to be changed: a grid whose cells, rows and columns take a figure; the rest re-balances and the total holds."""

from datetime import date

import polars as pl
import streamlit as st

from charts.columns import column_label
from data.language import _, format_month, format_number, ngettext
from measures.seasons.board_edits import Edit
from pages.parts import states, widths
from pages.parts.escape import plain
from pages.parts.seasons import targets_margins, targets_working
from pages.parts.seasons.targets_shown import Shown
from pages.parts.seasons.targets_working import REFUSED, Step, Working

TOTAL, LOCKED = "target", "locked"
ALL_ACCOUNTS = ""
# Pixels: with these and names of thirty letters, six months, the target and the lock stand side by side on a screen of 1,440.
NATURAL_WIDTH, NUMBER_WIDTH, LOCK_WIDTH = 104, 88, 84


def show(shown: Shown) -> None:
    """Which account, what holds, the grid, a figure for those who type, and the steps so far."""
    working = shown.working
    account, hold = _choices(shown)
    problem = st.session_state.pop(REFUSED, None)
    if problem:
        states.error(problem)
    by = "product" if account else shown.by
    frame = grid(working, by, account)
    _editor(working, frame, by, account, hold)
    st.caption(_("A figure that you set is locked and paid by the rest in proportion; the total of {total} units holds.").format(
        total=format_number(working.board.total)))  # fmt: skip
    _locks(working, hold)
    with st.expander(_("Set one figure")):
        _form(working, frame, by, account, hold)
    with st.expander(_("Set both margins")):
        targets_margins.show(working, frame, by, account, hold)
    _steps(working)


def grid(working: Working, by: str, account_id: str | None) -> pl.DataFrame:
    """The board as it is edited: <by>_id, <by>, natural, one column for each month (YYYY-MM), target, locked; the total last.

    In the order of natural sales, which no edit changes: a row stays where it was when a figure is typed into it.
    """
    sums = working.board.month_sums(by, account_id).with_columns(pl.col("month").dt.strftime("%Y-%m").alias("column"))
    wide = sums.pivot("column", index=[f"{by}_id", by], values="target", aggregate_function="sum", maintain_order=True)
    natural = sums.group_by(f"{by}_id", maintain_order=True).agg(pl.col("natural").sum().round(0), pl.col("target").sum())
    joined = wide.join(natural, on=f"{by}_id", how="left", maintain_order="left").sort("natural", f"{by}_id", descending=[True, False])
    months = [name for name in wide.columns if name not in (f"{by}_id", by)]
    whole = joined.select(pl.lit(None, pl.String).alias(f"{by}_id"), pl.lit(_("Total")).alias(by), pl.col(*months, "natural", "target").sum())
    rows = pl.concat([joined.select(whole.columns), whole])
    locked = {lock.get(f"{by}_id") for lock in _locked_rows(working, by, account_id)}
    return rows.with_columns(pl.Series(LOCKED, [key in locked for key in rows[f"{by}_id"]])).select(
        f"{by}_id", by, "natural", *months, TOTAL, LOCKED
    )


def changes(frame: pl.DataFrame, edited: dict[int, dict[str, object]], by: str, account_id: str | None, *, is_locked: bool = True) -> tuple[Edit, ...]:
    """The edits that a grid's changed cells stand for; `edited` is row → column → new value."""
    found = []
    for place, cells in sorted(edited.items()):
        key = frame[f"{by}_id"][int(place)]
        names = {"account_id": account_id or (key if by == "account" else None), "product_id": key if by == "product" else None}
        for column, value in cells.items():
            if column == LOCKED:
                if key is not None:
                    found.append(Edit(**names, is_locked=bool(value)))
            elif value is not None:
                month = None if column == TOTAL else date.fromisoformat(f"{column}-01")
                found.append(Edit(**names, month=month, units=int(round(float(value))), is_locked=is_locked))
    return tuple(found)


def _locked_rows(working: Working, by: str, account_id: str | None) -> list[dict[str, str]]:
    """The names of the rows of this grid that are locked over the whole season."""
    board = working.board.ground.board
    found = []
    for account, product, month in working.board.state.locks:
        names = {
            "account_id": board.accounts["account_id"][account] if account >= 0 else None,
            "product_id": board.products["product_id"][product] if product >= 0 else None,
        }
        above = names["account_id"] == account_id if by == "product" else names["product_id"] is None
        if month < 0 and above:
            found.append(names)
    return found


def lock_names(working: Working) -> list[tuple[Edit, str]]:
    """Everything that is locked, the last first: the edit that opens it, and what to call it."""
    board = working.board.ground.board
    months, found = board.plan.off_season.months, []
    for account, product, month in reversed(working.board.state.locks):
        day = months[month] if month >= 0 else None
        names = [board.accounts["account"][account] if account >= 0 else None, board.products["product"][product] if product >= 0 else None, format_month(day) if day else None]
        ids = board.accounts["account_id"][account] if account >= 0 else None, board.products["product_id"][product] if product >= 0 else None
        found.append((Edit(*ids, day, is_locked=False), " · ".join(name for name in names if name)))
    return found


def _locks(working: Working, hold: bool) -> None:
    """What is locked, cells too, and the button that opens one of it again."""
    found = lock_names(working)
    if not found:
        return
    with st.container(horizontal=True, vertical_alignment="bottom"):
        place = st.selectbox(
            ngettext("{n} figure is locked", "{n} figures are locked", len(found)).format(n=format_number(len(found))), range(len(found)),
            key=f"targets_lock_{len(working.draft.steps)}", format_func=lambda at: found[at][1], width=420,
        )  # fmt: skip
        st.button(
            _("Unlock it"), key="targets_unlock", icon=":material/lock_open:", on_click=targets_working.take,
            args=(working, Step((found[place or 0][0],), hold)),
        )  # fmt: skip


def _choices(shown: Shown) -> tuple[str | None, bool]:
    names = dict(shown.working.board.by_account.sort("target", descending=True).select("account_id", "account").rows())
    left, right = st.columns((2, 1), gap="medium", vertical_alignment="bottom")
    with left:
        account = st.selectbox(
            _("Account to open"), [ALL_ACCOUNTS, *names], key="targets_edit_account",
            format_func=lambda key: names[key] if key else _("All accounts"),
            help=_("Of all accounts the sums are edited; of one account each product and month."),
        )  # fmt: skip
    with right:
        hold = st.toggle(_("Months keep their totals"), value=True, key="targets_edit_hold",
                         help=_("What one gains in a month the others give in the same month. Off, the whole season pays."))  # fmt: skip
    return account or None, bool(hold)


def _editor(working: Working, frame: pl.DataFrame, by: str, account: str | None, hold: bool) -> None:
    # A grid keeps what was typed into it: after each step, taken or refused, it is a new one, with the figures as they are now.
    key = f"targets_grid_{by}_{account}_{working.draft.base}_{len(working.draft.steps)}_{targets_working.refusals()}"

    def changed() -> None:
        made = changes(frame, st.session_state[key]["edited_rows"], by, account)
        if made:
            targets_working.take(working, Step(made, hold))

    months = [name for name in frame.columns if name[:2] == "20"]
    label = column_label(by)
    names = st.column_config.TextColumn(label, disabled=True, pinned=True, width=widths.of_names(frame[by], label, phone=widths.is_phone()))
    config = {
        f"{by}_id": None, by: names,
        "natural": st.column_config.NumberColumn(column_label("natural"), disabled=True, format="localized", width=NATURAL_WIDTH),
        TOTAL: _number(column_label("target")),
        LOCKED: st.column_config.CheckboxColumn(_("Locked"), help=_("A locked row does not pay for others."), width=LOCK_WIDTH),
    } | {name: _number(format_month(date.fromisoformat(f"{name}-01"))) for name in months}
    st.data_editor(
        frame.to_arrow(compat_level=pl.CompatLevel.oldest()), key=key, column_config=config, hide_index=True, on_change=changed,
        height=min(38 * (frame.height + 1), 560),
    )  # fmt: skip


def _number(label: str) -> object:
    return st.column_config.NumberColumn(label, min_value=0, step=1, format="localized", width=NUMBER_WIDTH)


def _form(working: Working, frame: pl.DataFrame, by: str, account: str | None, hold: bool) -> None:
    """The same by a form: one row, a month or the season, a figure."""
    rows, places = frame[by].to_list(), list(range(frame.height))
    months = [TOTAL, *(name for name in frame.columns if name[:2] == "20")]
    who, when, figure, lock = st.columns((2, 1.2, 1.2, 1), vertical_alignment="bottom")
    place = who.selectbox(column_label(by), places, key="targets_set_row", format_func=lambda at: rows[at])
    column = when.selectbox(
        column_label("month"), months, key="targets_set_month",
        format_func=lambda name: _("Whole season") if name == TOTAL else format_month(date.fromisoformat(f"{name}-01")),
    )  # fmt: skip
    value = figure.number_input(_("Units"), 0, value=int(frame[column][place]), step=1, key=f"targets_set_units_{by}_{account}_{place}_{column}_{len(working.draft.steps)}")
    is_locked = lock.toggle(_("Locked"), value=True, key="targets_set_lock")
    made = changes(frame, {place: {column: value}}, by, account, is_locked=bool(is_locked))
    st.button(_("Set it"), key="targets_set", on_click=targets_working.take, args=(working, Step(made, hold)), type="primary")


def _steps(working: Working) -> None:
    steps = len(working.draft.steps)
    if steps:
        told = ngettext("{n} step since version {base}", "{n} steps since version {base}", steps) if working.draft.base else ngettext(
            "{n} step since the calculated board", "{n} steps since the calculated board", steps)  # fmt: skip
        with st.container(horizontal=True, vertical_alignment="center"):
            st.write(told.format(n=steps, base=working.draft.base))
            st.button(_("Undo the last step"), key="targets_undo", icon=":material/undo:", on_click=targets_working.undo, args=(working,))
            st.button(_("Take all steps back"), key="targets_reset", on_click=targets_working.begin, args=(working, working.draft.base))
    for step, problem in working.failed:
        named = ", ".join(" · ".join(str(part) for part in edit.slice if part) for edit in step.edits[:3])
        st.warning(_("A step no longer fits the board ({what}): {why}").format(what=plain(named), why=plain(problem.message)))
