"""What if an account went to somebody else? Both territories before and after; a proposal is written only when it is saved."""

from datetime import date

import polars as pl
import streamlit as st

from charts import labels
from charts.findings.customers.coverage import move_sentence
from data.journal import writer_name
from data.language import _, format_date
from data.records import Record, add, close, open_records
from measures.customers.coverage import Coverage
from measures.customers.territories import movable, move_account, takers
from pages.parts import choices, session, states, tables
from pages.parts.escape import plain

KIND = "territory_move"
MOST_PROPOSALS = 20


def choose_move(answer: Coverage, band: float) -> pl.DataFrame:
    """Two selects: which account, to whom; the move's frame, empty where there is nothing to move."""
    accounts = movable(answer.accounts, answer.territories)
    if accounts.is_empty():
        return move_account(answer.accounts, "", "", band)
    st.markdown(f"**{_('What if an account moved?')}**")
    names = choices.told_apart(accounts.select("account_id", "account").rows())
    owners = dict(accounts.select("account_id", "salesperson_id").rows())
    people = choices.told_apart(answer.territories.select("salesperson_id", "salesperson").rows())
    left, right = st.columns(2)
    with left:
        account_id = st.selectbox(_("Account to move"), list(names), key="move_account",
                                  format_func=lambda account: f"{names[account]} ({people[owners[account]]})")  # fmt: skip
    options = takers(answer.territories, owners[account_id])["salesperson_id"].to_list()
    with right:
        to = st.selectbox(_("To whom"), options, key=f"move_to_{owners[account_id]}", format_func=people.get)
    moved = move_account(answer.accounts, account_id, to or "", band)
    if not moved.is_empty():
        _show(names[account_id], account_id, moved)
    return moved


def _show(account: str, account_id: str, moved: pl.DataFrame) -> None:
    st.markdown(f"**{plain(move_sentence(account, moved))}**")
    shown = labels.worded(moved.drop("salesperson_id", "side").rename({"accounts_before": "accounts"}), "status_before", "status_after")
    tables.show(shown, "territory_move", key="move_table")
    now, proposal = session.current(), dict(zip(("from", "to"), moved["salesperson_id"], strict=True))
    is_open = any((record.subject, record.content) == (account_id, proposal) for record in open_records(now.journal, KIND))
    kept = _("Nothing is changed in the data: the proposal is kept for those who decide.")
    if st.button(_("Save as a proposal"), key="move_save", help=kept, disabled=is_open):
        with states.guarded():
            add(now.journal, KIND, account_id, proposal, by=now.viewer.email)
            st.rerun()


def proposals(answer: Coverage) -> None:
    """The open proposals about accounts that the viewer sees, each with its button to withdraw it."""
    names = dict(answer.accounts.select("account_id", "account").rows())
    written = [record for record in open_records(session.current().journal, KIND) if record.subject in names]
    if not written:
        return
    st.markdown(f"**{_('Proposals')}**")
    people = dict(answer.territories.select("salesperson_id", "salesperson").rows())
    for record in written[-MOST_PROPOSALS:]:
        _proposal(record, names[record.subject], people)


def _proposal(record: Record, account: str, people: dict[str, str]) -> None:
    elsewhere = _("somebody of another region")
    giver, taker = (people.get(str(record.content[side]), elsewhere) for side in ("from", "to"))
    text = _("{account}: from {giver} to {taker}, proposed by {who} on {day}").format(
        account=account, giver=giver, taker=taker, who=writer_name(record.written_by), day=format_date(date.fromisoformat(record.written_at[:10]))
    )
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(plain(text), width="stretch")
        if st.button(_("Withdraw"), key=f"move_withdraw_{record.record_id}"):
            now = session.current()
            with states.guarded():
                close(now.journal, record, by=now.viewer.email)
                st.rerun()
