"""What every account bought, month by month, as matrices: made once per answer, read at each date (methods.md section 1)."""

from dataclasses import dataclass

import numpy as np
import polars as pl

from measures.customers.ranking import UNITS
from measures.customers.stability import since_first_order
from measures.history import History, months_between
from measures.month_grid import columns_of, grids_of
from measures.seasons.seasons import YEAR

MONEY = ("net_sales", "margin", "costed_sales")
NEVER = np.iinfo(np.int32).max
"""A day after every month."""


@dataclass(frozen=True)
class Book:
    """`about` names the accounts by rising account_key, one row each; every matrix is (accounts, months).

    `units` and `volumes` have the months of `span`: the quantity, and the same with NaN where a month doesn't count yet. The money by
    MONEY, and whether a month was booked and its margin is known, are those of its last months, `money_span`. `index` is the company's
    seasonal index (12,), or None where it is not known yet.
    """

    about: pl.DataFrame
    span: History
    units: np.ndarray
    volumes: np.ndarray
    money_span: History
    money: dict[str, np.ndarray]
    has_row: np.ndarray
    has_margin: np.ndarray
    index: np.ndarray | None

    @property
    def season(self) -> np.ndarray:
        """The seasonal index (12,); flat where none is known."""
        return np.ones(YEAR) if self.index is None else self.index


def columns_in(span: History, months: History) -> slice:
    """The columns of a matrix over the span that hold these months."""
    start = max(0, months_between(span.start, months.start))
    return slice(start, max(start, months_between(span.start, months.end)))


def book_of(
    about: pl.DataFrame, units: tuple[History, pl.DataFrame], money: tuple[History, pl.DataFrame], whole: History, index: np.ndarray | None
) -> Book:
    """The book of the accounts `about` [account_key, account_id, …, first_month] by rising key, and of what they bought.

    `units` are [account_key, month, quantity] and `money` [account_key, month, net_sales, margin, costed_sales] in ten-thousandths, each with
    its months; `whole` is all complete months of the data.
    """
    (span, bought), (money_span, earned) = units, money
    keys = about["account_key"]
    quantity = grids_of(keys, bought, ("quantity",), span)["quantity"] / UNITS
    marked = earned.with_columns(row=pl.lit(1.0), known=pl.col("margin").is_not_null().cast(pl.Float64))
    grids = grids_of(keys, marked, (*MONEY, "row", "known"), money_span)
    volumes = since_first_order(quantity, _first_columns(about["first_month"], span, whole))
    sums = {name: grids[name] / UNITS for name in MONEY}
    return Book(about, span, quantity, volumes, money_span, sums, grids["row"] > 0, grids["known"] > 0, index)


def beginnings(bought: pl.DataFrame) -> pl.DataFrame:
    """Each account of the rows [account_key, month] with the first of its months: account_key, first_month, by rising key."""
    keys, months = bought["account_key"].to_numpy(), bought["month"].to_physical().to_numpy()
    # Of the months' own type: of another one numpy takes each minimum in six times the time.
    first = np.full(keys.max(initial=0) + 1, NEVER, months.dtype)
    np.minimum.at(first, keys, months)
    found = np.flatnonzero(first < NEVER)
    return pl.DataFrame({"account_key": pl.Series(found, dtype=pl.Int32), "first_month": pl.Series(first[found], dtype=pl.Int32).cast(pl.Date)})


def _first_columns(begun: pl.Series, span: History, whole: History) -> np.ndarray:
    """Where each account's first month lies in the span; before it (−1) if it is as old as the data themselves."""
    column = columns_of(begun, span.start)
    return np.where(column <= months_between(span.start, whole.start), -1, column)
