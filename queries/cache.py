"""The cache of questions' answers, by generation and scope; an answer for some regions is cut out of a cached one for all.

Half of a small question is planning it, so that a filter by region, the one that people choose most, is answered from what the page asked
before. Only what a page shows goes through here: a program that asks once, and the benchmarks, ask the store (queries/runner.asker).
"""

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from threading import Lock
from types import NoneType
from typing import TypeVar
from weakref import ReferenceType, WeakKeyDictionary, ref

import polars as pl

from data.access import Viewer
from data.reader import Reader
from queries.filters import Filters
from queries.runner import PERSONAL, Ask, asker, question
from queries.weight import bytes_of

OF_ONE_REGION = frozenset(
    {
        "customers/account_value", "customers/coverage_accounts", "customers/value_bridge",
        "customers/value_bridge_months",
        "overview/orders", "overview/overdue", "overview/sales", "overview/targets",
        "pipeline/contradicting_deals", "pipeline/hand_overs", "pipeline/prospects", "pipeline/universe_accounts",
        "quality/decision_makers",
        "seasons/account_months", "seasons/account_people", "seasons/board_accounts", "seasons/pace_accounts", "seasons/pace_sales",
        "seasons/pace_targets", "seasons/region_product_months",
        "team/developments", "team/plans",
    }
)  # fmt: skip
"""Questions of which every row speaks of one region (region_id) alone: the answer for some regions is the part of these of the answer for
all. A row that the filter by region changes by accounts of other regions is not of this kind."""

MOST_BYTES = 64 * 1024 * 1024
"""Of all answers of a generation together; the one that was asked for longest ago goes first."""
LARGEST = MOST_BYTES // 4
"""Of one answer."""

MOST_MADE_BYTES = 256 * 1024 * 1024
"""Of all things made of a generation's answers together, the last one always among them: months of every account and product are tens of
megabytes on a large store, a stage of an answer is a few."""

Made = TypeVar("Made")

_WRITTEN_OUT = (NoneType, bool, int, float, str, date, list, tuple)
"""What a key can hold: of other things, as long columns, `repr` says a part only."""


class AnswerCache:
    """Answers by key, up to MOST_BYTES, and things made of answers, up to MOST_MADE_BYTES; the least recently asked for goes first. Safe for threads."""

    def __init__(self) -> None:
        self._answers: OrderedDict[str, pl.DataFrame] = OrderedDict()
        self._made: OrderedDict[str, tuple[object, int]] = OrderedDict()
        self._bytes = self._made_bytes = 0
        self._lock = Lock()

    def get(self, key: str) -> pl.DataFrame | None:
        """The answer cached under the key; None where there is none."""
        with self._lock:
            if key in self._answers:
                self._answers.move_to_end(key)
            return self._answers.get(key)

    def put(self, key: str, answer: pl.DataFrame) -> None:
        """Cache an answer, unless it is larger than LARGEST or cached already."""
        size = answer.estimated_size()
        with self._lock:
            if size > LARGEST or key in self._answers:
                return
            self._answers[key] = answer
            self._bytes += size
            while self._bytes > MOST_BYTES:
                self._bytes -= self._answers.popitem(last=False)[1].estimated_size()

    def known(self, key: str) -> object | None:
        """What was made and is cached under the key; None where there is nothing."""
        with self._lock:
            if key not in self._made:
                return None
            self._made.move_to_end(key)
            return self._made[key][0]

    def made(self, key: str, make: Callable[[], Made]) -> Made:
        """What is cached under the key, else what `make` returns, cached from now on. None is made anew each time."""
        found = self.known(key)
        if found is not None:
            return found
        made = make()
        size = bytes_of(made)
        with self._lock:
            self._made_bytes += size - self._made.pop(key, (None, 0))[1]
            self._made[key] = made, size
            while self._made_bytes > MOST_MADE_BYTES and len(self._made) > 1:
                self._made_bytes -= self._made.popitem(last=False)[1][1]
        return made


_CACHES: WeakKeyDictionary[Reader, AnswerCache] = WeakKeyDictionary()
_CACHE_OF: WeakKeyDictionary[Ask, tuple[AnswerCache, tuple[int, ...]]] = WeakKeyDictionary()
"""The cache of each page's asker, and the scope for which it asks."""


@dataclass(frozen=True)
class Maker:
    """Makes things once: `maker(key, make)` is `made_once` for whoever keeps no asker. It keeps no generation alive; without one it makes anew."""

    cache: ReferenceType[AnswerCache] | None = None
    scope: tuple[int, ...] = ()

    def __call__(self, key: tuple[object, ...], make: Callable[[], Made]) -> Made:
        """What `make` makes of answers of the scope alone, cached under `key`, which names all that it depends on. Never change it."""
        cache = self.cache and self.cache()
        return make() if cache is None else cache.made(repr((self.scope, key)), make)

    def known(self, key: tuple[object, ...]) -> object | None:
        """What was made under the key; None where nothing was, or not any longer."""
        cache = self.cache and self.cache()
        return None if cache is None else cache.known(repr((self.scope, key)))


def maker(ask: Ask) -> Maker:
    """What makes things of the answers of `ask` once; always anew where the asker is none of a page's."""
    found = _CACHE_OF.get(ask)
    return Maker() if found is None else Maker(ref(found[0]), found[1])


def made_once(ask: Ask, key: tuple[object, ...], make: Callable[[], Made]) -> Made:
    """What `make` makes of answers of `ask` alone; cached by scope and `key` where the asker is a page's. Never change it."""
    return maker(ask)(key, make)


def caching_asker(reader: Reader, viewer: Viewer) -> Ask:
    """`asker` that asks the store only for what is not cached for the viewer's scope. Frames are shared: never change them."""
    ask, scope = asker(reader, viewer), reader.scope_keys(viewer)
    cache = _CACHES.setdefault(reader, AnswerCache())

    def bound(name: str, filters: Filters, **parameters: object) -> pl.DataFrame:
        if name in PERSONAL or not all(isinstance(value, _WRITTEN_OUT) for value in parameters.values()):
            return ask(name, filters, **parameters)
        key = _key(scope, name, filters, parameters)
        found = cache.get(key)
        if found is None:
            found = part_of_all(name, filters, parameters)
        if found is None:
            found = ask(name, filters, **parameters)
            cache.put(key, found)
        return found

    def part_of_all(name: str, filters: Filters, parameters: dict[str, object]) -> pl.DataFrame | None:
        if name not in OF_ONE_REGION or filters.region_ids is None:
            return None
        whole = cache.get(_key(scope, name, replace(filters, region_ids=None), parameters))
        return None if whole is None else whole.filter(pl.col("region_id").is_in(reader.region_ids_under(viewer, filters.region_ids)))

    _CACHE_OF[bound] = cache, scope
    return bound


def _key(scope: tuple[int, ...], name: str, filters: Filters, parameters: dict[str, object]) -> str:
    """The key of an answer, written out, as lists are no keys. Of the filters it holds what the question names."""
    names = question(name)[1]
    given = {field: value for field, value in filters.parameters().items() if field in names}
    return repr((scope, name, given, sorted(parameters.items())))
