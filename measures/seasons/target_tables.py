"""The target board as a table: its cells with their parts, in units and money.

Money is whole cents in each cell (natural sales stay unrounded): whatever the table, its sum is the board's.
"""

from dataclasses import dataclass

import numpy as np
import polars as pl

from measures.seasons.natural_board import Board
from measures.seasons.target_plan import Plan

TARGETS_SCHEMA = {
    "month": pl.Date, "account_id": pl.String, "account": pl.String, "product_id": pl.String, "product": pl.String,
    "natural": pl.Float64, "lift": pl.Float64, "growth_points": pl.Float64, "rounding": pl.Float64, "edit": pl.Int64, "target": pl.Int64,
    "gap": pl.Float64, "last_year": pl.Float64, "natural_amount": pl.Float64, "target_amount": pl.Float64, "method": pl.String,
}  # fmt: skip
AMOUNTS = {
    "natural": pl.Float64, "target": pl.Int64, "gap": pl.Float64, "last_year": pl.Float64, "natural_amount": pl.Float64,
    "target_amount": pl.Float64,
}  # fmt: skip
BY_ACCOUNT_SCHEMA = {"account_id": pl.String, "account": pl.String, "kind": pl.String, "region_id": pl.String, "region": pl.String, **AMOUNTS}
BY_PRODUCT_SCHEMA = {"product_id": pl.String, "product": pl.String, "category": pl.String, **AMOUNTS}
MONTHS_SCHEMA = {"month": pl.Date, "lift": pl.Float64, "growth_points": pl.Float64, **AMOUNTS}


@dataclass(frozen=True)
class Cells:
    """What no requirement changes of the board's rows: their names and natural sales, and where each lies on the board."""

    rows: pl.DataFrame
    cell: np.ndarray
    month: np.ndarray


def named_cells(board: Board) -> Cells:
    """Every cell by month, and in the board's order of accounts and products."""
    count, months = board.natural.shape
    month, cell = np.repeat(np.arange(months), count), np.tile(np.arange(count), months)
    accounts, products = board.accounts[board.account[cell]], board.products[board.product[cell]]
    columns = {
        "month": pl.Series(board.plan.off_season.months, dtype=pl.Date).gather(month),
        "account_id": accounts["account_id"], "account": accounts["account"],
        "product_id": products["product_id"], "product": products["product"],
        "natural": board.natural[cell, month], "last_year": board.last_year[cell, month],
        "natural_amount": board.natural[cell, month] * board.price[cell], "price": board.price[cell],
        "method": pl.Series(board.method, dtype=pl.String).gather(cell),
    }  # fmt: skip
    return Cells(pl.DataFrame(columns), cell, month)


def target_rows(cells: Cells, made: Plan, whole: np.ndarray) -> pl.DataFrame:
    """The cells with their targets: natural + lift + growth points + rounding + edit = target, gap = target − natural.

    `edit` is what people changed of the calculated target. Cells of which there is nothing to tell are left out, so that every column adds up.
    """
    natural = cells.rows["natural"].to_numpy()
    lift, growth, planned, target = (of[cells.cell, cells.month] for of in (made.lift, made.growth, made.whole, whole))
    columns = {
        "lift": lift, "growth_points": growth, "rounding": planned - natural - lift - growth, "edit": target - planned,
        "target": target, "gap": target - natural,
    }  # fmt: skip
    amount = cents(target, cells.rows["price"].to_numpy()) / 100
    rows = cells.rows.hstack(pl.DataFrame(columns | {"target_amount": amount})).select(list(TARGETS_SCHEMA))
    return rows.filter(is_told(made, whole)[cells.cell, cells.month])


def is_told(made: Plan, whole: np.ndarray) -> np.ndarray:
    """Which cells (cells, months) the board's rows tell of: a growth point that is rounded away, and a target that was taken out, are parts of the sums."""
    return (made.natural > 0) | (made.growth != 0) | (made.whole != 0) | (whole != 0)


def cents(units: np.ndarray, price: np.ndarray) -> np.ndarray:
    """Money of whole cases in whole cents, as floats that hold them exactly."""
    return np.rint(units * price * 100)


