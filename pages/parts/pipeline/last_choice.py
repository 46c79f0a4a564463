"""A clicked mark and a chosen view both ask for what stands under the chart: what the reader did last counts."""

import streamlit as st


def click_counts(page: str, mark: str | None, view: str, *, lists: str) -> bool:
    """Whether the clicked mark's list is to be shown: it was clicked while this view was chosen, or the view is the one that `lists` all.

    Another view that was chosen since the click shows itself.
    """
    key = f"{page}_clicked"
    if mark is None:
        st.session_state.pop(key, None)
        return False
    clicked, _view = st.session_state.get(key, (None, view))
    if clicked != mark:
        st.session_state[key] = (mark, view)
    return view in (lists, st.session_state[key][1])
