"""Saved views: a page with its filters under a name, to be opened, replaced and deleted by who saved it."""

from urllib.parse import urlencode

import streamlit as st

from data import saved_views as views
from data.journal import told
from data.language import _, current
from data.records import Record
from pages.parts import address, seen, session, states
from pages.parts.escape import plain

DELETED = "view_deleted"


def saved_views(page: str) -> None:
    """The viewer's saved views as links, each with a way to delete it, and a way to save this one."""
    with st.popover(_("Saved views"), icon=":material/bookmark:", key="saved_views"):
        with states.guarded():
            _delete(seen.handed_in(DELETED))
        for view in _views():
            with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
                st.markdown(f"[{plain(_name(view))}](/{view.content['page']}?{_in_language(view.content['query'])})", width="content")
                st.button(_("Delete"), type="tertiary", icon=":material/delete:", key=f"delete_view_{view.record_id}", **seen.handing_in(DELETED, view))
        _bring_back()
        save_form("save_view", page, {})


def save_form(key: str, page: str, beside: dict[str, list[str]]) -> None:
    """Save a page with the address's filters and those `beside` them under a name; where the viewer has a view of that name, ask first."""
    with st.form(key, border=False):
        name = st.text_input(_("Name of this view"), max_chars=80, key=seen.fresh(f"{key}_name")).strip()
        pressed = st.form_submit_button(_("Save this view"))
    replaced = seen.handed_in(f"{key}_replace")
    taken = next((view for view in _views() if _name(view) == name), None)
    if taken is not None:
        st.write(_("You have a view “{name}”, saved at {when}. Replace it, or choose another name.").format(name=plain(name), when=told(taken.written_at)))
        st.button(_("Replace it"), key=f"{key}_replace", **seen.handing_in(f"{key}_replace", taken))
    with states.guarded():
        if replaced:
            _save(key, *replaced, name, page, beside)
        elif pressed and name and taken is None:
            _save(key, None, name, page, beside)


def _save(key: str, over: Record | None, name: str, page: str, beside: dict[str, list[str]]) -> None:
    now = session.current()
    query = {part: values for part, values in address.query_of_browser().items() if part != "lang"} | beside
    views.save(now.journal, now.viewer.email, over, name, page, urlencode(query, doseq=True))
    seen.done(f"{key}_name")
    st.toast(_("View “{name}” saved").format(name=plain(name)))
    st.rerun()


def _delete(handed_in: tuple[Record] | None) -> None:
    if handed_in is None:
        return
    (view,) = handed_in
    views.delete(session.current().journal, view)
    st.session_state[DELETED] = view
    st.toast(_("View “{name}” deleted").format(name=plain(_name(view))))


def _bring_back() -> None:
    """The view deleted last can be had again, unless another one has its name by now."""
    view = st.session_state.get(DELETED)
    if view is None or _name(view) in map(_name, _views()):
        return
    if st.button(_("Bring “{name}” back").format(name=plain(_name(view))), type="tertiary", icon=":material/undo:", key="bring_view_back"):
        now = session.current()
        with states.guarded():
            views.save(now.journal, now.viewer.email, None, **view.content)
            st.rerun()


def _views() -> list[Record]:
    now = session.current()
    return views.saved_views(now.journal, now.viewer.email)


def _name(view: Record) -> str:
    return str(view.content["name"])


def _in_language(query: str) -> str:
    """The view's address with the reader's language: it opens in a window of its own, which knows nothing of this one."""
    return "&".join(part for part in (query, urlencode({"lang": current()})) if part)
