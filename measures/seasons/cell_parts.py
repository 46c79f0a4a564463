"""A target explained: natural sales, lift, each growth point with what it carries, rounding, and what people edited (methods.md section 6).

A cell carries its growth points in proportion to what each is worth there, so that their units are the cell's figure of growth points.
Units are tenths of a case: rounding takes what is left, and what a person adds up is the target.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import polars as pl

from measures.seasons.edited_board import EditedBoard
from measures.seasons.growth_points import ALL_PRODUCTS, named
from measures.seasons.natural_board import Board
from measures.typed import typed

MOST_POINTS = 50
"""Growth points that a cell names; the others are one line."""
SCHEMA = {
    "part": pl.String, "account_id": pl.String, "account": pl.String, "product_id": pl.String, "product": pl.String, "kind": pl.String,
    "reason": pl.String, "part_units": pl.Float64,
}  # fmt: skip


@dataclass(frozen=True)
class Slice:
    """What is explained: the account, the product and the month that are named; all of what is not."""

    account_id: str | None = None
    product_id: str | None = None
    month: date | None = None


def cell_parts(edited: EditedBoard, chosen: Slice) -> pl.DataFrame:
    """The parts of a slice's target by SCHEMA: natural, lift, growth_point (one row each, the largest first), other_points, rounding, edit, target.

    The parts above the target sum to it, to the tenth. Growth points beyond the 50 largest are one row `other_points`.
    """
    rows, months = _cells(edited, chosen)
    where = np.ix_(rows, months)
    made, board = edited.plan, edited.ground.board
    natural, lift = _tenths(board.natural[where].sum()), _tenths(made.lift[where].sum())
    points = carried(board, edited.ground.points, rows, made.growth[where].sum(axis=1))
    shown, others = points.head(MOST_POINTS), _tenths(points["units"].slice(MOST_POINTS).sum())
    planned, target = int(made.whole[where].sum()), int(edited.state.whole[where].sum())
    growth = named(shown, board).select("account_id", "account", "product_id", "product", "kind", "reason").with_columns(part_units=shown["units"].round(1))
    left = planned * 10 - sum(round(units * 10) for units in (natural, lift, others, *growth["part_units"]))
    above, below = [("natural", natural), ("lift_units", lift)], [("rounding", left / 10), ("edit", float(target - planned)), ("target", float(target))]
    below = [("other_points", others), *below] if points.height > MOST_POINTS else below
    return pl.concat([_rows(above), growth.with_columns(part=pl.lit("growth_point")), _rows(below)], how="diagonal").select(typed(SCHEMA))


def carried(board: Board, points: pl.DataFrame, rows: np.ndarray, growth: np.ndarray) -> pl.DataFrame:
    """The growth points of the cells `rows` with the `units` that each carries of their `growth` (rows,), the largest first."""
    point, cell, weight = point_cells(board, points, rows)
    total = np.bincount(cell, weight, len(rows))
    share = np.divide(weight, total[cell], out=np.zeros(len(weight)), where=total[cell] > 0)
    units = np.bincount(point, share * growth[cell], points.height)
    told = np.flatnonzero(units > 0)
    return points[told].with_columns(units=pl.Series(units[told], dtype=pl.Float64)).sort(
        "units", "account_at", "product_at", "kind", descending=[True, False, False, False]
    )


def point_cells(board: Board, points: pl.DataFrame, rows: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Every growth point in every cell of `rows` that it is about: its number, the cell's place in `rows`, its weight there."""
    cells = pl.DataFrame({
        "cell": np.arange(len(rows)), "account_at": board.account[rows], "product_at": board.product[rows], "share": _account_shares(board)[rows],
    }).cast({"account_at": pl.Int64, "product_at": pl.Int64})  # fmt: skip
    numbered = points.select("account_at", "product_at", "weight").with_row_index("point")
    of_one = numbered.join(cells, on=["account_at", "product_at"]).select("point", "cell", "weight")
    of_all = numbered.filter(pl.col("product_at") == ALL_PRODUCTS).join(cells, on="account_at")
    found = pl.concat([of_one, of_all.select("point", "cell", pl.col("weight") * pl.col("share"))])
    return found["point"].to_numpy(), found["cell"].to_numpy(), found["weight"].to_numpy()


def _account_shares(board: Board) -> np.ndarray:
    """Each cell's part of its account's natural sales, (cells,)."""
    natural = board.natural.sum(axis=1)
    sums = np.bincount(board.account, natural, board.accounts.height)[board.account]
    return np.divide(natural, sums, out=np.zeros(len(natural)), where=sums > 0)


def _cells(edited: EditedBoard, chosen: Slice) -> tuple[np.ndarray, np.ndarray]:
    """Cells and months of the slice."""
    board = edited.ground.board
    rows = edited.rows_of(chosen.account_id)
    if chosen.product_id is not None:
        rows = rows[board.product[rows] == board.products["product_id"].index_of(chosen.product_id)]
    months = list(board.plan.off_season.months)
    return rows, np.arange(len(months)) if chosen.month is None else np.array([months.index(chosen.month)])


def _rows(parts: Sequence[tuple[str, float]]) -> pl.DataFrame:
    return pl.DataFrame(parts, schema={"part": pl.String, "part_units": pl.Float64}, orient="row")


def _tenths(units: float) -> float:
    return round(float(units), 1)
