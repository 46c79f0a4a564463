"""Counts and sums by a column of few codes."""

import polars as pl
import pytest

from measures.by_code import added, coded

CODES = ("A", "B", "C")
PLACE = coded(pl.Series(["C", "A", None, "A"]), CODES)


def test_every_code_is_counted_those_that_nobody_has_too():
    assert added(PLACE, CODES).tolist() == [2, 0, 1]


def test_what_has_no_code_and_what_is_missing_add_nothing():
    assert added(PLACE, CODES, pl.Series([1.5, 2.0, 100.0, None])).tolist() == [2.0, 0.0, 1.5]


def test_a_value_that_is_no_code_is_an_error():
    with pytest.raises(pl.exceptions.InvalidOperationError):
        coded(pl.Series(["D"]), CODES)
