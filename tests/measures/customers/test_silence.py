"""The pause test: worked examples, and the pauses that the store's orders make."""

from datetime import date, timedelta
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from measures.customers.silence import chance_of_pause, chance_of_regular_pause, pauses
from queries.filters import Filters
from tests.builders import ask_as, lines, make_store

START = date(2025, 1, 1)


def rows(*lengths: tuple[int, int]) -> pl.DataFrame:
    """An account's pauses as (length, how often), as queries/customers/order_pauses.sql gives them."""
    last = START + timedelta(days=sum(length * times for length, times in lengths))
    listed = [("a", None, 1, START, START), *(("a", length, times, START, last) for length, times in lengths)]
    return pl.DataFrame(listed, schema=["account_id", "pause_days", "orders", "first_on", "last_on"], orient="row")


def test_the_worked_examples() -> None:
    assert chance_of_pause(np.array(5), np.array(70), np.array(28), np.array(45)) == pytest.approx(0.0710, abs=5e-5)
    assert chance_of_regular_pause(np.array(4.0), np.array(14), np.array(28)) == pytest.approx(0.0424, abs=5e-5)
    assert chance_of_regular_pause(np.array(1.0), np.array(14), np.array(28)) == pytest.approx(0.1353, abs=5e-5)


def test_a_buyer_with_few_pauses_is_judged_by_how_many_it_made() -> None:
    lengths = rows((7, 1), (14, 3), (21, 1))  # 70 days, median 14
    found = pauses(lengths, lengths["last_on"].max() + timedelta(days=45)).row(0, named=True)
    assert (found["orders"], found["usual_days"], found["pause_days"], found["shape"]) == (6, 14, 45, None)
    assert found["chance"] == pytest.approx(0.0710, abs=5e-5)


def test_a_regular_buyer_is_judged_by_its_regularity() -> None:
    lengths = rows((7, 3), (14, 2), (21, 3))  # mean 14, variance 294 ÷ 7 = 42, shape 196 ÷ 42
    found = pauses(lengths, lengths["last_on"].max() + timedelta(days=28)).row(0, named=True)
    assert found["shape"] == pytest.approx(196 / 42)
    assert found["chance"] == pytest.approx(chance_of_regular_pause(np.array(196 / 42), np.array(14.0), np.array(28.0)))


def test_three_orders_say_nothing() -> None:
    lengths = rows((14, 2))
    assert pauses(lengths, date(2026, 1, 1))["chance"].to_list() == [None]


def test_the_median_of_an_even_number_of_pauses_lies_between_the_middle_two() -> None:
    assert pauses(rows((10, 2), (20, 2)), date(2026, 1, 1))["usual_days"].item() == 15


def test_orders_of_a_day_are_one_and_returns_are_none(tmp_path: Path) -> None:
    days = (date(2025, 3, 1), date(2025, 3, 1), date(2025, 3, 8), date(2025, 3, 15), date(2025, 4, 1))
    bought = [(day, "a", "p", 1, 10) for day in days]
    store = make_store(
        tmp_path, accounts=[{"account_id": "a", "account": "A"}, {"account_id": "b", "account": "B"}],
        products=[{"product_id": "p", "product": "Pale"}],
        transactions=lines(*bought, (date(2025, 4, 9), "a", "p", -1, -10), (date(2025, 4, 9), "b", "p", 1, 10)),
    )  # fmt: skip
    found = ask_as(store)("customers/order_pauses", Filters(), regular_ids=["b"])
    assert found.rows() == [
        ("a", 7, 2, date(2025, 3, 8), date(2025, 3, 15)), ("a", 17, 1, date(2025, 4, 1), date(2025, 4, 1)), ("a", None, 1, days[0], days[0]),
    ]  # fmt: skip
