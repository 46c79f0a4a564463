"""All row totals and all column totals of a target board set together: iterative proportional fitting, in whole cases (methods.md section 6).

Rows and columns are two of accounts, products and months, of the whole board or of one account's or product's part. Each total holds
exactly; a cell of 0 stays 0, what is locked stays unless its own total is set to another figure, and a cell of the table is shared among
the board's cells behind it as any edit is, within their limits. What one part gains the rest of the board pays; of a whole board the total
holds. Margins that contradict each other, the total, the locks or the zeros are refused, and nothing changes then.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from data.errors import TargetRefused
from data.language import _, format_number
from measures.seasons.allocation import fit_margins
from measures.seasons.board_edits import ALL, Edit, Edited, Frame, Place, cells_of, contains, inside, lock_mask, pay, place_of
from measures.seasons.rounding import controlled_rounding

# Margins are whole: fitted this close (in units), the sums are known for whole ones by the rounding.
NEAR = 1e-7


@dataclass(frozen=True)
class Margins:
    """The wanted totals of a block's two sides: `axes` are places' positions (0 account, 1 product, 2 month), `keys` and `totals` by side."""

    block: Place
    axes: tuple[int, int]
    keys: tuple[np.ndarray, np.ndarray]
    totals: tuple[np.ndarray, np.ndarray]

    def place(self, side: int, at: int) -> Place:
        """The slice of a side's total."""
        axis = self.axes[side]
        return (*self.block[:axis], int(self.keys[side][at]), *self.block[axis + 1 :])


def both_margins(frame: Frame, edits: Sequence[Edit]) -> Margins | None:
    """What the edits set if they are all rows' and all columns' totals of a block, each once; else None."""
    if len(edits) < 2 or any(edit.units is None for edit in edits):
        return None
    places, units = np.array([place_of(frame, edit) for edit in edits]), np.array([edit.units for edit in edits])
    common = np.where((places == places[0]).all(axis=0), places[0], ALL)
    named = (places != ALL) & (common == ALL)
    axes = np.flatnonzero(named.any(axis=0))
    if len(axes) != 2 or (named.sum(axis=1) != 1).any():
        return None
    block = tuple(common.tolist())
    sides = [_side(frame, block, axis, places[named[:, axis], axis], units[named[:, axis]]) for axis in axes.tolist()]
    return None if None in sides else Margins(block, tuple(axes.tolist()), *zip(*sides, strict=True))


def fitted(frame: Frame, state: Edited, margins: Margins) -> Edited:
    """The board with both margins; its locks stay. Raises TargetRefused."""
    _refuse_contradictions(state, margins)
    above = tuple(lock for lock in state.locks if contains(lock, margins.block))
    closed = lock_mask(frame, [lock for lock in state.locks if lock not in above and lock not in _changed(frame, state, margins)])
    rows, months = cells_of(frame, margins.block)
    where = np.ix_(rows, months)
    made = state.whole.copy(order="K")
    made[where] = _filled(frame, margins, rows, months, state.whole[where], closed[where])
    payers = ~closed
    payers[where] = False
    payers &= lock_mask(frame, above) if above else True
    gained = made.sum(axis=0) - state.whole.sum(axis=0)
    if margins.block != (ALL, ALL, ALL):
        pay(frame, made, payers, gained if frame.hold_months else np.array([gained.sum()]), [])
    return Edited(made, state.locks)


def _side(frame: Frame, block: Place, axis: int, keys: np.ndarray, units: np.ndarray) -> tuple[np.ndarray, np.ndarray] | None:
    """The keys in order with their totals; None where one of the block's is missing or comes twice."""
    order = np.argsort(keys, kind="stable")
    known = np.unique(_keys(frame, *cells_of(frame, block))[axis])
    return (known, units[order]) if np.array_equal(keys[order], known) else None


def _keys(frame: Frame, rows: np.ndarray, months: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Account, product and month of each cell (rows, months)."""
    return tuple(np.broadcast_to(of, (len(rows), len(months))) for of in (frame.account[rows, None], frame.product[rows, None], months[None]))


def _refuse_contradictions(state: Edited, margins: Margins) -> None:
    if min(totals.min() for totals in margins.totals) < 0:
        least = min(int(totals.min()) for totals in margins.totals)
        raise TargetRefused(_("A target is not negative"), _("{units} units were asked for.").format(units=format_number(least)))
    rows, columns = (int(totals.sum()) for totals in margins.totals)
    if rows != columns:
        raise TargetRefused(
            _("The two margins contradict each other"),
            _("The rows come to {rows} units, the columns to {columns}.").format(rows=format_number(rows), columns=format_number(columns)),
            _("Give both the same sum."),
        )
    if margins.block == (ALL, ALL, ALL) and rows != state.whole.sum():
        raise TargetRefused(
            _("The total would not hold"),
            _("Both margins come to {units} units, the board to {total}.").format(units=format_number(rows), total=format_number(int(state.whole.sum()))),
            _("Change the requirement instead."),
        )


def _changed(frame: Frame, state: Edited, margins: Margins) -> set[Place]:
    """The slices whose total is set to another figure: a lock of theirs gives way."""
    found = set()
    for side, totals in enumerate(margins.totals):
        places = [margins.place(side, at) for at in range(len(totals))]
        sums = (state.whole[np.ix_(*cells_of(frame, place))].sum() for place in places)
        found |= {place for place, now, wanted in zip(places, sums, totals, strict=True) if now != wanted}
    return found


def _filled(frame: Frame, margins: Margins, rows: np.ndarray, months: np.ndarray, before: np.ndarray, closed: np.ndarray) -> np.ndarray:
    """The block's cells (rows, months) with both margins."""
    keys = _keys(frame, rows, months)
    first, second = (np.searchsorted(margins.keys[side], keys[axis]) for side, axis in enumerate(margins.axes))
    shape = tuple(len(totals) for totals in margins.totals)
    code = np.ravel_multi_index((first, second), shape).ravel()
    seed, fixed = (np.bincount(code, np.where(cells, before, 0).ravel(), shape[0] * shape[1]).reshape(shape) for cells in (~closed, closed))
    table = _table(seed, *(totals - fixed.sum(axis=1 - side) for side, totals in enumerate(margins.totals)))
    made = before.ravel().copy()
    low, high = frame.low[np.ix_(rows, months)].ravel(), frame.high[np.ix_(rows, months)].ravel()
    for at, cells in _groups(code, ~closed.ravel()):
        wanted = int(table.flat[at])
        if wanted != made[cells].sum():
            made[cells] = _shared(frame, made[cells], low[cells], high[cells], wanted)
    return made.reshape(before.shape)


def _shared(frame: Frame, before: np.ndarray, low: np.ndarray, high: np.ndarray, units: int) -> np.ndarray:
    """A table's cell among the board's cells behind it that are not 0."""
    made, there = before.copy(), before > 0
    made[there] = inside(frame, before[there], np.zeros(there.sum(), bool), low[there], high[there], (ALL, ALL, ALL), units)
    return made


def _groups(code: np.ndarray, is_open: np.ndarray) -> list[tuple[int, np.ndarray]]:
    """The open cells by the table's cell that they are in."""
    cells = np.flatnonzero(is_open)
    cells = cells[np.argsort(code[cells], kind="stable")]
    starts = np.flatnonzero(np.diff(code[cells], prepend=-1))
    return [(int(code[group[0]]), group) for group in np.split(cells, starts[1:])] if len(cells) else []


def _table(seed: np.ndarray, rows: np.ndarray, columns: np.ndarray) -> np.ndarray:
    """The open part of the table in whole cases."""
    short = -int(min(rows.min(), columns.min(), 0))
    if short == 0:
        found = fit_margins(seed, rows, columns, tolerance=NEAR / max(1.0, rows.max(), columns.max()))
        if found.converged:
            return controlled_rounding(found.values)
        short = max(int(np.ceil(found.error)), 1)
    raise TargetRefused(
        _("No cells have both margins"),
        _("Cells of 0 stay 0 and what is locked stays: a total is missed by {n} units.").format(n=format_number(short)),
        _("Unlock something, or set other totals."),
    )
