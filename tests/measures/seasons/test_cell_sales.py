"""Sales by account, product and month in a grid: whoever sold them, in whatever order they come."""

from datetime import date

import numpy as np
import polars as pl

from measures.history import History
from measures.seasons.cell_sales import cell_grid

SPAN = History(date(2023, 12, 1), date(2024, 4, 1))
ACCOUNTS, PRODUCTS = pl.Series("account_key", [7, 4]), pl.Series("product_key", [2, 9, 5])
ROWS = [
    (4, 9, date(2024, 2, 1), 5.0), (4, 9, date(2024, 2, 1), 2.0), (4, 9, date(2024, 3, 1), 1.0), (7, 5, date(2023, 12, 1), 3.0), (7, 2, date(2024, 3, 1), -4.0),
    (4, 9, date(2023, 12, 1), 6.0),
]  # fmt: skip


def grid(rows: list[tuple]) -> tuple[np.ndarray, ...]:
    schema = {"account_key": pl.Int32, "product_key": pl.Int32, "month": pl.Date, "quantity": pl.Float64}
    return cell_grid(pl.DataFrame(rows, schema=schema, orient="row"), ACCOUNTS, PRODUCTS, SPAN)


def test_each_cell_has_its_months_over_a_turn_of_the_year_and_a_leap_day() -> None:
    account, product, units = grid(ROWS)
    assert list(zip(account.tolist(), product.tolist(), strict=True)) == [(0, 0), (0, 2), (1, 1)]
    assert units.tolist() == [[0, 0, 0, -4], [3, 0, 0, 0], [6, 0, 7, 1]]


def test_the_order_of_the_rows_does_not_matter() -> None:
    assert all(np.array_equal(*of) for of in zip(grid(ROWS), grid(ROWS[::-1]), strict=True))


def test_no_rows_are_no_cells() -> None:
    assert [len(of) for of in grid([])] == [0, 0, 0]
