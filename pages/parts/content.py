"""A page under its frame: what its reader moves on it draws the page alone, the frame stays as it is.

A page is a fragment of the frame's run. On a run of its own it begins anew as the frame does (who is looking, at which generation) and keeps
what the frame had drawn: the filters and their part of the address. Where that no longer holds, the whole page is drawn.
"""

from copy import copy
from dataclasses import dataclass

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from data.errors import DashboardError
from pages.parts import address, filter_bar, hand_out, session, states


@dataclass
class Frame:
    """What stands around a page: whom it was drawn for, the filters that it shows and the address that they make."""

    session: session.Session
    filters: dict[str, object]
    address: dict[str, list[str]]
    is_drawn_now: bool = True


def frame_of_run(now: session.Session) -> Frame:
    """The frame as this run has drawn it."""
    return Frame(now, filter_bar.state(), address.query())


@st.fragment
def draw(page: StreamlitPage, frame: Frame) -> None:
    """Draw the page, and the address with what it keeps there."""
    if frame.is_drawn_now:
        frame.is_drawn_now = False
    else:
        _begin_again(frame)
    hand_out.begin()
    try:
        with states.guarded():
            # Streamlit lets a page run once per run of the frame.
            copy(page).run()
            hand_out.offer(page.url_path or "overview")
    finally:
        address.write()
    if session.current() != frame.session:
        st.rerun()


def _begin_again(frame: Frame) -> None:
    """A run of the page alone. The frame is drawn too where the page's own buttons changed the filters and where the reader may not look any
    longer; where somebody published or set something meanwhile, only after the page: a button that was just pressed would be forgotten."""
    if filter_bar.state() != frame.filters:
        st.rerun()
    try:
        session.start()
    except DashboardError:
        st.rerun()
    address.begin_with(frame.address)
