"""What is clicked in a chart under a person's hand: the first click chooses it, the second takes that back, as the page says."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from data.publish_demo import publish_demo
from data.store import Store
from tests.browser.screen import SECONDS, Screen

pytestmark = pytest.mark.browser

CHOICES = {
    "life_cycle": ("Stage: Active;", "click its bar again to see all"),
    "value_pyramid": ("Tier: Medium;", "click its band again to see all"),
    "funnel": ("Stage: Proposal;", "click its bar again to see all"),
}  # fmt: skip
"""By page the words of a mark's label, and what the page says of its choice."""


@pytest.fixture(scope="module")
def address(serve: Callable[[Path], str], tmp_path_factory: pytest.TempPathFactory) -> str:
    """A dashboard over a small demo brewery."""
    store = Store.at(tmp_path_factory.mktemp("clicks") / "store")
    publish_demo(store, lines=20_000)
    return serve(store.root)


@pytest.mark.parametrize("page", CHOICES)
def test_a_second_click_on_a_mark_takes_its_choice_back(address: str, screen: Screen, page: str) -> None:
    label, said = CHOICES[page]
    screen.open(f"{address}/{page}")
    mark, note = screen.page.locator(f'path[aria-roledescription="bar"][aria-label*="{label}"]').last, screen.page.get_by_text(said)
    mark.click()
    expect(note).to_have_count(1, timeout=SECONDS * 1000)
    screen.settle()
    mark.click()
    expect(note).to_have_count(0, timeout=SECONDS * 1000)
