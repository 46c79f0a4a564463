"""The only cache of answers: keyed by the viewer's scope, the generation, the filters and the cuts, all scalars."""

import streamlit as st

from data import language
from data.records import Record
from measures.registry import kind
from measures.thresholds import Cuts
from pages.parts import session
from queries.filters import Filters
from queries.runner import asker


def get(name: str, filters: Filters, cuts: Cuts) -> object:
    """The answer of that name for this run's viewer and generation. Its frames are shared: never change them."""
    now = session.current()
    return _answer(now.scope, now.edition, name, filters, cuts, now)


def with_records(name: str, filters: Filters, cuts: Cuts, records: list[Record]) -> object:
    """The same with what people wrote. It is kept for these versions of the records and for the reader's language, as it may hold sentences."""
    now, versions = session.current(), tuple((record.record_id, record.version) for record in records)
    return _noted(now.scope, now.edition, name, filters, cuts, versions, (language.current(), language.currency()), records, now)


@st.cache_resource(show_spinner=False, max_entries=128, hash_funcs={session.Session: lambda now: None, list: lambda records: None})
def _noted(
    scope: tuple[int, ...], edition: tuple[str, int, str], name: str, filters: Filters, cuts: Cuts, versions: tuple[tuple[int, int], ...],
    spoken: tuple[str, str], records: list[Record], now: session.Session,
) -> object:  # fmt: skip
    return kind(name).with_records(_answer(scope, edition, name, filters, cuts, now), records, cuts)


@st.cache_resource(show_spinner=False, max_entries=512, hash_funcs={session.Session: lambda now: None})
def _answer(
    scope: tuple[int, ...], edition: tuple[str, int, str], name: str, filters: Filters, cuts: Cuts, now: session.Session
) -> object:
    # The session is not part of the key: what it would change is the scope, and that is.
    asked = kind(name)
    if asked.ground is None:
        return asked.answer(asker(now.reader, now.viewer), filters, cuts)
    slow = Cuts(tuple((threshold, value) for threshold, value in cuts.values if threshold not in asked.quick_thresholds))
    return asked.from_ground(_ground(scope, edition, name, filters, slow, now), cuts)


@st.cache_resource(show_spinner=False, max_entries=64, hash_funcs={session.Session: lambda now: None})
def _ground(
    scope: tuple[int, ...], edition: tuple[str, int, str], name: str, filters: Filters, slow: Cuts, now: session.Session
) -> object:
    return kind(name).ground(asker(now.reader, now.viewer), filters, slow)
