"""Allocation: the worked examples, and the promise that what is divided adds up."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from measures.seasons import allocation

INDEX = np.array([1.0003, 0.9147, 1.0286, 0.9582, 0.9161, 0.8379, 0.9223, 0.9263, 0.9234, 1.1215, 1.1977, 1.2531])
PEAK, OFF_SEASON = slice(9, 12), slice(3, 9)
NATURAL = 11_200 * INDEX[OFF_SEASON] / INDEX[PEAK].sum()


def clipped(total: float, weights: np.ndarray, low: np.ndarray, high: np.ndarray) -> np.ndarray:
    """x = clip(lambda·weight, low, high) that sums to a total within reach, by halving: slow, and as the method says it."""
    least, most = 0.0, 1e9
    for _halving in range(200):
        middle = (least + most) / 2
        least, most = (middle, most) if np.clip(middle * weights, low, high).sum() < total else (least, middle)
    return np.clip(most * weights, low, high)


def test_the_worked_natural_sales_follow_the_index_from_the_peak():
    assert round(NATURAL.sum(), 2) == 17194.26


def test_the_worked_lift():
    assert round(100 * allocation.lift(11_200, 12_000), 6) == 7.142857


def test_no_natural_peak_has_no_lift():
    assert np.isnan(allocation.lift(0, 100))


WEIGHTS, HIGH = np.array([50.0, 30, 20]), np.array([40.0, 50, 50])


def test_the_worked_allocation_within_ceilings():
    assert allocation.filled(100, WEIGHTS, HIGH) == pytest.approx([40, 36, 24])
    assert clipped(100, WEIGHTS, np.zeros(3), HIGH) == pytest.approx([40, 36, 24])


def test_the_worked_allocation_with_a_floor_by_the_slow_way():
    assert clipped(100, WEIGHTS, np.array([0, 0, 25]), HIGH) == pytest.approx([40, 35, 25])


def test_a_total_beyond_the_room_is_cut_to_it():
    assert allocation.filled(141, WEIGHTS, HIGH).tolist() == [40, 50, 50]


def test_a_cell_without_weight_gets_nothing_and_limits_may_be_absent():
    assert allocation.filled(84, np.array([2.0, 0, 1]), np.full(3, np.inf)) == pytest.approx([56, 0, 28])
    assert allocation.filled(10, np.zeros(2), np.full(2, 100.0)).tolist() == [0, 0]


CELL = st.tuples(st.floats(0, 1000), st.floats(0, 100))


@given(st.lists(CELL, min_size=1, max_size=30), st.floats(0, 1))
def test_any_reachable_total_is_divided_as_by_the_slow_way(cells, share):
    weights, room = (np.array(column) for column in zip(*cells, strict=True))
    weights = np.where(weights < 1e-3, 0.0, weights)
    total = share * room[weights > 0].sum()
    found = allocation.filled(total, weights, room)
    assert found.sum() == pytest.approx(total, rel=1e-6, abs=1e-6)
    assert ((found >= 0) & (found <= room)).all()
    assert found == pytest.approx(clipped(total, weights, np.zeros(len(room)), room), rel=1e-6, abs=1e-6)


SEED = np.array([[40, 30, 20, 10], [35, 50, 100, 75], [30, 80, 70, 120], [20, 30, 40, 50]])
ROWS, COLUMNS = np.array([150, 300, 400, 150]), np.array([200, 300, 400, 100])


def test_the_worked_table_fits_both_margins():
    found = allocation.fit_margins(SEED, ROWS, COLUMNS)
    assert found.converged
    assert round(found.values[0, 0], 4) == 64.5585
    assert round(found.values[1, 3], 4) == 25.3742
    assert found.values.sum(axis=1) == pytest.approx(ROWS)
    assert found.values.sum(axis=0) == pytest.approx(COLUMNS)


def test_zero_cells_stay_zero():
    seed = SEED.copy()
    seed[0, 1] = seed[2, 3] = 0
    found = allocation.fit_margins(seed, ROWS, COLUMNS)
    assert found.converged
    assert found.values[0, 1] == found.values[2, 3] == 0


def test_margins_that_the_zeros_forbid_do_not_converge():
    found = allocation.fit_margins(np.eye(2), np.array([3, 7]), np.array([5, 5]), most_rounds=50)
    assert not found.converged
    assert found.error == pytest.approx(2)


def test_margins_with_different_totals_are_refused():
    with pytest.raises(ValueError, match="same total"):
        allocation.fit_margins(SEED, ROWS, COLUMNS + 1)
