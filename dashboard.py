"""Cartera: the frame around every page. Sign-in → viewer → filter bar → page."""

from pathlib import Path

import streamlit as st

from data.errors import DashboardError
from data.language import LANGUAGES, _
from pages.parts import content, frame, session, states
from pages.parts.navigation import sections
from pages.parts.saved_views import saved_views

ICON = Path(__file__).parent / "pages" / "parts" / "icon.png"


def main() -> None:
    """One run: the frame, then the page."""
    st.set_page_config(page_title="Cartera", page_icon=str(ICON), layout="wide")
    try:
        now = session.start()
    except DashboardError as problem:
        states.error(problem)
        return
    page = st.navigation(sections(), expanded=True)
    st.session_state[states.PAGE] = page.title
    frame.compact()
    frame.in_language()
    with st.sidebar:
        st.segmented_control(
            _("Language"), list(LANGUAGES), key=session.LANGUAGE_KEY, format_func=LANGUAGES.get, persist_state="session", required=True
        )
        saved_views(page.url_path)
    with states.guarded():
        if now.reader is not None:
            frame.scope_chip()
        content.draw(page, content.around())


main()
