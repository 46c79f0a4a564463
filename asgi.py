"""The dashboard as an ASGI app: `uvicorn asgi:app`. Sockets without delay, security headers, a health route, a warm start."""

# ruff: noqa: E402
import gc

# What a start imports is no garbage, and looking for some among it took a fifth of the time to the first page.
gc.disable()

import importlib
import inspect
import logging
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.runtime.pages_manager import PagesManager
from streamlit.starlette import App

from data.errors import DashboardError
from data.store import Store

REST_AFTER = 5.0
"""Seconds after the start: the first page comes before."""

FIRST_PAGE = (
    "PIL.Image", "streamlit.emojis", "charts.bars", "charts.trend", "charts.findings.attention", "charts.findings.overview",
    "measures.overview", "pages.parts.answers", "pages.parts.content", "pages.parts.dates", "pages.parts.explain", "pages.parts.frame", "pages.parts.links", "pages.parts.metrics",
    "pages.parts.navigation", "pages.parts.saved_views", "pages.parts.states", "pages.parts.tables", "pages.parts.tabs",
)  # fmt: skip
"""Modules that the first page imports, itself or through Streamlit as it draws."""

HEADERS = {
    b"x-content-type-options": b"nosniff",
    b"x-frame-options": b"SAMEORIGIN",
    b"referrer-policy": b"same-origin",
    b"permissions-policy": b"camera=(), microphone=(), geolocation=()",
}


class SecurityHeaders:
    """Add the security headers to every response."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; add the headers to its answer."""

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                present = {name.lower() for name, _value in message["headers"]}
                message["headers"] = [*message["headers"], *((k, v) for k, v in HEADERS.items() if k not in present)]
            await send(message)

        await self.app(scope, receive, send_with_headers if scope["type"] == "http" else send)


async def health(request: Request) -> JSONResponse:
    """Whether the store can be read, and which generation is current."""
    store = Store.at()
    try:
        number = store.reader().number if store.current() is not None else None
    except DashboardError as problem:
        return JSONResponse({"status": "error", "problem": problem.title}, status_code=503)
    return JSONResponse({"status": "ok", "generation": number})


async def first_page(request: Request) -> RedirectResponse:
    """The first page answers at / alone; whoever types its name is sent there, with the filters."""
    return RedirectResponse(f"/?{request.url.query}" if request.url.query else "/")


def ready_first_page() -> None:
    """Import what the first page needs and open the store, while the first browser still loads the scripts that draw it."""
    for module in FIRST_PAGE:
        importlib.import_module(module)
    # Streamlit looks once for the module of every caller, which takes a tenth of a second for all modules.
    inspect.stack()
    try:
        Store.at().reader()
    except DashboardError as problem:
        print(f"{problem.title}. {problem.hint}")


def ready_other_pages() -> None:
    """Import what the other pages need (scipy alone takes longer than all of the first page) and leave it out of garbage collections."""
    from measures.registry import ANSWERS

    try:
        for kind in ANSWERS.values():
            kind.load()
        gc.collect()
        gc.freeze()
    finally:
        gc.enable()


@asynccontextmanager
async def warm_up(app: App) -> AsyncIterator[None]:
    """Answer at once; get the first page ready beside it, and the others when the first visitor has been served.

    Garbage is collected from when all of it is there.
    """
    gc.disable()
    first = threading.Thread(target=ready_first_page, daemon=True)
    later = threading.Timer(REST_AFTER, ready_other_pages)
    later.daemon = True
    first.start()
    later.start()
    yield
    later.cancel()
    # Who is importing yet would freeze it after the stop.
    first.join()
    later.join()
    # What stays frozen is never let go, and DuckDB's binding would list it all over the screen of whoever stops the server.
    gc.unfreeze()
    gc.enable()


# Streamlit takes uvicorn's loggers over, its --no-access-log too: the address that `make run` prints would scroll away.
logging.getLogger("uvicorn.access").disabled = True

# st.navigation sets this in its first run; until then a visit that begins on a deep link is told that its page does not exist,
# because a folder named pages/ looks like Streamlit's older kind of app.
PagesManager.uses_pages_directory = False

app = App(
    Path(__file__).parent / "dashboard.py",
    lifespan=warm_up,
    routes=[Route("/health", health), Route("/overview", first_page)],
    middleware=[Middleware(SecurityHeaders)],
)

# From here on a server's own start goes on without it (`warm_up`); whoever only imports this file has it back.
gc.enable()
