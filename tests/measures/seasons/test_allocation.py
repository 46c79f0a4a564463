"""Allocation: the worked examples, and the promise that what is divided adds up."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from measures.seasons import allocation

INDEX = np.array([1.0003, 0.9147, 1.0286, 0.9582, 0.9161, 0.8379, 0.9223, 0.9263, 0.9234, 1.1215, 1.1977, 1.2531])
PEAK, OFF_SEASON = slice(9, 12), slice(3, 9)
NATURAL = 11_200 * INDEX[OFF_SEASON] / INDEX[PEAK].sum()


def test_the_worked_natural_sales_follow_the_index_from_the_peak():
    assert round(NATURAL.sum(), 2) == 17194.26


def test_the_worked_lift_held_and_ramped():
    growth = allocation.lift(11_200, 12_000)
    assert round(100 * growth, 6) == 7.142857
    assert round(allocation.held_targets(NATURAL, growth).sum() - NATURAL.sum(), 2) == 1228.16
    ramp = allocation.ramp_targets(NATURAL, growth)
    assert round(ramp.sum() - NATURAL.sum(), 2) == 715.33
    assert ramp.round(1).tolist() == [3039.9, 2940.6, 2720.8, 3029.3, 3077.0, 3101.9]


def test_every_row_of_many_cells_gets_its_own_ramp():
    natural = np.array([[100.0, 100], [50, 0]])
    assert allocation.ramp_targets(natural, 0.2) == pytest.approx(np.array([[110, 120], [55, 0]]))
    assert allocation.held_targets(natural, 0.2) == pytest.approx(np.array([[120, 120], [60, 0]]))


@pytest.mark.parametrize("growth", [0.0, -0.3])
def test_without_a_need_the_target_is_natural(growth):
    assert allocation.held_targets(NATURAL, growth).tolist() == NATURAL.tolist()
    assert allocation.ramp_targets(NATURAL, growth).tolist() == NATURAL.tolist()


def test_no_natural_peak_has_no_lift():
    assert np.isnan(allocation.lift(0, 100))


WEIGHTS, HIGH = np.array([50, 30, 20]), np.array([40, 50, 50])


def test_the_worked_allocation_within_ceilings():
    found = allocation.clip_allocation(100, WEIGHTS, np.zeros(3), HIGH)
    assert found.feasible
    assert found.values == pytest.approx([40, 36, 24])


def test_the_worked_allocation_with_a_floor():
    found = allocation.clip_allocation(100, WEIGHTS, np.array([0, 0, 25]), HIGH)
    assert found.values == pytest.approx([40, 35, 25])


@pytest.mark.parametrize(("asked", "nearest"), [(141, 140), (24, 25)])
def test_what_the_limits_forbid_is_said_with_the_nearest_total(asked, nearest):
    found = allocation.clip_allocation(asked, WEIGHTS, np.array([0, 0, 25]), HIGH)
    assert not found.feasible
    assert found.total == nearest
    assert found.values.sum() == pytest.approx(nearest)


def test_a_cell_without_weight_stays_at_its_floor_and_limits_may_be_absent():
    found = allocation.clip_allocation(90, np.array([2, 0, 1]), np.array([0, 6, 0]), np.inf)
    assert found.feasible
    assert found.values == pytest.approx([56, 6, 28])


def test_no_weight_at_all_cannot_be_allocated():
    found = allocation.clip_allocation(10, np.zeros(2), 0.0, 100.0)
    assert not found.feasible
    assert found.values.tolist() == [0, 0]


def test_impossible_limits_are_refused():
    with pytest.raises(ValueError, match="low must not exceed high"):
        allocation.clip_allocation(10, np.ones(2), 5.0, 4.0)


CELL = st.tuples(st.floats(0, 1000), st.floats(0, 100), st.floats(0, 100))


@given(st.lists(CELL, min_size=1, max_size=30), st.floats(0, 1))
def test_any_reachable_total_is_met_within_the_limits(cells, share):
    weights, low, width = (np.array(column) for column in zip(*cells, strict=True))
    weights = np.where(weights < 1e-3, 0.0, weights)
    high = low + width
    most = np.where(weights > 0, high, low).sum()
    found = allocation.clip_allocation(low.sum() + share * (most - low.sum()), weights, low, high)
    assert found.feasible
    assert found.values.sum() == pytest.approx(found.total, rel=1e-6, abs=1e-6)
    assert ((found.values >= low) & (found.values <= high)).all()


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
