"""The windows of months that a place and the way to it rest on, cut out of the book at several dates in one go."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from measures.customers.quadrant_book import Book
from measures.customers.quadrant_path import windows
from measures.history import History
from queries.filters import Filters
from tests.measures.customers.test_quadrant_book import book_of_lines, line


@pytest.fixture
def book(tmp_path) -> Book:
    """Two years from January 2024, in which account A buys one unit in the first month, two in the second, and so on; B a hundred times as many."""
    made = book_of_lines(tmp_path, [line(1, 1.0, "X", "P"), line(1, 1.0, "X", "P", "B")], Filters())
    volumes = np.arange(1.0, 25.0) * np.array([[1.0], [100.0]])
    return replace(made, span=History(date(2024, 1, 1), date(2026, 1, 1)), units=volumes, volumes=volumes, index=np.arange(1.0, 13.0))


def test_each_row_has_its_windows_up_to_its_own_month_end_with_the_calendars_season(book: Book) -> None:
    volumes, season = windows(book, np.array([0, 1]), np.array([24, 12]), 2, 3)
    assert volumes.tolist() == [[21, 22, 23], [22, 23, 24], [900, 1000, 1100], [1000, 1100, 1200]]
    assert season.tolist() == [[9, 10, 11], [10, 11, 12]]


def test_months_before_the_data_do_not_count(book: Book) -> None:
    volumes, season = windows(book, np.array([0]), np.array([2]), 2, 3)
    assert np.array_equal(volumes, [[np.nan, np.nan, 1], [np.nan, 1, 2]], equal_nan=True)
    assert season.tolist() == [[11, 12, 1], [12, 1, 2]]


def test_month_ends_of_other_months_of_the_year_are_refused(book: Book) -> None:
    with pytest.raises(ValueError, match="whole years apart"):
        windows(book, np.array([0, 1]), np.array([24, 23]), 1, 3)
