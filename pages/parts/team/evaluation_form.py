"""Evaluate a person's month: the proposal, the decision, a comment, the signature. Kept in the journal with the figures of that day."""

import polars as pl
import streamlit as st

from charts import labels
from data import records
from data.language import _, format_percent
from data.records import Record
from measures.team.evaluations import RECORD_KIND, content, subject
from measures.team.monthly_evaluation import MonthlyEvaluation
from measures.team.scorecard import PROPOSALS
from pages.parts import choices, seen, session, states, tables
from pages.parts.escape import plain

LETTERS = 600


def may_read() -> bool:
    """Whether the viewer may read what was written about people: those who see what is personal, managers and leads."""
    return session.current().viewer.sees_personal


def show(answer: MonthlyEvaluation) -> None:
    """Choose a person, read the card, decide, comment and sign; below, what was written about the months of the period."""
    names = choices.told_apart(answer.people.select("salesperson_id", "salesperson").rows())
    left, right = st.columns([2, 3], gap="large")
    with left:
        person = st.selectbox(_("Salesperson"), list(names), key="evaluation_person", format_func=lambda key: names.get(key, key))
        card = answer.people.filter(pl.col("salesperson_id") == person).row(0, named=True)
        _card(card)
    with right:
        _form(card)
    st.markdown(f"**{_('Written')}**")
    if answer.evaluations.is_empty():
        st.write(_("Nothing is written about these months yet. Choose a person, decide, and sign."))
        return
    told = labels.worded(answer.evaluations.drop("record_id", "salesperson_id"), "decision", "proposal")
    tables.show(_flags(told), "evaluations", key="evaluation_written")


def _flags(frame: pl.DataFrame) -> pl.DataFrame:
    return frame.with_columns(pl.when(name).then(pl.lit(_("Yes"))).otherwise(pl.lit(_("No"))).alias(name) for name in ("is_signed", "has_moved"))


def _card(card: dict[str, object]) -> None:
    """What is proposed, and why."""
    st.markdown(f"**{_('Proposed: {proposal}').format(proposal=labels.label(card['proposal']))}**")
    st.write(
        _("Score {score}, payout {payout}.").format(score=_share(card["evaluation_score"]), payout=_share(card["payout"])) + " "
        + _("{made} of {planned} planned developments; so few by chance alone: {chance}.").format(
            made=card["developments"], planned=round(card["planned_developments"] or 0), chance=_share(card["chance"]))
    )  # fmt: skip
    st.caption(_("A penalty is proposed only where the developments lie below the limits of chance two months running, or over three together."))


def _share(value: float | None) -> str:
    return "–" if value is None else format_percent(value, 0)


def _form(card: dict[str, object]) -> None:
    key = subject(card["salesperson_id"], card["month"])
    now = _record(key)
    drawn = seen.before(f"evaluation_seen_{key}", now)
    place = f"{key}_{now.version if now else 0}"
    is_signed = bool(now and now.content["is_signed"])
    with st.form(f"evaluation_{place}"):
        st.markdown(_("Month of **{name}**").format(name=plain(card["salesperson"])))
        default = now.content["decision"] if now else card["proposal"]
        decision = st.segmented_control(_("Decision"), PROPOSALS, default=default, key=f"evaluation_decision_{place}", format_func=labels.label, disabled=is_signed)
        comment = st.text_area(_("Comment"), str((now and now.content.get("comment")) or ""), key=f"evaluation_comment_{place}", max_chars=LETTERS, disabled=is_signed)
        with st.container(horizontal=True):
            saves = st.form_submit_button(_("Save"), disabled=is_signed)
            signs = st.form_submit_button(_("Sign"), type="primary", disabled=is_signed)
            opens = is_signed and st.form_submit_button(_("Open it again"))
    if opens:
        _write(key, drawn, drawn.content | {"is_signed": False})
    if not (saves or signs):
        return
    if decision is None or (decision != card["proposal"] and not comment.strip()):
        st.warning(_("Choose a decision; one that differs from the proposal needs a comment."))
        return
    _write(key, drawn, content(card, decision, comment.strip(), is_signed=bool(signs)))


def _record(key: str) -> Record | None:
    found = [record for record in records.open_records(session.current().journal, RECORD_KIND) if record.subject == key]
    return found[-1] if found else None


def _write(key: str, drawn: Record | None, written: dict[str, object]) -> None:
    now = session.current()
    with states.guarded():
        records.put(now.journal, RECORD_KIND, key, drawn, written, by=now.viewer.email)
        st.rerun()
