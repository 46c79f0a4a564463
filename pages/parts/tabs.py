"""Which of a few things a page shows: an open view, a measure, a part of a list. It lives in the address, as what is filtered and moved does."""

from collections.abc import Mapping
from typing import Literal

import streamlit as st

from pages.parts import address


def choose(
    label: str, options: Mapping[str, str], *, key: str, name: str, default: str | None = None, label_visibility: Literal["visible", "collapsed"] = "collapsed"
) -> str:  # fmt: skip
    """Draw the switch between `options` (code → text) and return the open one's code; the first one is open until somebody chooses, or `default`.

    `name` is its parameter in the address, which leaves out what is open anyway. What a link asks for and the page doesn't have opens that too,
    and so does what was open and is none of the options any more.
    """
    usual = next(iter(options)) if default is None else default
    address.start(key, name, lambda texts: texts[0] if texts[0] in options else None, usual)
    if st.session_state[key] not in options:
        st.session_state[key] = usual
    chosen = st.segmented_control(
        label, list(options), key=key, format_func=options.get, required=True, label_visibility=label_visibility, persist_state="session"
    )
    address.keep(name, None if chosen == usual else chosen)
    return chosen
