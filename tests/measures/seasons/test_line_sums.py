"""Sums by line: the same whether the rows lie in the order of their lines or not, and a line without rows sums to 0."""

import numpy as np
import pytest

from measures.seasons.line_sums import line_sums


@pytest.mark.parametrize("order", [[0, 1, 2], [2, 0, 1]])
def test_rows_are_summed_by_line_and_month(order):
    cells, of = np.array([[1, 2, 4], [10, 20, 40]]), np.array([0, 0, 2])
    assert line_sums(cells[:, order], of[order], 4).tolist() == [[3, 0, 4, 0], [30, 0, 40, 0]]


def test_no_rows_sum_to_nothing():
    assert line_sums(np.zeros((2, 0)), np.zeros(0, int), 3).tolist() == [[0, 0, 0], [0, 0, 0]]
