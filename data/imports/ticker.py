"""A progress bar that moves while one long statement runs: a thread asks DuckDB how far it is."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import duckdb

from data.imports.build import Progress

SECONDS = 0.5


@contextmanager
def ticking(con: duckdb.DuckDBPyConnection, progress: Progress, message: str) -> Iterator[None]:
    """Report the running statement's progress twice a second, in the thread that calls `progress`'s own way."""
    finished = threading.Event()
    progress(0.0, message)
    thread = threading.Thread(target=_tick, args=(con, progress, message, finished), daemon=True)
    thread.start()
    try:
        yield
    finally:
        finished.set()
        thread.join()


def _tick(con: duckdb.DuckDBPyConnection, progress: Progress, message: str, finished: threading.Event) -> None:
    while not finished.wait(SECONDS):
        percent = con.query_progress()
        if percent > 0:
            progress(percent / 100, message)
