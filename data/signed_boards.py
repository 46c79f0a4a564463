"""The target boards that count: frozen, or approved for the whole company, as records that an answer can take.

A board that was opened again counts for nothing until it is signed again. A lead's approval is of a part of the board and makes no target
by itself.
"""

from collections.abc import Callable, Iterable, Iterator
from functools import partial

from data import records
from data.journal import Journal
from data.records import Record
from data.target_versions import APPROVED, OPENED, Mark, frozen, heads, marks, rows_at

SIGNED_BOARD = "signed_board"
"""The kind of these records: the subject is the board (2027-04+6), the content its `rows`: account_id, product_id, whole cases by month."""


def written(journal: Journal, kind: str) -> Iterable[Record]:
    """The records of a kind, those that are made of target boards included."""
    return signed_boards(journal) if kind == SIGNED_BOARD else records.all_records(journal, kind)


def signed_boards(journal: Journal) -> Iterator[Record]:
    """Every signed board as it was signed, the one signed last at the end; of all accounts, so that readers must leave out what is not seen.

    A board has many rows: they are read when somebody asks for them. Each signature has its own number, so that records that are the same by
    number and version hold the same targets.
    """
    found = [(board, signature(marks(journal, board))) for board, _version in heads(journal)]
    signed = sorted(((board, mark) for board, mark in found if mark), key=lambda pair: pair[1].mark_id)
    for board, mark in signed:
        content = _ReadLater(partial(_rows, journal, board, mark.version))
        yield Record(mark.mark_id, mark.version, SIGNED_BOARD, board, content, True, mark.marked_by, mark.marked_at)


class _ReadLater(dict):
    """A record's content whose `rows` are read at the first time that they are asked for."""

    def __init__(self, read: Callable[[], list]) -> None:
        super().__init__()
        self._read = read

    def __missing__(self, key: str) -> object:
        if key != "rows":
            raise KeyError(key)
        self[key] = self._read()
        return self[key]


def signature(found: list[Mark]) -> Mark | None:
    """What makes a board count: that it is frozen, else its last approval for the whole company since it was opened; None without."""
    since = max((place + 1 for place, mark in enumerate(found) if mark.mark == OPENED), default=0)
    approved = [mark for mark in found[since:] if mark.mark == APPROVED and mark.region_ids is None]
    return frozen(found) or (approved[-1] if approved else None)


def _rows(journal: Journal, board: str, version: int) -> list[tuple[str, str, tuple[int, ...]]]:
    return [(account, product, units) for (account, product), units in rows_at(journal, board, version, None).items()]
