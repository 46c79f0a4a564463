"""From the lift to the cells: what growth points carry, what all carry, and where the limits end it."""

from dataclasses import replace
from datetime import date

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from measures.seasons.board_growth import with_points
from measures.seasons.growth_points import ALL_PRODUCTS, ranked
from measures.seasons.natural_board import Board
from measures.seasons.off_season_targets import THRESHOLDS
from measures.seasons.target_plan import Plan, limits_of, plan
from measures.thresholds import cuts
from tests.measures.seasons.test_peer_points import board_of

NO_POINTS = ranked([pl.DataFrame(schema={"account_at": pl.Int64, "kind": pl.String, "headroom": pl.Float64, "probability": pl.Float64})])


def point(account: int, product: int, headroom: float, probability: float = 1.0) -> pl.DataFrame:
    kind = "white_space" if product >= 0 else "wallet"
    return pl.DataFrame({"account_at": [account], "product_at": [product], "kind": [kind], "headroom": [headroom], "probability": [probability]})


def planned(board: Board, points: pl.DataFrame, lift: float, **overrides) -> tuple[Board, Plan]:
    wider, potential = with_points(board, points)
    chosen = cuts(THRESHOLDS, overrides={"lift_shape": "held"} | overrides)
    return wider, plan(wider, limits_of(wider, potential, chosen["cell_ceiling"]), lift, chosen)


def test_half_of_the_lift_is_asked_of_all_and_half_where_growth_points_are():
    """Two accounts of 100, one growth point of 40: a lift of 10 % asks 10 of both together and 10 of the one."""
    _, made = planned(board_of([[100], [100]]), ranked([point(1, 0, 40)]), 0.10)
    assert made.lift[:, 0].tolist() == pytest.approx([5, 5])
    assert made.growth[:, 0].tolist() == pytest.approx([0, 10])
    assert made.whole[:, 0].tolist() == [105, 115]


def test_a_cell_without_natural_sales_gets_no_more_than_its_growth_point_is_worth():
    """20 of headroom at a chance of one half: 10 units; the rest of the 20 falls to those who sell."""
    board, made = planned(board_of([[100], [100]]), ranked([point(0, 0, 1)]), 0.1)
    assert len(board.natural) == 2
    board, made = planned(board_of([[100, 0], [50, 50]]), ranked([point(0, 1, 20, 0.5)]), 0.1, growth_share=1.0)
    white = np.flatnonzero((board.account == 0) & (board.product == 1)).item()
    assert board.natural[white].tolist() == [0, 0]
    assert made.growth[white, 0] == pytest.approx(10)
    assert made.lift[:, 0].sum() == pytest.approx(10)


def test_a_point_of_all_products_is_shared_by_natural_sales():
    _, made = planned(board_of([[75, 25]]), ranked([point(0, ALL_PRODUCTS, 40)]), 0.1, growth_share=1.0)
    assert made.growth[:, 0].tolist() == pytest.approx([7.5, 2.5])


def test_what_growth_points_cannot_carry_all_carry_and_the_other_way_round():
    """Ceiling 25 %: the point's cell takes 25 at most. A lift of 20 % of 200 is 40: 25 there, 15 in the other."""
    _, made = planned(board_of([[100], [100]]), ranked([point(1, 0, 400)]), 0.20, growth_share=1.0)
    assert (made.lift + made.growth)[:, 0].tolist() == pytest.approx([15, 25])
    board, made = planned(board_of([[100, 0], [100, 100]]), ranked([point(0, 1, 60)]), 0.40, growth_share=0.0)
    assert made.applied_lift == pytest.approx(0.40)
    assert (made.lift + made.growth)[:, 0].sum() == pytest.approx(0.4 * 300)


def test_the_most_that_the_limits_allow_is_the_ceiling_and_what_growth_points_add():
    _, made = planned(board_of([[100], [100]]), NO_POINTS, 2.0)
    assert (made.applied_lift, made.most_lift) == (pytest.approx(0.25),) * 2
    assert made.whole[:, 0].tolist() == [125, 125]
    _, made = planned(board_of([[100, 0], [50, 50]]), ranked([point(0, 1, 20)]), 2.0)
    assert made.most_lift == pytest.approx((50 + 20) / 200)


def test_cells_may_move_between_the_floor_and_the_ceiling():
    _, made = planned(board_of([[100], [10]]), NO_POINTS, 0.0, cell_floor=0.9)
    assert made.low[:, 0].tolist() == [90, 9]
    assert made.high[:, 0].tolist() == [125, 13]


def test_money_of_new_cells_is_the_products_usual_price():
    one = board_of([[100, 0], [100, 100]])
    board, _ = planned(replace(one, price=np.array([1.0, 3.0, 7.0])), ranked([point(0, 1, 20)]), 0.1)
    assert board.price.tolist() == pytest.approx([1, 7, 3, 7])


@settings(deadline=None)
@given(
    seed=st.integers(0, 10_000), accounts=st.integers(1, 12), products=st.integers(1, 8), lift=st.floats(-0.5, 3.0),
    share=st.floats(0, 1), ceiling=st.floats(0, 1), shape=st.sampled_from(["held", "ramp"]),
)  # fmt: skip
def test_whatever_is_asked_months_get_their_lift_and_no_cell_leaves_its_limits(seed, accounts, products, lift, share, ceiling, shape):
    rng = np.random.default_rng(seed)
    natural = rng.lognormal(2, 1.5, (accounts, products)) * (rng.random((accounts, products)) < 0.6)
    points = [point(int(rng.integers(accounts)), int(rng.integers(-1, products)), float(rng.uniform(1, 50)), 0.5) for _ in range(5)]
    board = board_of(natural.tolist())
    board = replace(board, natural=board.natural.sum(axis=1, keepdims=True) * rng.uniform(0, 2, (len(board.account), 6)),
                    plan=replace(board.plan, off_season=replace(board.plan.off_season, end=date(2027, 10, 1))))  # fmt: skip
    board = replace(board, last_year=board.natural)
    board, made = planned(board, ranked([pl.concat(points)]), lift, growth_share=share, cell_ceiling=ceiling, lift_shape=shape)
    asked = board.natural + made.lift + made.growth
    arriving = np.ones(6) if shape == "held" else np.arange(1, 7) / 6
    assert asked.sum(axis=0) == pytest.approx(board.natural.sum(axis=0) * (1 + made.applied_lift * arriving))
    assert made.applied_lift == pytest.approx(min(max(lift, 0), made.most_lift))
    assert (made.lift >= -1e-9).all()
    assert (made.growth >= -1e-9).all()
    assert (made.lift + made.growth <= made.limits.room * (1 + 1e-9) + 1e-9).all()
    assert made.whole.sum() == np.rint(asked.sum())
    assert ((made.whole >= made.low) & (made.whole <= made.high)).all()
    assert np.abs(made.whole - asked).max(initial=0) < 1
