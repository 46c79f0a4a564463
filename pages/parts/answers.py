"""The only cache of answers: keyed by the viewer's scope, the generation, the filters and the cuts, all scalars."""

import streamlit as st

from data import language
from data.records import Record
from measures.registry import kind
from measures.thresholds import Cuts
from pages.parts import session
from queries.cache import caching_asker
from queries.filters import Filters


def get(name: str, filters: Filters, cuts: Cuts) -> object:
    """The answer of that name for this run's viewer and generation. Its frames are shared: never change them."""
    now = session.current()
    return _answer(_key(now, name, filters, cuts), name, filters, cuts, now)


def with_records(name: str, filters: Filters, cuts: Cuts, records: list[Record]) -> object:
    """The same with what people wrote. It is kept for these versions of the records and for the reader's language, as it may hold sentences."""
    now, versions = session.current(), tuple((record.record_id, record.version) for record in records)
    key = _key(now, name, filters, cuts, versions, language.current(), language.currency())
    return _noted(key, name, filters, cuts, records, now)


def _key(now: session.Session, *parts: object) -> str:
    """What an answer is kept under, written out: Streamlit looks at every field of every part and takes milliseconds."""
    return repr((now.scope, now.edition, *parts))


_TOLD_BY_KEY = {kind_of: lambda part: None for kind_of in (session.Session, Filters, Cuts, list)}
"""What the key says already, or what the session would change: the scope, and that is in the key."""


@st.cache_resource(show_spinner=False, max_entries=128, hash_funcs=_TOLD_BY_KEY)
def _noted(key: str, name: str, filters: Filters, cuts: Cuts, records: list[Record], now: session.Session) -> object:
    asked = kind(name)
    if asked.noted is not None:
        return asked.noted(_ground_of(name, filters, cuts, now), records, cuts)
    return asked.with_records(_answer(_key(now, name, filters, cuts), name, filters, cuts, now), records, cuts)


@st.cache_resource(show_spinner=False, max_entries=512, hash_funcs=_TOLD_BY_KEY)
def _answer(key: str, name: str, filters: Filters, cuts: Cuts, now: session.Session) -> object:
    asked = kind(name)
    if asked.ground is None:
        return asked.answer(caching_asker(now.reader, now.viewer), filters, cuts)
    return asked.from_ground(_ground_of(name, filters, cuts, now), cuts)


def _ground_of(name: str, filters: Filters, cuts: Cuts, now: session.Session) -> object:
    """What the answer rests on whatever its quick thresholds say."""
    slow = Cuts(tuple((threshold, value) for threshold, value in cuts.values if threshold not in kind(name).quick_thresholds))
    return _ground(_key(now, name, filters, slow), name, filters, slow, now)


@st.cache_resource(show_spinner=False, max_entries=64, hash_funcs=_TOLD_BY_KEY)
def _ground(key: str, name: str, filters: Filters, slow: Cuts, now: session.Session) -> object:
    return kind(name).ground(caching_asker(now.reader, now.viewer), filters, slow)
