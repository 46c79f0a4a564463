"""The ground of a target board: all that a requirement does not change, and the plan that a requirement makes on it.

A page keeps the ground, so that trying a requirement costs an allocation and a rounding, and an edit a re-balancing.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import polars as pl

from measures.seasons import allocation
from measures.seasons.board_growth import Potential, with_points
from measures.seasons.board_sums import Sums, sums
from measures.seasons.growth_points import MOST_ROWS, named
from measures.seasons.natural_board import Board
from measures.seasons.target_plan import Limits, Plan, limits_of, plan
from measures.seasons.target_tables import Cells, named_cells
from measures.thresholds import Cuts

STATED, FROM_LAST_PEAK, FORECAST = "stated", "last_peak", "forecast"


@dataclass(frozen=True)
class Ground:
    """`points` are the growth points by measures.seasons.growth_points.POINTS_SCHEMA. What else it tells is made when it is first read."""

    board: Board
    potential: Potential
    points: pl.DataFrame

    @cached_property
    def cells(self) -> Cells:
        """The board's rows with their names and natural sales."""
        return named_cells(self.board)

    @property
    def shown_points(self) -> pl.DataFrame:
        """The growth points of the largest weight with names, and reasons in the reader's language."""
        return named(self.points.head(MOST_ROWS), self.board)

    @cached_property
    def natural(self) -> Sums:
        """Natural sales in units."""
        return sums(self.board.natural, self.board)

    @cached_property
    def natural_amount(self) -> Sums:
        """Natural sales in money."""
        return sums(self.board.natural * self.board.price[:, None], self.board)

    @cached_property
    def last_year(self) -> Sums:
        """The units of the same months a year before."""
        return sums(self.board.last_year, self.board)

    @cached_property
    def natural_peak(self) -> float:
        """Natural sales of the whole peak."""
        return float(self.board.peak.sum())

    @cached_property
    def size(self) -> tuple[int, int]:
        """How many accounts and products have a cell."""
        return tuple(int(np.count_nonzero(np.bincount(of))) for of in (self.board.account, self.board.product))

    @cached_property
    def _limits(self) -> dict[float, Limits]:
        return {}

    def limits(self, ceiling: float) -> Limits:
        """The limits at this ceiling; the last one's are kept."""
        if ceiling not in self._limits:
            self._limits.clear()
            self._limits[ceiling] = limits_of(self.board, self.potential, ceiling)
        return self._limits[ceiling]


def ground_of(board: Board, points: pl.DataFrame) -> Ground:
    """The ground of a board and its growth points."""
    return Ground(*with_points(board, points), points)


def plan_of(found: Ground, cuts: Cuts) -> Plan:
    """The plan on known ground."""
    lift = wanted_lift(found, requirement(found, cuts)[0]) or 0.0
    return plan(found.board, found.limits(float(cuts["cell_ceiling"])), lift, cuts)


def requirement(found: Ground, cuts: Cuts) -> tuple[float | None, str]:
    """The units that the next peak must sell and what they rest on; None without a stated figure, a forecast or a last peak."""
    growth = 1 + float(cuts["requirement_growth"])
    if cuts["requirement"] > 0:
        return float(cuts["requirement"]), STATED
    if cuts["requirement_basis"] == FORECAST:
        return found.natural_peak * growth, FORECAST
    last = found.board.last_peak
    return None if last is None else last * growth, FROM_LAST_PEAK


def wanted_lift(found: Ground, needed: float | None) -> float | None:
    """The lift of a requirement; None without one, or without natural sales to lift."""
    return None if needed is None or found.natural_peak <= 0 else allocation.lift(found.natural_peak, needed)
