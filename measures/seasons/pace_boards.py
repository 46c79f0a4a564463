"""Signed target boards as targets of the pace: whole units by account and month, of what is within the filters."""

from collections.abc import Iterable
from datetime import date

import numpy as np
import polars as pl

from data.records import Record
from data.signed_boards import SIGNED_BOARD
from measures.typed import typed
from queries.filters import add_months

TARGETS_SCHEMA = {
    "month": pl.Date, "region_id": pl.String, "region": pl.String, "salesperson_id": pl.String, "salesperson": pl.String, "account_id": pl.String,
    "account": pl.String, "grain": pl.String, "amount": pl.Float64, "quantity": pl.Float64,
}  # fmt: skip
GRAIN = "account"


def board_targets(records: Iterable[Record], accounts: pl.DataFrame, products: pl.DataFrame) -> pl.DataFrame:
    """Rows as of queries/seasons/pace_targets.sql, in units; `accounts` and `products` are what the filters and the viewer leave.

    Where two boards speak of a month, the one signed last counts.
    """
    boards = [record for record in records if record.kind == SIGNED_BOARD]
    last = {month: at for at, record in enumerate(boards) for month in months_of(record.subject)}
    found = pl.concat([pl.DataFrame(schema=_MONTHS), *(_by_account(record, products, [last[month] == at for month in months_of(record.subject)]) for at, record in enumerate(boards))])
    named = found.join(accounts, on="account_id").with_columns(pl.lit(GRAIN).alias("grain"), amount=None)
    return named.select(typed(TARGETS_SCHEMA)).sort("month", "account_id")


def months_of(board: str) -> list[date]:
    """The months of a board by its key: 2027-04+6 is April to September."""
    start, _plus, length = board.partition("+")
    return [add_months(date.fromisoformat(f"{start}-01"), step) for step in range(int(length))]


_MONTHS = {"account_id": pl.String, "month": pl.Date, "quantity": pl.Float64}


def _by_account(record: Record, products: pl.DataFrame, is_kept: list[bool]) -> pl.DataFrame:
    """A board's units of these products by account and month, of the months that are kept."""
    sold = set(products["product_id"])
    rows = [(account, units) for account, product, units in record.content["rows"] if product in sold]
    months = months_of(record.subject)
    units = np.array([units for _account, units in rows], float).reshape(len(rows), len(months))
    wide = pl.DataFrame({"account_id": [account for account, _units in rows]} | {f"{month}": units[:, at] for at, month in enumerate(months) if is_kept[at]})
    sums = wide.cast({"account_id": pl.String}).group_by("account_id").sum()
    return sums.unpivot(index="account_id", variable_name="month", value_name="quantity").with_columns(pl.col("month").str.to_date()).cast(_MONTHS)
