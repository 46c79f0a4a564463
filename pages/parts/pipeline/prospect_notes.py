"""Writing about a prospect: one open record per account and topic, never over somebody else's newer version unseen."""

import streamlit as st

from data.journal import told, writer_name
from data.language import _
from data.records import Record, all_records
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
    return note, seen.before(f"prospect_seen_{topic}_{account_id}", note)


def write(drawn: Record | None, account_id: str, topic: str, content: dict[str, object]) -> None:
    """Write the content over the version that the reader saw; where somebody was quicker, say so and write nothing."""
    with states.guarded():
        seen.write(drawn, RECORD_KIND, account_id, {"topic": topic, **content}, apart=["topic"])
        st.rerun()


def take_back(drawn: Record) -> None:
    """End a record: what the data say counts again."""
    with states.guarded():
        seen.close(drawn)
        st.rerun()


def signed(note: Record) -> str:
    """Who wrote it and when."""
    return _("{who}, {when}").format(who=plain(writer_name(note.written_by)), when=told(note.written_at))
