"""Many rows are worked on in blocks: what belongs to one stays in the processor's cache, and two blocks are worked on at the same time.

Arrays let go of the interpreter while they count, so that large blocks gain from threads; the figures are those of one block after the other.
Small steps (the peers of twenty accounts) lose by it: they only wait for each other.
"""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

Part, Found = TypeVar("Part"), TypeVar("Found")

_WORKERS = ThreadPoolExecutor(2, thread_name_prefix="blocks")


def blocks(rows: int, size: int) -> list[slice]:
    """Where the blocks of `size` rows lie; the last may be shorter."""
    return [slice(at, at + size) for at in range(0, rows, size)]


def each(work: Callable[[Part], Found], parts: Sequence[Part]) -> list[Found]:
    """What `work` returns for each part, in the order of the parts. The work itself must not call this: it would wait for its own end."""
    return list(_WORKERS.map(work, parts)) if len(parts) > 1 else [work(part) for part in parts]
