"""Goal 6: ten sessions at once, ours beside the usual page: pages per second, and how long the slowest twentieth wait.

The visitors are threads of two processes of their own, so that one Python's lock does not hold them back; the machine's cores they share with
the server, as on a laptop.
"""

import multiprocessing
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from statistics import median, quantiles
from threading import Barrier

from benchmarks.servers import Server, ours, usual
from benchmarks.visitor import visit
from data.store import Store

CLIENTS, SESSIONS = 2, 10
STRETCH = 8.0
"""Seconds that the ten go on clicking."""
RUNS_BEFORE = 2
"""A session's runs before the clicking begins: its first page and a rerun. Their processor time is counted, their waits are not."""


@dataclass(frozen=True)
class Crowd:
    """Pages per second of all sessions, seconds within which 95 % of the pages came, and the server's processor seconds per page."""

    throughput: float
    p95: float
    server: float


def crowds(store: Store, rounds: int, stretch: float = STRETCH) -> dict[str, Crowd]:
    """Medians over some rounds, in turn: `ours` with what it has cached, `usual` without a cache."""
    with ExitStack() as open_:
        servers = {
            "ours": open_.enter_context(ours("asgi:app", store)),
            "usual": open_.enter_context(usual("usual_page.py", {"USUAL_FILE": str(store.current_path().absolute())})),
        }
        pool = open_.enter_context(_clients())
        found: dict[str, list[Crowd]] = {name: [] for name in servers}
        for _round in range(rounds):
            for name, server in servers.items():
                found[name].append(_crowd(pool, server, stretch))
    return {name: middle(several) for name, several in found.items()}


def middle(several: list[Crowd]) -> Crowd:
    """The medians of several stretches."""
    return Crowd(*(median(getattr(one, part) for one in several) for part in ("throughput", "p95", "server")))


def crowd_of(sessions: list[list[float]], cpu: float) -> Crowd:
    """What the waits of each session make. Each is counted by its own time: its last page ends after the others'."""
    waits = [wait for session in sessions for wait in session]
    runs = len(waits) + len(sessions) * RUNS_BEFORE
    return Crowd(sum(len(session) / sum(session) for session in sessions), quantiles(waits, n=20)[-1], cpu / runs)


def _clients() -> ProcessPoolExecutor:
    context = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(CLIENTS, context, _meet_at, (context.Barrier(CLIENTS * (SESSIONS // CLIENTS)),))


def _crowd(pool: ProcessPoolExecutor, server: Server, stretch: float) -> Crowd:
    before = server.cpu()
    parts = list(pool.map(_clicking, [server.port] * CLIENTS, [stretch] * CLIENTS))
    return crowd_of([session for part in parts for session in part], server.cpu() - before)


def _meet_at(barrier: Barrier) -> None:
    global _start
    _start = barrier


def _clicking(port: int, stretch: float) -> list[list[float]]:
    """The waits of each of this process's share of the sessions."""
    with ThreadPoolExecutor(SESSIONS // CLIENTS) as threads:
        return list(threads.map(lambda _session: list(_waits(port, stretch)), range(SESSIONS // CLIENTS)))


def _waits(port: int, stretch: float) -> Iterator[float]:
    with visit(port) as visitor:
        visitor.rerun()
        _start.wait()
        ends = time.monotonic() + stretch
        while time.monotonic() < ends:
            yield visitor.rerun()
