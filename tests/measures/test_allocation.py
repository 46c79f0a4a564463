"""Allocation: the worked examples, and the promise that what is divided adds up."""

from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from measures import allocation

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


def test_the_worked_cases_by_largest_remainder():
    found = allocation.whole_cases(10, np.array([47000, 16000, 15900, 12000, 6000, 3100]))
    assert found.tolist() == [5, 2, 1, 1, 1, 0]
    assert allocation.whole_cases(10, np.array([1, 1, 1])).tolist() == [4, 3, 3]


def test_equal_remainders_go_to_the_larger_weight_and_then_to_the_smaller_key():
    assert allocation.whole_cases(3, np.array([1, 3])).tolist() == [1, 2]
    assert allocation.whole_cases(2, np.array([1, 3])).tolist() == [0, 2]
    assert allocation.whole_cases(1, np.array([5.0, 5, 5]), keys=["c", "a", "b"]).tolist() == [0, 1, 0]


@pytest.mark.parametrize("scale", [1e-9, 0.1, 1, 1e9])
def test_proportions_decide_whatever_the_size_of_the_weights(scale):
    weights = np.array([47000, 16000, 15900, 12000, 6000, 3100]) * scale
    assert allocation.whole_cases(10, weights).tolist() == [5, 2, 1, 1, 1, 0]


def test_decimal_and_huge_weights_are_exact():
    decimals = np.array([Decimal("0.1"), Decimal("0.2"), Decimal("0.3")], object)
    assert allocation.whole_cases(6, decimals).tolist() == [1, 2, 3]
    huge = np.array([3 * 10**17, 10**17, 10**17 + 1])
    assert allocation.whole_cases(10**6 + 1, huge).tolist() == [600_001, 200_000, 200_000]


def test_each_row_has_its_own_total():
    found = allocation.whole_cases(np.array([10, 0, 7]), np.array([[1, 1, 1], [5, 5, 5], [0, 2, 0]]))
    assert found.tolist() == [[4, 3, 3], [0, 0, 0], [0, 7, 0]]


@pytest.mark.parametrize(("total", "weights"), [(3, [0, 0]), (3, [-1, 2]), (-3, [1, 2])])
def test_cases_that_cannot_be_divided_are_refused(total, weights):
    with pytest.raises(ValueError, match="whole cases need"):
        allocation.whole_cases(total, np.array(weights))


@given(st.integers(0, 10**7), st.lists(st.floats(0, 1e6), min_size=1, max_size=40).filter(lambda some: sum(some) > 1))
def test_whole_cases_add_up_and_stay_within_one_of_the_quota(total, weights):
    found = allocation.whole_cases(total, np.array(weights))
    assert found.sum() == total
    assert (np.abs(found - total * np.array(weights) / sum(weights)) < 1 + 1e-6).all()


TABLE = st.integers(1, 6).flatmap(
    lambda columns: st.lists(
        st.lists(st.decimals(0, 50, places=2).map(float), min_size=columns, max_size=columns), min_size=1, max_size=6
    )
)


@given(TABLE)
def test_a_rounded_table_is_within_one_in_cells_margins_and_total(table):
    values = np.array(table)
    found = allocation.controlled_rounding(values)
    assert (np.abs(found - values) < 1).all()
    for axis in (0, 1, None):
        assert (np.abs(found.sum(axis=axis) - values.sum(axis=axis)) < 1).all()


def test_whole_margins_stay_as_they_are():
    fitted = allocation.fit_margins(SEED, ROWS, COLUMNS).values
    found = allocation.controlled_rounding(fitted)
    assert found.sum(axis=1).tolist() == ROWS.tolist()
    assert found.sum(axis=0).tolist() == COLUMNS.tolist()
    assert np.abs(found - fitted).max() < 1


def test_a_table_of_whole_cases_and_an_empty_one_stay_as_they_are():
    assert allocation.controlled_rounding(SEED.astype(float)).tolist() == SEED.tolist()
    assert allocation.controlled_rounding(np.zeros((0, 3))).shape == (0, 3)


def test_a_rounded_table_has_the_smallest_error_of_all_that_are_possible():
    values = np.array([[0.5, 0.2, 0.3], [0.4, 0.9, 0.7]])
    found = allocation.controlled_rounding(values)
    possible = []
    for bits in range(64):
        table = np.array([(bits >> place) & 1 for place in range(6)]).reshape(2, 3)
        sums = [(table.sum(axis=axis), values.sum(axis=axis)) for axis in (0, 1, None)]
        if all((np.abs(of_table - of_values) < 1 - 1e-9).all() for of_table, of_values in sums):
            possible.append(np.abs(table - values).sum())
    assert np.abs(found - values).sum() == pytest.approx(min(possible))


def test_infinite_cells_are_refused():
    with pytest.raises(ValueError, match="finite"):
        allocation.controlled_rounding(np.array([[np.nan]]))
