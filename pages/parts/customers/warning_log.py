"""What people write about alarms: acknowledged with cause, countermeasure and owner; how it turned out; a loss that nobody announced."""

from collections.abc import Mapping
from datetime import date, timedelta

import polars as pl
import streamlit as st

from charts import labels
from data.errors import ChangedMeanwhile
from data.language import _
from data.records import Record, add, all_records, change, close, put
from measures.customers.early_warnings import EarlyWarnings
from measures.customers.warning_record import CAUSES, COUNTERMEASURES, MISSED, OUTCOMES, RECORD_KIND, unannounced
from measures.customers.warning_watch import Watch
from pages.parts import choices, seen, session, states
from pages.parts.escape import plain

ACKNOWLEDGED, SETTLED, MISSED_FORM = "warning_acknowledged", "warning_settled", "warning_missed"


def records() -> list[Record]:
    """All that was ever written about alarms; the answer keeps those of the accounts that the viewer sees."""
    return all_records(session.current().journal, RECORD_KIND)


def write_handed_in() -> None:
    """Write what a form of the run before handed in: an alarm acknowledged, an outcome. Call before the records are read."""
    acknowledged, settled = seen.handed_in(ACKNOWLEDGED), seen.handed_in(SETTLED)
    with states.guarded():
        if settled:
            _close(*settled)
        if acknowledged:
            _acknowledge(*acknowledged)


def acknowledge_form(alarm: Mapping[str, object], watch: Watch) -> None:
    """Cause, countermeasure and owner of the chosen alarm; acknowledging takes it out of the queue."""
    account_id = alarm["account_id"]
    cause = st.radio(_("Cause"), CAUSES, index=None, key=f"warning_cause_{account_id}", format_func=labels.label, horizontal=True)
    suggested = _(COUNTERMEASURES[cause]) if cause else ""
    st.text_area(_("Countermeasure"), suggested, key=f"warning_measure_{account_id}_{cause}", height=100)
    people = choices.of(session.current()).salespeople
    owner = st.selectbox(
        _("Who takes care"), list(people), index=None, key=f"warning_owner_{account_id}", placeholder=_("Choose a person"),
        format_func=people.get,
    )  # fmt: skip
    # Acknowledged, the alarm leaves the queue: whoever has people to choose from must say who calls.
    is_open = bool(people) and owner is None
    about = {"kind": alarm["kind"], "raised_on": str(alarm["raised_on"]), "seen_on": str(seen_on(watch)), "cause": cause}
    st.button(_("Acknowledge"), type="primary", key=f"warning_acknowledge_{account_id}", disabled=is_open,
              help=_("Say first who takes care: the alarm leaves the queue.") if is_open else None, **seen.handing_in(ACKNOWLEDGED, account_id, about))


def _acknowledge(account_id: str, about: dict[str, object]) -> None:
    measure = st.session_state[f"warning_measure_{account_id}_{about['cause']}"].strip() or None
    content = about | {"countermeasure": measure, "owner": st.session_state[f"warning_owner_{account_id}"], "outcome": None}
    try:
        put(_journal(), RECORD_KIND, account_id, None, content, by=_writer(), apart=("kind", "raised_on"))
    except ChangedMeanwhile as problem:
        # The alarm has left the queue, and with it the form: what was typed in it is said here.
        states.error(problem)
        if measure:
            st.write(_("You wrote: {text}").format(text=plain(measure)))


def seen_on(watch: Watch) -> date:
    """The last day that the viewer could see: up to it, the alarm is acknowledged."""
    return watch.until - timedelta(days=1)


def outcome_form(account: str, record: Record) -> None:
    """How an acknowledged alarm turned out; said once, it is closed."""
    st.markdown(_("How did the alarm of **{account}** turn out?").format(account=plain(account)))
    with st.container(horizontal=True):
        for outcome in OUTCOMES:
            st.button(labels.label(outcome), key=f"warning_{outcome}_{record.record_id}", **seen.handing_in(SETTLED, record, outcome))


def missed_form(answer: EarlyWarnings) -> None:
    """An account that fell or was lost without an alarm: what recall is measured by."""
    open_to = unannounced(answer.watch.accounts, answer.log, answer.queue["account_id"], answer.watch.until)
    names = choices.told_apart(open_to.select("account_id", "account").sort("account").rows())
    account_id = st.selectbox(
        _("Lost without an alarm"), list(names), index=None, key=seen.fresh(MISSED_FORM), placeholder=_("Choose an account"),
        format_func=names.get, help=_("An account that fell or left and never stood in the queue."),
    )  # fmt: skip
    if st.button(_("Log it"), key="warning_log_missed", disabled=account_id is None):
        content = {"kind": MISSED, "seen_on": str(seen_on(answer.watch)), "outcome": MISSED}
        with states.guarded():
            _close(add(_journal(), RECORD_KIND, account_id, content, by=_writer()), MISSED)
            seen.done(MISSED_FORM)
            st.rerun()


def in_hand(answer: EarlyWarnings) -> pl.DataFrame:
    """The acknowledged alarms without an outcome, with the accounts' and the owners' names."""
    people = choices.of(session.current()).salespeople
    waiting = answer.log.filter(pl.col("outcome").is_null()).join(
        answer.watch.accounts.select("account_id", "account", "region"), on="account_id", how="inner", maintain_order="left"
    )
    named = [choices.person(people, identifier) for identifier in waiting["owner"]]
    return waiting.with_columns(pl.Series("owner", named, dtype=pl.String))


def _close(record: Record, outcome: str) -> None:
    close(_journal(), change(_journal(), record, record.content | {"outcome": outcome}, by=_writer()), by=_writer())


def _journal():
    return session.current().journal


def _writer() -> str:
    return session.current().viewer.email
