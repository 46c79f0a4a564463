"""Goals 4 and 5: reruns of our pages beside those of `streamlit run` with its defaults."""

import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from itertools import cycle
from pathlib import Path
from statistics import median
from urllib.error import URLError
from urllib.request import urlopen

from benchmarks.visitor import Visitor, visit
from data.store import Store

ROOT = Path(__file__).parents[1]
START_TIMEOUT = 60
WARM_AFTER = 15
"""Seconds in which our server gets its other pages ready beside the first visitor: what is measured is what comes after."""


@contextmanager
def ours(app: str, store: Store) -> Iterator[int]:
    """`uvicorn <app>` from the repository, as `make run` starts it; yields the port."""
    port = _free_port()
    quiet = ("--log-level", "warning", "--no-access-log")
    command = ["-m", "uvicorn", app, "--port", str(port), *quiet, "--ws-per-message-deflate", "false"]
    with _running(command, ROOT, {"CARTERA_STORE": str(store.root)}, port):
        time.sleep(WARM_AFTER)
        yield port


@contextmanager
def usual(script: str, environment: dict[str, str]) -> Iterator[int]:
    """`streamlit run <script>` with Streamlit's defaults, from an empty folder; yields the port."""
    port = _free_port()
    command = ["-m", "streamlit", "run", str(ROOT / "benchmarks" / script), "--server.port", str(port), "--server.headless", "true"]
    with tempfile.TemporaryDirectory() as folder, _running(command, Path(folder), environment | {"HOME": folder}, port):
        yield port


@contextmanager
def _running(command: list[str], folder: Path, environment: dict[str, str], port: int) -> Iterator[None]:
    process = subprocess.Popen(
        [sys.executable, *command], cwd=folder, env=os.environ | environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        _wait_for(port, process)
        yield
    finally:
        process.terminate()
        process.wait(20)


def _wait_for(port: int, process: subprocess.Popen) -> None:
    ends = time.monotonic() + START_TIMEOUT
    while time.monotonic() < ends and process.poll() is None:
        try:
            with urlopen(f"http://localhost:{port}/_stcore/health", timeout=1):
                return
        except (URLError, OSError):
            time.sleep(0.1)
    raise RuntimeError(f"the server on port {port} did not start")


def _free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("localhost", 0))
        return taken.getsockname()[1]


def empty_reruns(store: Store, rounds: int) -> dict[str, float]:
    """Goal 4: median seconds of an empty page's rerun: `ours`, `usual`."""
    with ExitStack() as open_:
        visitors = {
            "ours": open_.enter_context(visit(open_.enter_context(ours("benchmarks.empty_asgi:app", store)))),
            "usual": open_.enter_context(visit(open_.enter_context(usual("empty_page.py", {})))),
        }
        return _in_turn(visitors, rounds, {})


def page_reruns(store: Store, rounds: int) -> dict[str, float]:
    """Goal 5: median seconds of a five-chart page's rerun: `ours cached`, `usual cached`, and `… uncached` after a new filter.

    Uncached, each rerun chooses regions that no rerun has chosen before.
    """
    file = {"USUAL_FILE": str(store.current_path())}
    with ExitStack() as open_:
        own = open_.enter_context(ours("asgi:app", store))
        plain = open_.enter_context(usual("usual_page.py", file))
        cached = open_.enter_context(usual("usual_page.py", file | {"USUAL_CACHE": "1"}))
        enter = open_.enter_context
        repeated = _in_turn({"ours cached": enter(visit(own)), "usual cached": enter(visit(cached))}, rounds, {})
        filtered = {"ours uncached": enter(visit(own)), "usual uncached": enter(visit(plain))}
        return repeated | _in_turn(filtered, rounds, dict.fromkeys(filtered, "Region"))


def _in_turn(visitors: dict[str, Visitor], rounds: int, filtered: dict[str, str]) -> dict[str, float]:
    """Median seconds of a rerun of each, after three warm ones; `filtered` names the multiselect that each rerun changes."""
    for visitor in visitors.values():
        for _warm in range(3):
            visitor.rerun()
    choices = {name: _pairs(visitors[name].widgets[label][1]) for name, label in filtered.items()}
    taken: dict[str, list[float]] = {name: [] for name in visitors}
    for _round in range(rounds):
        for name, visitor in visitors.items():
            chosen = {filtered[name]: next(choices[name])} if name in filtered else None
            taken[name].append(visitor.rerun(chosen))
            time.sleep(0.02)
    return {name: median(times) for name, times in taken.items()}


def _pairs(options: list[str]) -> Iterator[list[str]]:
    """Pairs of options, none twice as long as there are enough."""
    return cycle([[first, second] for i, first in enumerate(options) for second in options[i + 1 :]])
