"""Growth points on the board: which cells they are in, and what each could bring in each month."""

from dataclasses import dataclass, replace

import numpy as np
import polars as pl

from measures.seasons.growth_points import ALL_PRODUCTS
from measures.seasons.natural_board import Board
from measures.sorting import order_by

NEW = "growth point"
"""The method of a cell that has no natural sales: only growth points speak of it."""


@dataclass(frozen=True)
class Potential:
    """What growth points could bring: `units` (cells, months), expected over the off-season; `by_kind` (cells,) of each kind."""

    units: np.ndarray
    by_kind: dict[str, np.ndarray]


def with_points(board: Board, points: pl.DataFrame) -> tuple[Board, Potential]:
    """The board with a cell for every growth point, and what these could bring. A point about all products is shared by natural sales.

    Cells are in the order of account and product, and each month lies together in memory: sums and edits go month by month.
    """
    wider = _in_order(_with_cells(board, points.filter(pl.col("product_at") != ALL_PRODUCTS)))
    by_kind = {kind: _weights(wider, points.filter(kind=kind)) for kind in sorted(points["kind"].unique())}
    total = sum(by_kind.values(), np.zeros(len(wider.account)))
    return wider, Potential(np.asfortranarray(total[:, None] * _month_shares(wider)), by_kind)


def _in_order(board: Board) -> Board:
    order = order_by(board.account, board.product)
    rows = {name: getattr(board, name)[order] for name in ("account", "product", "peak", "recent", "method", "price", "sold")}
    months = {name: np.asfortranarray(getattr(board, name)[order]) for name in ("natural", "last_year")}
    return replace(board, **rows, **months)


def _with_cells(board: Board, points: pl.DataFrame) -> Board:
    width = board.products.height
    is_new = np.zeros(board.accounts.height * width, bool)
    is_new[(points["account_at"] * width + points["product_at"]).to_numpy()] = True
    is_new[board.account * width + board.product] = False
    wanted = np.flatnonzero(is_new)
    if not len(wanted):
        return board
    account, product = wanted // width, wanted % width
    none = np.zeros((len(wanted), board.natural.shape[1]))
    added = {"account": account, "product": product, "natural": none, "last_year": none, "price": _usual_price(board)[product]}
    empty = dict.fromkeys(("peak", "recent", "sold"), np.zeros(len(wanted))) | {"method": np.full(len(wanted), NEW, object)}
    return replace(board, **{name: np.concatenate([getattr(board, name), more]) for name, more in (added | empty).items()})


def _usual_price(board: Board) -> np.ndarray:
    """The mean price of each product over the board's cells, weighed by natural sales; the plain mean where nothing is natural."""
    weight = board.natural.sum(axis=1) + 1e-9
    sums, weights = (np.bincount(board.product, of, board.products.height) for of in (board.price * weight, weight))
    return np.divide(sums, weights, out=np.zeros(len(sums)), where=weights > 0)


def _weights(board: Board, points: pl.DataFrame) -> np.ndarray:
    """The points' weight on each cell, (cells,)."""
    account, product, weight = (points[name].to_numpy() for name in ("account_at", "product_at", "weight"))
    of_all = product == ALL_PRODUCTS
    table = np.zeros((board.accounts.height, board.products.height))
    np.add.at(table, (account[~of_all], product[~of_all]), weight[~of_all])
    natural = board.natural.sum(axis=1)
    sums = np.bincount(board.account, natural, board.accounts.height)
    shared = np.bincount(account[of_all], weight[of_all], board.accounts.height)[board.account] * natural
    return table[board.account, board.product] + np.divide(shared, sums[board.account], out=np.zeros(len(natural)), where=sums[board.account] > 0)


def _month_shares(board: Board) -> np.ndarray:
    """Each cell's months as shares of its season, (cells, months): by its natural sales, else its account's, else the board's."""
    by_account = np.stack([np.bincount(board.account, month, board.accounts.height) for month in board.natural.T], axis=1)
    by_account = np.where(by_account.sum(axis=1, keepdims=True) > 0, by_account, board.natural.sum(axis=0) + 1e-9)
    own = board.natural.sum(axis=1, keepdims=True) > 0
    profile = np.where(own, board.natural, by_account[board.account])
    return profile / profile.sum(axis=1, keepdims=True)
