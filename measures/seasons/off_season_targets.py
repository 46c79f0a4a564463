"""What must each distributor sell in the off-season? Targets from the peak's requirement against natural sales (methods.md section 6).

The lift g is what the requirement for the next peak exceeds its natural sales by. The requirement is stated, or what the board's
accounts bought of its products in the last peak and a growth, or the peak's own forecast (section 7: the natural peak of everything on the board) and a growth. Without a need (g ≤ 0) the
target is the natural sales. How the lift reaches the cells is in measures/seasons/target_plan.py. Targets are whole cases and sum to
`target_total` exactly; natural sales stay unrounded. Money is units × what the account pays for the product (measures/seasons/cell_prices.py).
"""

from dataclasses import dataclass

import numpy as np
import polars as pl

from measures.seasons import allocation
from measures.seasons.board_growth import Potential, with_points
from measures.seasons.growth_points import GROWTH_CUTS, MOST_ROWS, growth_points, named
from measures.seasons.growth_points import SCHEMA as GROWTH_SCHEMA
from measures.seasons.natural_board import Board, natural_board
from measures.seasons.target_plan import Plan, plan
from measures.seasons.target_tables import (
    BY_ACCOUNT_SCHEMA,
    BY_PRODUCT_SCHEMA,
    MONTHS_SCHEMA,
    TARGETS_SCHEMA,
    Cells,
    by_account,
    by_month,
    by_product,
    money,
    named_cells,
    target_rows,
)
from measures.thresholds import Cuts
from queries.filters import Filters
from queries.runner import Ask

QUICK_THRESHOLDS = (
    "requirement_basis", "requirement", "requirement_growth", "lift_shape", "growth_share", "cell_ceiling", "cell_floor",
)  # fmt: skip
SEASON_THRESHOLDS = (
    "target_season", "years", "window", "method", "off_season_cut", "peak_start", "off_season_start", "off_season_months",
    "region_seasons",
)  # fmt: skip
THRESHOLDS = (*QUICK_THRESHOLDS, *SEASON_THRESHOLDS, *GROWTH_CUTS)
STATED, FROM_LAST_PEAK, FORECAST = "stated", "last_peak", "forecast"

SUMMARY_SCHEMA = {
    "status": pl.String, "requirement": pl.Float64, "natural_peak": pl.Float64, "lift": pl.Float64, "natural_total": pl.Float64,
    "target_total": pl.Int64, "gap": pl.Float64, "natural_amount": pl.Float64, "target_amount": pl.Float64,
    "applied_lift": pl.Float64, "is_feasible": pl.Boolean, "nearest_requirement": pl.Float64,
    "requirement_basis": pl.String, "last_peak": pl.Float64, "last_year_total": pl.Float64,
    "growth_points_total": pl.Float64, "growth_points_in_limits": pl.Float64, "growth_points_missing": pl.Float64,
    "as_of": pl.Date, "off_season_start": pl.Date, "off_season_months": pl.Int64, "peak_start": pl.Date, "peak_months": pl.Int64,
    "running_months": pl.Int64, "is_running": pl.Boolean, "sold_so_far": pl.Float64, "accounts": pl.Int64, "products": pl.Int64,
    "share_left_out": pl.Float64, "share_other_kinds": pl.Float64,
}  # fmt: skip


@dataclass(frozen=True)
class OffSeasonTargets:
    """`summary` has one row; `targets` one per account × product × month: natural + lift + growth points + rounding + edit = target.

    `status`: ok, or no_season where no off-season is found or set, or no sales: then the other tables are empty. A requirement that
    the limits do not allow is not feasible: the targets are those of the `nearest_requirement`. `growth_points` are the 500 with the
    largest weight; `growth_points_total` is the weight of all of them, `growth_points_in_limits` what cells may carry of it, and
    `growth_points_missing` what the gap is more than that.
    `running_months` are left of an off-season at the end of the data, `sold_so_far` what the planned one sold before it.
    `share_left_out` is the part of the last twelve months' units that the board does not hold, `share_other_kinds` what wholesalers and
    outlets bought of it directly; the rest is of discontinued products. `ground` and `plan` are what a board is edited on (measures/seasons/edited_board.py), None where there are no targets.
    """

    summary: pl.DataFrame
    targets: pl.DataFrame
    by_account: pl.DataFrame
    by_product: pl.DataFrame
    months: pl.DataFrame
    growth_points: pl.DataFrame
    ground: "Ground | None" = None
    plan: Plan | None = None


@dataclass(frozen=True)
class Ground:
    """All that a requirement does not change. A page keeps it, so that trying a requirement costs an allocation and a rounding.

    `points` are the growth points by measures.seasons.growth_points.POINTS_SCHEMA, `shown_points` the first of them with names and reasons.
    """

    board: Board
    cells: Cells
    potential: Potential
    points: pl.DataFrame
    shown_points: pl.DataFrame


def answer(ask: Ask, filters: Filters, cuts: Cuts) -> OffSeasonTargets:
    """The target board of an off-season for what is within the filters."""
    return from_ground(ground(ask, filters, cuts), cuts)


def ground(ask: Ask, filters: Filters, cuts: Cuts) -> Ground | None:
    """The natural sales and growth points that targets rest on: only the season's and the points' thresholds matter. None without a season."""
    board = natural_board(ask, filters, cuts, running=cuts["target_season"] == "running")
    return ground_of(board, growth_points(ask, filters, board, cuts)) if board else None


def ground_of(board: Board, points: pl.DataFrame) -> Ground:
    """The ground of a board and its growth points."""
    wider, potential = with_points(board, points)
    return Ground(wider, named_cells(wider), potential, points, named(points.head(MOST_ROWS), wider))


def from_ground(found: Ground | None, cuts: Cuts) -> OffSeasonTargets:
    """The targets on known ground, or none where there is no ground."""
    return targets_of(found, cuts) if found else no_targets()


def targets_of(found: Ground, cuts: Cuts) -> OffSeasonTargets:
    """The targets on known ground: only the quick thresholds matter."""
    board, made = found.board, plan_of(found, cuts)
    return OffSeasonTargets(
        summary(found, made, made.whole, cuts), target_rows(found.cells, made, made.whole), by_account(board, made.whole),
        by_product(board, made.whole), by_month(board, made, made.whole), found.shown_points, found, made,
    )  # fmt: skip


def plan_of(found: Ground, cuts: Cuts) -> Plan:
    """The plan on known ground."""
    return plan(found.board, found.potential, _lift(found.board, requirement(found.board, cuts)[0]) or 0.0, cuts)


def requirement(board: Board, cuts: Cuts) -> tuple[float | None, str]:
    """The units that the next peak must sell and what they rest on; None without a stated figure, a forecast or a last peak."""
    growth = 1 + float(cuts["requirement_growth"])
    if cuts["requirement"] > 0:
        return float(cuts["requirement"]), STATED
    if cuts["requirement_basis"] == FORECAST:
        return float(board.peak.sum()) * growth, FORECAST
    return None if board.last_peak is None else board.last_peak * growth, FROM_LAST_PEAK


def no_targets() -> OffSeasonTargets:
    """Typed, empty tables and a summary that says so."""
    status = pl.DataFrame([("no_season",)], schema={"status": pl.String}, orient="row")
    empty = status.with_columns(pl.lit(None, kind).alias(name) for name, kind in SUMMARY_SCHEMA.items() if name != "status")
    schemas = (TARGETS_SCHEMA, BY_ACCOUNT_SCHEMA, BY_PRODUCT_SCHEMA, MONTHS_SCHEMA, GROWTH_SCHEMA)
    return OffSeasonTargets(empty, *(pl.DataFrame(schema=schema) for schema in schemas))


def _lift(board: Board, needed: float | None) -> float | None:
    natural = float(board.peak.sum())
    return None if needed is None or natural <= 0 else allocation.lift(natural, needed)


def summary(found: Ground, made: Plan, whole: np.ndarray, cuts: Cuts) -> pl.DataFrame:
    """The board in one row, by SUMMARY_SCHEMA, with these whole cases."""
    board, season = found.board, found.board.plan
    needed, basis = requirement(board, cuts)
    growth, natural, target = _lift(board, needed), float(board.natural.sum()), int(whole.sum())
    natural_peak, points = float(board.peak.sum()), float(np.minimum(made.room, found.potential.units).sum())
    row = {
        "status": "ok", "requirement": needed, "natural_peak": natural_peak, "lift": growth,
        "natural_total": natural, "target_total": target, "gap": target - natural,
        "natural_amount": money(board.natural, board), "target_amount": money(whole, board),
        "applied_lift": made.applied_lift, "is_feasible": None if growth is None else growth <= made.most_lift + allocation.ROUNDING,
        "nearest_requirement": None if growth is None else natural_peak * (1 + min(growth, made.most_lift)),
        "requirement_basis": basis, "last_peak": board.last_peak, "last_year_total": float(board.last_year.sum()),
        "growth_points_total": float(found.points["weight"].sum()), "growth_points_in_limits": points, "growth_points_missing": max(target - natural - points, 0.0),
        "as_of": board.span.end, "off_season_start": season.off_season.start, "off_season_months": season.off_season.length,
        "peak_start": season.peak.start, "peak_months": season.peak.length,
        "running_months": season.running.length if season.running else 0, "is_running": season.gone is not None,
        "sold_so_far": float(board.sold.sum()), "accounts": len(np.unique(board.account)), "products": len(np.unique(board.product)),
        **_left_out(board),
    }  # fmt: skip
    return pl.DataFrame([row], schema=SUMMARY_SCHEMA)


def _left_out(board: Board) -> dict[str, float | None]:
    """What part of the last twelve months' units is not on the board, and what part of them accounts of other kinds bought."""
    total = board.year_total
    if total <= 0:
        return {"share_left_out": None, "share_other_kinds": None}
    return {"share_left_out": max(1 - float(board.recent.sum()) / total, 0.0), "share_other_kinds": max(board.other_kinds / total, 0.0)}
