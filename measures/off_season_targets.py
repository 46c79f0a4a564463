"""What must each distributor sell in the off-season? Targets from the peak's requirement against natural sales (methods.md section 6).

The lift g is what the requirement for the next peak exceeds its natural sales by. Every cell (account × product × month) of
the off-season before it gets its natural sales × (1 + g), at once (`held`) or month by month (`ramp`), but never more than
`cell_ceiling` above them: where that binds, `is_feasible` is false and `applied_lift` says what is asked for. Without a need
(g ≤ 0) the target is the natural sales. Targets are whole cases and sum to `target_total` exactly; natural sales stay unrounded.
"""

from dataclasses import dataclass

import numpy as np
import polars as pl

from measures import allocation
from measures.case_board import whole_board
from measures.growth_points import MOST_ROWS, growth_points
from measures.growth_points import SCHEMA as GROWTH_SCHEMA
from measures.natural_board import Board, natural_board
from measures.target_tables import (
    BY_ACCOUNT_SCHEMA,
    BY_PRODUCT_SCHEMA,
    MONTHS_SCHEMA,
    TARGETS_SCHEMA,
    Cells,
    by_account,
    by_month,
    by_product,
    named_cells,
    target_rows,
)
from measures.thresholds import Cuts
from queries.filters import Filters
from queries.runner import Ask

QUICK_THRESHOLDS = ("requirement", "requirement_growth", "lift_shape", "cell_ceiling")
THRESHOLDS = (
    *QUICK_THRESHOLDS,
    "years", "window", "method", "off_season_cut", "peak_start", "off_season_start", "off_season_months",
    "region_seasons",
)
STATED, FROM_LAST_PEAK = "stated", "last_peak"

SUMMARY_SCHEMA = {
    "status": pl.String, "requirement": pl.Float64, "natural_peak": pl.Float64, "lift": pl.Float64, "natural_total": pl.Float64,
    "target_total": pl.Int64, "gap": pl.Float64, "applied_lift": pl.Float64, "is_feasible": pl.Boolean,
    "requirement_basis": pl.String, "last_peak": pl.Float64, "last_year_total": pl.Float64, "growth_points_total": pl.Float64,
    "as_of": pl.Date, "off_season_start": pl.Date, "off_season_months": pl.Int64, "peak_start": pl.Date, "peak_months": pl.Int64,
    "accounts": pl.Int64, "products": pl.Int64,
}


@dataclass(frozen=True)
class OffSeasonTargets:
    """`summary` has one row; `targets` one per account × product × month: natural + lift + rounding = target.

    `status`: ok, or no_season where no off-season is found or set, or no sales: then the other tables are empty.
    `growth_points` are the 500 with the largest weight; `growth_points_total` is the weight of all of them.
    """

    summary: pl.DataFrame
    targets: pl.DataFrame
    by_account: pl.DataFrame
    by_product: pl.DataFrame
    months: pl.DataFrame
    growth_points: pl.DataFrame


@dataclass(frozen=True)
class Ground:
    """All that a requirement does not change. A page keeps it, so that trying a requirement costs a rounding."""

    board: Board
    cells: Cells
    growth_points: pl.DataFrame


def answer(ask: Ask, filters: Filters, cuts: Cuts) -> OffSeasonTargets:
    """The target board of the next off-season for what is within the filters."""
    return from_ground(ground(ask, filters, cuts), cuts)


def ground(ask: Ask, filters: Filters, cuts: Cuts) -> Ground | None:
    """The natural sales and growth points that targets rest on: only the season's thresholds matter. None without a season."""
    board = natural_board(ask, filters, cuts)
    return Ground(board, named_cells(board), growth_points(board)) if board else None


def from_ground(found: Ground | None, cuts: Cuts) -> OffSeasonTargets:
    """The targets on known ground, or none where there is no ground."""
    return targets_of(found, cuts) if found else no_targets()


def targets_of(found: Ground, cuts: Cuts) -> OffSeasonTargets:
    """The targets on known ground: only `requirement`, `requirement_growth`, `lift_shape` and `cell_ceiling` matter."""
    board = found.board
    needed = requirement(board, cuts)
    growth = _lift(board, needed)
    applied = min(max(growth or 0.0, 0.0), float(cuts["cell_ceiling"]))
    lifted = lifted_cells(board.natural, applied, str(cuts["lift_shape"]))
    whole = whole_board(lifted, board.account, board.product)
    summary = _summary(board, cuts, needed, growth, applied, whole, found.growth_points["weight"].sum())
    return OffSeasonTargets(
        summary, target_rows(found.cells, lifted, whole), by_account(board, whole), by_product(board, whole),
        by_month(board, lifted, whole), found.growth_points.head(MOST_ROWS),
    )


def requirement(board: Board, cuts: Cuts) -> float | None:
    """The units that the next peak must sell: as stated, else the last peak's and its growth; None without either."""
    if cuts["requirement"] > 0:
        return float(cuts["requirement"])
    return None if board.last_peak is None else board.last_peak * (1 + cuts["requirement_growth"])


def lifted_cells(natural: np.ndarray, growth: float, shape: str) -> np.ndarray:
    """Natural sales (cells, months) with the lift, not rounded: at once (`held`) or arriving evenly (`ramp`)."""
    return allocation.held_targets(natural, growth) if shape == "held" else allocation.ramp_targets(natural, growth)


def no_targets() -> OffSeasonTargets:
    """Typed, empty tables and a summary that says so."""
    status = pl.DataFrame([("no_season",)], schema={"status": pl.String}, orient="row")
    summary = status.with_columns(pl.lit(None, kind).alias(name) for name, kind in SUMMARY_SCHEMA.items() if name != "status")
    schemas = (TARGETS_SCHEMA, BY_ACCOUNT_SCHEMA, BY_PRODUCT_SCHEMA, MONTHS_SCHEMA, GROWTH_SCHEMA)
    return OffSeasonTargets(summary, *(pl.DataFrame(schema=schema) for schema in schemas))


def _lift(board: Board, needed: float | None) -> float | None:
    natural = float(board.peak.sum())
    return None if needed is None or natural <= 0 else allocation.lift(natural, needed)


def _summary(
    board: Board, cuts: Cuts, needed: float | None, growth: float | None, applied: float, whole: np.ndarray, points: float
) -> pl.DataFrame:
    natural, target = float(board.natural.sum()), int(whole.sum())
    plan = board.plan
    row = {
        "status": "ok", "requirement": needed, "natural_peak": float(board.peak.sum()), "lift": growth,
        "natural_total": natural, "target_total": target, "gap": target - natural,
        "applied_lift": applied, "is_feasible": None if growth is None else growth <= cuts["cell_ceiling"],
        "requirement_basis": STATED if cuts["requirement"] > 0 else FROM_LAST_PEAK, "last_peak": board.last_peak,
        "last_year_total": float(board.last_year.sum()), "growth_points_total": float(points),
        "as_of": board.span.end, "off_season_start": plan.off_season.start, "off_season_months": plan.off_season.length,
        "peak_start": plan.peak.start, "peak_months": plan.peak.length,
        "accounts": len(np.unique(board.account)), "products": len(np.unique(board.product)),
    }
    return pl.DataFrame([row], schema=SUMMARY_SCHEMA)
