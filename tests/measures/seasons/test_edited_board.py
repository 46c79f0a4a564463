"""A board that people work on: edits show in every table, versions come back as they were saved, parts sum to the whole."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.errors import TargetRefused
from measures.pipeline.peer_points import peer_points
from measures.seasons.board_edits import Edit
from measures.seasons.edited_board import EditedBoard, calculated, saved
from measures.seasons.growth_points import ranked
from measures.seasons.off_season_targets import THRESHOLDS
from measures.seasons.target_ground import ground_of, plan_of
from measures.thresholds import cuts
from tests.measures.seasons.test_peer_points import board_of

APRIL = date(2027, 4, 1)


def a_board(natural: list[list[float]], **overrides) -> EditedBoard:
    of = board_of(natural, peak=100)
    chosen = cuts(THRESHOLDS, overrides={"requirement_basis": "forecast", "requirement_growth": 0.1, "lift_shape": "held"} | overrides)
    ground = ground_of(of, ranked([peer_points(of)]))
    return calculated(ground, plan_of(ground, chosen), chosen)


def test_an_edit_shows_in_every_table_and_in_money():
    """Three accounts of 100: 110 each, 120 for one of them; two euros a unit."""
    board = a_board([[100], [100], [100]]).with_edits([Edit("A0", None, None, 120)], hold_months=False)
    assert dict(board.by_account.select("account_id", "target").rows()) == {"A0": 120, "A1": 105, "A2": 105}
    assert dict(board.by_account.select("account_id", "target_amount").rows()) == {"A0": 240, "A1": 210, "A2": 210}
    assert board.targets.select("account_id", "natural", "edit", "target").rows() == [("A0", 100, 10, 120), ("A1", 100, -5, 105), ("A2", 100, -5, 105)]
    assert (board.summary["target_total"], board.summary["target_amount"], board.total) == (330, 660, 330)
    assert board.months["target"].to_list() == [330, 0]


def test_natural_and_lift_and_growth_points_and_rounding_and_edit_make_the_target():
    rows = a_board([[90, 10]] * 6 + [[97, 3]]).with_edits([Edit("A6", "P1", APRIL, 9)], hold_months=True).targets
    parts = rows.select("natural", "lift", "growth_points", "rounding", "edit").sum_horizontal()
    assert parts.to_list() == pytest.approx(rows["target"].to_list())
    assert rows.filter(account_id="A6", product_id="P1")["edit"].item() != 0


def test_a_target_that_was_taken_out_stays_in_the_sums_with_its_growth_point():
    """A6 sells no P1, which its peers do: it is asked for there, and somebody sets it to 0."""
    board = a_board([[90, 10]] * 6 + [[97, 0]]).with_edits([Edit("A6", "P1", APRIL, 0)], hold_months=True)
    cell = board.targets.filter(account_id="A6", product_id="P1", month=APRIL).row(0, named=True)
    assert (cell["natural"], cell["target"], cell["growth_points"] > 0, cell["edit"] < 0) == (0, 0, True, True)
    assert board.targets.height == board.cells
    for name in ("natural", "lift", "growth_points", "target"):
        assert board.targets[name].sum() == pytest.approx(board.months[name].sum())
    assert board.targets["edit"].sum() == 0


def test_sums_by_month_are_of_one_account_or_of_all():
    board = a_board([[100, 50], [100, 50]])
    assert board.month_sums("account").filter(month=APRIL).select("account_id", "target").rows() == [("A0", 165), ("A1", 165)]
    assert board.month_sums("product", "A0").filter(month=APRIL).select("product_id", "target").rows() == [("P0", 110), ("P1", 55)]
    assert board.month_sums("product", "nobody").is_empty()


def test_a_saved_version_comes_back_and_accounts_without_one_are_as_calculated():
    board = a_board([[100, 50], [100, 50]])
    again = saved(board.ground, board.plan, board.cuts, {("A0", "P0"): (7, 8), ("Z9", "P0"): (5, 0)})
    assert again.rows() == {("A0", "P0"): (7, 8), ("A1", "P0"): (110, 0), ("A1", "P1"): (55, 0)}
    assert again.absent == (("Z9", "P0"),)


def test_what_differs_from_a_version_is_what_a_new_one_must_hold():
    board = a_board([[100, 50], [100, 50]])
    rows = board.rows()
    assert board.unlike(rows) == {}
    changed = board.with_edits([Edit("A0", "P0", APRIL, 120)], hold_months=True)
    assert changed.unlike(rows) == {("A0", "P0"): (120, 0), ("A0", "P1"): (52, 0), ("A1", "P0"): (105, 0), ("A1", "P1"): (53, 0)}
    assert board.unlike(rows | {("A1", "P9"): (4, 4)}) == {("A1", "P9"): (0, 0)}


def test_a_refused_edit_leaves_the_board():
    board = a_board([[100], [100]])
    with pytest.raises(TargetRefused):
        board.with_edits([Edit("A0", None, None, 500)], hold_months=False)
    assert board.total == 220


@settings(deadline=None, max_examples=40)
@given(
    seed=st.integers(0, 10_000), accounts=st.integers(1, 8), products=st.integers(1, 5),
    edits=st.lists(st.tuples(st.integers(0, 7), st.one_of(st.none(), st.integers(0, 4)), st.integers(0, 300)), max_size=5),
)  # fmt: skip
def test_parts_sum_to_the_whole_in_units_and_money_whatever_is_edited(seed, accounts, products, edits):
    rng = np.random.default_rng(seed)
    board = a_board((rng.lognormal(3, 1.2, (accounts, products)) * (rng.random((accounts, products)) < 0.7) + 0.01).tolist())
    total = board.total
    for account, product, units in edits:
        try:
            board = board.with_edits([Edit(f"A{account}", None if product is None else f"P{product}", None, units)], hold_months=False)
        except TargetRefused:
            continue
    assert board.total == total
    tables = (board.targets, board.by_account, board.by_product, board.months, board.month_sums("account"), board.month_sums("product"))
    for table in tables:
        assert table["target"].sum() == total
        assert round(table["target_amount"].sum() * 100) == round(board.summary["target_amount"] * 100)
        assert np.isfinite(table.select("natural", "gap", "target_amount").to_numpy()).all()
