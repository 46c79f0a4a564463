"""What must each distributor sell in the off-season? Targets from the peak's requirement against natural sales (methods.md section 6).

The lift g is what the requirement for the next peak exceeds its natural sales by. The requirement is stated, or what the board's
accounts bought of its products in the last peak and a growth, or the peak's own forecast (section 7: the natural peak of everything on the board) and a growth. Without a need (g ≤ 0) the
target is the natural sales. How the lift reaches the cells is in measures/seasons/target_plan.py. Targets are whole cases and sum to
`target_total` exactly; natural sales stay unrounded. Money is units × what the account pays for the product (measures/seasons/cell_prices.py).
"""

from dataclasses import dataclass
from typing import ClassVar

import polars as pl

from measures.seasons.edited_board import EditedBoard, calculated
from measures.seasons.growth_points import GROWTH_CUTS, growth_points
from measures.seasons.growth_points import SCHEMA as GROWTH_SCHEMA
from measures.seasons.natural_board import natural_board
from measures.seasons.target_ground import Ground, ground_of, plan_of
from measures.seasons.target_summary import SUMMARY_SCHEMA, no_summary
from measures.seasons.target_tables import BY_ACCOUNT_SCHEMA, BY_PRODUCT_SCHEMA, MONTHS_SCHEMA, TARGETS_SCHEMA
from measures.thresholds import Cuts
from queries.filters import Filters
from queries.runner import Ask

QUICK_THRESHOLDS = (
    "requirement_basis", "requirement", "requirement_growth", "lift_shape", "growth_share", "cell_ceiling", "cell_floor",
)  # fmt: skip
SEASON_THRESHOLDS = (
    "target_season", "board_accounts", "season_group", "years", "window", "method", "off_season_cut", "peak_start", "off_season_start", "off_season_months",
    "region_seasons",
)  # fmt: skip
THRESHOLDS = (*QUICK_THRESHOLDS, *SEASON_THRESHOLDS, *GROWTH_CUTS)


@dataclass(frozen=True)
class OffSeasonTargets:
    """`board` is the calculated board, which people edit; None where there is none. Its tables are made when they are read.

    `summary` has one row; `targets` one per account × product × month: natural + lift + growth points + rounding + edit = target.
    `status`: ok, or no_season where no off-season is found or set, or no sales: then the other tables are empty. A requirement that
    the limits do not allow is not feasible: the targets are those of the `nearest_requirement`. `growth_points` are the 500 with the
    largest weight; `growth_points_total` is the weight of all of them, `growth_points_in_limits` what cells may carry of it, and
    `growth_points_missing` what the gap is more than that.
    `running_months` are left of an off-season at the end of the data, `sold_so_far` what the planned one sold before it.
    `share_left_out` is the part of the last twelve months' units that the board does not hold: `share_other_seasons` was sold in regions
    that are planned apart, `share_other_kinds` to kinds of accounts that are not planned; the rest is of discontinued products.
    `season_groups` is how many boards the regions' off-seasons ask for (0: one for all), `season_group` which of them this is.
    """

    TABLES: ClassVar[tuple[str, ...]] = ("summary", "targets", "by_account", "by_product", "months", "growth_points")
    board: EditedBoard | None

    @property
    def summary(self) -> pl.DataFrame:
        """By SUMMARY_SCHEMA."""
        return pl.DataFrame([self.board.summary], schema=SUMMARY_SCHEMA) if self.board else no_summary()

    @property
    def targets(self) -> pl.DataFrame:
        """Every cell of the board: its natural sales, lift and target in whole cases."""
        return self.board.targets if self.board else pl.DataFrame(schema=TARGETS_SCHEMA)

    @property
    def by_account(self) -> pl.DataFrame:
        """The board summed by account."""
        return self.board.by_account if self.board else pl.DataFrame(schema=BY_ACCOUNT_SCHEMA)

    @property
    def by_product(self) -> pl.DataFrame:
        """The board summed by product."""
        return self.board.by_product if self.board else pl.DataFrame(schema=BY_PRODUCT_SCHEMA)

    @property
    def months(self) -> pl.DataFrame:
        """The board summed by month."""
        return self.board.months if self.board else pl.DataFrame(schema=MONTHS_SCHEMA)

    @property
    def growth_points(self) -> pl.DataFrame:
        """Where more can be sold, the largest expected volume first, with reasons in the reader's language."""
        return self.board.ground.shown_points if self.board else pl.DataFrame(schema=GROWTH_SCHEMA)


def answer(ask: Ask, filters: Filters, cuts: Cuts) -> OffSeasonTargets:
    """The target board of an off-season for what is within the filters."""
    return from_ground(ground(ask, filters, cuts), cuts)


def ground(ask: Ask, filters: Filters, cuts: Cuts) -> Ground | None:
    """The natural sales and growth points that targets rest on: only the season's and the points' thresholds matter. None without a season."""
    board = natural_board(ask, filters, cuts, running=cuts["target_season"] == "running")
    return ground_of(board, growth_points(ask, filters, board, cuts)) if board else None


def from_ground(found: Ground | None, cuts: Cuts) -> OffSeasonTargets:
    """The targets out of `ground`; only the quick thresholds matter here. An empty answer where there is no ground."""
    return OffSeasonTargets(calculated(found, plan_of(found, cuts), cuts) if found else None)
