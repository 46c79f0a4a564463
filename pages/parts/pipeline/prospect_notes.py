"""Writing about a prospect: one open record per account and topic, never over somebody else's newer version unseen."""

from dataclasses import replace
from datetime import datetime

import streamlit as st

from data.language import _, format_instant
from data.records import Record, add, all_records, change, close
from measures.pipeline.prospect_journal import RECORD_KIND
from pages.parts import seen, session, states
from pages.parts.escape import plain


def records() -> list[Record]:
    """All that was written about prospects; the answer keeps what the viewer may see."""
    return all_records(session.current().journal, RECORD_KIND)


def open_note(written: list[Record], account_id: str, topic: str) -> tuple[Record | None, Record | None]:
    """The open record of an account and a topic, and the one that the run before drew: that one is written over."""
    found = [note for note in written if note.is_open and note.subject == account_id and note.content.get("topic") == topic]
    note = found[-1] if found else None
    drawn = seen.before(f"prospect_seen_{topic}_{account_id}", note)
    # Drawn empty and written since by somebody else: version 0 is over nothing, and so refused.
    return note, replace(note, version=0) if note and not drawn else drawn


def write(drawn: Record | None, account_id: str, topic: str, content: dict[str, object]) -> None:
    """Write the content over the version that the reader saw; where somebody was quicker, say so and write nothing."""
    whole, now = {"topic": topic, **content}, session.current()
    with states.guarded():
        if drawn is not None:
            change(now.journal, drawn, whole, by=now.viewer.email)
        else:
            add(now.journal, RECORD_KIND, account_id, whole, by=now.viewer.email)
        st.rerun()


def take_back(drawn: Record) -> None:
    """End a record: what the data say counts again."""
    with states.guarded():
        close(session.current().journal, drawn, by=session.current().viewer.email)
        st.rerun()


def signed(note: Record) -> str:
    """Who wrote it and when."""
    return _("{who}, {when}").format(who=plain(note.written_by), when=format_instant(datetime.fromisoformat(note.written_at)))
