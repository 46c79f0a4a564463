"""What people write about one prospect: other scores with a reason, a step that the data don't see, what keeps it from signing."""

from datetime import date

import polars as pl
import streamlit as st

from charts.pipeline import prospect_words
from data.language import _, format_number, mark
from data.records import Record
from measures.pipeline.prospect_journal import OBSTACLE, SCORES, STEPS_TOPIC
from measures.pipeline.prospect_steps import STEPS
from measures.pipeline.prospects import Prospects
from pages.parts.escape import plain
from pages.parts.pipeline import prospect_notes

FORMS = {"none": mark("Nothing to write"), SCORES: mark("Rate it otherwise"), STEPS_TOPIC: mark("Set a step"), OBSTACLE: mark("What keeps it")}


def show(answer: Prospects, row: dict[str, object], written: list[Record]) -> None:
    """The choice of what to write, and its form."""
    topic = st.segmented_control(
        _("Write"), list(FORMS), default="none", key="prospect_topic", format_func=lambda code: _(FORMS[code]), required=True, label_visibility="collapsed"
    )
    if topic == "none":
        return
    account_id = row["account_id"]
    note, drawn = prospect_notes.open_note(written, account_id, topic)
    if note is not None:
        _known(note, drawn, f"{topic}_{account_id}")
    {SCORES: _scores, STEPS_TOPIC: _steps, OBSTACLE: _obstacle}[topic](answer, account_id, drawn)


def _known(note: Record, drawn: Record, key: str) -> None:
    """Who wrote last and why, and a button to take it back."""
    with st.container(horizontal=True, vertical_alignment="center"):
        reason = note.content.get("reason") or note.content.get("note") or ""
        st.caption(f"{prospect_notes.signed(note)} · {plain(reason)}" if reason else prospect_notes.signed(note))
        if st.button(_("Take it back"), key=f"prospect_back_{key}", type="tertiary", icon=":material/undo:"):
            prospect_notes.take_back(drawn)


def _scores(answer: Prospects, account_id: str, drawn: Record | None) -> None:
    """A number for each indicator; those that differ from what is known are kept with the reason."""
    given = dict(answer.drivers.filter(pl.col("account_id") == account_id).select("indicator", "given_score").iter_rows())
    top = 5.0 if answer.scale == "five" else 100.0
    with st.form(f"prospect_scores_{account_id}", border=False):
        places = st.columns(4, gap="medium")
        scores = {
            code: places[at % 4].number_input(
                prospect_words.indicator(code),
                0.0,
                # A score beyond the scale counts as its top, but stays as it was given.
                max(top, given.get(code) or 0.0),
                given.get(code),
                step=top / 20,
                key=f"prospect_score_{account_id}_{code}",
                format="%.0f" if top > 5 else "%.1f",
            )
            for at, code in enumerate(answer.indicators["indicator"])
        }
        reason = st.text_input(_("Why: what do you know that the scores don't say?"), key=f"prospect_reason_{account_id}", max_chars=300)
        if not st.form_submit_button(_("Write over the scores"), type="primary"):
            return
    changed = {code: score for code, score in scores.items() if score is not None and score != given.get(code)}
    is_said_anew = drawn is not None and reason.strip() != drawn.content.get("reason")
    if not reason.strip() or not (changed or is_said_anew):
        st.warning(_("Change a score and say why: a judgement without a reason helps nobody.") if not reason.strip() else _("No score differs from what is known."))
        return
    before = drawn.content["scores"] if drawn else {}
    prospect_notes.write(drawn, account_id, SCORES, {"scores": before | changed, "reason": reason.strip()})


def _steps(answer: Prospects, account_id: str, drawn: Record | None) -> None:
    with st.form(f"prospect_steps_{account_id}", border=False):
        left, middle, right = st.columns([2, 2, 2], gap="medium", vertical_alignment="bottom")
        step = left.selectbox(_("Step"), STEPS, key=f"prospect_step_{account_id}", format_func=prospect_words.step)
        is_done = middle.segmented_control(
            _("State"),
            [True, False],
            default=True,
            key=f"prospect_done_{account_id}",
            format_func=lambda done: _("Done") if done else _("Not done"),
            required=True,
        )
        day = right.date_input(_("Done on"), date.today(), key=f"prospect_day_{account_id}")
        told = st.text_input(_("Note"), key=f"prospect_note_{account_id}", max_chars=300)
        if not st.form_submit_button(_("Set the step"), type="primary"):
            return
    before = drawn.content["steps"] if drawn else {}
    prospect_notes.write(drawn, account_id, STEPS_TOPIC, {"steps": before | {step: day.isoformat() if is_done else None}, "note": told.strip() or None})


def _obstacle(answer: Prospects, account_id: str, drawn: Record | None) -> None:
    known = answer.prospects.filter(pl.col("lost_reason").is_not_null())["lost_reason"].value_counts(sort=True)
    counts = dict(known.iter_rows())
    with st.form(f"prospect_obstacle_{account_id}", border=False):
        reason = st.selectbox(
            _("What keeps it from signing"), list(counts), index=None, key=f"prospect_obstacle_choice_{account_id}", accept_new_options=True,
            placeholder=_("Choose a reason for which prospects were lost, or write another"),
            format_func=lambda text: f"{text} ({format_number(counts[text])})" if text in counts else text,
        )  # fmt: skip
        if not st.form_submit_button(_("Write down"), type="primary"):
            return
    if reason and reason.strip():
        prospect_notes.write(drawn, account_id, OBSTACLE, {"obstacle": reason.strip()})
