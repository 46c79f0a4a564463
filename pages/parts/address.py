"""What a page shows lives in its address: a copied link shows a colleague the same thing within their own scope.

A widget's value is read from the address when the widget first appears (`start`) and written back at the end of every run
(`write`). Values in the address are the user's ids and our own codes, never labels, so a link works in every language.
"""

from collections.abc import Callable, Hashable, Iterable
from typing import TypeVar

import streamlit as st

from data.errors import DashboardError

Value = TypeVar("Value", bound=Hashable)

_WANTED = "_address"


def begin() -> None:
    """Forget what the last run wrote; call once at the start of a run."""
    st.session_state[_WANTED] = {}


def begin_with(query: dict[str, list[str]]) -> None:
    """Begin a run of a page alone with what its frame keeps in the address."""
    st.session_state[_WANTED] = dict(query)


def given(name: str) -> list[str]:
    """The values that the address gives for a name."""
    return st.query_params.get_all(name)


def start(key: str, name: str, read: Callable[[list[str]], Value | None], default: Value) -> None:
    """Give the widget `key` its first value: the address's if it reads and is possible, else `default`."""
    if key in st.session_state:
        return
    texts = given(name)
    try:
        value = read(texts) if texts else None
    except (ValueError, DashboardError):
        value = None
    st.session_state[key] = default if value is None else value


def keep(name: str, texts: str | Iterable[str] | None) -> None:
    """Put a value into this run's address; None and nothing leave it out."""
    values = [texts] if isinstance(texts, str) else list(texts or [])
    if values:
        st.session_state[_WANTED][name] = values


def forget(*names: str) -> None:
    """Take names out of the browser's address: what they said holds no longer."""
    for name in names:
        st.query_params.pop(name, None)


def query() -> dict[str, list[str]]:
    """The address's parameters as this run has them."""
    return dict(st.session_state.get(_WANTED, {}))


def lead_to(query: dict[str, list[str]]) -> None:
    """The run ends by going to another page: that page's address is the one to write, so that one step back leads here."""
    st.session_state[_WANTED] = dict(query)


def query_of_browser() -> dict[str, list[str]]:
    """The address as the browser shows it now."""
    return {name: given(name) for name in st.query_params}


def write() -> None:
    """Bring the browser's address up to date; call once at the end of a run."""
    wanted = query()
    if query_of_browser() != wanted:
        st.query_params.from_dict(wanted)
