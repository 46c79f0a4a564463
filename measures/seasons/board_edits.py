"""Edits of a target board: a figure is set, the rest re-balances, the total holds, all in whole cases.

An edit sets the sum of a slice: a cell, an account or a product in a month, over the season, or a month of all. Inside the slice the
figure is shared in proportion to the targets there; what it gains or loses is taken from or given to the rest in proportion to its own,
within each cell's limits; a single cell may be set to anything. Cases follow the largest remainder. With `hold_months` each month keeps
its total, unless it is a month's total that is set.

What is locked does not change while something else does: its cells stay, or, where the edit lies inside it, its sum. So an edit inside a
locked account is paid by the rest of that account. What cannot be paid is refused with the nearest figure that can; nothing changes then.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from data.errors import TargetRefused
from data.language import _, format_number
from measures.seasons.case_shares import shared

ALL = -1
"""The number of an account, product or month that a slice does not name: it stands for all."""


@dataclass(frozen=True)
class Edit:
    """The sum of a slice: of the account, the product and the month that are named. `units` None leaves it; `is_locked` says what it is then."""

    account_id: str | None = None
    product_id: str | None = None
    month: date | None = None
    units: int | None = None
    is_locked: bool = True

    @property
    def slice(self) -> tuple[str | None, str | None, date | None]:
        """The account, product and month whose sum the edit sets; None stands for all."""
        return self.account_id, self.product_id, self.month


@dataclass(frozen=True)
class Frame:
    """What edits do not change: each cell's account and product by number, the limits (cells, months), and the numbers of ids and months."""

    account: np.ndarray
    product: np.ndarray
    low: np.ndarray
    high: np.ndarray
    accounts: dict[str, int]
    products: dict[str, int]
    months: dict[date, int]
    hold_months: bool = True


Place = tuple[int, int, int]
"""A slice by numbers: account, product, month; ALL where it names none."""


@dataclass(frozen=True)
class Edited:
    """A board after edits: `whole` (cells, months) and what is locked."""

    whole: np.ndarray
    locks: tuple[Place, ...] = ()


def edited(frame: Frame, state: Edited, edits: Sequence[Edit]) -> Edited:
    """The board after the edits, which are made together: cells first, then the sums, so that both hold.

    Raises TargetRefused where the limits, the locks or an unknown name forbid it.
    """
    places = [(place_of(frame, edit), edit) for edit in edits]
    for fixed in (3, 2, 1):
        for family in _families([pair for pair in places if _named(pair[0]) == fixed]):
            state = _family(frame, state, family)
    return state


def lock_mask(frame: Frame, locks: Iterable[Place]) -> np.ndarray:
    """Which cells (cells, months) are locked."""
    locked = np.zeros(frame.low.shape, bool, order="F")
    for place in locks:
        rows, columns = cells_of(frame, place)
        locked[np.ix_(rows, columns)] = True
    return locked


def place_of(frame: Frame, edit: Edit) -> Place:
    """The edit's slice by numbers. Raises TargetRefused for the total and for what is not on the board."""
    if edit.slice == (None, None, None):
        raise TargetRefused(_("The total follows the requirement"), _("It holds while the board changes."), _("Change the requirement instead."))
    numbers = ((frame.accounts, edit.account_id), (frame.products, edit.product_id), (frame.months, edit.month))
    place = tuple(ALL if key is None else known.get(key) for known, key in numbers)
    if None in place or not len(cells_of(frame, place)[0]):
        named = " · ".join(str(key) for key in edit.slice if key is not None)
        raise TargetRefused(_("{what} is not on this board").format(what=named), _("No target can be set for it here."), _("Look at the filters and the season."))
    return place


def _named(place: Place) -> int:
    return sum(part != ALL for part in place)


def _families(pairs: list[tuple[Place, Edit]]) -> list[list[tuple[Place, Edit]]]:
    """Edits of the same kind of slice together: none of these overlap."""
    kinds: dict[tuple[bool, ...], list[tuple[Place, Edit]]] = {}
    for place, edit in pairs:
        kinds.setdefault(tuple(part == ALL for part in place), []).append((place, edit))
    return list(kinds.values())


def _family(frame: Frame, state: Edited, pairs: list[tuple[Place, Edit]]) -> Edited:
    """Slices that do not overlap: those under the same locks are paid for together."""
    touched = {place for place, _edit in pairs}
    state = replace(state, locks=tuple(lock for lock in state.locks if lock not in touched))
    groups: dict[tuple[Place, ...], list[tuple[Place, int]]] = {}
    for place, edit in pairs:
        if edit.units is not None:
            groups.setdefault(tuple(lock for lock in state.locks if contains(lock, place)), []).append((place, int(edit.units)))
    whole = state.whole
    for above, wanted in groups.items():
        whole = _set_or_nearest(frame, whole, state.locks, above, wanted)
    return Edited(whole, (*state.locks, *(place for place, edit in pairs if edit.is_locked)))


def contains(outer: Place, inner: Place) -> bool:
    """Whether a slice lies in another, or is it."""
    return all(out in (ALL, part) for out, part in zip(outer, inner, strict=True))


def cells_of(frame: Frame, place: Place) -> tuple[np.ndarray, np.ndarray]:
    """The board's rows and the months that lie in the slice."""
    account, product, month = place
    rows = np.ones(len(frame.account), bool)
    if account != ALL:
        rows &= frame.account == account
    if product != ALL:
        rows &= frame.product == product
    return np.flatnonzero(rows), np.arange(frame.low.shape[1]) if month == ALL else np.array([month])


def _set_or_nearest(
    frame: Frame, whole: np.ndarray, locks: tuple[Place, ...], above: tuple[Place, ...], wanted: list[tuple[Place, int]]
) -> np.ndarray:
    try:
        return _set(frame, whole, locks, above, wanted)
    except TargetRefused as refused:
        if len(wanted) == 1 and refused.nearest is not None:
            # The nearest that the slice's own cells allow may still be more than the rest can pay: then that refusal is the one to tell.
            _set(frame, whole, locks, above, [(wanted[0][0], refused.nearest)])
        raise


def _set(frame: Frame, whole: np.ndarray, locks: tuple[Place, ...], above: tuple[Place, ...], wanted: list[tuple[Place, int]]) -> np.ndarray:
    """Give the slices their sums, and let the rest of what lies under the locks above them pay."""
    closed = lock_mask(frame, (lock for lock in locks if lock not in above))
    made, payers = whole.copy(order="K"), ~closed
    for place, units in wanted:
        rows, columns = cells_of(frame, place)
        where = np.ix_(rows, columns)
        made[where] = inside(frame, whole[where], closed[where], frame.low[where], frame.high[where], place, units)
        payers[where] = False
    for lock in above:
        rows, columns = cells_of(frame, lock)
        under = np.zeros(payers.shape, bool, order="F")
        under[np.ix_(rows, columns)] = True
        payers &= under
    gained = made.sum(axis=0) - whole.sum(axis=0)
    by_month = frame.hold_months and all(place[2] == ALL or _named(place) > 1 for place, _units in wanted)
    pay(frame, made, payers, gained if by_month else np.array([gained.sum()]), wanted)
    return made


def inside(
    frame: Frame, before: np.ndarray, closed: np.ndarray, low: np.ndarray, high: np.ndarray, place: Place, units: int
) -> np.ndarray:
    """A slice's cells (rows, months) with the sum `units`; a single cell has no limits but 0 of its own."""
    if units < 0:
        raise TargetRefused(_("A target is not negative"), _("{units} units were asked for.").format(units=format_number(units)), nearest=0)
    if before.size == 1:
        low, high = np.zeros_like(before), np.maximum(high, units)
    change = units - int(before.sum())
    room = np.where(closed, 0, (high - before) if change > 0 else (before - low)).clip(min=0)
    short = abs(change) - int(room.sum())
    if short > 0:
        nearest = units - short if change > 0 else units + short
        raise TargetRefused(
            _("{units} units are out of reach").format(units=format_number(units)),
            _("Within the limits and beside what is locked {nearest} is the nearest.").format(nearest=format_number(nearest)),
            _("Set that, unlock something, or widen the limits."), nearest,
        )  # fmt: skip
    return before + np.sign(change) * shared(abs(change), before.ravel(), room.ravel()).reshape(before.shape)


def pay(frame: Frame, made: np.ndarray, payers: np.ndarray, gained: np.ndarray, wanted: list[tuple[Place, int]]) -> None:
    """Take what the slices gained from the payers, or give them what was lost, in place: month by month, or over the whole season."""
    by_month = len(gained) > 1
    changes = [(month, int(gain)) for month, gain in enumerate(gained) if gain]
    short = 0
    for month, gain in changes:
        # A view of the month's cells, or of all: each month's lie together.
        before, low, high, open_cells = ((of[:, month] if by_month else of.ravel(order="F")) for of in (made, frame.low, frame.high, payers))
        room = (before - low) if gain > 0 else (high - before)
        room[~open_cells] = 0
        at = np.flatnonzero(room > 0)
        missing = abs(gain) - int(room[at].sum())
        short += max(missing, 0)
        if missing <= 0:
            before[at] -= np.sign(gain) * shared(abs(gain), before[at], room[at])
            if not by_month:
                made[...] = before.reshape(made.shape, order="F")
    if short:
        raise _unpaid(short, sum(gain for _month, gain in changes), wanted)


def _unpaid(short: int, gain: int, wanted: list[tuple[Place, int]]) -> TargetRefused:
    nearest = wanted[0][1] - int(np.sign(gain)) * short if len(wanted) == 1 else None
    remedy = _("Unlock something, let months change, or widen the limits.")
    if nearest is None:
        told = _("The rest can make room for all but {n} units of it.").format(n=format_number(short))
    else:
        told = _("The rest can make room for {nearest} at the nearest.").format(nearest=format_number(nearest))
    return TargetRefused(_("The total would not hold"), told, remedy, nearest)
