"""Mending a rounded board: where a margin is off by a case or more, one of its cases moves (used by measures/seasons/case_board.py).

A case moves between two months of one row (account × product), or between two accounts in the season of one product. Rows and cells
stay rounded up or down, so that nothing that was within one case leaves it. A move is made only if all the margins that it touches
are better off together; where there is none, the margin stays as it is.
"""

from dataclasses import dataclass

import numpy as np

# A margin this near to one case is within it: the rest is what floating sums leave behind.
LIMIT = 1 - 1e-6
# Mending one margin may unsettle another a little; after this many rounds what is left is left.
MOST_ROUNDS = 8
# So many rows give choice enough: the months of a large board have hundreds of times as many.
MOST_CHOICES = 2_000


@dataclass(frozen=True)
class _Side:
    """One margin of the rows: `of` (rows,) says which of its lines a row is in, `error` (months, lines) is rounded − value.

    A line that is off weighs `weight` for each case.
    """

    of: np.ndarray
    error: np.ndarray
    weight: float
    order: np.ndarray
    starts: np.ndarray

    def rows(self, line: int) -> np.ndarray:
        """The rows of one line."""
        return self.order[self.starts[line] : self.starts[line + 1]]


def mended_seasons(ups: np.ndarray, part: np.ndarray, group: np.ndarray, other: np.ndarray) -> None:
    """Move cases between rows of one group until every `other` side's season is within one case, in place.

    `ups` (rows,) is 1 where the row's season was rounded up, `part` (rows,) what it lies above its whole part, 0 where it is whole.
    """
    error = np.bincount(other, ups - part)
    for line in np.flatnonzero(np.abs(error) >= LIMIT):
        taken = int(error[line] > 0)
        for row in np.flatnonzero((other == line) & (ups == taken) & (part > 0)):
            if _exchanged(ups, part, error, row, np.flatnonzero(group == group[row]), other):
                break


def _exchanged(ups: np.ndarray, part: np.ndarray, error: np.ndarray, row: int, alike: np.ndarray, other: np.ndarray) -> bool:
    """Give the row's case to another row of its group, or take one from it, if that leaves the other's line within one case."""
    taken = ups[row]
    change = 2 * taken - 1
    rows = alike[(ups[alike] != taken) & (part[alike] > 0)]
    if not len(rows):
        return False
    best = rows[np.argmin(np.abs(error[other[rows]] + change))]
    if abs(error[other[best]] + change) >= LIMIT:
        return False
    ups[row], ups[best] = 1 - taken, taken
    error[other[row]] -= change
    error[other[best]] += change
    return True


def mended_months(ups: np.ndarray, part: np.ndarray, account: np.ndarray, product: np.ndarray) -> None:
    """Move cases between months of one row until accounts' months, the months themselves and products' months are within one case, in place.

    `ups` and `part` are (months, rows); `account` and `product` (rows,) number what the rows are of. What comes first of these is not given
    up for what comes after: a distributor's month is what is signed, the months of all are the first figures that people read.
    """
    error = ups - part
    margins = [_side(error, account, 1e9), _side(error, np.zeros(ups.shape[1], np.int64), 1e6), _side(error, product, 1e3)]
    for _ in range(MOST_ROUNDS):
        off = [(margin, line, month) for margin in margins for month, line in np.argwhere(np.abs(margin.error) >= LIMIT)]
        if sum(_moved(ups, part, margins, *place) for place in off) == 0:
            break


def sorted_places(keys: np.ndarray) -> np.ndarray:
    """The order by these numbers from 0, equal ones as they came; numbers of 16 bits are sorted in linear time."""
    return np.argsort(keys.astype(np.min_scalar_type(int(keys.max()))), kind="stable")


def _side(errors: np.ndarray, of: np.ndarray, weight: float) -> _Side:
    order = sorted_places(of)
    starts = np.append(0, np.cumsum(np.bincount(of)))
    return _Side(of, np.stack([np.bincount(of, month) for month in errors]), weight, order, starts)


def _moved(ups: np.ndarray, part: np.ndarray, margins: list[_Side], off: _Side, line: int, month: int) -> bool:
    """Move the one case of the line's month to or from another month that mends most, if any does."""
    if abs(off.error[month, line]) < LIMIT:
        return False
    taken = int(off.error[month, line] > 0)
    change, rows = 2 * taken - 1, off.rows(line)
    rows = rows[(ups[month, rows] == taken) & (part[month, rows] > 0)]
    rows = rows[:: len(rows) // MOST_CHOICES + 1]
    free = (ups[:, rows] != taken) & (part[:, rows] > 0)
    if not free.any():
        return False
    there, here = (sum(_worse(margin, margin.error[:, margin.of[rows]], by) for margin in margins) for by in (change, -change))
    loss = np.where(free, there + here[month], np.inf)
    to, at = np.unravel_index(np.argmin(loss), loss.shape)
    if loss[to, at] >= 0:
        return False
    row = rows[at]
    ups[month, row], ups[to, row] = 1 - taken, taken
    for margin in margins:
        margin.error[month, margin.of[row]] -= change
        margin.error[to, margin.of[row]] += change
    return True


def _worse(margin: _Side, error: np.ndarray, by: int) -> np.ndarray:
    """What a change of the errors costs: first what is not within one case, then a little of the rest, so that equal moves differ.

    Whole, and not only by what lies beyond: a margin that comes to exactly one case lies beyond it by next to nothing, and is off.
    """
    after, before = np.abs(error + by), np.abs(error)
    off = np.where(after >= LIMIT, after, 0.0) - np.where(before >= LIMIT, before, 0.0)
    return margin.weight * off + after**2 - before**2
