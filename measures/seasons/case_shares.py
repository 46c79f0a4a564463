"""Whole cases shared among cells in proportion, none above its room: the allocation of methods.md section 6 in whole cases."""

import numpy as np

from measures.seasons.allocation import filled


def shared(cases: int, weights: np.ndarray, room: np.ndarray) -> np.ndarray:
    """`cases` among the cells (n,) in proportion to their weights, each at most its room, int64; they sum to `cases`.

    Cells without a weight take what the others have no room for, in proportion to their room. Fractions by largest remainder: equal ones
    to the larger weight, then to the earlier cell. Raises ValueError where there is less room than cases.
    """
    if cases > room.sum():
        raise ValueError("there is less room than cases")
    weighed = np.where(weights > 0, room, 0)
    first = min(cases, int(weighed.sum()))
    found = _whole(first, weights, weighed)
    return found if first == cases else found + _whole(cases - first, room, room - weighed)


def _whole(cases: int, weights: np.ndarray, room: np.ndarray) -> np.ndarray:
    if cases == 0:
        return np.zeros(len(room), np.int64)
    exact = filled(float(cases), weights.astype(float), room.astype(float))
    whole = np.minimum(np.floor(exact + 1e-9).astype(np.int64), room)
    left = cases - int(whole.sum())
    if left <= 0:
        return _taken_back(whole, -left)
    rest = np.where(whole < room, exact - whole, -1.0)
    whole[_largest(rest, weights, left)] += 1
    return whole


def _largest(rest: np.ndarray, weights: np.ndarray, count: int) -> np.ndarray:
    """The `count` largest; of equal ones the larger weight, then the earlier. Only those at the edge are sorted."""
    edge = np.partition(rest, len(rest) - count)[len(rest) - count]
    sure, tied = np.flatnonzero(rest > edge + 1e-9), np.flatnonzero(np.abs(rest - edge) <= 1e-9)
    order = np.lexsort((tied, -weights[tied]))
    return np.concatenate([sure, tied[order][: count - len(sure)]])


def _taken_back(whole: np.ndarray, surplus: int) -> np.ndarray:
    """Floating sums can lift a cell over a whole number that it stands just under: such a case goes back, from the largest."""
    whole[np.argsort(-whole, kind="stable")[:surplus]] -= 1
    return whole
