"""Growth points from an account's like: what these buy and it does not, or less of."""

from datetime import date

import numpy as np
import polars as pl
import pytest

from measures.history import History
from measures.pipeline.peer_points import peer_points
from measures.seasons.growth_points import named, ranked
from measures.seasons.natural_board import Board
from measures.seasons.season_plan import SeasonPlan

OFF_SEASON, PEAK = History(date(2027, 4, 1), date(2027, 6, 1)), History(date(2027, 12, 1), date(2028, 3, 1))


def board_of(natural: list[list[float]], peak: float = 0.0) -> Board:
    """A board of accounts × products whose natural sales all fall in the first of two months."""
    units = np.array(natural)
    account, product = np.nonzero(units > 0)
    cells = np.column_stack([units[account, product], np.zeros(len(account))])
    accounts = [{"account_id": f"A{n}", "account": f"Account {n}", "kind": "distributor", "region_id": "R", "region": "R"} for n in range(len(units))]
    products = [{"product_id": f"P{n}", "product": f"Product {n}", "category": "Beer"} for n in range(units.shape[1])]
    return Board(
        pl.DataFrame(accounts), pl.DataFrame(products), account, product, cells, cells, np.full(len(account), peak), units[account, product],
        np.full(len(account), "combo", object), SeasonPlan(OFF_SEASON, PEAK, None), History(date(2021, 1, 1), date(2026, 11, 1)), None,
        np.full(len(account), 2.0), np.zeros(len(account)),
    )  # fmt: skip


def growth_points(board: Board) -> pl.DataFrame:
    """The points of the board's peers by rank, with names."""
    return named(ranked([peer_points(board)]), board)


def test_a_product_that_six_like_accounts_buy_is_white_space_at_their_median_share():
    """Six accounts give product 1 a tenth; the seventh, of 200 units, buys none of it: 20 units, all six peers buy it."""
    found = growth_points(board_of([[90, 10]] * 6 + [[200, 0]]))
    (row,) = found.filter(kind="white_space").to_dicts()
    assert (row["account_id"], row["product_id"], row["natural"]) == ("A6", "P1", 0)
    assert (row["headroom"], row["probability"], row["weight"]) == (pytest.approx(20), 1.0, pytest.approx(20))
    assert (row["buyers"], row["peers"], row["own_share"], row["peer_share"]) == (6, 6, 0, pytest.approx(0.1))
    assert row["reason"] == "6 of its 6 peers buy it, for 10.0% of their volume; it does not"


def test_an_account_under_its_peers_share_has_the_difference_as_headroom():
    found = growth_points(board_of([[80, 20]] * 6 + [[95, 5]]))
    assert found.select("account_id", "product_id", "kind", "natural", "headroom").rows() == [("A6", "P1", "below_peers", 5, pytest.approx(15))]


def test_fewer_than_five_buyers_among_the_peers_are_no_evidence():
    found = growth_points(board_of([[90, 10]] * 4 + [[100, 0]] * 3))
    assert found.filter(product_id="P1").is_empty()


def test_the_weight_is_headroom_times_the_share_of_peers_who_buy():
    found = growth_points(board_of([[90, 10]] * 6 + [[100, 0]] * 3)).filter(kind="white_space")
    assert found["probability"].to_list() == [0.75] * 3
    assert found["weight"].to_list() == pytest.approx((found["headroom"] * 0.75).to_list())


def test_an_account_alone_and_an_empty_board_have_no_peers():
    assert growth_points(board_of([[5, 5]])).is_empty()
    assert growth_points(board_of([[0, 0]])).is_empty()
