"""Runs of months with an order."""

from datetime import date

import polars as pl

from measures.pipeline.order_runs import SCHEMA, order_runs


def months(*rows: tuple[int, date, int]) -> pl.DataFrame:
    return pl.DataFrame(rows, schema={"account_key": pl.Int32, "month": pl.Date, "orders": pl.Int64}, orient="row")


def test_a_run_begins_anew_after_more_silent_months_than_the_window() -> None:
    found = order_runs(months((7, date(2025, 9, 1), 1), (7, date(2025, 2, 1), 1), (7, date(2025, 8, 1), 2), (7, date(2024, 12, 1), 1)), 5)
    assert found.rows() == [(7, 5, date(2024, 12, 1), date(2025, 2, 1), date(2025, 9, 1), date(2025, 8, 1), 2)]
    assert order_runs(months((7, date(2025, 2, 1), 1), (7, date(2025, 8, 1), 1)), 6)["run_month"].to_list() == [date(2025, 2, 1)]


def test_a_second_order_in_the_first_month_is_the_second_one_and_a_single_order_has_none() -> None:
    found = order_runs(months((2, date(2025, 3, 1), 1), (1, date(2025, 1, 1), 2), (1, date(2025, 4, 1), 1)), 6)
    assert found["account_key"].to_list() == [1, 2]
    assert found["second_month"].to_list() == [date(2025, 1, 1), None]
    assert found["run_months"].to_list() == [2, 1]


def test_without_orders_there_are_no_runs() -> None:
    assert order_runs(months(), 6).schema == pl.Schema(SCHEMA)
