"""Many rows are worked on in blocks: what belongs to one stays in the processor's cache, and two blocks are worked on at the same time.

Arrays let go of the interpreter while they count, so that large blocks gain from threads; the figures are those of one block after the other.
Small steps (the peers of twenty accounts) lose by it: they only wait for each other.
"""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import current_thread
from typing import TypeVar

Part, Found = TypeVar("Part"), TypeVar("Found")

_WORKER = "blocks"
_WORKERS = ThreadPoolExecutor(2, thread_name_prefix=_WORKER)


def blocks(rows: int, size: int) -> list[slice]:
    """Where the blocks of `size` rows lie; the last may be shorter."""
    return [slice(at, at + size) for at in range(0, rows, size)]


def each(work: Callable[[Part], Found], parts: Sequence[Part]) -> list[Found]:
    """What `work` returns for each part, in the order of the parts. Inside such work they are worked on one after the other."""
    if len(parts) < 2 or current_thread().name.startswith(_WORKER):
        return [work(part) for part in parts]
    return list(_WORKERS.map(work, parts))
