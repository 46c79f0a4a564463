"""Whole cases for a board of account × product × month: every figure that people read is within one case of its value (methods.md section 6).

Three margins at once cannot always be rounded together. Two accounts, two products, two months, and half a case in each of the four cells
(1, 1, 1), (1, 2, 2), (2, 1, 2), (2, 2, 1): every account, product and month has exactly one case, and no two of these cells give it to each.
Two families can, each of margins that lie in one another (measures/seasons/case_flow.py). So this is held, whatever the board:

    the total is the rounded total; within one case of their values are every cell, the season of each account × product, of each
    account and of each product, and each account in each month.

Months of all accounts and products in single months are held in practice; where these cannot be, they are off by more.

The board is rounded from above. The season: account × product, as a linear program; on a large board, where that takes seconds, each product
among its accounts, with what every account was given too much or too little carried on to the next product. Then products × months,
and then each season of an account and a product among its months, so that these hold. (Where accounts are fewer than products the
two change places.) Where a margin is still off, one of its cells moves (measures/seasons/case_repair.py), and what no such
move mends is rerouted through the board's network.
"""

from dataclasses import dataclass

import numpy as np

from measures.seasons.case_flow import Arcs, joined, rerouted
from measures.seasons.case_repair import is_off, mended_months, mended_seasons
from measures.seasons.line_sums import line_sums
from measures.seasons.rounding import ROUNDING, controlled_rounding, whole_cases
from measures.sorting import order_by

# What a row still needs over its months counts half as much as the month's own fraction and what its account is owed in that month:
# of several weights tried this left the fewest account × months off by more than one.
NEED = 0.5
FORCED = 1e6
"""A claim above all others: a row with no month to spare takes a case in every one."""
# Up to this many rows of account × product the linear program takes a tenth of a second.
LARGE = 12_000


@dataclass(frozen=True)
class _Board:
    """What a board's cells lie above their whole cases, (months, rows), ordered by group: where each group begins and ends, and the
    rows' places on either side. Months first: what is rounded together then lies together in memory. `season` is a row's sum, `wanted`
    (groups, months) a group's: both exact, while single precision decides between cells.
    """

    part: np.ndarray
    season: np.ndarray
    wanted: np.ndarray
    bounds: list[tuple[int, int]]
    group: np.ndarray
    other: np.ndarray


def whole_board(values: np.ndarray, account: np.ndarray, product: np.ndarray) -> np.ndarray:
    """Cells (cells, months) in whole cases, int64, that sum to the rounded total of the values.

    `account` and `product` number the cells' rows and columns from 0; each pair comes once. Values must not be negative;
    a cell of 0 stays 0, and one that is whole stays as it is. Cells in the order of account and product are rounded fastest.
    """
    if values.size == 0 or values.sum() == 0:
        return np.zeros(values.shape, np.int64)
    code = account * (int(product.max()) + 1) + product
    if (np.diff(code) > 0).all():
        return _whole(values.T, account, product).T
    order = order_by(account, product)
    found = np.empty(values.shape, np.int64)
    found[order] = _whole(values.T[:, order], account[order], product[order]).T
    return found


def _whole(values: np.ndarray, account: np.ndarray, product: np.ndarray) -> np.ndarray:
    """The cells (months, rows), ordered by account and product, in whole cases."""
    whole, part = _split(values)
    few, many = (product, account) if product.max() <= account.max() else (account, product)
    order = order_by(few)
    board = _board(part, few, many, order)
    ups = _months(board, _seasons(board)).take(_places_of(order), axis=1)
    if not mended_months(ups, part, account, product) and held_accounts(ups, part, account, product):
        mended_months(ups, part, account, product)
    whole += ups
    return whole


def held_accounts(ups: np.ndarray, part: np.ndarray, account: np.ndarray, product: np.ndarray) -> bool:
    """Round cells (months, rows) the other way, in place, until every account's months are within one case, with all that is held already.

    First among the accounts that are off, then, where these alone cannot be mended, among all. Whether anything had to be.
    """
    off = is_off(line_sums(ups - part, account, int(account.max()) + 1)).any(axis=0)
    if not off.any():
        return False
    return _held(ups, part, account, product, np.flatnonzero(off[account])) or _held(ups, part, account, product, np.arange(len(account)))


def _held(ups: np.ndarray, part: np.ndarray, account: np.ndarray, product: np.ndarray, rows: np.ndarray) -> bool:
    """Reroute the cases of these rows; whether that could be done. What the other rows have stays.

    The network: all → product → account × product → cell → account in a month → account → all.
    """
    months, count = len(ups), len(rows)
    mine, (accounts, of_account), (products, of_product) = ups[:, rows], *(np.unique(of[rows], return_inverse=True) for of in (account, product))
    row_node, product_node = np.arange(count) + 2, np.arange(len(products)) + 2 + count
    account_node = np.arange(len(accounts)) + 2 + count + len(products)
    month_node = np.arange(months * len(accounts)).reshape(months, -1) + account_node[-1] + 1
    month, row = np.nonzero(part[:, rows] > 0)
    by_month, wanted = (np.stack([np.bincount(of_account, cells, len(accounts)) for cells in of]) for of in (mine, part[:, rows]))
    # A product's limits are those of all its rows, less what the rows that stay have.
    whole_season, of_all = (np.bincount(product, of.sum(axis=0), products[-1] + 1)[products] for of in (ups, part))
    stays = whole_season - np.bincount(of_product, mine.sum(axis=0))
    arcs = joined([
        _arcs(np.zeros(len(products)), product_node, whole_season - stays, of_all, less=stays),
        _arcs(product_node[of_product], row_node, mine.sum(axis=0), part[:, rows].sum(axis=0)),
        _arcs(row_node[row], month_node[month, of_account[row]], mine[month, row], part[:, rows][month, row]),
        _arcs(month_node.ravel(), np.tile(account_node, months), by_month.ravel(), wanted.ravel()),
        _arcs(account_node, np.ones(len(accounts)), by_month.sum(axis=0), wanted.sum(axis=0)),
    ])  # fmt: skip
    found = rerouted(arcs)
    if found is None:
        return False
    first = len(products) + count
    ups[month, rows[row]] = found[first : first + len(row)]
    return True


def _arcs(tail: np.ndarray, head: np.ndarray, flow: np.ndarray, value: np.ndarray, less: np.ndarray | float = 0) -> Arcs:
    """Arcs that may carry a margin's value rounded down or up."""
    return Arcs(tail, head, flow, np.floor(value + ROUNDING) - less, np.ceil(value - ROUNDING) - less)


def _board(part: np.ndarray, few: np.ndarray, many: np.ndarray, order: np.ndarray) -> _Board:
    group = few[order]
    edges = np.append(np.flatnonzero(np.diff(group, prepend=-1)), len(group)).tolist()
    wanted = line_sums(part, few, int(group[-1]) + 1).T[group[edges[:-1]]]
    return _Board(
        part.astype(np.float32).take(order, axis=1), part.sum(axis=0)[order], wanted, list(zip(edges, edges[1:], strict=False)), group, many[order]
    )


def _places_of(order: np.ndarray) -> np.ndarray:
    """Where an order puts each row."""
    places = np.empty(len(order), np.int64)
    places[order] = np.arange(len(order))
    return places


def _split(values: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """What lies below the values in whole cases, int64, and what is left above it; 0 where floating sums left a trace only."""
    floor = values + ROUNDING
    np.floor(floor, out=floor)
    part = values - floor
    part[part <= ROUNDING] = 0.0
    return floor.astype(np.int64), part


def _summed(rows: np.ndarray, board: _Board) -> np.ndarray:
    """Sums of each group: (…, rows) → (…, groups)."""
    return np.add.reduceat(rows, [start for start, _end in board.bounds], axis=-1)


def _seasons(board: _Board) -> np.ndarray:
    """How many cells of each row (account × product) are rounded up over the season, (rows,); with the whole parts they sum to the total."""
    season = board.season
    total = int(np.rint(season.sum()))
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
        ups[start:end] = _largest(np.where(wanted > 0, wanted + owed[mine], -np.inf), count)
        owed[mine] += wanted - ups[start:end]
    mended_seasons(ups, part, board.group, board.other)
    return season + _held_seasons(board, ups, part)


def _held_seasons(board: _Board, ups: np.ndarray, part: np.ndarray) -> np.ndarray:
    """The rows rounded up, (rows,), with the season of every `other` side and of every group within one case and the total as it is.

    The network: all → group → row → other → all.
    """
    wanted, given = (np.bincount(board.other, of) for of in (part, ups))
    if not is_off(given - wanted).any():
        return ups
    lines, groups, open_rows = np.arange(len(wanted)) + 1, np.arange(len(board.bounds)) + len(wanted) + 1, np.flatnonzero(part > 0)
    of_group = np.repeat(groups, [end - start for start, end in board.bounds])[open_rows]
    arcs = joined([
        _arcs(of_group, board.other[open_rows] + 1, ups[open_rows], part[open_rows]),
        _arcs(np.full(len(groups), groups[-1] + 1), groups, _summed(ups, board), _summed(part, board)),
        _arcs(lines, np.zeros(len(lines)), given, wanted),
    ])  # fmt: skip
    found = rerouted(arcs)
    if found is not None:
        ups[open_rows] = found[: len(open_rows)]
    return ups


def _budgets(board: _Board, seasons: np.ndarray) -> np.ndarray:
    """How many cells of each group are rounded up in each month, (groups, months): each group's months sum to its season."""
    sums = _summed(seasons, board)
    try:
        return controlled_rounding(board.wanted, int(sums.sum()), sums)
    except ArithmeticError:
        # A board of few rows may leave no table that has these seasons and rounds every month up or down.
        return whole_cases(sums, board.wanted)


def _months(board: _Board, seasons: np.ndarray) -> np.ndarray:
    """1 for each cell (months, rows) to round up: each row sums to its season, each group's month to its budget if the rows allow it."""
    ups = np.empty(board.part.shape, np.int8)
    owed, weights = np.zeros((len(ups), int(board.other.max()) + 1), np.float32), _weights(len(ups))
    for (start, end), of_group in zip(board.bounds, _budgets(board, seasons).tolist(), strict=True):
        mine, part, up = _run(board.other[start:end]), board.part[:, start:end], ups[:, start:end]
        _group_months(_claims(part, owed[:, mine]), part > 0, seasons[start:end], of_group, weights, up)
        owed[:, mine] += part - up
    return ups


def _run(places: np.ndarray) -> np.ndarray | slice:
    """Rising places, as a slice where none is left out."""
    first, last = int(places[0]), int(places[-1])
    return slice(first, last + 1) if last - first + 1 == len(places) else places


def _claims(part: np.ndarray, owed: np.ndarray) -> np.ndarray:
    """What each cell (months, rows) claims beside its row's need: its fraction and what its other side is owed, less what the row's rest has."""
    rest = part * -NEED
    for month in range(len(part) - 1, 0, -1):
        rest[month - 1] += rest[month]
    rest += part
    rest += owed
    return rest


def _group_months(claims: np.ndarray, is_open: np.ndarray, seasons: np.ndarray, counts: list[int], weights: np.ndarray, ups: np.ndarray) -> None:
    """Fill in which cells (months, rows) of one group are rounded up, `counts` of each month.

    A row's state is how many cases it still needs and how many of its open months it can spare: without a need it takes no more, and
    with no month to spare every one. What the rows do not allow in one month is the next one's.
    """
    months, opened, over = len(claims), is_open.astype(np.int64), 0
    claims[~is_open] = -np.inf
    state = opened.sum(axis=0) + months * seasons
    for month, count in enumerate(counts):
        claim = claims[month]
        claim += weights.take(state)
        ups[month] = up = _largest(claim, count + over, FORCED / 2)
        over += count - np.count_nonzero(up)
        state -= opened[month]
        state -= months * up


def _weights(months: int) -> np.ndarray:
    """What a row's state adds to its claim on a case: by cases needed × (months + 1) + open months to spare."""
    needed, spare = np.divmod(np.arange((months + 1) ** 2), months + 1)
    return np.where(needed == 0, -np.inf, np.where(spare == 0, FORCED, NEED * needed)).astype(np.float32)


def _largest(claims: np.ndarray, count: int, forced: float = np.inf) -> np.ndarray:
    """Which are the `count` largest, of equal ones the first; a claim of −inf is none, and all of `forced` and more are among them."""
    if count <= 0:
        return claims >= forced
    cut = np.partition(claims, len(claims) - count)[len(claims) - count] if count < len(claims) else -np.inf
    if cut == -np.inf:
        return claims > cut
    if cut >= forced:
        return claims >= forced
    found = claims >= cut
    if (more := np.count_nonzero(found) - count) > 0:
        found[np.flatnonzero(claims == cut)[-more:]] = False
    return found
