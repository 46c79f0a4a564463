"""Whole cases: the worked examples, and the promise that cells, margins and totals add up exactly."""

from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from measures.seasons.allocation import fit_margins
from measures.seasons.rounding import controlled_rounding, whole_cases

SEED = np.array([[40, 30, 20, 10], [35, 50, 100, 75], [30, 80, 70, 120], [20, 30, 40, 50]])
ROWS, COLUMNS = np.array([150, 300, 400, 150]), np.array([200, 300, 400, 100])


def test_the_worked_cases_by_largest_remainder():
    found = whole_cases(10, np.array([47000, 16000, 15900, 12000, 6000, 3100]))
    assert found.tolist() == [5, 2, 1, 1, 1, 0]
    assert whole_cases(10, np.array([1, 1, 1])).tolist() == [4, 3, 3]


def test_equal_remainders_go_to_the_larger_weight_and_then_to_the_smaller_key():
    assert whole_cases(3, np.array([1, 3])).tolist() == [1, 2]
    assert whole_cases(2, np.array([1, 3])).tolist() == [0, 2]
    assert whole_cases(1, np.array([5.0, 5, 5]), keys=["c", "a", "b"]).tolist() == [0, 1, 0]


@pytest.mark.parametrize("scale", [1e-9, 0.1, 1, 1e9])
def test_proportions_decide_whatever_the_size_of_the_weights(scale):
    weights = np.array([47000, 16000, 15900, 12000, 6000, 3100]) * scale
    assert whole_cases(10, weights).tolist() == [5, 2, 1, 1, 1, 0]


def test_decimal_and_huge_weights_are_exact():
    decimals = np.array([Decimal("0.1"), Decimal("0.2"), Decimal("0.3")], object)
    assert whole_cases(6, decimals).tolist() == [1, 2, 3]
    huge = np.array([3 * 10**17, 10**17, 10**17 + 1])
    assert whole_cases(10**6 + 1, huge).tolist() == [600_001, 200_000, 200_000]


def test_each_row_has_its_own_total():
    found = whole_cases(np.array([10, 0, 7]), np.array([[1, 1, 1], [5, 5, 5], [0, 2, 0]]))
    assert found.tolist() == [[4, 3, 3], [0, 0, 0], [0, 7, 0]]


@pytest.mark.parametrize(("total", "weights"), [(3, [0, 0]), (3, [-1, 2]), (-3, [1, 2])])
def test_cases_that_cannot_be_divided_are_refused(total, weights):
    with pytest.raises(ValueError, match="whole cases need"):
        whole_cases(total, np.array(weights))


@given(st.integers(0, 10**7), st.lists(st.floats(0, 1e6), min_size=1, max_size=40).filter(lambda some: sum(some) > 1))
def test_whole_cases_add_up_and_stay_within_one_of_the_quota(total, weights):
    found = whole_cases(total, np.array(weights))
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
    assert_rounded(controlled_rounding(values), values)


def test_whole_margins_stay_as_they_are():
    fitted = fit_margins(SEED, ROWS, COLUMNS).values
    found = controlled_rounding(fitted)
    assert found.sum(axis=1).tolist() == ROWS.tolist()
    assert found.sum(axis=0).tolist() == COLUMNS.tolist()
    assert np.abs(found - fitted).max() < 1


def test_a_table_of_whole_cases_and_an_empty_one_stay_as_they_are():
    assert controlled_rounding(SEED.astype(float)).tolist() == SEED.tolist()
    assert controlled_rounding(np.zeros((0, 3))).shape == (0, 3)


def test_a_rounded_table_has_the_smallest_error_of_all_that_are_possible():
    values = np.array([[0.5, 0.2, 0.3], [0.4, 0.9, 0.7]])
    found = controlled_rounding(values)
    possible = []
    for bits in range(64):
        table = np.array([(bits >> place) & 1 for place in range(6)]).reshape(2, 3)
        sums = [(table.sum(axis=axis), values.sum(axis=axis)) for axis in (0, 1, None)]
        if all((np.abs(of_table - of_values) < 1 - 1e-9).all() for of_table, of_values in sums):
            possible.append(np.abs(table - values).sum())
    assert np.abs(found - values).sum() == pytest.approx(min(possible))


def assert_rounded(found: np.ndarray, values: np.ndarray) -> None:
    assert (np.abs(found - values) < 1).all()
    for axis in (0, 1, None):
        assert (np.abs(found.sum(axis=axis) - values.sum(axis=axis)) < 1).all()


def test_a_large_table_solved_in_parts_is_as_good_as_solved_at_once(monkeypatch):
    values = np.random.default_rng(1).lognormal(2, 1, (90, 40))
    in_parts = controlled_rounding(values)
    assert_rounded(in_parts, values)
    monkeypatch.setattr("measures.seasons.rounding.SMALL", values.size)
    at_once = controlled_rounding(values)
    assert np.abs(in_parts - values).sum() == pytest.approx(np.abs(at_once - values).sum())


def test_a_large_table_that_needs_cells_far_from_one_half_is_solved_too():
    values = np.full((60, 50), 0.2)
    found = controlled_rounding(values)
    assert found.sum(axis=1).tolist() == [10] * 60
    assert found.sum(axis=0).tolist() == [12] * 50


def test_infinite_cells_are_refused():
    with pytest.raises(ValueError, match="finite"):
        controlled_rounding(np.array([[np.nan]]))


def test_the_total_and_the_rows_may_be_said():
    values = np.array([[0.5, 0.2, 0.3], [0.4, 0.9, 0.7]])
    assert [controlled_rounding(values, total).sum() for total in (3,)] == [3]
    assert controlled_rounding(np.array([[0.5, 0.5], [0.5, 0.5]]), row_sums=np.array([1, 1])).sum(axis=1).tolist() == [1, 1]
    halves = np.array([[0.5, 0.0], [0.0, 0.9]])
    assert [controlled_rounding(halves, total).tolist() for total in (1, 2)] == [[[0, 0], [0, 1]], [[1, 0], [0, 1]]]


def test_rows_that_leave_no_table_are_refused():
    with pytest.raises(ArithmeticError, match="no table"):
        controlled_rounding(np.array([[0.5, 0.5], [0.2, 0.8]]), row_sums=np.array([0, 0]))
