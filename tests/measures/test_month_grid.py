"""Rows of months as matrices."""

from datetime import date

import polars as pl

from measures.history import History
from measures.month_grid import grids_of, month_grid

SPAN = History(date(2025, 12, 1), date(2026, 2, 1))


def grid_of(*rows: tuple[str | None, date, float]) -> tuple[list, list]:
    keys, grid = month_grid(pl.DataFrame(rows, schema=["account", "month", "units"], orient="row"), "account", "units", SPAN)
    return keys.to_list(), grid.tolist()


def test_keys_stay_in_the_order_in_which_they_appear_and_equal_places_add_up():
    rows = [
        ("b", date(2025, 12, 1), 1.0),
        ("a", date(2026, 1, 1), 2.0),
        ("b", date(2026, 1, 1), 4.0),
        ("b", date(2025, 12, 1), 8.0),
    ]
    assert grid_of(*rows) == (["b", "a"], [[9.0, 4.0], [0.0, 2.0]])


def test_months_outside_the_span_are_left_out_and_their_keys_stay():
    assert grid_of(("a", date(2025, 11, 1), 1.0), ("a", date(2026, 2, 1), 2.0)) == (["a"], [[0.0, 0.0]])


def test_a_month_that_is_missing_is_left_out():
    assert grid_of(("a", None, 5.0), ("a", date(2026, 1, 1), 2.0)) == (["a"], [[0.0, 2.0]])


def test_no_key_is_a_key_of_its_own():
    assert grid_of((None, date(2026, 1, 1), 1.0), ("a", date(2026, 1, 1), 2.0)) == ([None, "a"], [[0.0, 1.0], [0.0, 2.0]])


def test_lines_follow_the_given_keys_whatever_the_rows_order_and_a_key_without_a_row_is_a_line_of_zeros():
    rows = [(7, date(2026, 1, 1), 1.0), (2, date(2025, 12, 1), 2.0), (7, date(2026, 1, 1), 4.0)]
    frame = pl.DataFrame(rows, schema=["account", "month", "units"], orient="row")
    grids = grids_of(pl.Series("account", [2, 5, 7]), frame, ("units",), SPAN)
    assert grids["units"].tolist() == [[2.0, 0.0], [0.0, 0.0], [0.0, 5.0]]
