"""Versions of the board: save with a reason, compare, approve, freeze; when two changed the same targets, both are shown."""

from datetime import date, datetime

import polars as pl
import streamlit as st

from charts import labels
from data import target_versions as kept
from data.errors import DashboardError
from data.journal import writer_name
from data.language import _, format_date, format_month, format_number, ngettext
from data.target_versions import RowsChangedMeanwhile, Version
from measures.seasons.edited_board import calculated
from pages.parts import session, states, tables
from pages.parts.seasons import targets_controls, targets_working
from pages.parts.seasons.targets_shown import Shown
from pages.parts.seasons.targets_working import Working
from queries.filters import add_months

CONFLICT = "targets_conflict"
CALCULATED, HERE = "calculated", "here"


def show(shown: Shown) -> None:
    """Save the board, see who saved what, compare, sign."""
    working = shown.working
    conflict = st.session_state.get(CONFLICT)
    if conflict:
        _both(working, conflict)
    found = kept.marks(session.current().journal, working.board.key)
    ice = kept.frozen(found)
    if ice:
        st.info(_("Version {n} is frozen since {when} by {who}.").format(n=ice.version, when=_day(ice.marked_at), who=writer_name(ice.marked_by)))
    elif working.board.summary["is_feasible"] is False:
        st.warning(_("A board whose requirement cannot be met is not saved: take the nearest first."))
    else:
        _save_form(working)
    if not working.saved:
        st.write(_("No version is saved yet."))
        return
    _list(working, found)
    _compare(working)
    _sign(working, frozen=ice is not None)


def board_line(working: Working) -> None:
    """What the page shows: the calculated board or a version, what is not saved, and saved boards of other months."""
    _other_seasons(working)
    numbers = [0, *(version.version for version in working.saved)]
    if len(numbers) == 1 and not working.draft.steps:
        return
    names = {0: _("Calculated now")} | {version.version: _name(version) for version in working.saved}
    left, right = st.columns((2, 3), vertical_alignment="bottom", gap="medium")
    key = f"targets_base_{working.board.key}"
    st.session_state[key] = working.draft.base if working.draft.base in numbers else 0
    left.selectbox(
        _("Board"), numbers, key=key, format_func=names.get, on_change=lambda: targets_working.begin(working, int(st.session_state[key])),
    )  # fmt: skip
    right.caption(_unsaved(working))


def _other_seasons(working: Working) -> None:
    """A board that was saved for other months of the same season: a region's own off-season may differ from the company's."""
    own = working.board.ground.board.plan.off_season
    for key in targets_working.saved_boards():
        start, months = date.fromisoformat(f"{key[:7]}-01"), int(key[8:])
        if key != working.board.key and start < own.end and add_months(start, months) > own.start:
            with st.container(horizontal=True, vertical_alignment="center"):
                st.write(_("A board of other months is saved: {n} months from {month}.").format(n=months, month=format_month(start)))
                st.button(_("Open it"), key=f"targets_open_{key}", on_click=targets_controls.take_season, args=(start.month, months))


def _unsaved(working: Working) -> str:
    steps = len(working.draft.steps)
    text = ngettext("{n} step is not saved as a version; it is kept as your draft.", "{n} steps are not saved as a version; they are kept as your draft.", steps)
    parts = [text.format(n=steps)] if steps else []
    if working.draft.base and working.board.total != int(working.board.plan.whole.sum()):
        parts.append(_("Its total of {total} units differs from the {wanted} that the requirement asks for now.").format(
            total=format_number(working.board.total), wanted=format_number(working.board.plan.whole.sum())))  # fmt: skip
    if working.board.absent:
        parts.append(_("{n} saved rows have no place on the board any more.").format(n=format_number(len(working.board.absent))))
    return " ".join(parts)


def _name(version: Version) -> str:
    return f"{version.version} · {writer_name(version.saved_by)} · {_day(version.saved_at)} · {version.reason}"


def _day(moment: str) -> str:
    return format_date(datetime.fromisoformat(moment).date())


def _save_form(working: Working) -> None:
    with st.form("targets_save", clear_on_submit=True, border=False):
        reason, button = st.columns((4, 1), vertical_alignment="bottom")
        why = reason.text_input(_("Why this version"), key="targets_reason", max_chars=300, placeholder=_("Agreed with the distributors of the north"))
        pressed = button.form_submit_button(_("Save as a version"), type="primary")
    if pressed:
        _save(working, str(why), working.board.unlike(working.base_rows), working.draft.base)


def _save(working: Working, reason: str, rows: kept.Rows, seen: int) -> None:
    now = session.current()
    row = working.board.summary
    about = {name: row[name] for name in ("requirement", "requirement_basis", "lift", "target_total", "target_amount")}
    about |= {"generation": now.reader.number, "thresholds": working.board.cuts.as_dict()}
    try:
        version = kept.save(
            now.journal, working.board.key, rows, viewer=now.viewer, accounts=targets_working.seen_accounts(), seen=seen, reason=reason, about=about
        )
    except RowsChangedMeanwhile as problem:
        st.session_state[CONFLICT] = (problem, reason)
        st.rerun()
    except DashboardError as problem:
        states.error(problem)
        return
    st.session_state.pop(CONFLICT, None)
    targets_working.begin(working, version.version)
    st.rerun()


def _both(working: Working, conflict: tuple[RowsChangedMeanwhile, str]) -> None:
    """What they saved and what is not saved here, row by row, and the two ways on."""
    problem, reason = conflict
    states.error(problem)
    rows = difference(problem.theirs, {row: problem.mine[row] for row in problem.theirs}, _names(working)).rename({"before": "theirs", "after": "mine"})
    tables.show(rows, "targets_both", key="targets_both")
    last = kept.latest(session.current().journal, working.board.key)
    with st.container(horizontal=True):
        if st.button(_("Make my steps on theirs"), key="targets_on_theirs", type="primary"):
            st.session_state.pop(CONFLICT)
            targets_working.begin(working, last, working.draft.steps)
            st.rerun()
        if st.button(_("Save mine over theirs"), key="targets_over_theirs"):
            _save(working, reason, working.board.unlike(working.base_rows), last)
        if st.button(_("Go on without saving"), key="targets_leave"):
            st.session_state.pop(CONFLICT)
            st.rerun()


def _list(working: Working, found: list[kept.Mark]) -> None:
    rows = pl.DataFrame(
        [
            {
                "version": version.version, "written_at": version.saved_at[:16].replace("T", " "), "written_by": version.saved_by, "reason": version.reason,
                "rows": version.rows, "requirement": version.about.get("requirement"), "signed": _signed(version, found),
            }
            for version in reversed(working.saved)
        ],
        schema={"version": pl.Int64, "written_at": pl.String, "written_by": pl.String, "reason": pl.String, "rows": pl.Int64,
                "requirement": pl.Float64, "signed": pl.String},
    )  # fmt: skip
    tables.show(rows, "target_versions", key="targets_versions")


def _signed(version: Version, found: list[kept.Mark]) -> str:
    scopes = choices_of_regions()
    return "; ".join(
        f"{labels.label(mark.mark)}: {writer_name(mark.marked_by)} ({', '.join(scopes.get(region, region) for region in mark.region_ids) if mark.region_ids else _('whole company')})"
        for mark in found if mark.version == version.version
    )  # fmt: skip


def choices_of_regions() -> dict[str, str]:
    """The regions' names that the viewer sees."""
    return targets_working.choices.of(session.current()).regions


def _compare(working: Working) -> None:
    """Two boards side by side: what changed, row by row, the largest change first."""
    options: list[object] = [HERE, CALCULATED, *(version.version for version in reversed(working.saved))]
    words = {HERE: _("This board"), CALCULATED: _("Calculated now")} | {version.version: _name(version) for version in working.saved}
    one, other = st.columns(2, gap="medium")
    # What is not saved yet against where it began; else the last version against the one before.
    usual = working.draft.base if working.draft.steps and working.draft.base else options[min(3, len(options) - 1)]
    first = one.selectbox(_("Compare"), options, index=options.index(usual), key="targets_compare_from", format_func=words.get)
    second = other.selectbox(_("with"), options, index=0, key="targets_compare_to", format_func=words.get)
    rows = difference(_rows(working, first), _rows(working, second), _names(working))
    if rows.is_empty():
        st.write(_("They are the same."))
        return
    st.markdown(_("**{n} rows differ**; the total goes from {before} to {after} units.").format(
        n=format_number(rows.height), before=format_number(_total(working, first)), after=format_number(_total(working, second))))  # fmt: skip
    tables.show(rows, "targets_compared", key="targets_compared")


def difference(before: kept.Rows, after: kept.Rows, names: dict[str, str]) -> pl.DataFrame:
    """Rows whose cases differ: account_id, account, product_id, product, before, after, change (units of the season), by falling change."""
    pairs = [(row, before.get(row, ()), after.get(row, ())) for row in before.keys() | after.keys()]
    found = [
        {"account_id": row[0], "account": names.get(row[0], row[0]), "product_id": row[1], "product": names.get(row[1], row[1]),
         "before": sum(old), "after": sum(new), "change_units": sum(new) - sum(old)}
        for row, old, new in pairs if tuple(old) != tuple(new) and (any(old) or any(new))
    ]  # fmt: skip
    schema = {"account_id": pl.String, "account": pl.String, "product_id": pl.String, "product": pl.String, "before": pl.Int64, "after": pl.Int64, "change_units": pl.Int64}
    return pl.DataFrame(found, schema=schema).sort(pl.col("change_units").abs(), "account_id", "product_id", descending=[True, False, False])


def _rows(working: Working, which: object) -> kept.Rows:
    if which == HERE:
        return working.board.rows()
    if which == CALCULATED:
        return calculated(working.board.ground, working.board.plan, working.board.cuts).rows()
    return targets_working.saved_rows(working.board.key, int(which))


def _total(working: Working, which: object) -> int:
    return sum(sum(units) for units in _rows(working, which).values())


def _names(working: Working) -> dict[str, str]:
    board = working.board.ground.board
    return dict(board.accounts.select("account_id", "account").rows()) | dict(board.products.select("product_id", "product").rows())


def _sign(working: Working, *, frozen: bool) -> None:
    """Approve, freeze, open: only what the viewer's role may do; it is about the last version."""
    now, last = session.current(), working.saved[-1].version
    if now.viewer.role not in ("manager", "lead"):
        return
    with st.form("targets_sign", clear_on_submit=True, border=False):
        note = st.text_input(_("Note to the signature"), key="targets_note", max_chars=300)
        with st.container(horizontal=True):
            approved = st.form_submit_button(_("Approve version {n}").format(n=last), disabled=frozen)
            iced = now.viewer.may_change and not frozen and st.form_submit_button(_("Freeze version {n}").format(n=last))
            opened = now.viewer.may_change and frozen and st.form_submit_button(_("Open it again"))
    if not (approved or iced or opened):
        return
    with states.guarded():
        if approved:
            kept.approve(now.journal, working.board.key, last, viewer=now.viewer, accounts=targets_working.seen_accounts(), note=str(note))
        else:
            (kept.freeze if iced else kept.reopen)(now.journal, working.board.key, last, viewer=now.viewer, note=str(note))
        st.rerun()
