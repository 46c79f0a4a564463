"""Goal 10: a target board of 2,000 accounts × 120 products × 6 months, recalculated after an edit.

Every account sells every product, so that no cell is spared. What a page needs after an edit is in the time: the edit itself, and the sums
of accounts, products and months with the summary, all in the server. The ground of the board is kept between edits, as a page keeps it.
"""

from collections.abc import Callable
from datetime import date

import numpy as np
import polars as pl

from benchmarks.timing import in_turn
from measures.history import History
from measures.pipeline.peer_points import peer_points
from measures.seasons.board_edits import Edit
from measures.seasons.edited_board import EditedBoard
from measures.seasons.growth_points import ranked
from measures.seasons.natural_board import Board
from measures.seasons.off_season_targets import THRESHOLDS, from_ground
from measures.seasons.season_plan import SeasonPlan
from measures.seasons.target_ground import Ground, ground_of
from measures.thresholds import Cuts, cuts

ACCOUNTS, PRODUCTS = 2_000, 120
OFF_SEASON, PEAK = History(date(2026, 4, 1), date(2026, 10, 1)), History(date(2026, 12, 1), date(2027, 3, 1))
HISTORY = History(date(2022, 1, 1), date(2026, 1, 1))
ROUNDS = 7


def edit_costs(rounds: int = ROUNDS) -> dict[str, float]:
    """Median seconds from an edit to the board's new figures, by what was edited."""
    ground = ground_of(*_board_and_points())
    peak = ground.natural_peak
    board = from_ground(ground, _wanting(peak * 1.07)).board
    works = {f"one {what}": _edited(board, edit) for what, edit in _edits(board).items()}
    # Never the same requirement twice: a page keeps what it has made.
    wanted = iter(peak * (1.08 + step / 1000) for step in range(10 * rounds))
    works["the requirement"] = lambda: _read(_planned(ground, next(wanted)))
    return in_turn(works, rounds)


def _edited(board: EditedBoard, edit: Edit) -> Callable[[], object]:
    return lambda: _read(board.with_edits([edit], hold_months=True))


def _planned(ground: Ground, requirement: float) -> EditedBoard:
    return from_ground(ground, _wanting(requirement)).board


def _wanting(requirement: float) -> Cuts:
    return cuts(THRESHOLDS, overrides={"requirement": requirement})


def _read(board: EditedBoard) -> tuple[object, ...]:
    """What the page reads of a board: summary, sums by account and product, the heat map of months."""
    return board.summary, board.by_account, board.by_product, board.months, board.month_sums("account"), board.month_sums("product")


def _edits(board: EditedBoard) -> dict[str, Edit]:
    """A cell, an account's season (a row), a product's season and a month of all (columns), each raised."""
    account, product, month = board.by_account["account_id"][5], board.by_product["product_id"][5], OFF_SEASON.months[2]
    places = {"cell": (account, product, month), "row (an account)": (account, None, None), "column (a product)": (None, product, None),
              "column (a month)": (None, None, month)}  # fmt: skip
    return {what: Edit(*place, units=_units(board, *place) * 21 // 20 + 1) for what, place in places.items()}


def _units(board: EditedBoard, account: str | None, product: str | None, month: date | None) -> int:
    named = {"account_id": account, "product_id": product, "month": month}
    rows = board.targets.filter(*(pl.col(name) == value for name, value in named.items() if value is not None))
    return int(rows["target"].sum())


def _board_and_points() -> tuple[Board, pl.DataFrame]:
    board = _board()
    return board, ranked([peer_points(board)])


def _board() -> Board:
    rng = np.random.default_rng(1)
    account, product = (of.ravel() for of in np.indices((ACCOUNTS, PRODUCTS)))
    size = 6 * rng.lognormal(0, 0.8, ACCOUNTS)[account] * rng.lognormal(0, 0.8, PRODUCTS)[product] * rng.lognormal(0, 0.5, len(account))
    natural = size[:, None] * np.array([1.0, 0.95, 0.9, 0.92, 0.97, 1.02]) * rng.lognormal(0, 0.1, (len(account), 6))
    accounts = pl.DataFrame({"account_id": [f"D{n:04d}" for n in range(ACCOUNTS)], "region_id": [f"R{n % 12:02d}" for n in range(ACCOUNTS)]})
    products = pl.DataFrame({"product_id": [f"P{n:03d}" for n in range(PRODUCTS)]})
    return Board(
        accounts.with_columns(account=pl.col("account_id"), kind=pl.lit("distributor"), region=pl.col("region_id")),
        products.with_columns(product=pl.col("product_id"), category=pl.lit("Beer")),
        account, product, natural, natural * 0.95, size * 4, size * 13, np.full(len(account), "combo", object),
        SeasonPlan(OFF_SEASON, PEAK, None), HISTORY, None, rng.uniform(5, 20, len(account)), np.zeros(len(account)),
    )  # fmt: skip
