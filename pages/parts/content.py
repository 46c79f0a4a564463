"""A page under its frame: what its reader filters draws the filters and the page alone, what they move on the page the page alone.

Both are fragments, the page inside the filtered part. On a run of its own a fragment begins anew as the frame does (who is looking, at which
generation) and keeps what was drawn around it: its part of the address, and for the page the filters. Where that no longer holds, all is drawn.
"""

from copy import copy
from dataclasses import dataclass

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from data.errors import DashboardError
from pages.parts import address, filter_bar, hand_out, session, states
from pages.parts.navigation import UNFILTERED


@dataclass
class Around:
    """What stands around a fragment: whom it was drawn for, the address that it made, and the filters as they are then."""

    session: session.Session
    address: dict[str, list[str]]
    filters: dict[str, object]
    is_drawn_now: bool = True


def around() -> Around:
    """What this run has drawn so far."""
    return Around(session.current(), address.query(), filter_bar.state())


@st.fragment
def draw(page: StreamlitPage, frame: Around) -> None:
    """Draw the filters and the page. A filter that is changed draws these two."""
    begin(frame)
    with states.guarded():
        if frame.session.reader is not None and page.url_path not in UNFILTERED:
            filter_bar.show(session.current())
        _page(page, around())
    end(frame)


@st.fragment
def _page(page: StreamlitPage, frame: Around) -> None:
    """Draw the page, and the address with what it keeps there. What is moved on it draws it alone."""
    if not frame.is_drawn_now and filter_bar.state() != frame.filters:
        # The page's own buttons changed the filters.
        st.rerun()
    begin(frame)
    hand_out.begin()
    try:
        with states.guarded():
            # Streamlit lets a page run once per run of the frame.
            copy(page).run()
            hand_out.offer(page.url_path or "overview")
    finally:
        address.write()
    end(frame)


def begin(frame: Around) -> None:
    """Begin as the frame does where the fragment runs alone."""
    if frame.is_drawn_now:
        frame.is_drawn_now = False
        return
    st.session_state[states.TOLD] = False
    try:
        session.start()
    except DashboardError:
        # The reader may not look any longer.
        st.rerun()
    address.begin_with(frame.address)


def end(frame: Around) -> None:
    """Where somebody published or set something meanwhile, all is drawn, after the page: a button that was just pressed would be forgotten before.

    Not where the same reader was told of an error, mostly that somebody was quicker: that would be gone before they read it. The next run draws all.
    """
    now = session.current()
    is_to_be_read = st.session_state.get(states.TOLD) and now.viewer == frame.session.viewer
    if now != frame.session and not is_to_be_read:
        st.rerun()
