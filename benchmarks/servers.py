"""Servers to be measured: ours, Streamlit as it comes, and other libraries' pages."""

import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import psutil

from benchmarks import rivals
from data.store import Store

ROOT = Path(__file__).parents[1]
PAGES = Path(__file__).parent
START_TIMEOUT = 60
WARM_AFTER = 15
"""Seconds in which our server gets its other pages ready beside the first visitor: what is measured is what comes after."""
HEALTH = "/_stcore/health"
THREADS = 8
"""Of a rival's server: more than the two cores, so that a chart never waits for another one's script."""


@dataclass(frozen=True)
class Server:
    """A running server."""

    port: int
    pid: int

    @property
    def address(self) -> str:
        """Where a browser finds it."""
        return f"http://127.0.0.1:{self.port}/"

    def cpu(self) -> float:
        """Seconds of processor time that it and its children have used."""
        process = psutil.Process(self.pid)
        return sum(one.user + one.system for one in (part.cpu_times() for part in (process, *process.children(recursive=True))))


@contextmanager
def ours(app: str, store: Store) -> Iterator[Server]:
    """`uvicorn <app>` from the repository, as `make run` starts it."""
    port = _free_port()
    quiet = ("--log-level", "warning", "--no-access-log")
    command = [sys.executable, "-m", "uvicorn", app, "--port", str(port), *quiet, "--ws-per-message-deflate", "false"]
    with _running(command, ROOT, {"CARTERA_STORE": str(store.root)}, port) as server:
        time.sleep(WARM_AFTER)
        yield server


@contextmanager
def usual(script: str, environment: dict[str, str]) -> Iterator[Server]:
    """`streamlit run <script>` with Streamlit's defaults, from an empty folder."""
    port = _free_port()
    command = [sys.executable, "-m", "streamlit", "run", str(PAGES / script), "--server.port", str(port), "--server.headless", "true"]
    with tempfile.TemporaryDirectory() as folder, _running(command, Path(folder), environment | {"HOME": folder}, port) as server:
        yield server


@contextmanager
def rival(module: str, environment: dict[str, str]) -> Iterator[Server]:
    """A page of this folder that is a WSGI app, served by gunicorn as Dash's and Vizro's handbooks have it. Raises NotInstalled."""
    port = _free_port()
    command = [str(rivals.python()), "-m", "gunicorn", "--threads", str(THREADS), "--bind", f"127.0.0.1:{port}", f"{module}:server"]
    with tempfile.TemporaryDirectory() as folder, _running(command, PAGES, environment | {"HOME": folder}, port, health="/") as server:
        yield server


@contextmanager
def _running(command: list[str], folder: Path, environment: dict[str, str], port: int, health: str = HEALTH) -> Iterator[Server]:
    process = subprocess.Popen(command, cwd=folder, env=os.environ | environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait_for(f"http://localhost:{port}{health}", process)
        yield Server(port, process.pid)
    finally:
        process.terminate()
        process.wait(20)


def _wait_for(address: str, process: subprocess.Popen) -> None:
    ends = time.monotonic() + START_TIMEOUT
    while time.monotonic() < ends and process.poll() is None:
        try:
            with urlopen(address, timeout=1):
                return
        except (URLError, OSError):
            time.sleep(0.1)
    raise RuntimeError(f"the server at {address} did not start")


def _free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("localhost", 0))
        return taken.getsockname()[1]
