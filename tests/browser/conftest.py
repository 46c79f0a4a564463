"""A running dashboard and a browser that looks at it."""

import contextlib
import os
import re
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright

from data.journal import LOCAL_EMAIL
from data.place import STORE_VARIABLE
from pages.parts.session import VIEWER_VARIABLE
from tests.browser import chromium
from tests.browser.screen import Screen

ROOT = Path(__file__).parents[2]
ARGUMENTS = ["--no-sandbox", "--disable-dev-shm-usage"]
READY = "Uvicorn running on"


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all tests; skips where there is none."""
    found = chromium.path()
    if not found:
        pytest.skip("Chromium is not installed: python -m tests.browser.chromium installs it, or says how")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=found, args=ARGUMENTS)
        yield started
        started.close()


@pytest.fixture(scope="module")
def serve() -> Iterator[Callable[..., str]]:
    """serve(store folder[, viewer]) → the address of a dashboard that shows it; it ends with the module's tests."""
    with contextlib.ExitStack() as running:
        yield lambda store, viewer=LOCAL_EMAIL: running.enter_context(_server(store, viewer))


@contextlib.contextmanager
def _server(store: Path, viewer: str) -> Iterator[str]:
    port = _free_port()
    command = [sys.executable, "-m", "uvicorn", "asgi:app", "--host", "127.0.0.1", "--port", str(port), "--log-level", "info", "--no-access-log"]
    environment = {**os.environ, STORE_VARIABLE: str(store), VIEWER_VARIABLE: viewer}
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    try:
        said = []
        for line in process.stderr:
            said.append(line)
            if READY in line:
                break
        else:
            pytest.fail(f"the dashboard did not start:\n{''.join(said)}")
        # Read on, else a full pipe would stop the server.
        threading.Thread(target=process.stderr.read, daemon=True).start()
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(timeout=20)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def screen(browser: Browser) -> Iterator[Screen]:
    """A fresh visitor's screen. What the browser complains about is in `complaints`."""
    context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="en-GB")
    page = context.new_page()
    shown = Screen(page)
    _listen(page, shown.complaints)
    yield shown
    context.close()


PROBES = re.compile(r"/\w+/_stcore/(health|host-config)$")
"""On a deep link Streamlit first asks for its server under the page's own path, and takes the 404 as an answer."""


def _listen(page: Page, complaints: list[str]) -> None:
    def heard(message: ConsoleMessage) -> None:
        where = message.location.get("url", "")
        if message.type == "error" and not PROBES.search(where):
            complaints.append(f"{message.text} {where}".strip())

    page.on("console", heard)
    page.on("pageerror", lambda error: complaints.append(str(error)))
