"""From the requirement to each cell's target: lift, allocation within limits, whole cases (methods.md section 6).

Every month of the off-season is asked for its natural sales and the lift g of the peak's requirement, at once (`held`) or arriving month
by month (`ramp`). `growth_share` of a month's lift goes where growth points are, in proportion to their weight; the rest to all cells in
proportion to their natural sales. No cell gets more than `cell_ceiling` above its natural sales, and one that sells nothing naturally no
more than its growth points are worth: what one part cannot carry the other does, and a lift that both cannot carry is cut to the largest
that they can.
"""

from dataclasses import dataclass

import numpy as np

from measures.seasons.allocation import ROUNDING, filled
from measures.seasons.board_growth import Potential
from measures.seasons.case_board import whole_board
from measures.seasons.natural_board import Board
from measures.thresholds import Cuts


@dataclass(frozen=True)
class Plan:
    """A board's targets, all (cells, months): natural + `lift` + `growth` = what is asked for, `whole` are its whole cases.

    `room` is how far above its natural sales a cell may be asked to go, `in_limits` what growth points can bring within it. `applied_lift` is the lift that was asked for or the `most_lift` that the limits allow. `low` and `high` are the whole cases within
    which a cell may move while others change.
    """

    lift: np.ndarray
    growth: np.ndarray
    room: np.ndarray
    whole: np.ndarray
    low: np.ndarray
    high: np.ndarray
    applied_lift: float
    most_lift: float
    in_limits: float


def plan(board: Board, potential: Potential, lift: float, cuts: Cuts) -> Plan:
    """The targets at a lift g of the peak's requirement; one of 0 or less asks for the natural sales."""
    natural = board.natural
    room = np.where(natural > 0, natural * float(cuts["cell_ceiling"]), potential.units)
    arriving = month_shares(natural.shape[1], str(cuts["lift_shape"]))
    most = _most_lift(natural, room, arriving)
    applied = min(max(lift, 0.0), most)
    capped = np.minimum(room, potential.units)
    growth, even = _allocated(natural, potential.units, capped, room, applied * arriving * natural.sum(axis=0), float(cuts["growth_share"]))
    whole = whole_board(natural + growth + even, board.account, board.product)
    low = np.minimum(np.floor(natural * float(cuts["cell_floor"]) + ROUNDING).astype(np.int64), whole)
    high = np.maximum(np.ceil(natural + room - ROUNDING).astype(np.int64), whole)
    return Plan(even, growth, room, whole, low, high, applied, most, float(capped.sum()))


def month_shares(months: int, shape: str) -> np.ndarray:
    """Which part of the lift each month is asked for, (months,): all of it (`held`), or j ÷ J (`ramp`)."""
    return np.ones(months) if shape == "held" else np.arange(1, months + 1) / months


def _most_lift(natural: np.ndarray, room: np.ndarray, arriving: np.ndarray) -> float:
    """The largest lift that every month has room for; 0 where nothing is natural."""
    asked = arriving * natural.sum(axis=0)
    return float((room.sum(axis=0)[asked > 0] / asked[asked > 0]).min(initial=np.inf)) if (asked > 0).any() else 0.0


def _allocated(
    natural: np.ndarray, potential: np.ndarray, capped: np.ndarray, room: np.ndarray, totals: np.ndarray, growth_share: float
) -> tuple[np.ndarray, np.ndarray]:
    """The months' totals among the cells: what growth points carry, and what all carry evenly."""
    growth = filled(totals * growth_share, potential, capped)
    even = filled(totals - growth.sum(axis=0), natural, room - growth)
    missing = totals - growth.sum(axis=0) - even.sum(axis=0)
    if (missing > ROUNDING * np.maximum(totals, 1.0)).any():
        growth = growth + filled(missing, potential, np.maximum(capped - growth - even, 0.0))
    return growth, even
