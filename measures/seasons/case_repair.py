"""Mending a rounded board: where a margin is off by a case or more, one of its cases moves (used by measures/seasons/case_board.py).

A case moves between two months of one row (account × product), or between two accounts in the season of one product. Rows and cells
stay rounded up or down, so that nothing that was within one case leaves it. A move is made only if all the margins that it touches
are better off together; where there is none, the margin stays as it is.
"""

from functools import cached_property

import numpy as np

from measures.seasons.line_sums import line_sums
from measures.sorting import order_by

# A margin this near to one case is within it: the rest is what floating sums leave behind.
LIMIT = 1 - 1e-6
# Mending one margin may unsettle another a little; after this many rounds what is left is left.
MOST_ROUNDS = 8
# So many rows give choice enough: the months of a large board have hundreds of times as many.
MOST_CHOICES = 2_000


class _Side:
    """One margin of the rows: `of` (rows,) says which of its lines a row is in, `error` (months, lines) is rounded − value.

    A line that is off weighs `weight` for each case; `more` and `fewer` (months, lines) are what a case more or fewer costs there.
    """

    def __init__(self, of: np.ndarray, error: np.ndarray, weight: float) -> None:
        self.of, self.error, self.weight = of, error, weight
        self.more, self.fewer = self._worse(error, 1), self._worse(error, -1)

    @cached_property
    def _order(self) -> tuple[np.ndarray, np.ndarray]:
        return order_by(self.of), np.append(0, np.cumsum(np.bincount(self.of)))

    def rows(self, line: int) -> np.ndarray:
        """The board's rows in one line of the margin."""
        order, starts = self._order
        return order[starts[line] : starts[line + 1]]

    def change(self, month: int, row: int, by: int) -> None:
        """A cell of this row has `by` cases more."""
        at = month, self.of[row]
        self.error[at] = error = float(self.error[at]) + by
        self.more[at], self.fewer[at] = self._worse(error, 1), self._worse(error, -1)

    def _worse(self, error: np.ndarray | float, by: int) -> np.ndarray | float:
        """What a change of the errors costs: first what is not within one case, then a little of the rest, so that equal moves differ.

        Whole, and not only by what lies beyond: a margin that comes to exactly one case lies beyond it by next to nothing, and is off.
        """
        after, before = abs(error + by), abs(error)
        return self.weight * (after * (after >= LIMIT) - before * (before >= LIMIT)) + after**2 - before**2


def mended_seasons(ups: np.ndarray, part: np.ndarray, group: np.ndarray, other: np.ndarray) -> None:
    """Move cases between rows of one group until every `other` side's season is within one case, in place.

    `ups` (rows,) is 1 where the row's season was rounded up, `part` (rows,) what it lies above its whole part, 0 where it is whole.
    """
    error = np.bincount(other, ups - part)
    for line in np.flatnonzero(is_off(error)):
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


def mended_months(ups: np.ndarray, part: np.ndarray, account: np.ndarray, product: np.ndarray) -> bool:
    """Move cases between months of one row until accounts' months, the months themselves and products' months are within one case, in place.

    `ups` and `part` are (months, rows); `account` and `product` (rows,) number what the rows are of. What comes first of these is not given
    up for what comes after: a distributor's month is what is signed, the months of all are the first figures that people read.
    Whether all accounts' months are within one case now.
    """
    error = ups - part
    by_account, by_product = (line_sums(error, of, int(of.max()) + 1) for of in (account, product))
    margins = [
        _Side(account, by_account, 1e9), _Side(np.zeros(ups.shape[1], np.int8), by_product.sum(axis=1, keepdims=True), 1e6),
        _Side(product, by_product, 1e3),
    ]  # fmt: skip
    for _ in range(MOST_ROUNDS):
        off = [(margin, line, month) for margin in margins for month, line in np.argwhere(is_off(margin.error))]
        if sum(_moved(ups, part, margins, *place) for place in off) == 0:
            break
    return not is_off(by_account).any()


def is_off(error: np.ndarray) -> np.ndarray:
    """Which of the errors of lines are of one case or more."""
    return np.abs(error) >= LIMIT


def _moved(ups: np.ndarray, part: np.ndarray, margins: list[_Side], off: _Side, line: int, month: int) -> bool:
    """Move the one case of the line's month to or from another month that mends most, if any does."""
    if not is_off(off.error[month, line]):
        return False
    rows = off.rows(line)
    few = rows[:: len(rows) // MOST_CHOICES + 1]
    found = _best(ups, part, margins, few, month, off.error[month, line] > 0)
    if found is None and len(few) < len(rows):
        found = _best(ups, part, margins, rows, month, off.error[month, line] > 0)
    if found is None:
        return False
    row, to, taken = found
    ups[month, row], ups[to, row] = 1 - taken, taken
    for margin in margins:
        margin.change(month, row, 1 - 2 * taken)
        margin.change(to, row, 2 * taken - 1)
    return True


def _best(ups: np.ndarray, part: np.ndarray, margins: list[_Side], rows: np.ndarray, month: int, is_over: bool) -> tuple[int, int, int] | None:
    """Of these rows the one whose case moves best, the month that it moves to or from, and 1 or 0 as it is taken from `month` or given to it."""
    taken = int(is_over)
    rows = rows[(ups[month, rows] == taken) & (part[month, rows] > 0)]
    free = (ups[:, rows] != taken) & (part[:, rows] > 0)
    if not free.any():
        return None
    there, here = ("more", "fewer") if taken else ("fewer", "more")
    loss = sum(getattr(margin, there)[:, margin.of[rows]] + getattr(margin, here)[month, margin.of[rows]] for margin in margins)
    loss[~free] = np.inf
    to, at = np.unravel_index(np.argmin(loss), loss.shape)
    return (int(rows[at]), int(to), taken) if loss[to, at] < 0 else None
