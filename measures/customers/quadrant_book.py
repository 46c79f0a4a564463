"""What every account bought, month by month, as matrices: made once per answer, read at each date (methods.md section 1)."""

from dataclasses import dataclass

import numpy as np
import polars as pl

from measures.customers.stability import since_first_order
from measures.history import History, months_between
from measures.month_grid import month_grids
from measures.seasons.seasons import YEAR

SUMMED = ("quantity", "net_sales", "margin", "costed_sales")


@dataclass(frozen=True)
class Book:
    """`about` names the accounts, one row each; every matrix is (accounts, months of `span`).

    `grids` holds money and units by SUMMED, `has_row` and `has_margin` whether a month was booked and whether its margin is known.
    `volumes` is the quantity with NaN where a month doesn't count yet. `whole` is all complete months of the data, `index` the
    company's seasonal index (12,), or None where it is not known yet.
    """

    about: pl.DataFrame
    span: History
    grids: dict[str, np.ndarray]
    has_row: np.ndarray
    has_margin: np.ndarray
    volumes: np.ndarray
    index: np.ndarray | None

    def columns(self, months: History) -> slice:
        """The columns of the matrices that hold these months."""
        start = max(0, months_between(self.span.start, months.start))
        return slice(start, max(start, months_between(self.span.start, months.end)))

    @property
    def season(self) -> np.ndarray:
        """The seasonal index (12,); flat where none is known."""
        return np.ones(YEAR) if self.index is None else self.index


def book_of(rows: pl.DataFrame, about: pl.DataFrame, span: History, whole: History, index: np.ndarray | None) -> Book:
    """The book of `rows` [account_key, month, quantity, net_sales, margin, costed_sales] and `about` [account_key, account_id, …, first_month]."""
    marked = rows.with_columns(row=pl.lit(1.0), known=pl.col("margin").is_not_null().cast(pl.Float64))
    keys, grids = month_grids(marked, "account_key", (*SUMMED, "row", "known"), span)
    named = pl.DataFrame({"account_key": keys}).join(about, on="account_key", how="left", maintain_order="left").drop("account_key")
    volumes = since_first_order(grids["quantity"], _first_columns(named["first_month"], span, whole))
    return Book(named, span, {name: grids[name] for name in SUMMED}, grids["row"] > 0, grids["known"] > 0, volumes, index)


def _first_columns(begun: pl.Series, span: History, whole: History) -> np.ndarray:
    """Where each account's first month lies in the span; before it (−1) if it is as old as the data themselves."""
    months = (begun.dt.year().cast(pl.Int64) * 12 + begun.dt.month()).to_numpy()
    column = months - (span.start.year * 12 + span.start.month)
    return np.where((begun <= whole.start).to_numpy(), -1, column)
