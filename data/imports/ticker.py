"""A progress bar that moves while one long statement runs: a thread asks DuckDB how far it is."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import duckdb

SECONDS = 0.5

Progress = Callable[[float, str], None]
"""Takes a step: how far the whole is, from 0 to 1, and what is being done."""


def silent(fraction: float, message: str) -> None:
    """Take no notice of progress."""


def within(progress: Progress, start: float, end: float) -> Progress:
    """The progress of a step that runs from `start` to `end` of the whole, as progress of the whole."""
    return lambda fraction, message: progress(start + (end - start) * min(max(fraction, 0.0), 1.0), message)


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
    reached = 0.0
    while not finished.wait(SECONDS):
        done = con.query_progress() / 100
        # A block may hold several statements, each of which begins at nothing: the bar does not go back.
        if done > reached:
            reached = done
            progress(done, message)
