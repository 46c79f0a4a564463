"""A target board in one row."""

import polars as pl

from measures.seasons import allocation
from measures.seasons.natural_board import Board
from measures.seasons.target_ground import Ground, requirement, wanted_lift
from measures.seasons.target_plan import Plan
from measures.thresholds import Cuts

SUMMARY_SCHEMA = {
    "status": pl.String, "requirement": pl.Float64, "natural_peak": pl.Float64, "lift": pl.Float64, "natural_total": pl.Float64,
    "target_total": pl.Int64, "gap": pl.Float64, "natural_amount": pl.Float64, "target_amount": pl.Float64,
    "applied_lift": pl.Float64, "is_feasible": pl.Boolean, "nearest_requirement": pl.Float64,
    "requirement_basis": pl.String, "last_peak": pl.Float64, "last_year_total": pl.Float64,
    "growth_points_total": pl.Float64, "growth_points_in_limits": pl.Float64, "growth_points_missing": pl.Float64,
    "as_of": pl.Date, "off_season_start": pl.Date, "off_season_months": pl.Int64, "peak_start": pl.Date, "peak_months": pl.Int64,
    "running_months": pl.Int64, "is_running": pl.Boolean, "sold_so_far": pl.Float64, "accounts": pl.Int64, "products": pl.Int64,
    "share_left_out": pl.Float64, "share_other_kinds": pl.Float64, "share_other_seasons": pl.Float64,
    "season_group": pl.Int64, "season_groups": pl.Int64,
}  # fmt: skip


def summary(found: Ground, made: Plan, target: int, amount: float, cuts: Cuts) -> dict[str, object]:
    """The board in one row, by SUMMARY_SCHEMA, with these whole cases in all and their money."""
    board, season = found.board, found.board.plan
    needed, basis = requirement(found, cuts)
    growth, natural = wanted_lift(found, needed), found.natural.total
    accounts, products = found.size
    return {
        "status": "ok", "requirement": needed, "natural_peak": found.natural_peak, "lift": growth,
        "natural_total": natural, "target_total": target, "gap": target - natural,
        "natural_amount": found.natural_amount.total, "target_amount": amount,
        "applied_lift": made.applied_lift, "is_feasible": None if growth is None else growth <= made.most_lift + allocation.ROUNDING,
        "nearest_requirement": None if growth is None else found.natural_peak * (1 + min(growth, made.most_lift)),
        "requirement_basis": basis, "last_peak": board.last_peak, "last_year_total": found.last_year.total,
        "growth_points_total": float(found.points["weight"].sum()), "growth_points_in_limits": made.in_limits,
        "growth_points_missing": max(target - natural - made.in_limits, 0.0),
        "as_of": board.span.end, "off_season_start": season.off_season.start, "off_season_months": season.off_season.length,
        "peak_start": season.peak.start, "peak_months": season.peak.length,
        "running_months": season.running.length if season.running else 0, "is_running": season.gone is not None,
        "sold_so_far": float(board.sold.sum()), "accounts": accounts, "products": products, **_left_out(board),
    }  # fmt: skip


def no_summary() -> pl.DataFrame:
    """The row of no board: its status says so, the rest is empty."""
    row = dict.fromkeys(SUMMARY_SCHEMA) | {"status": "no_season"}
    return pl.DataFrame([row], schema=SUMMARY_SCHEMA)


def _left_out(board: Board) -> dict[str, object]:
    """What part of the last twelve months' units is not on the board and why, and which of the regions' groups it plans."""
    total = board.year_total
    parts = {"share_left_out": total - float(board.recent.sum()), "share_other_kinds": board.other_kinds, "share_other_seasons": board.other_seasons}
    shares = {name: max(units / total, 0.0) if total > 0 else None for name, units in parts.items()}
    return shares | {"season_group": board.group, "season_groups": len(board.groups)}
