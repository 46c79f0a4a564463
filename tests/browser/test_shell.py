"""The frame around every page, in a real browser: deep links, languages, copied links."""

from collections.abc import Callable
from pathlib import Path

import pytest

from data.publish_demo import publish_demo
from data.store import Store
from tests.browser.screen import Screen

pytestmark = pytest.mark.browser

PAGES = (
    "", "value_pyramid", "portfolio_quadrants", "account", "funnel", "seasonality", "off_season_targets", "import_files", "data_quality",
    "definitions", "settings",
)  # fmt: skip


@pytest.fixture(scope="module")
def address(serve: Callable[[Path], str], tmp_path_factory: pytest.TempPathFactory) -> str:
    """A dashboard over a small demo brewery."""
    store = Store.at(tmp_path_factory.mktemp("shell") / "store")
    publish_demo(store, lines=20_000)
    return serve(store.root)


@pytest.mark.parametrize("page", PAGES)
def test_a_deep_link_opens_the_page_without_a_complaint(address: str, screen: Screen, page: str) -> None:
    screen.open(f"{address}/{page}")
    assert screen.title
    assert not screen.has_broken
    assert screen.complaints == []


def test_the_language_switch_words_the_page_anew_and_lives_in_the_link(address: str, screen: Screen) -> None:
    screen.open(f"{address}/definitions")
    screen.sees("Definitions")
    screen.page.get_by_role("radio", name="Español").click()
    screen.sees("indicadores y")
    screen.settle()
    assert "lang=es" in screen.page.url
    # Tables write their numbers by this, readers aloud their words.
    assert screen.page.evaluate("Intl.NumberFormat(navigator.languages).format(0.5) + document.documentElement.lang") == "0,5es-ES"
    # As tiles and charts write it; a browser's own Spanish would be 1684.
    assert screen.page.evaluate("new Intl.NumberFormat(navigator.languages).format(1684)") == "1.684"


def test_a_copied_link_shows_the_same_filters(address: str, screen: Screen) -> None:
    screen.open(f"{address}/value_pyramid")
    everything = screen.title
    screen.filter_region("Patagonia", "R-06")
    narrowed, link = screen.title, screen.page.url
    assert narrowed != everything
    screen.page.goto("about:blank")
    screen.open(link)
    assert screen.title == narrowed


def test_the_health_route_names_the_generation(address: str, screen: Screen) -> None:
    answer = screen.page.request.get(f"{address}/health")
    assert answer.json() == {"status": "ok", "generation": 1}
