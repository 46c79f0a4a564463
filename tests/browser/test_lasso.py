"""The lasso on the portfolio's map under a person's hand: the accounts inside become a download, a saved view, the account filter."""

from collections.abc import Callable
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import polars as pl
import pytest
from playwright.sync_api import expect

from data.journal import LOCAL_EMAIL, Journal
from data.publish_demo import publish_demo
from data.saved_views import saved_views
from data.store import Store
from tests.browser.screen import SECONDS, Screen

pytestmark = pytest.mark.browser

# Corners of a hand-drawn ring as shares of the plot's width and height: its steady side, upper half.
RING = ((0.55, 0.08), (0.95, 0.08), (0.95, 0.45), (0.75, 0.55), (0.55, 0.45), (0.55, 0.08))


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """A small demo brewery of its own: views are saved in its journal."""
    made = Store.at(tmp_path_factory.mktemp("lasso") / "store")
    publish_demo(made, lines=20_000)
    return made


def draw_ring(screen: Screen) -> None:
    """Draw a ring by hand over the map."""
    plot = screen.page.locator(".js-plotly-plot .nsewdrag").first
    expect(plot).to_be_visible(timeout=SECONDS * 1000)
    plot.scroll_into_view_if_needed()
    place, mouse = plot.bounding_box(), screen.page.mouse
    corners = [(place["x"] + place["width"] * x, place["y"] + place["height"] * y) for x, y in RING]
    mouse.move(*corners[0])
    mouse.down()
    for corner in corners[1:]:
        mouse.move(*corner, steps=8)
    mouse.up()


def saved_view(screen: Screen, store: Store) -> dict[str, object]:
    """The one view in the journal, once it is written: a press shows nowhere that its run has begun."""
    journal = Journal(store.journal_path)
    for _try in range(SECONDS * 10):
        if views := saved_views(journal, LOCAL_EMAIL):
            (view,) = views
            return view.content
        screen.page.wait_for_timeout(100)
    raise AssertionError("no view was saved")


def test_lassoed_accounts_become_a_download_a_saved_view_and_the_filter(serve: Callable[[Path], str], screen: Screen, store: Store, tmp_path: Path) -> None:
    screen.open(f"{serve(store.root)}/portfolio_quadrants")
    screen.page.get_by_text("Lasso", exact=True).first.click()
    screen.settle()
    draw_ring(screen)
    screen.sees("accounts chosen")
    screen.settle()

    with screen.page.expect_download() as kept:
        screen.page.locator(".st-key-box_download_csv").get_by_role("button").click()
    file = tmp_path / "chosen.csv"
    kept.value.save_as(file)
    chosen = set(pl.read_csv(file, comment_prefix="# ", infer_schema=False).to_series(0))
    assert f"{len(chosen)} accounts chosen" in screen.page.locator('[data-testid="stMain"]').inner_text()
    assert len(chosen) > 1

    screen.page.get_by_role("button", name="Save as a view").click()
    screen.page.get_by_label("Name of this view").last.fill("Big and steady")
    screen.press("Save this view")
    view = saved_view(screen, store)
    assert (view["name"], view["page"]) == ("Big and steady", "portfolio_quadrants")
    assert set(parse_qs(str(view["query"]))["distributor"]) == chosen

    screen.press("Filter by these accounts")
    screen.page.wait_for_function("location.search.includes('distributor')", timeout=SECONDS * 1000)
    screen.settle()
    assert set(parse_qs(urlsplit(screen.page.url).query)["distributor"]) == chosen
    assert not screen.has_broken
    assert screen.complaints == []
