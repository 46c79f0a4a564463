"""A small demo brewery for decks."""

import pytest

from data.publish_demo import publish_demo
from data.store import Store


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """Tests only read it."""
    store = Store.at(tmp_path_factory.mktemp("handed_out"))
    publish_demo(store, lines=60_000)
    return store
