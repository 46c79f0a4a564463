"""Who is looking at what: the viewer, their language, and the one generation that this run reads."""

import os
from dataclasses import dataclass
from pathlib import Path

import streamlit as st

from data import first_store, language
from data.access import Viewer
from data.errors import StoreMissing
from data.journal import LOCAL_EMAIL, Journal
from data.reader import Reader
from data.store import Store
from measures.held import held_tables
from measures.seasons.regions_by_hand import settings_in_sight
from measures.thresholds import THRESHOLDS
from pages.parts import address
from queries.runner import asker

VIEWER_VARIABLE = "CARTERA_VIEWER"
LANGUAGE_KEY = "language"
_SESSION = "_session"


@dataclass(frozen=True)
class Session:
    """This run's viewer, store, pinned generation (None in an empty store) and the saved settings that they may read."""

    viewer: Viewer
    store: Store
    journal: Journal
    reader: Reader | None
    settings: dict[str, object]

    @property
    def scope(self) -> tuple[int, ...]:
        """The region keys that the viewer sees: part of every cache key."""
        return self.reader.scope_keys(self.viewer) if self.reader else ()

    @property
    def edition(self) -> tuple[str, int, str]:
        """The store, its generation and when that was built: part of every cache key."""
        return (str(self.store.root), self.reader.number, str(self.reader.built_at)) if self.reader else (str(self.store.root), 0, "")


def start() -> Session:
    """Find the viewer and pin the generation; once per run, before any page. Raises AccessDenied for a stranger."""
    address.begin()
    _choose_language()
    _publish_demo_once()
    store = Store.at()
    journal = _journal(store.journal_path)
    settings = journal.setting_values()
    language.use(st.session_state[LANGUAGE_KEY], str(settings.get("currency", THRESHOLDS["currency"].default)))
    viewer = journal.viewer(_email())
    try:
        reader = store.reader()
    except StoreMissing:
        reader = None
    seen = settings_in_sight(settings, viewer, asker(reader, viewer) if reader else None)
    st.session_state[_SESSION] = Session(viewer, store, journal, reader, seen)
    return st.session_state[_SESSION]


def current() -> Session:
    """This run's session."""
    return st.session_state[_SESSION]


def holds(table: str) -> bool:
    """Whether the viewer sees any row of an optional table (a column of queries/store/held), in any period."""
    now = current()
    return held_tables(asker(now.reader, now.viewer))[table].item()


def signs_in() -> bool:
    """Whether people sign in here: an [auth] section in Streamlit's secrets."""
    folder = Path(".streamlit/secrets.toml")
    return folder.exists() and "auth" in st.secrets


def _email() -> str:
    if not signs_in():
        return os.environ.get(VIEWER_VARIABLE) or LOCAL_EMAIL
    if not st.user.is_logged_in:
        st.login()
        st.stop()
    return str(st.user.email)


def _choose_language() -> None:
    browser = language.best_of([st.context.locale])
    address.start(LANGUAGE_KEY, "lang", lambda texts: texts[0] if texts[0] in language.LANGUAGES else None, browser)
    chosen = st.session_state[LANGUAGE_KEY] or browser
    st.session_state[LANGUAGE_KEY] = chosen
    language.use(chosen)
    if chosen != browser:
        address.keep("lang", chosen)


def _publish_demo_once() -> None:
    if first_store.wants_demo():
        with st.spinner(language._("Making the demo brewery…")):
            _publish_demo()


@st.cache_resource(show_spinner=False)
def _publish_demo() -> int | None:
    # Cached, so that two visitors of a fresh clone do not make it twice.
    return first_store.ensure()


@st.cache_resource(show_spinner=False)
def _journal(path: Path) -> Journal:
    return Journal(path)
