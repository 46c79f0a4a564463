"""What every account bought of every product, month by month: what boards and forecasts of cells rest on."""

from typing import NamedTuple

import numpy as np
import polars as pl

from measures.history import History, history
from measures.seasons.cell_prices import places
from measures.seasons.combo import HISTORY_MONTHS
from measures.seasons.seasons import YEAR
from queries.cache import made_once
from queries.filters import Filters
from queries.runner import Ask, together


class CellSales(NamedTuple):
    """Units of every account × product with a sale, (cells, months), and their rows of `accounts` and `products`.

    `paid` is what each account paid for each product in the last twelve months (seasons/cell_prices).
    """

    span: History
    accounts: pl.DataFrame
    products: pl.DataFrame
    paid: pl.DataFrame
    account: np.ndarray
    product: np.ndarray
    units: np.ndarray

    def only(self, chosen: np.ndarray) -> "CellSales":
        """The chosen cells (cells,) alone; accounts and products stay as they are."""
        return self._replace(**dict(zip(("account", "product", "units"), chosen_rows(chosen, self.account, self.product, self.units), strict=True)))

    @property
    def sold_lately(self) -> np.ndarray:
        """Which cells (cells,) are of an account that bought, and of a product that was sold, in the last twelve months."""
        sold = self.units[:, -YEAR:].any(axis=1)
        sizes = (self.account, self.accounts.height), (self.product, self.products.height)
        buys, sells = (np.bincount(of, sold, size) > 0 for of, size in sizes)
        return buys[self.account] & sells[self.product]


def cell_sales(ask: Ask, filters: Filters) -> CellSales | None:
    """What a forecast of cells rests on: the complete months up to the period's end; None without any.

    The board and the peak's forecast rest on the same, and each choice of a season asks for it again: pages keep it.
    """
    within = filters.within(None, filters.to_date)
    return made_once(ask, ("cell_sales", within), lambda: _cell_sales(ask, within))


def _cell_sales(ask: Ask, filters: Filters) -> CellSales | None:
    span = history(ask, filters)
    if span is None or span.length == 0:
        return None
    span = span.last(HISTORY_MONTHS)
    rows, (accounts, products, paid) = together(
        lambda: ask("seasons/cell_months", filters.within(span.start, span.end)),
        lambda: (
            ask("seasons/board_accounts", filters), ask("seasons/board_products", filters),
            ask("seasons/cell_prices", filters.within(span.last(YEAR).start, span.end)),
        ),
    )  # fmt: skip
    return CellSales(span, accounts, products, paid, *cell_grid(rows, accounts["account_key"], products["product_key"], span))


def chosen_rows(chosen: np.ndarray, *arrays: np.ndarray) -> tuple[np.ndarray, ...]:
    """The rows of each array that are chosen (rows,): mostly all of them, and history by cell is long to copy."""
    return arrays if chosen.all() else tuple(of[chosen] for of in arrays)


def _places(months: pl.Series, span: History) -> np.ndarray:
    """How many months after the beginning each of these first days of months is: looked up by the day, which is faster than by the calendar."""
    days = np.array(span.months, "datetime64[D]").astype(np.int64)
    lookup = np.zeros(days[-1] - days[0] + 1, np.int64)
    lookup[days - days[0]] = np.arange(span.length)
    places = np.subtract(months.to_physical().to_numpy(), days[0], dtype=np.int64)
    # In place, and without looking at each place whether it is one: "clip" says so.
    return lookup.take(places, out=places, mode="clip")


def cell_grid(rows: pl.DataFrame, accounts: pl.Series, products: pl.Series, span: History) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Account row, product row and units by month of every account × product with a sale, from rows of keys and months, which may come in parts.

    A cell's rows mostly stand together, and only the first of such a run is looked up.
    """
    months = span.length
    of_account, of_product = (rows[keys.name].to_numpy() for keys in (accounts, products))
    begins = np.ones(rows.height, bool)
    np.logical_or(of_account[1:] != of_account[:-1], of_product[1:] != of_product[:-1], out=begins[1:])
    runs = np.flatnonzero(begins)
    account, product = places(accounts, of_account[runs]), places(products, of_product[runs])
    code = account * len(products) + product
    present = np.zeros(len(accounts) * len(products), bool)
    present[code] = True
    cells = np.flatnonzero(present)
    number = np.cumsum(present) - 1
    at = np.repeat(number[code] * months, np.diff(runs, append=rows.height))
    at += _places(rows["month"], span)
    units = np.bincount(at, rows["quantity"].to_numpy(), len(cells) * months).reshape(len(cells), months)
    return cells // max(len(products), 1), cells % max(len(products), 1), units
