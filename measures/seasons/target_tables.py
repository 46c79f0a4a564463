"""The target board as tables: its cells with their parts, and its margins, in units and money.

Money is whole cents in each cell (natural sales stay unrounded): whatever the table, its sum is the board's.
"""

from dataclasses import dataclass

import numpy as np
import polars as pl

from measures.seasons.allocation import column_sums, row_sums
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
    """Every cell by month, account and product."""
    order = np.lexsort((board.product, board.account))
    months = board.natural.shape[1]
    month, cell = np.repeat(np.arange(months), len(order)), np.tile(order, months)
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

    `edit` is what people changed of the calculated target. A cell that sells nothing naturally and is asked for nothing is left out.
    """
    natural = cells.rows["natural"].to_numpy()
    lift, growth, planned, target = (of[cells.cell, cells.month] for of in (made.lift, made.growth, made.whole, whole))
    columns = {
        "lift": lift, "growth_points": growth, "rounding": planned - natural - lift - growth, "edit": target - planned,
        "target": target, "gap": target - natural,
    }  # fmt: skip
    amount = cents(target, cells.rows["price"].to_numpy()) / 100
    rows = cells.rows.hstack(pl.DataFrame(columns | {"target_amount": amount})).select(list(TARGETS_SCHEMA))
    return rows.filter((pl.col("natural") > 0) | (pl.col("target") != 0))


def cents(units: np.ndarray, price: np.ndarray) -> np.ndarray:
    """Money of whole cases in whole cents, as floats that hold them exactly."""
    return np.rint(units * price * 100)


def money(units: np.ndarray, board: Board) -> float:
    """Money of a whole board (cells, months); of whole cases exact to the cent."""
    if np.issubdtype(units.dtype, np.integer):
        return float(column_sums(cents(units, board.price[:, None])).sum()) / 100
    return float(board.price @ row_sums(units))


def by_account(board: Board, whole: np.ndarray) -> pl.DataFrame:
    """The off-season's sums by account, the largest gap first."""
    return _margin(board.accounts, board.account, board, whole, BY_ACCOUNT_SCHEMA)


def by_product(board: Board, whole: np.ndarray) -> pl.DataFrame:
    """The off-season's sums by product, the largest gap first."""
    return _margin(board.products, board.product, board, whole, BY_PRODUCT_SCHEMA)


def by_month(board: Board, made: Plan, whole: np.ndarray) -> pl.DataFrame:
    """The board's sums by month of the off-season, with the lift and the growth points' part before rounding."""
    natural, target = column_sums(board.natural), np.rint(column_sums(whole)).astype(np.int64)
    columns = {
        "month": board.plan.off_season.months, "lift": column_sums(made.lift), "growth_points": column_sums(made.growth), "natural": natural,
        "target": target, "gap": target - natural, "last_year": column_sums(board.last_year), "natural_amount": board.price @ board.natural,
        "target_amount": column_sums(cents(whole, board.price[:, None])) / 100,
    }  # fmt: skip
    return pl.DataFrame(columns, schema=MONTHS_SCHEMA)


def _margin(names: pl.DataFrame, of: np.ndarray, board: Board, whole: np.ndarray, schema: dict) -> pl.DataFrame:
    def summed(cells: np.ndarray) -> np.ndarray:
        return np.bincount(of, row_sums(cells), names.height)

    natural, target = summed(board.natural), summed(whole)
    sums = {
        "natural": natural, "target": np.rint(target).astype(np.int64), "gap": target - natural, "last_year": summed(board.last_year),
        "natural_amount": summed(board.natural * board.price[:, None]), "target_amount": summed(cents(whole, board.price[:, None])) / 100,
    }  # fmt: skip
    shown = names.hstack(pl.DataFrame(sums)).filter(pl.Series(np.bincount(of, minlength=names.height) > 0))
    key = next(iter(schema))
    return shown.sort(pl.col("gap"), key, descending=[True, False]).select(pl.col(name).cast(kind) for name, kind in schema.items())
