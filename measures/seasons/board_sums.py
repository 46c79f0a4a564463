"""Sums of a board's cells by account and month and by product and month: every margin that people read is one of these, or their sum."""

from dataclasses import dataclass

import numpy as np

from measures.seasons.line_sums import line_sums
from measures.seasons.natural_board import Board


@dataclass(frozen=True)
class Sums:
    """`account` (accounts, months) and `product` (products, months); accounts and products as the board numbers them."""

    account: np.ndarray
    product: np.ndarray

    @property
    def months(self) -> np.ndarray:
        """Each month's sum over all cells, (months,)."""
        return self.product.sum(axis=0)

    @property
    def total(self) -> float:
        """The sum of all cells."""
        return float(self.product.sum())


def sums(cells: np.ndarray, board: Board, rows: np.ndarray | None = None) -> Sums:
    """The sums of `cells` (cells, months), or of some of the board's rows alone; whole numbers stay exact."""
    places = (board.account, board.accounts.height), (board.product, board.products.height)
    chosen = slice(None) if rows is None else rows
    return Sums(*(line_sums(cells.T, of[chosen], count).T for of, count in places))
