"""A worklist: actions taken on for accounts by somebody until a date, kept in the journal."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

import polars as pl
import streamlit as st

from charts.customers import quadrant_words
from data.language import _
from data.records import Record, add, open_records
from measures.customers.quadrant_actions import Action
from pages.parts import choices, dates, seen, session, states, tables
from pages.parts.escape import plain

DAYS = 14
ROWS, HEIGHT = 10, 420
"""A worklist with more rows is as high, in pixels, as the form beside it."""
WORK_SCHEMA = {
    "due_on": pl.Date, "is_overdue": pl.Boolean, "account": pl.String, "quadrant": pl.String, "action": pl.String, "owner": pl.String,
    "note": pl.String, "written_by": pl.String, "account_id": pl.String, "record_id": pl.Int64,
}  # fmt: skip


@dataclass(frozen=True)
class Play:
    """Whose actions: the journal's `kind` of them, the `key` of the widgets, the `actions` of all quadrants, what a quadrant is `named`."""

    kind: str
    key: str
    actions: tuple[Action, ...]
    named: Callable[[str | None], str]

    def text_of(self, code: str) -> str:
        """An action in words; one that is no longer offered is shown as it is written."""
        return next((_(action.text) for action in self.actions if action.code == code), code)


def show(play: Play, quadrant: str, accounts: pl.DataFrame) -> pl.DataFrame:
    """The form for the quadrant's `accounts` [account_id, account, quadrant], then what is open of all of them, which is returned."""
    _write_edit(play)
    written = open_records(session.current().journal, play.kind)
    open_work = work(play, written, accounts, choices.of(session.current()).salespeople, date.today())
    left, right = st.columns([2, 3], gap="large")
    with left:
        _form(play, quadrant, accounts.filter(pl.col("quadrant") == quadrant))
    with right:
        _open(play, open_work, written)
    return open_work


def work(play: Play, written: list[Record], accounts: pl.DataFrame, people: dict[str, str], today: date) -> pl.DataFrame:
    """WORK_SCHEMA: the open actions of the accounts that the viewer sees now, the soonest first, with the account's quadrant of today."""
    about = {row["account_id"]: row for row in accounts.select("account_id", "account", "quadrant").iter_rows(named=True)}
    rows = [_row(play, record, about[record.subject], people, today) for record in written if record.subject in about]
    return pl.DataFrame(rows, schema=WORK_SCHEMA, orient="row").sort("due_on", "account", "record_id", nulls_last=True)


def _row(play: Play, record: Record, account: dict[str, object], people: dict[str, str], today: date) -> tuple:
    content = record.content
    due = date.fromisoformat(content["due_on"]) if content.get("due_on") else None
    owner = choices.person(people, content.get("owner"))
    return (
        due, due is not None and due < today, account["account"], play.named(account["quadrant"]), play.text_of(content["action"]), owner,
        content.get("note"), record.written_by, record.subject, record.record_id,
    )  # fmt: skip


def _form(play: Play, quadrant: str, rows: pl.DataFrame) -> None:
    names = choices.told_apart(rows.select("account_id", "account").rows())
    actions = {action.code: action for action in play.actions if action.quadrant == quadrant}
    key, chosen = play.key, f"{play.key}_accounts_{quadrant}"
    with st.form(f"{key}_{quadrant}"):
        ids = st.multiselect(_("Accounts"), list(names), key=seen.fresh(chosen), format_func=lambda account: names.get(account, account),
                             placeholder=_("Choose accounts, the largest first"), select_all=False)  # fmt: skip
        code = st.radio(_("Action"), list(actions), key=f"{key}_action_{quadrant}", format_func=lambda action: _said(actions[action]))
        owner, due = _owner(f"{key}_owner_{quadrant}", None), _until(f"{key}_due_{quadrant}", date.today() + timedelta(days=DAYS))
        note = st.text_input(_("Note"), key=f"{key}_note_{quadrant}", max_chars=200)
        if not st.form_submit_button(_("Put on the worklist"), type="primary"):
            return
    if not ids or owner is None:
        st.warning(_("Choose at least one account and who takes it on."))
        return
    content = {"action": code, "quadrant": quadrant, "owner": owner, "due_on": due.isoformat(), "note": note.strip() or None}
    with states.guarded():
        for account_id in ids:
            add(session.current().journal, play.kind, account_id, content, by=session.current().viewer.email)
        seen.done(chosen)
        st.rerun()


def _owner(key: str, default: str | None) -> str | None:
    people = choices.of(session.current()).salespeople
    options = list(people) if default in people or default is None else [default, *people]
    return st.selectbox(
        _("Owner"), options, index=None if default is None else options.index(default), key=key, placeholder=_("Choose a person"),
        format_func=lambda identifier: choices.person(people, identifier),
    )


def _until(key: str, default: date | None) -> date:
    return st.date_input(_("Until"), default, key=key, format=dates.shape())


def _said(action: Action) -> str:
    return _(action.text) if action.source != "ours" else f"{_(action.text)} ({quadrant_words.source('ours')})"


def _open(play: Play, open_work: pl.DataFrame, written: list[Record]) -> None:
    """The open actions; the chosen one can be moved to another person or day, or ended."""
    if open_work.is_empty():
        st.write(_("Choose accounts and an action, say who and until when: it stands here until it is done."))
        return
    picked = tables.show(open_work.drop("account_id", "record_id"), "worklist", key=f"{play.key}_table", pick=True, height=HEIGHT if open_work.height > ROWS else None)
    if picked is None:
        st.caption(_("Choose a row to change or end it; its history stays."))
        return
    number = open_work["record_id"][picked]
    _edit(play, next(record for record in written if record.record_id == number), open_work["account"][picked])


def _edit(play: Play, record: Record, account: str) -> None:
    key, content = record.record_id, record.content
    with st.form(f"{play.key}_edit_{key}"):
        st.markdown(f"**{plain(account)}**")
        _owner(f"{play.key}_edit_owner_{key}", content.get("owner"))
        _until(f"{play.key}_edit_due_{key}", date.fromisoformat(content["due_on"]) if content.get("due_on") else None)
        with st.container(horizontal=True):
            st.form_submit_button(_("Change"), **seen.handing_in(play.key, record, False))
            st.form_submit_button(_("Done"), type="primary", **seen.handing_in(play.key, record, True))


def _write_edit(play: Play) -> None:
    """Write what the form of the run before handed in, over the version that it showed."""
    handed = seen.handed_in(play.key)
    if handed is None:
        return
    record, is_done = handed
    with states.guarded():
        if is_done:
            seen.close(record)
            return
        owner, due = (st.session_state[f"{play.key}_edit_{name}_{record.record_id}"] for name in ("owner", "due"))
        seen.write(record, play.kind, record.subject, record.content | {"owner": owner, "due_on": due.isoformat() if due else None})
