"""The worklist: source 003's actions per quadrant, taken on by somebody until a date, kept in the journal."""

from collections.abc import Callable
from datetime import date, timedelta

import polars as pl
import streamlit as st

from charts import labels, quadrant_words
from data.errors import DashboardError
from data.language import _, format_number, ngettext
from data.records import Record, add, close, open_records
from measures.portfolio_quadrants import QUADRANTS, PortfolioQuadrants
from measures.quadrant_actions import BY_CODE, KIND, actions_of
from pages.parts import choices, session, states, tables

DAYS = 14
WORK_SCHEMA = {
    "due_on": pl.Date, "is_overdue": pl.Boolean, "account": pl.String, "quadrant": pl.String, "action": pl.String, "owner": pl.String,
    "note": pl.String, "written_by": pl.String, "account_id": pl.String, "record_id": pl.Int64,
}  # fmt: skip


def show(answer: PortfolioQuadrants) -> None:
    """The quadrant's play and the form, then what is open."""
    quadrant = st.segmented_control(
        _("Quadrant"), QUADRANTS, default="EII", key="work_quadrant", format_func=labels.quadrant, required=True, label_visibility="collapsed"
    )
    written = {record.record_id: record for record in open_records(session.current().journal, KIND)}
    open_work = work(list(written.values()), answer.accounts, choices.of(session.current()).salespeople, date.today())
    left, right = st.columns([2, 3], gap="large")
    with left:
        _form(quadrant, answer.accounts.filter(pl.col("quadrant") == quadrant))
    with right:
        _open(open_work, written)


def work(written: list[Record], accounts: pl.DataFrame, people: dict[str, str], today: date) -> pl.DataFrame:
    """WORK_SCHEMA: the open actions of the accounts that the viewer sees now, the soonest first, with the account's quadrant of today."""
    seen = {row["account_id"]: row for row in accounts.select("account_id", "account", "quadrant").iter_rows(named=True)}
    rows = [_row(record, seen[record.subject], people, today) for record in written if record.subject in seen]
    return pl.DataFrame(rows, schema=WORK_SCHEMA, orient="row").sort("due_on", "account", "record_id", nulls_last=True)


def _row(record: Record, account: dict[str, object], people: dict[str, str], today: date) -> tuple:
    content = record.content
    due = date.fromisoformat(content["due_on"]) if content.get("due_on") else None
    action = BY_CODE.get(content["action"])
    text = _(action.text) if action else content["action"]
    owner = people.get(content.get("owner"), content.get("owner"))
    return (
        due, due is not None and due < today, account["account"], labels.quadrant(account["quadrant"]), text, owner, content.get("note"),
        record.written_by, record.subject, record.record_id,
    )  # fmt: skip


def _form(quadrant: str, rows: pl.DataFrame) -> None:
    names = choices.told_apart(rows.select("account_id", "account").rows())
    actions = {action.code: action for action in actions_of(quadrant)}
    people = choices.of(session.current()).salespeople
    with st.form(f"work_{quadrant}", clear_on_submit=True):
        ids = st.multiselect(_("Accounts"), list(names), key=f"work_accounts_{quadrant}", format_func=lambda key: names.get(key, key),
                             placeholder=_("Choose accounts, the largest first"))  # fmt: skip
        code = st.radio(_("Action"), list(actions), key=f"work_action_{quadrant}", format_func=lambda key: _said(actions[key]))
        owner = st.selectbox(_("Owner"), list(people), index=None, key=f"work_owner_{quadrant}", placeholder=_("Choose a person"),
                             format_func=lambda key: people.get(key, key))  # fmt: skip
        due = st.date_input(_("Until"), date.today() + timedelta(days=DAYS), key=f"work_due_{quadrant}")
        note = st.text_input(_("Note"), key=f"work_note_{quadrant}", max_chars=200)
        if st.form_submit_button(_("Put on the worklist"), type="primary") and ids:
            content = {"action": code, "quadrant": quadrant, "owner": owner, "due_on": due.isoformat(), "note": note.strip() or None}
            _written(lambda: [add(session.current().journal, KIND, key, content, by=session.current().viewer.email) for key in ids])


def _said(action) -> str:
    return _(action.text) if action.source != "ours" else f"{_(action.text)} ({quadrant_words.source('ours')})"


def _open(open_work: pl.DataFrame, written: dict[int, Record]) -> None:
    late = int(open_work["is_overdue"].sum())
    count = ngettext("{n} open action", "{n} open actions", open_work.height).format(n=format_number(open_work.height))
    st.markdown("**{count}**, {late}".format(count=count, late=ngettext("{n} overdue", "{n} overdue", late).format(n=format_number(late))))
    if open_work.is_empty():
        st.write(_("Nobody has taken on anything yet. Choose accounts and an action, say who and until when."))
        return
    row = tables.show(open_work.drop("account_id", "record_id"), "worklist", key="work_table", pick=True, height=420)
    record = written[open_work["record_id"][row]] if row is not None and row < open_work.height else None
    if st.button(_("Done"), key="work_done", disabled=record is None, help=_("Choose a row; its history stays.")):
        _written(lambda: close(session.current().journal, record, by=session.current().viewer.email))


def _written(write: Callable[[], object]) -> None:
    try:
        write()
    except DashboardError as problem:
        states.error(problem)
        return
    st.rerun()
