"""Evaluate a person's month: the proposal, the decision, a comment, the signature. Kept in the journal with the figures of that day."""

import polars as pl
import streamlit as st

from charts import labels
from data import records
from data.journal import told, writer_name
from data.language import _, format_number, format_percent, ngettext
from data.records import EVALUATION, Record
from measures.team.evaluations import content, subject
from measures.team.monthly_evaluation import MonthlyEvaluation
from measures.team.scorecard import PROPOSALS
from pages.parts import choices, seen, session, states, tables
from pages.parts.escape import plain

LETTERS = 600


def may_read() -> bool:
    """Whether the viewer may read what was written about people."""
    return records.may_read(EVALUATION, session.current().viewer)


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
    shown = labels.worded(answer.evaluations.drop("record_id", "salesperson_id"), "decision", "proposal")
    tables.show(_flags(shown), "evaluations", key="evaluation_written")


def _flags(frame: pl.DataFrame) -> pl.DataFrame:
    return frame.with_columns(pl.when(name).then(pl.lit(_("Yes"))).otherwise(pl.lit(_("No"))).alias(name) for name in ("is_signed", "has_moved"))


def _card(card: dict[str, object]) -> None:
    """What is proposed, and why."""
    if card["evaluation_score"] is None:
        st.markdown(f"**{_('No score, so that nothing is proposed: too few indicators are known of this month.')}**")
        return
    st.markdown(f"**{_('Proposed: {proposal}').format(proposal=labels.label(card['proposal']))}**")
    said = [_("Score {score}, payout {payout}.").format(score=_share(card["evaluation_score"]), payout=_share(card["payout"]))]
    if card["planned_developments"]:
        planned = round(card["planned_developments"])
        won = ngettext("{made} of {planned} planned development; so few by chance alone: {chance}.", "{made} of {planned} planned developments; so few by chance alone: {chance}.", planned)
        said.append(won.format(made=format_number(card["developments"]), planned=format_number(planned), chance=_share(card["chance"])))
    st.write(" ".join(said))
    st.caption(_("A penalty is proposed only where the developments lie below the limits of chance two months running, or over three together."))


def _share(value: float | None) -> str:
    return "–" if value is None else format_percent(value, 0)


def _form(card: dict[str, object]) -> None:
    key = subject(card["salesperson_id"], card["month"])
    now = _record(key)
    drawn = seen.before(f"evaluation_seen_{key}", now)
    is_signed = bool(now and now.content["is_signed"])
    # The form keeps its key when somebody else writes meanwhile: what was typed stays, and what they wrote stands above it.
    with st.form(f"evaluation_{key}"):
        st.markdown(_("Month of **{name}**").format(name=plain(card["salesperson"])))
        if now:
            st.caption(_("{what} by {who}, {when}").format(what=_state(now), who=plain(writer_name(now.written_by)), when=told(now.written_at)))
        default = now.content["decision"] if now else card["proposal"]
        decision = st.segmented_control(_("Decision"), PROPOSALS, default=default, key=f"evaluation_decision_{key}", format_func=labels.label, disabled=is_signed)
        comment = st.text_area(_("Comment"), str((now and now.content.get("comment")) or ""), key=f"evaluation_comment_{key}", max_chars=LETTERS, disabled=is_signed)
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


def _state(record: Record) -> str:
    decision = labels.label(record.content["decision"])
    return _("Signed: {decision}").format(decision=decision) if record.content["is_signed"] else _("Saved, not signed: {decision}").format(decision=decision)


def _record(key: str) -> Record | None:
    found = [record for record in records.open_records(session.current().journal, EVALUATION) if record.subject == key]
    return found[-1] if found else None


def _write(key: str, drawn: Record | None, written: dict[str, object]) -> None:
    with states.guarded():
        seen.write(drawn, EVALUATION, key, written)
        st.rerun()
