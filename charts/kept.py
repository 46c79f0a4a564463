"""What is written of an answer is kept beside it: most reruns of a page would write the same words, figures and charts anew."""

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import TypeVar

import polars as pl

from data.language import currency, current

Written = TypeVar("Written")

KEPT = 64
"""Results that a function remembers, for frames and answers alike."""
MOST_ROWS = 5_000
"""Longer frames are not held: what is made of them would fill the memory."""


def kept(write: Callable[..., Written]) -> Callable[..., Written]:
    """Make `write(given, **options)` return the same for the same frame or answer, options, language and currency without writing it again.

    For answers and their frames, which are shared and never change, and so must be what is written. What is given is told by its
    identity, and what is remembered is held, so that nothing else takes its place.
    """

    @lru_cache(maxsize=KEPT)
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
