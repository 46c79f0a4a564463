"""A cache for what is written of an answer: most reruns of a page would write the same words, figures and charts anew."""

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import TypeVar

import polars as pl

from data.language import currency, current

Written = TypeVar("Written")

MOST_RESULTS = 64
"""Results that a function's cache holds, for frames and answers alike."""
MOST_ROWS = 5_000
"""Longer frames are not cached: what is made of them would fill the memory."""


def cached(write: Callable[..., Written]) -> Callable[..., Written]:
    """Make `write(given, **options)` return the same for the same frame or answer, options, language and currency without writing it again.

    For answers and their frames, which are shared and never change; neither may what is written. The key is the identity of what is
    given; the cache holds on to it, so that nothing else takes its place in memory.
    """

    @lru_cache(maxsize=MOST_RESULTS)
    def written(given: _Same, _language: str, _money: str, options: tuple[tuple[str, object], ...]) -> Written:
        return write(given.itself, **dict(options))

    @wraps(write)
    def asked(given: object, **options: object) -> Written:
        if isinstance(given, pl.DataFrame) and given.height > MOST_ROWS:
            return write(given, **options)
        return written(_Same(given), current(), currency(), tuple(options.items()))

    return asked


class _Same:
    """Something that is equal to itself only."""

    def __init__(self, itself: object) -> None:
        self.itself = itself

    def __hash__(self) -> int:
        return id(self.itself)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.itself is self.itself
