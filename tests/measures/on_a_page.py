"""What a page makes once of its answers never shows under another cut, filter or viewer."""

from collections.abc import Mapping

from data.access import Viewer
from data.store import Store
from measures.registry import kind, tables
from measures.thresholds import cuts
from queries.cache import caching_asker
from queries.filters import Filters
from queries.runner import Ask
from tests.builders import EVERYBODY, ask_as


def assert_moved_cut_counts(store: Store, name: str, filters: Filters, moved: Mapping[str, object]) -> None:
    """On a page that showed the defaults the moved cut gives other tables, those of who asks for the first time; moved back, the former ones."""
    ask = caching_asker(store.reader(), EVERYBODY)
    before = told(ask, name, filters)
    found = told(ask, name, filters, moved)
    assert not same(found, before), moved
    assert same(found, told(ask_as(store), name, filters, moved)), moved
    assert same(told(ask, name, filters), before), moved


def assert_readings_stay_apart(store: Store, name: str, viewers: tuple[Viewer, ...], filters: tuple[Filters, ...]) -> None:
    """Asked beside each other on pages, every viewer and filter has the tables of who asks for the first time."""
    reader, readings = store.reader(), [(viewer, one) for viewer in viewers for one in filters]
    for viewer, one in readings:
        told(caching_asker(reader, viewer), name, one)
    for viewer, one in readings:
        assert same(told(caching_asker(reader, viewer), name, one), told(ask_as(store, viewer), name, one)), (viewer.name, one)


def told(ask: Ask, name: str, filters: Filters, moved: Mapping[str, object] | None = None) -> dict:
    """The answer's tables."""
    return tables(kind(name).answer(ask, filters, cuts(kind(name).thresholds, overrides=moved)))


def same(one: dict, other: dict) -> bool:
    """Whether all tables are equal, in every row and digit."""
    return one.keys() == other.keys() and all(frame.equals(other[name]) for name, frame in one.items())
