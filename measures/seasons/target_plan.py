"""From the requirement to each cell's target: lift, allocation within limits, whole cases (methods.md section 6).

Every month of the off-season is asked for its natural sales and the lift g of the peak's requirement, at once (`held`) or arriving month
by month (`ramp`). `growth_share` of a month's lift goes where growth points are, in proportion to their weight; the rest to all cells in
proportion to their natural sales. No cell gets more than `cell_ceiling` above its natural sales, and one that sells nothing naturally no
more than its growth points are worth: what one part cannot carry the other does, and a lift that both cannot carry is cut to the largest
that they can.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from measures.seasons.allocation import ROUNDING, filled
from measures.seasons.board_growth import Potential
from measures.seasons.case_board import whole_board
from measures.seasons.natural_board import Board
from measures.thresholds import Cuts


@dataclass(frozen=True)
class Limits:
    """How far targets may go, whatever the requirement, all (cells, months): `potential` is what growth points could bring, `room` how far
    above its natural sales a cell may be asked to go, `capped` what of the potential lies within that.
    """

    potential: np.ndarray
    room: np.ndarray
    capped: np.ndarray


@dataclass(frozen=True)
class Plan:
    """A board's targets, all (cells, months): natural + `lift` + `growth` = what is asked for, `whole` are its whole cases.

    `in_limits` is what growth points can bring within the `limits`. `applied_lift` is the lift that was asked for or the `most_lift` that
    the limits allow. A cell may fall to `floor` × its natural sales while others change.
    """

    natural: np.ndarray
    lift: np.ndarray
    growth: np.ndarray
    limits: Limits
    whole: np.ndarray
    floor: float
    applied_lift: float
    most_lift: float
    in_limits: float

    @cached_property
    def low(self) -> np.ndarray:
        """The whole cases down to which a cell may be set while others change."""
        return np.minimum(np.floor(self.natural * self.floor + ROUNDING).astype(np.int64), self.whole)

    @cached_property
    def high(self) -> np.ndarray:
        """The whole cases up to which a cell may be set while others change."""
        return np.maximum(np.ceil(self.natural + self.limits.room - ROUNDING).astype(np.int64), self.whole)


def limits_of(board: Board, potential: Potential, ceiling: float) -> Limits:
    """The limits where cells go up to `ceiling` (a share) above their natural sales, and those without any up to their potential."""
    room = np.where(board.natural > 0, board.natural * ceiling, potential.units)
    return Limits(potential.units, room, np.minimum(room, potential.units))


def plan(board: Board, limits: Limits, lift: float, cuts: Cuts) -> Plan:
    """The targets at a lift g of the peak's requirement; one of 0 or less asks for the natural sales."""
    natural = board.natural
    arriving = month_shares(natural.shape[1], str(cuts["lift_shape"]))
    most = _most_lift(natural, limits.room, arriving)
    applied = min(max(lift, 0.0), most)
    growth, even = _allocated(natural, limits, applied * arriving * natural.sum(axis=0), float(cuts["growth_share"]))
    asked = natural + growth
    asked += even
    whole = whole_board(asked, board.account, board.product)
    return Plan(natural, even, growth, limits, whole, float(cuts["cell_floor"]), applied, most, float(limits.capped.sum()))


def month_shares(months: int, shape: str) -> np.ndarray:
    """Which part of the lift each month is asked for, (months,): all of it (`held`), or j ÷ J (`ramp`)."""
    return np.ones(months) if shape == "held" else np.arange(1, months + 1) / months


def _most_lift(natural: np.ndarray, room: np.ndarray, arriving: np.ndarray) -> float:
    """The largest lift that every month has room for; 0 where nothing is natural."""
    asked = arriving * natural.sum(axis=0)
    return float((room.sum(axis=0)[asked > 0] / asked[asked > 0]).min(initial=np.inf)) if (asked > 0).any() else 0.0


def _allocated(natural: np.ndarray, limits: Limits, totals: np.ndarray, growth_share: float) -> tuple[np.ndarray, np.ndarray]:
    """The months' totals among the cells: what growth points carry, and what all carry evenly."""
    growth, even = (np.zeros(natural.shape, order="F") for _part in range(2))
    for month, total in enumerate(totals.tolist()):
        here = natural[:, month], *(of[:, month] for of in (limits.potential, limits.capped, limits.room))
        growth[:, month], even[:, month] = _month(total, *here, growth_share)
    return growth, even


def _month(
    total: float, natural: np.ndarray, potential: np.ndarray, capped: np.ndarray, room: np.ndarray, growth_share: float
) -> tuple[np.ndarray, np.ndarray]:
    growth = filled(total * growth_share, potential, capped)
    even = filled(total - growth.sum(), natural, room - growth)
    missing = total - growth.sum() - even.sum()
    if missing > ROUNDING * max(total, 1.0):
        growth += filled(missing, potential, np.maximum(capped - growth - even, 0.0))
    return growth, even
