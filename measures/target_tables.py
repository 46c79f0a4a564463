"""The target board as tables: its cells with their parts, and its margins."""

from dataclasses import dataclass

import numpy as np
import polars as pl

from measures.natural_board import Board

TARGETS_SCHEMA = {
    "month": pl.Date, "account_id": pl.String, "account": pl.String, "product_id": pl.String, "product": pl.String,
    "natural": pl.Float64, "lift": pl.Float64, "rounding": pl.Float64, "target": pl.Int64, "gap": pl.Float64,
    "last_year": pl.Float64, "method": pl.String,
}
AMOUNTS = {"natural": pl.Float64, "target": pl.Int64, "gap": pl.Float64, "last_year": pl.Float64}
BY_ACCOUNT_SCHEMA = {"account_id": pl.String, "account": pl.String, "kind": pl.String, "region_id": pl.String, "region": pl.String, **AMOUNTS}
BY_PRODUCT_SCHEMA = {"product_id": pl.String, "product": pl.String, "category": pl.String, **AMOUNTS}
MONTHS_SCHEMA = {"month": pl.Date, "lift": pl.Float64, **AMOUNTS}


@dataclass(frozen=True)
class Cells:
    """What no requirement changes of the board's rows: their names and natural sales, and where each lies on the board."""

    rows: pl.DataFrame
    cell: np.ndarray
    month: np.ndarray


def named_cells(board: Board) -> Cells:
    """Every cell with natural sales, by month, account and product."""
    month, cell = np.nonzero((board.natural > 0).T)
    accounts, products = board.accounts[board.account[cell]], board.products[board.product[cell]]
    columns = {
        "month": pl.Series(board.plan.off_season.months, dtype=pl.Date).gather(month),
        "account_id": accounts["account_id"], "account": accounts["account"],
        "product_id": products["product_id"], "product": products["product"],
        "natural": board.natural[cell, month], "last_year": board.last_year[cell, month],
        "method": pl.Series(board.method, dtype=pl.String).gather(cell),
    }
    return Cells(pl.DataFrame(columns), cell, month)


def target_rows(cells: Cells, lifted: np.ndarray, whole: np.ndarray) -> pl.DataFrame:
    """The cells with their targets: natural + lift + rounding = target, gap = target − natural."""
    natural = cells.rows["natural"].to_numpy()
    asked, target = lifted[cells.cell, cells.month], whole[cells.cell, cells.month]
    columns = {"lift": asked - natural, "rounding": target - asked, "target": target, "gap": target - natural}
    return cells.rows.hstack(pl.DataFrame(columns)).select(list(TARGETS_SCHEMA))


def by_account(board: Board, whole: np.ndarray) -> pl.DataFrame:
    """The off-season's sums by account, the largest gap first."""
    return _margin(board.accounts, board.account, board, whole, BY_ACCOUNT_SCHEMA)


def by_product(board: Board, whole: np.ndarray) -> pl.DataFrame:
    """The off-season's sums by product, the largest gap first."""
    return _margin(board.products, board.product, board, whole, BY_PRODUCT_SCHEMA)


def by_month(board: Board, lifted: np.ndarray, whole: np.ndarray) -> pl.DataFrame:
    """The board's sums by month of the off-season, with the lift before rounding."""
    natural, target = board.natural.sum(axis=0), whole.sum(axis=0)
    columns = {
        "month": board.plan.off_season.months, "lift": (lifted - board.natural).sum(axis=0), "natural": natural, "target": target,
        "gap": target - natural, "last_year": board.last_year.sum(axis=0),
    }
    return pl.DataFrame(columns, schema=MONTHS_SCHEMA)


def _margin(names: pl.DataFrame, of: np.ndarray, board: Board, whole: np.ndarray, schema: dict) -> pl.DataFrame:
    def summed(cells: np.ndarray) -> np.ndarray:
        return np.bincount(of, cells @ np.ones(cells.shape[1]), names.height)

    natural, target = summed(board.natural), summed(whole)
    sums = {"natural": natural, "target": np.rint(target).astype(np.int64), "gap": target - natural, "last_year": summed(board.last_year)}
    shown = names.hstack(pl.DataFrame(sums)).filter(pl.Series(np.bincount(of, minlength=names.height) > 0))
    key = next(iter(schema))
    return shown.sort(pl.col("gap"), key, descending=[True, False]).select(pl.col(name).cast(kind) for name, kind in schema.items())
