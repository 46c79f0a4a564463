"""Whole cases for a board of account × product × month: every figure that people read is within one case of its value (methods.md section 6).

Three margins at once cannot always be rounded together, so the board is rounded from above. The season: account × product, exactly, as a
linear program; on a large board, where that takes seconds, each product among its accounts, with what every account was given too much
or too little carried on to the next product. Then products × months, exactly again, and then each season of an account and a product
among its months, so that these hold. (Where accounts are fewer than products the two change places.)

Held whatever the board: the total is the rounded total; cells, and the season of each account × product, are within one case of their
values; on boards up to LARGE so are the seasons of accounts and of products. In practice these are on every board, and so are months;
an account or a product in a single month is seldom off by more than one.
"""

from dataclasses import dataclass

import numpy as np

from measures.seasons.case_repair import mended_months, mended_seasons
from measures.seasons.rounding import ROUNDING, controlled_rounding, whole_cases

# What a row still needs over its months counts half as much as the month's own fraction and what its account is owed in that month:
# of several weights tried this left the fewest account × months off by more than one.
NEED = 0.5
FORCED = 1e6
# Up to this many rows of account × product the linear program takes a tenth of a second.
LARGE = 12_000


@dataclass(frozen=True)
class _Board:
    """A board's cells, (months, rows), ordered by group: `whole` below them and `part` above it, where each group begins and ends,
    and the rows' places on either side. Months first: what is rounded together then lies together in memory.
    """

    values: np.ndarray
    whole: np.ndarray
    part: np.ndarray
    bounds: list[tuple[int, int]]
    group: np.ndarray
    other: np.ndarray


def whole_board(values: np.ndarray, account: np.ndarray, product: np.ndarray) -> np.ndarray:
    """Cells (cells, months) in whole cases, int64, that sum to the rounded total of the values.

    `account` and `product` number the cells' rows and columns from 0; each pair comes once. Values must not be negative;
    a cell of 0 stays 0, and one that is whole stays as it is.
    """
    if values.size == 0 or values.sum() == 0:
        return np.zeros(values.shape, np.int64)
    few, many = (product, account) if product.max() <= account.max() else (account, product)
    order = np.lexsort((many, few))
    board = _board(np.ascontiguousarray(values[order].T), few[order], many[order])
    rounded = np.empty(values.shape, np.int64)
    rounded[order] = (board.whole + _months(board, _seasons(board, int(np.rint(values.sum()))))).T
    return rounded


def _board(values: np.ndarray, group: np.ndarray, other: np.ndarray) -> _Board:
    edges = np.append(np.flatnonzero(np.diff(group, prepend=-1)), len(group)).tolist()
    whole, part = _split(values)
    return _Board(values, whole, part, list(zip(edges, edges[1:], strict=False)), group, other)


def _split(values: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """What lies below the values in whole cases, int64, and what is left above it; 0 where floating sums left a trace only."""
    floor = np.floor(values + ROUNDING)
    part = values - floor
    return floor.astype(np.int64), np.where(part > ROUNDING, part, 0.0)


def _summed(rows: np.ndarray, board: _Board) -> np.ndarray:
    """Sums of each group: (…, rows) → (…, groups)."""
    return np.add.reduceat(rows, [start for start, _end in board.bounds], axis=-1)


def _seasons(board: _Board, total: int) -> np.ndarray:
    """The whole season of each row (account × product), (rows,); they sum to the total."""
    season = board.values.sum(axis=0)
    if len(season) > LARGE:
        return _carried(board, season, _nearest(_summed(season, board), total))
    table = np.zeros((len(board.bounds), int(board.other.max()) + 1))
    place = (np.repeat(np.arange(len(board.bounds)), [end - start for start, end in board.bounds]), board.other)
    table[place] = season
    return controlled_rounding(table, total)[place]


def _nearest(values: np.ndarray, total: int) -> np.ndarray:
    """The values rounded up or down to the total, the largest fractions up."""
    whole, part = _split(values)
    whole[_largest(part, total - int(whole.sum()))] += 1
    return whole


def _carried(board: _Board, seasons: np.ndarray, budgets: np.ndarray) -> np.ndarray:
    """The season of each row: each group's sum to its budget, rounding errors of the other side carried on."""
    season, part = _split(seasons)
    ups, owed = np.zeros(len(season), np.int64), np.zeros(int(board.other.max()) + 1)
    for (start, end), count in zip(board.bounds, (budgets - _summed(season, board)).tolist(), strict=True):
        mine, wanted = board.other[start:end], part[start:end]
        up = _largest(np.where(wanted > 0, wanted + owed[mine], -np.inf), count)
        ups[start:end][up] = 1
        owed[mine] += wanted
        owed[mine[up]] -= 1
    mended_seasons(ups, part, board.group, board.other)
    return season + ups


def _budgets(board: _Board, seasons: np.ndarray) -> np.ndarray:
    """Whole cases of each group in each month, (groups, months): each group's months sum to its season."""
    sums, wanted = _summed(seasons, board), _summed(board.values, board).T
    try:
        return controlled_rounding(wanted, int(sums.sum()), sums)
    except ArithmeticError:
        # A board of few rows may leave no table that has these seasons and rounds every month up or down.
        return whole_cases(sums, wanted)


def _months(board: _Board, seasons: np.ndarray) -> np.ndarray:
    """1 for each cell (months, rows) to round up: each row sums to its season, each group's month to its budget if the rows allow it."""
    ups = np.zeros(board.whole.shape, np.int64)
    left = seasons - board.whole.sum(axis=0)
    owed = np.zeros((len(ups), int(board.other.max()) + 1))
    coming = np.cumsum(board.part[::-1], axis=0)[::-1]
    places = np.cumsum(board.part[::-1] > 0, axis=0)[::-1]
    counts = _budgets(board, seasons) - _summed(board.whole, board).T
    for (start, end), of_group in zip(board.bounds, counts.tolist(), strict=True):
        mine, needed, over = board.other[start:end], left[start:end], 0
        for month, count in enumerate(of_group):
            part = board.part[month, start:end]
            wanted = part + NEED * (needed - coming[month, start:end]) + owed[month, mine]
            wanted[needed == places[month, start:end]] = FORCED
            wanted[(part == 0) | (needed == 0)] = -np.inf
            up = _largest(wanted, _possible(wanted, count + over))
            # What the rows did not allow in this month is the next one's.
            over += count - len(up)
            ups[month, start:end][up] = 1
            needed[up] -= 1
            owed[month, mine] += part
            owed[month, mine[up]] -= 1
    mended_months(ups, board.part, board.group, board.other)
    return ups


def _possible(wanted: np.ndarray, count: int) -> int:
    """The count within what must and what can be rounded up."""
    return int(np.clip(count, (wanted == FORCED).sum(), (wanted > -np.inf).sum()))


def _largest(wanted: np.ndarray, count: int) -> np.ndarray:
    """Places of the `count` largest."""
    return np.argpartition(wanted, len(wanted) - count)[len(wanted) - count :] if count > 0 else np.zeros(0, np.int64)
