"""A target explains itself: each growth point with what it carries, and parts that a person can add up."""

from datetime import date

import numpy as np
import polars as pl
import pytest

from measures.seasons.board_edits import Edit
from measures.seasons.cell_parts import MOST_POINTS, Slice, cell_parts, point_cells
from measures.seasons.edited_board import EditedBoard, calculated
from measures.seasons.growth_points import ALL_PRODUCTS, ranked
from measures.seasons.off_season_targets import THRESHOLDS
from measures.seasons.target_ground import ground_of, plan_of
from measures.thresholds import cuts
from tests.measures.seasons.test_edited_board import APRIL
from tests.measures.seasons.test_peer_points import board_of
from tests.measures.seasons.test_target_plan import NO_POINTS, point


def a_board(natural: list[list[float]], *points: pl.DataFrame, **overrides) -> EditedBoard:
    chosen = cuts(THRESHOLDS, overrides={"requirement_basis": "forecast", "requirement_growth": 0.1, "lift_shape": "held"} | overrides)
    ground = ground_of(board_of(natural, peak=100), ranked([NO_POINTS, *(p.with_columns(own_share=0.2, peer_share=0.5, buyers=3, peers=4) for p in points)]))
    return calculated(ground, plan_of(ground, chosen), chosen)


def parts(board: EditedBoard, *of: object) -> list[tuple]:
    return cell_parts(board, Slice(*of)).select("part", "kind", "part_units").rows()


def summed(rows: pl.DataFrame) -> float:
    tenths = [round(units * 10) for units in rows["part_units"]]
    assert rows["part"].last() == "target"
    assert sum(tenths[:-1]) == tenths[-1]
    return rows["part_units"].last()


def test_two_growth_points_carry_a_cell_in_proportion_to_what_they_are_worth_there():
    """200 lifted by 10 %: 10 evenly, 10 where points are. A0's own of 30, and its wallet's 10: 7.5 and 2.5 of the 10."""
    board = a_board([[100], [100]], point(0, 0, 30), point(0, ALL_PRODUCTS, 10))
    assert parts(board, "A0", "P0", APRIL) == [
        ("natural", None, 100.0), ("lift_units", None, 5.0), ("growth_point", "white_space", 7.5), ("growth_point", "wallet", 2.5),
        ("rounding", None, 0.0), ("edit", None, 0.0), ("target", None, 115.0),
    ]  # fmt: skip
    assert parts(board, "A1", "P0", APRIL)[2:] == [("rounding", None, 0.0), ("edit", None, 0.0), ("target", None, 105.0)]


def test_a_point_of_all_products_is_in_each_cell_by_its_natural_sales():
    """A wallet of 40 on 75 and 25: the 10 that it carries are 7.5 and 2.5, and 10 in the account's month."""
    board = a_board([[75, 25]], point(0, ALL_PRODUCTS, 40), growth_share=1.0)
    carried = [dict(row[1:] for row in parts(board, "A0", product, APRIL)).get("wallet") for product in ("P0", "P1", None)]
    assert carried == [7.5, 2.5, 10.0]


def test_each_growth_point_says_what_it_is_about_and_why():
    row = cell_parts(a_board([[100], [100]], point(0, 0, 30)), Slice("A0", "P0", APRIL)).filter(part="growth_point").row(0, named=True)
    assert (row["account_id"], row["product_id"], row["kind"]) == ("A0", "P0", "white_space")
    assert row["reason"] == "3 of its 4 peers buy it, for 50.0% of their volume; it does not"


def test_what_was_edited_is_a_part_of_its_own():
    board = a_board([[100], [100]]).with_edits([Edit("A0", "P0", APRIL, 113)], hold_months=True)
    assert parts(board, "A0", "P0", APRIL)[-2:] == [("edit", None, 3.0), ("target", None, 113.0)]
    assert parts(board, "A1", "P0", APRIL)[-2:] == [("edit", None, -3.0), ("target", None, 107.0)]


def test_parts_sum_to_the_target_to_the_tenth_in_every_cell_row_and_column():
    """Sevenths and thirds everywhere, more points than are shown one by one."""
    natural = np.arange(1, 181).reshape(60, 3) / 7
    board = a_board(natural.tolist(), *(point(n, n % 3, 5 + n / 3, 0.7) for n in range(60)), *(point(n, ALL_PRODUCTS, 3 + n / 7) for n in range(60)))
    for of in ((None, None, None), (None, None, APRIL), ("A7", None, None), (None, "P1", APRIL), *(("A9", f"P{n}", APRIL) for n in range(3))):
        told = cell_parts(board, Slice(*of))
        rows = board.targets.filter(*(pl.col(name) == key for name, key in zip(("account_id", "product_id", "month"), of, strict=True) if key is not None))
        assert summed(told) == rows["target"].sum()
    everything = cell_parts(board, Slice())
    assert everything.filter(part="growth_point").height == MOST_POINTS
    assert everything.filter(pl.col("part").is_in(["growth_point", "other_points"]))["part_units"].sum() == pytest.approx(board.plan.growth.sum(), abs=5)


def test_points_weigh_in_each_cell_what_the_allocation_was_made_with():
    board = a_board([[75, 25], [50, 0]], point(0, ALL_PRODUCTS, 40), point(1, 1, 12, 0.5), point(0, 0, 9))
    ground = board.ground
    cells = np.arange(len(ground.board.account))
    _point, cell, weight = point_cells(ground.board, ground.points, cells)
    assert np.bincount(cell, weight, len(cells)) == pytest.approx(sum(ground.potential.by_kind.values()))


def test_a_month_off_the_board_is_an_error():
    with pytest.raises(ValueError, match="not in list"):
        cell_parts(a_board([[100]]), Slice(month=date(2031, 1, 1)))
