"""What the reader saw and typed when they pressed a button: the run before this one drew it, and others may have written since."""

from collections.abc import Sequence
from typing import TypeVar

import streamlit as st

from data import records
from data.records import Record
from pages.parts import session

Shown = TypeVar("Shown")


def fresh(name: str) -> str:
    """A key for a widget that begins anew once `name` is `done`; until then, after an error too, it keeps what was typed."""
    return f"{name}_{st.session_state.setdefault(f'{name}_round', 0)}"


def done(name: str) -> None:
    """What was typed under `fresh(name)` is written."""
    st.session_state[f"{name}_round"] += 1


def before(key: str, shown: Shown) -> Shown:
    """What the run before showed under this key, `shown` where it showed nothing; from now on, `shown`.

    A form is handed in by the next run, which has read the journal anew: to write over that would be to write over what nobody saw.
    """
    last = st.session_state.get(key, shown)
    st.session_state[key] = shown
    return last


def handing_in(name: str, *drawn: object) -> dict[str, object]:
    """For a button under a row that others may end: its press hands in what the reader saw, and the next run takes it with `handed_in`
    before it draws. A form that is drawn anew stands under another row by then, and would not know of the press."""
    return {"on_click": _hand_in, "args": (name, drawn)}


def handed_in(name: str) -> tuple | None:
    """What was drawn when the button was pressed, once; what the reader typed is still in the session."""
    return st.session_state.pop(f"{name}_handed_in", None)


def _hand_in(name: str, drawn: tuple) -> None:
    st.session_state[f"{name}_handed_in"] = drawn


def write(drawn: Record | None, kind: str, subject: str, content: dict[str, object], *, apart: Sequence[str] = ()) -> None:
    """Write the content over the record that was drawn, a new one where none was (data.records.put). Raises ChangedMeanwhile where
    somebody was quicker."""
    now = session.current()
    records.put(now.journal, kind, subject, drawn, content, by=now.viewer.email, apart=apart)


def close(drawn: Record) -> None:
    """End the record that was drawn. Raises ChangedMeanwhile where somebody was quicker."""
    now = session.current()
    records.close(now.journal, drawn, by=now.viewer.email)
