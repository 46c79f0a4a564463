"""The register of strategic exceptions: accounts that are kept although they cost more than they bring, with reason, writer and date.

Entries live in the journal; a viewer sees those on accounts that they see.
"""

from datetime import date

import polars as pl
import streamlit as st

from charts import labels
from charts.value_words import value_class
from data import records
from data.language import _, format_date, mark
from data.records import Record
from measures.customers.strategic_exceptions import REASONS, register, with_exceptions
from measures.customers.value_classes import ValueClasses
from pages.parts import choices, dates, seen, session, states, tables

KIND = "strategic_exception"
ENDED = "register_ended"
SHOWN = ("account", "value_class", "av", "exception", "note", "review_on", "written_by", "written_at", "region", "account_id")
WORDS = {"visibility": mark("Visibility"), "related_sales": mark("Related sales"), "other": mark("Another reason"), "exclude": mark("Exclude"), "keep": mark("Keep")}


def entries(answer: ValueClasses) -> list[Record]:
    """The open entries on the answer's accounts, the oldest first."""
    seen = set(answer.value_classes["account_id"])
    return [record for record in records.open_records(session.current().journal, KIND) if record.subject in seen]


def joined(answer: ValueClasses, found: list[Record]) -> pl.DataFrame:
    """The answer's accounts with what the register says of them."""
    return with_exceptions(answer.value_classes, register([_row(record) for record in found]))


def in_words(rows: pl.DataFrame) -> pl.DataFrame:
    """Classes, reasons and treatments in the reader's words; a reason that the data state is shown as it is."""
    reason = pl.when(pl.col("exception").is_not_null()).then(pl.col("exception")).otherwise(pl.col("strategic"))
    shown = labels.worded(rows.with_columns(exception=reason), "exception", "treatment", writer=_word)
    return labels.worded(shown, "value_class", writer=value_class)


def write_end() -> None:
    """End the entry that the form of the run before handed in, as it stood there."""
    handed = seen.handed_in(ENDED)
    if handed is not None:
        with states.guarded():
            seen.close(handed[0][st.session_state[ENDED]])


def show(answer: ValueClasses, found: list[Record]) -> None:
    """The register's table, a form for a new entry, and the end of one."""
    st.markdown(f"**{_('Register of strategic exceptions')}**")
    st.caption(_("An account below zero is kept only with a reason that somebody answers for: it is seen, or it brings sales elsewhere."))
    whole = joined(answer, found).filter(pl.col("is_exception"))
    if whole.is_empty():
        st.write(_("No exception is written down."))
    else:
        tables.show(in_words(whole).select(SHOWN), "strategic_exceptions", key="register_table", leads="av")
    names = choices.told_apart(answer.value_classes.sort("av", nulls_last=True).select("account_id", "account").iter_rows())
    with st.expander(_("Write down or end an exception")):
        _new(names, seen.before("register_seen", {record.subject: record for record in found}))
        _end(names, found)


def _new(names: dict[str, str], drawn: dict[str, Record]) -> None:
    """The form; written over the account's open entry that the writer saw, if there was one: an account has one exception."""
    with st.form("register_new", border=False):
        account_id = st.selectbox(_("Account"), list(names), key="register_account", format_func=names.get)
        reason = st.segmented_control(_("Reason"), REASONS, default=REASONS[0], key="register_reason", format_func=_word, required=True)
        note = st.text_input(_("Why it is worth it"), key=seen.fresh("register_note"), max_chars=300)
        review = st.date_input(_("Look again on"), value=None, key="register_review", format=dates.shape())
        if not st.form_submit_button(_("Write down")):
            return
    if not note.strip():
        st.warning(_("Write why it is worth it: a reason that nobody can read protects nobody."))
        return
    with states.guarded():
        content = {"reason": reason, "note": note.strip(), "review_on": review.isoformat() if review else None}
        seen.write(drawn.get(account_id), KIND, account_id, content)
        seen.done("register_note")
        st.rerun()


def _end(names: dict[str, str], found: list[Record]) -> None:
    """Which entry to end: told by its number, which no other entry ever takes."""
    if not found:
        return
    drawn = {record.record_id: record for record in found}
    with st.form("register_end", border=False):
        st.selectbox(_("Exception to end"), list(drawn), key=ENDED, format_func=lambda number: _said(names, drawn[number]))
        st.form_submit_button(_("End it"), **seen.handing_in(ENDED, drawn))


def _said(names: dict[str, str], record: Record) -> str:
    return f"{names[record.subject]} · {_word(str(record.content['reason']))} · {format_date(date.fromisoformat(record.written_at[:10]))}"


def _row(record: Record) -> dict[str, object]:
    review = record.content.get("review_on")
    return {
        "account_id": record.subject, "record_id": record.record_id, "exception": record.content["reason"], "note": record.content["note"],
        "review_on": date.fromisoformat(str(review)) if review else None, "written_by": record.written_by, "written_at": record.written_at,
    }  # fmt: skip


def _word(code: str | None) -> str:
    if code is None:
        return ""
    return _(WORDS[code]) if code in WORDS else code
