"""A page under watch in Chromium: from navigation or a click to the last thing that changes, and the processor time that it takes.

The last change is the latest of: an element or attribute of the page, something painted on a canvas, the end of a long task, and the frame
that shows it (benchmarks/watch.js). Every page has the same watcher.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from time import monotonic

from playwright.sync_api import Browser, Locator, Page, TimeoutError, sync_playwright

from benchmarks.servers import Server
from tests.browser import chromium

WATCH = (Path(__file__).parent / "watch.js").read_text(encoding="utf-8")
ARGUMENTS = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-renderer-priority-management"]
QUIET = 700
"""Milliseconds without a change after which a page that is not at work has nothing more to draw."""
TIMEOUT = 120_000
OPENED = 5_000
"""Milliseconds after which a list that was clicked is open, or was shut by the click."""
DONE = """([busy, drawn, count, quiet]) => window.benchSeen?.last && performance.now() - benchSeen.last > quiet
    && document.querySelectorAll(drawn).length >= count && !document.querySelector(busy)"""
"""The cheapest first, so that asking takes no time from the page while it still changes."""


@dataclass(frozen=True)
class Site:
    """A page of a server: by CSS what it draws and how often, how it says that it is at work, and what is clicked to see its regions; its path."""

    server: Server
    drawn: str
    count: int
    busy: str
    to_regions: tuple[str, ...]
    key: str | None = None
    path: str = ""


@dataclass(frozen=True)
class Taken:
    """Seconds to the last change, and processor seconds of the browser's main thread and of the server until all was quiet."""

    whole: float
    browser: float
    server: float


class Watched:
    """A visitor's own browser window on a site."""

    def __init__(self, browser: Browser, site: Site) -> None:
        self._site = site
        self._context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="en-GB")
        self._page: Page = self._context.new_page()
        self._page.add_init_script(WATCH)
        self._inside = self._context.new_cdp_session(self._page)
        self._inside.send("Performance.enable", {"timeDomain": "threadTicks"})

    def open(self) -> Taken:
        """Go there for the first time."""
        return self._measured(lambda: self._page.goto(self._site.server.address + self._site.path, wait_until="commit", timeout=TIMEOUT))

    def choose(self, region: str) -> Taken:
        """Click a region in the list, which is opened before and uncounted."""
        option = self._page.get_by_role("option", name=region, exact=True)
        self._open_list(option)
        option.scroll_into_view_if_needed()
        self._settle()
        return self._measured(option.click)

    def take_back(self, region: str) -> Taken:
        """Take the region away that was chosen last: by its key, or where there is none by a click on it."""
        if self._site.key:
            return self._measured(lambda: self._page.keyboard.press(self._site.key))
        return self.choose(region)

    def close(self) -> None:
        """The visitor leaves."""
        self._context.close()

    def _open_list(self, option: Locator) -> None:
        """A list that was just drawn anew looks shut, and the click that should open it shuts it: then another one opens it."""
        steps = [self._page.locator(step).last for step in self._site.to_regions]
        deadline = monotonic() + TIMEOUT / 1000
        while not option.is_visible() and monotonic() < deadline:
            for step, after in zip(steps, [*steps[1:], None], strict=True):
                if not (after and after.is_visible()):
                    step.click(timeout=TIMEOUT)
            with suppress(TimeoutError):
                option.wait_for(timeout=OPENED)
        option.wait_for(timeout=QUIET)

    def _measured(self, act: Callable[[], object]) -> Taken:
        self._page.evaluate("() => { if (window.benchSeen) Object.assign(benchSeen, { began: 0, last: 0 }) }")
        browser, server = self._cpu(), self._site.server.cpu()
        act()
        self._settle()
        whole = self._page.evaluate("() => benchSeen.last - benchSeen.began") / 1000
        return Taken(whole, self._cpu() - browser, self._site.server.cpu() - server)

    def _settle(self) -> None:
        wanted = [self._site.busy, self._site.drawn, self._site.count, QUIET]
        self._page.wait_for_function(DONE, arg=wanted, polling=100, timeout=TIMEOUT)

    def _cpu(self) -> float:
        metrics = self._inside.send("Performance.getMetrics")["metrics"]
        return next(metric["value"] for metric in metrics if metric["name"] == "TaskDuration")


@contextmanager
def started() -> Iterator[Browser]:
    """Chromium. Raises LookupError where there is none."""
    found = chromium.path()
    if not found:
        raise LookupError("Chromium is not installed")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=ARGUMENTS)
        yield browser
        browser.close()
