"""Saved views: a page with its filters, kept under a name in the journal."""

from urllib.parse import urlencode

import streamlit as st

from data.language import _, current
from pages.parts import address, session
from pages.parts.escape import plain


def saved_views(page: str) -> None:
    """The viewer's saved views as links, and a way to save this one."""
    now = session.current()
    with st.popover(_("Saved views"), icon=":material/bookmark:", key="saved_views"):
        for name, view_page, query in now.journal.saved_views(now.viewer.email):
            st.markdown(f"[{plain(name)}](/{view_page}?{_in_language(query)})")
        with st.form("save_view", clear_on_submit=True, border=False):
            name = st.text_input(_("Name of this view"), max_chars=80)
            if st.form_submit_button(_("Save this view")) and name.strip():
                shown = {key: value for key, value in address.query_of_browser().items() if key != "lang"}
                query = urlencode(shown, doseq=True)
                now.journal.save_view(now.viewer.email, name.strip(), page, query)
                st.rerun()


def _in_language(query: str) -> str:
    """The view's address with the reader's language: it opens in a window of its own, which knows nothing of this one."""
    return "&".join(part for part in (query, urlencode({"lang": current()})) if part)
