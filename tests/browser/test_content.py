"""A page is drawn without its frame when something is moved on it or filtered: what the frame knows still holds, or the frame is drawn too."""

from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest

from data.access import Viewer
from data.journal import LOCAL_EMAIL, Journal
from data.publish_demo import publish_demo
from data.store import Store
from tests.browser.screen import SECONDS, Screen

pytestmark = pytest.mark.browser

MOVED = "A accounts per person"
LEAD = "lead@example.com"
FRAME, FILTERS = "You see: everything", "All categories"
"""Words of the frame and of the filter bar."""
TABLE = '[data-testid="stDataFrame"]'
CHIP = '[data-testid="stMain"] [data-testid="stCaptionContainer"]'
"""Who sees what, and which generation: the frame's first words."""


@pytest.fixture
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """A small demo brewery that the test may change."""
    made = Store.at(tmp_path_factory.mktemp("content") / "store")
    publish_demo(made, lines=20_000)
    return made


def move(screen: Screen, to: int) -> None:
    """Type another number of A accounts per person, and wait until the page says so."""
    field = screen.page.get_by_role("spinbutton", name=MOVED)
    field.fill(str(to))
    field.press("Enter")
    screen.page.wait_for_url(f"**coverage_a={to}*", timeout=SECONDS * 1000)
    screen.settle()


def chip(screen: Screen) -> str:
    """What the frame says of the scope and the generation."""
    return screen.page.locator(CHIP).first.inner_text()


def heard(screen: Screen) -> list[str]:
    """What the server sends from the next page on: the list fills as it comes."""
    said: list[str] = []
    screen.page.on("websocket", lambda socket: socket.on("framereceived", lambda frame: said.append(str(frame))))
    return said


def was_drawn(said: list[str], words: str) -> bool:
    """Whether anything that was sent holds these words."""
    return any(words in message for message in said)


def test_what_is_moved_draws_the_page_and_neither_its_filters_nor_the_frame(serve: Callable[..., str], screen: Screen, store: Store) -> None:
    said = heard(screen)
    screen.open(f"{serve(store.root)}/coverage?region=R-06")
    assert was_drawn(said, FRAME) and was_drawn(said, FILTERS)
    said.clear()
    move(screen, 2)
    assert (was_drawn(said, screen.title), was_drawn(said, FILTERS), was_drawn(said, FRAME)) == (True, False, False)
    assert parse_qs(urlsplit(screen.page.url).query) == {"region": ["R-06"], "coverage_a": ["2.0"]}
    assert screen.complaints == []


def test_a_filter_draws_the_page_and_the_filters_and_not_the_frame(serve: Callable[..., str], screen: Screen, store: Store) -> None:
    said = heard(screen)
    screen.open(f"{serve(store.root)}/coverage?coverage_a=2.0")
    said.clear()
    screen.filter_region("Patagonia", "R-06")
    assert (was_drawn(said, screen.title), was_drawn(said, FILTERS), was_drawn(said, FRAME)) == (True, True, False)
    assert parse_qs(urlsplit(screen.page.url).query) == {"region": ["R-06"], "coverage_a": ["2.0"]}
    assert screen.complaints == []


def test_a_chart_takes_a_filters_data_and_is_not_made_anew(serve: Callable[..., str], screen: Screen, store: Store) -> None:
    screen.open(f"{serve(store.root)}/overview")
    drawn, found = screen.page.locator(".stVegaLiteChart svg.marks").first, screen.page.locator(".chart_finding").first
    drawn.evaluate("chart => { chart.isTheSame = true }")
    before = found.text_content()
    screen.filter_region("Patagonia", "R-06")
    assert found.text_content() == screen.title != before
    assert drawn.evaluate("chart => chart.isTheSame === true")


def test_a_generation_that_was_published_meanwhile_reaches_the_frame(serve: Callable[..., str], screen: Screen, store: Store) -> None:
    screen.open(f"{serve(store.root)}/coverage")
    assert "generation 1" in chip(screen)
    publish_demo(store, lines=20_000)
    move(screen, 2)
    screen.sees("generation 2")


def test_who_was_slower_than_somebody_else_reads_so_and_what_is_put_back_is_seen(serve: Callable[..., str], screen: Screen, store: Store) -> None:
    journal, said = Journal(store.journal_path), "ana@example.com saved “Currency” as CLP at "
    screen.open(f"{serve(store.root)}/settings")
    journal.save_setting("currency", "CLP", by="ana@example.com")
    field = screen.page.get_by_role("textbox", name="Currency")
    usual = field.input_value()
    field.fill("USD")
    screen.press("Save")
    screen.sees(said)
    screen.settle()
    assert (screen.page.get_by_text(said).count(), field.input_value(), journal.setting_values()) == (1, "USD", {"currency": "CLP"})
    screen.press("Save")
    screen.sees("1 setting differs from its default")
    screen.press("Back to the defaults of this group")
    screen.sees("Every setting has its default")
    screen.settle()
    assert (field.input_value(), journal.setting_values()) == (usual, {})


def test_who_was_slower_reads_so_on_a_page_that_keeps_something_folded(serve: Callable[..., str], screen: Screen, store: Store) -> None:
    said = "ana@example.com saved “Seasons set by hand per region” as Levante: peak Jun – Aug, off-season as the data say at "
    screen.open(f"{serve(store.root)}/seasonality?period=all")
    screen.page.get_by_text("Set by hand", exact=True).click()
    screen.sees("In force: ")
    screen.settle()
    Journal(store.journal_path).save_setting("region_seasons", '{"R-10": {"peak": [6, 3]}}', by="ana@example.com")
    screen.press("Save for everybody")
    screen.sees(said)
    screen.settle()
    assert screen.page.get_by_text(said).count() == 1


def test_whoever_sees_less_meanwhile_sees_less_from_the_next_move_on(serve: Callable[..., str], screen: Screen, store: Store) -> None:
    journal = Journal(store.journal_path)
    journal.save_user(Viewer(LEAD, "Lead", "lead", ("R-05", "R-06")), by=LOCAL_EMAIL)
    screen.open(f"{serve(store.root, LEAD)}/coverage")
    before = chip(screen)
    journal.save_user(Viewer(LEAD, "Lead", "lead", ("R-06",)), by=LOCAL_EMAIL)
    move(screen, 2)
    screen.sees("You see: Patagonia")
    assert chip(screen) != before


def test_what_is_unfolded_is_drawn_alone(serve: Callable[..., str], screen: Screen, store: Store) -> None:
    said = heard(screen)
    screen.open(f"{serve(store.root)}/?region=R-06")
    assert screen.page.locator(TABLE).count() == 0
    said.clear()
    screen.page.get_by_text("Months", exact=True).first.click()
    screen.page.locator(TABLE).wait_for(timeout=SECONDS * 1000)
    screen.settle()
    assert (was_drawn(said, screen.title), was_drawn(said, FILTERS), was_drawn(said, FRAME)) == (False, False, False)
    assert parse_qs(urlsplit(screen.page.url).query) == {"region": ["R-06"]}
    assert screen.complaints == []


def test_what_is_unfolded_after_the_scope_was_narrowed_is_drawn_for_the_narrower_one(serve: Callable[..., str], screen: Screen, store: Store) -> None:
    journal = Journal(store.journal_path)
    journal.save_user(Viewer(LEAD, "Lead", "lead", ("R-05", "R-06")), by=LOCAL_EMAIL)
    said = heard(screen)
    screen.open(f"{serve(store.root, LEAD)}/")
    wider = screen.title
    journal.save_user(Viewer(LEAD, "Lead", "lead", ("R-06",)), by=LOCAL_EMAIL)
    said.clear()
    screen.page.get_by_text("Months", exact=True).first.click()
    screen.sees("You see: Patagonia")
    screen.settle()
    assert was_drawn(said, screen.title)
    assert not was_drawn(said, wider)
