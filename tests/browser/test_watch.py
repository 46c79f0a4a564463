"""The benchmarks' watcher sees what changes after a click, and leaves out what is no drawing."""

from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page

from benchmarks.browser import WATCH

pytestmark = pytest.mark.browser
SETTLED = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 50))))"
RESET = "() => Object.assign(benchSeen, { began: 0, last: 0, parts: {} })"


def seen_after_click(browser: Browser, script: str) -> dict[str, object]:
    """What the watcher has noted of a page whose button does that."""
    page: Page = browser.new_page()
    page.add_init_script(WATCH)
    page.goto("data:text/html," + quote(f'<button onclick="{script}">go</button><canvas></canvas><p>0</p>'))
    page.evaluate(SETTLED)
    page.evaluate(RESET)
    page.evaluate("() => document.querySelector('button').click()")
    page.evaluate(SETTLED)
    noted = page.evaluate("() => benchSeen")
    page.close()
    return noted


def test_a_changed_element_is_seen_with_the_frame_that_shows_it(browser: Browser) -> None:
    noted = seen_after_click(browser, "document.querySelector('p').textContent = 1")
    assert {"elements", "frame"} <= noted["parts"].keys()
    assert noted["last"] >= noted["parts"]["frame"] >= noted["parts"]["elements"] >= noted["began"] > 0


def test_painting_on_a_canvas_is_seen(browser: Browser) -> None:
    noted = seen_after_click(browser, "document.querySelector('canvas').getContext('2d').fillRect(0, 0, 9, 9)")
    assert "canvas" in noted["parts"]


def test_a_new_title_of_the_window_is_no_drawing(browser: Browser) -> None:
    noted = seen_after_click(browser, "document.title = 'busy'")
    assert "elements" not in noted["parts"]
