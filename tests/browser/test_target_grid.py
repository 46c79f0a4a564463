"""The target board's grid under a person's hands: a figure is typed into a cell, the rest pays, a row is locked, a version is saved."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, expect

from data.journal import Journal
from data.publish_demo import publish_demo
from data.store import Store
from data.target_versions import boards, rows_at
from tests.browser.screen import SECONDS, Screen

pytestmark = pytest.mark.browser

# The grid's columns as they are drawn: the row's name, its natural sales, then the months; the season's target and the lock come last.
NAME, FIRST_MONTH = 0, 2
ROW = 0
ROW_HEIGHT = 35
KEY_MILLISECONDS = 40


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """A small demo brewery of its own: what is typed is written to its journal."""
    made = Store.at(tmp_path_factory.mktemp("grid") / "store")
    publish_demo(made, lines=20_000)
    return made


class Grid:
    """An editable grid. It is drawn on a canvas; what it says aloud to those who cannot see it is a table beside it."""

    def __init__(self, screen: Screen) -> None:
        self.screen = screen
        self.canvas: Locator = screen.page.locator('[class*="st-key-targets_grid_"] [data-testid="data-grid-canvas"]').first

    def value(self, column: int, row: int) -> int:
        """A whole figure of the grid."""
        return int(self.cell(column, row).replace(",", ""))

    def cell(self, column: int, row: int) -> str:
        """What a cell says."""
        return self._cell(column, row).text_content(timeout=SECONDS * 1000) or ""

    def _cell(self, column: int, row: int) -> Locator:
        return self.canvas.locator(f'[id="glide-cell-{column}-{row}"]')

    def go_to(self, column: int, row: int = ROW) -> None:
        """Take the cell: a click on the row's name, and the arrow until it is there."""
        # What scrolls lies over the canvas and takes the pointer: a click is one on a place of the screen.
        self.canvas.scroll_into_view_if_needed()
        place = self.canvas.bounding_box()
        self.screen.page.mouse.click(place["x"] + 60, place["y"] + ROW_HEIGHT * (row + 1.5))
        for step in range(column + 1):
            expect(self._cell(step, row)).to_have_attribute("aria-selected", "true", timeout=SECONDS * 1000)
            if step < column:
                self.screen.page.keyboard.press("ArrowRight")

    def type(self, figure: int) -> None:
        """Open the cell that is taken and type a figure over what is there, as fast as a person can.

        The grid learns of each key a frame after it: an Enter in the same frame would close the cell with what was there before.
        """
        keyboard, entry = self.screen.page.keyboard, self.screen.page.locator("#portal input")
        keyboard.press("Enter")
        expect(entry).to_be_focused(timeout=SECONDS * 1000)
        keyboard.press("ControlOrMeta+a")
        keyboard.type(str(figure), delay=KEY_MILLISECONDS)
        expect(entry).to_have_value(str(figure), timeout=SECONDS * 1000)
        self.screen.drawn()
        keyboard.press("Enter")

    @property
    def columns(self) -> int:
        """How many columns it has."""
        return int(self.canvas.locator('[role="grid"]').get_attribute("aria-colcount") or 0)


def opened(screen: Screen, address: str) -> Grid:
    """The grid of all accounts."""
    screen.open(f"{address}/off_season_targets")
    screen.page.get_by_role("radio", name="Edit").click()
    screen.sees("the total of")
    screen.settle()
    return Grid(screen)


def total(screen: Screen) -> str:
    """The sentence of the total that holds."""
    return screen.page.get_by_text("A figure that you set is locked").first.inner_text()


def test_a_typed_figure_is_paid_by_the_rest_a_row_is_locked_and_a_version_keeps_it(
    serve: Callable[[Path], str], screen: Screen, store: Store
) -> None:
    grid = opened(screen, serve(store.root))
    who, before, held = grid.cell(NAME, ROW), grid.value(FIRST_MONTH, ROW), total(screen)
    others = [grid.value(FIRST_MONTH, row) for row in range(1, 8)]
    wanted = before + before // 10

    grid.go_to(FIRST_MONTH)
    grid.type(wanted)
    screen.sees("1 step since the calculated board")
    screen.settle()
    grid = Grid(screen)
    assert (grid.cell(NAME, ROW), grid.value(FIRST_MONTH, ROW)) == (who, wanted)
    assert sum(grid.value(FIRST_MONTH, row) for row in range(1, 8)) < sum(others)
    assert total(screen) == held

    locked = grid.columns - 1
    grid.go_to(locked)
    screen.page.keyboard.press("Space")
    screen.sees("2 steps since the calculated board")
    screen.settle()
    assert Grid(screen).cell(locked, ROW) == "true"

    screen.page.get_by_role("radio", name="Versions").click()
    screen.page.get_by_label("Why this version").fill("Agreed by telephone")
    screen.press("Save as a version")
    screen.sees("Approve version 1")
    screen.settle()
    journal = Journal(store.journal_path)
    (board,) = boards(journal, None)
    assert sum(sum(units) for units in rows_at(journal, board, 1, None).values()) == int("".join(filter(str.isdigit, held)))
    assert not screen.has_broken
    assert screen.complaints == []


def test_a_figure_out_of_reach_is_refused_and_the_grid_stays(serve: Callable[[Path], str], screen: Screen, tmp_path: Path) -> None:
    store = Store.at(tmp_path / "store")
    publish_demo(store, lines=20_000)
    grid = opened(screen, serve(store.root))
    before, held = grid.value(FIRST_MONTH, ROW), total(screen)
    grid.go_to(FIRST_MONTH)
    grid.type(before * 1000)
    screen.sees("units are out of reach")
    screen.settle()
    assert (Grid(screen).value(FIRST_MONTH, ROW), total(screen)) == (before, held)
