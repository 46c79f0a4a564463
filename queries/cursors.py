"""A pool of cursors that are ready to ask: to make one for a viewer and to say what is filtered takes as long as a small question."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Lock
from typing import NamedTuple
from weakref import WeakKeyDictionary

import duckdb

from data.access import Viewer
from data.reader import Reader
from queries.filters import Filters
from queries.shape import search_path

MOST_READY = 32
"""Cursors per generation that wait for the next question."""
MOST_FOUND = 256
"""Choices of accounts per generation whose keys are pool."""
MOST_KEYS = 100
"""Up to so many chosen regions or accounts are told to the questions by their keys; more are found better by a join."""

_ACCOUNT_KEYS = "select list(account_key) from store.accounts where is_named_account(account_key, $ids)"

Ids = tuple[str, ...]


class Chosen(NamedTuple):
    """Ids that a filter names and the keys that they stand for in a scope, with what lies under them."""

    ids: Ids
    keys: tuple[int, ...]


NOTHING = Chosen((), ())


class Purpose(NamedTuple):
    """What a cursor is made for: whose rows it sees and where it looks names up."""

    scope: tuple[int, ...]
    personal: bool
    path: str


@dataclass
class _Ready:
    """A cursor and what it was told last of the regions and accounts that the filters name."""

    purpose: Purpose
    cursor: duckdb.DuckDBPyConnection
    told: dict[str, Chosen] = field(default_factory=dict)


@dataclass
class _Pool:
    ready: list[_Ready] = field(default_factory=list)
    accounts: dict[tuple[tuple[int, ...], Ids], Chosen | None] = field(default_factory=dict)


_POOLS: WeakKeyDictionary[Reader, _Pool] = WeakKeyDictionary()
_LOCK = Lock()


@contextmanager
def ready(
    reader: Reader, viewer: Viewer, filters: Filters, parameters: tuple[object, ...] = (), *, personal: bool = False
) -> Iterator[duckdb.DuckDBPyConnection]:
    """A cursor that sees the viewer's rows and knows the filters, this thread's alone; dropped after an error.

    `parameters` are the question's values beside its filters (queries/shape.py).
    """
    pool = _POOLS.setdefault(reader, _Pool())
    regions, accounts = _regions(reader, viewer, filters.region_ids), _accounts(reader, viewer, pool, filters.account_ids)
    path = search_path(
        filters, parameters, sees_everything=viewer.sees_everything, keys_known=(regions is not None, accounts is not None),
        years_begin_in=reader.years_begin_in,
    )  # fmt: skip
    purpose = Purpose(reader.scope_keys(viewer), personal and viewer.sees_personal, path)
    one = _taken(pool, purpose) or _made(reader, viewer, purpose)
    try:
        _tell(one, regions=regions or NOTHING, accounts=accounts or NOTHING)
        yield one.cursor
    except BaseException:
        one.cursor.close()
        raise
    _put_back(pool, one)


def _regions(reader: Reader, viewer: Viewer, ids: Ids | None) -> Chosen | None:
    return _if_few(Chosen(ids, reader.region_keys(viewer, ids))) if ids else None


def _accounts(reader: Reader, viewer: Viewer, pool: _Pool, ids: Ids | None) -> Chosen | None:
    if not ids:
        return None
    place = (reader.scope_keys(viewer), ids)
    with _LOCK:
        if place in pool.accounts:
            return pool.accounts[place]
    with reader.cursor_for(viewer) as cursor:
        keys = cursor.execute(_ACCOUNT_KEYS, {"ids": list(ids)}).fetchall()[0][0]
    found = _if_few(Chosen(ids, tuple(keys or ())))
    with _LOCK:
        if len(pool.accounts) >= MOST_FOUND:
            del pool.accounts[next(iter(pool.accounts))]
        pool.accounts[place] = found
    return found


def _if_few(chosen: Chosen) -> Chosen | None:
    return chosen if len(chosen.keys) <= MOST_KEYS else None


def _made(reader: Reader, viewer: Viewer, purpose: Purpose) -> _Ready:
    cursor = reader.cursor_for(viewer, personal=purpose.personal)
    cursor.execute(f"set search_path = '{purpose.path}'")
    return _Ready(purpose, cursor)


def _tell(one: _Ready, **chosen: Chosen) -> None:
    for name, now in chosen.items():
        if one.told.get(name, NOTHING) != now:
            values = {"ids": list(now.ids), "keys": list(now.keys)}
            one.cursor.execute(f"set variable chosen_{name} = {{ids: $ids::varchar[], keys: $keys::integer[]}}", values)
            one.told[name] = now


def _taken(pool: _Pool, purpose: Purpose) -> _Ready | None:
    with _LOCK:
        for place in range(len(pool.ready) - 1, -1, -1):
            if pool.ready[place].purpose == purpose:
                return pool.ready.pop(place)
    return None


def _put_back(pool: _Pool, one: _Ready) -> None:
    with _LOCK:
        pool.ready.append(one)
        oldest, pool.ready[:] = pool.ready[:-MOST_READY], pool.ready[-MOST_READY:]
    for gone in oldest:
        gone.cursor.close()
