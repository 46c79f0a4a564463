"""What a page keeps folded is drawn when its reader unfolds it: else a browser would draw anew, with every moved cut, what nobody sees."""

from collections.abc import Callable

import streamlit as st

from pages.parts import content


def folded(label: str, key: str, draw: Callable[[], None]) -> None:
    """An expander into which `draw` writes texts and tables that the page needs no value of. Unfolding it draws it alone."""
    _fold(label, key, draw, content.around())


@st.fragment
def _fold(label: str, key: str, draw: Callable[[], None], page: content.Around) -> None:
    content.begin(page)
    # Before anything is drawn: `draw` holds what was concluded for the scope and generation of then, and no button is pressed here that would be forgotten.
    content.end(page)
    place = st.expander(label, key=key, on_change="rerun")
    if is_open(place):
        with place:
            draw()


def is_open(place: st.delta_generator.DeltaGenerator) -> bool:
    """Whether the reader has unfolded it."""
    return bool(place.open)
