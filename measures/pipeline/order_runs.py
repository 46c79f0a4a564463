"""Since when does an account order in its present run, and how soon did the second order come? From the months with an order."""

import numpy as np
import polars as pl

SCHEMA = {
    "account_key": pl.Int32, "orders": pl.Int64, "first_month": pl.Date, "second_month": pl.Date, "last_month": pl.Date, "run_month": pl.Date,
    "run_months": pl.Int64,
}  # fmt: skip
_BITS = 20
"""A month's number takes fewer: a key is an account's × 2^_BITS + the month's."""


def order_runs(found: pl.DataFrame, lost_months: int) -> pl.DataFrame:
    """By SCHEMA, one row per account of queries/pipeline/order_months.sql: second_month is that of the second order, null without one.

    A run begins with an order that none came before for `lost_months`; `run_months` have an order since `run_month`, where the last began.
    """
    if found.is_empty():
        return pl.DataFrame(schema=SCHEMA)
    account, month, orders = _months(found)
    start = np.flatnonzero(np.diff(account, prepend=-1))
    last = np.r_[start[1:], len(account)] - 1
    begins = np.diff(month, prepend=month[0]) > lost_months
    begins[start] = True
    run = np.maximum.accumulate(np.where(begins, np.arange(len(account)), 0))[last]
    second = np.where(orders[start] > 1, start, start + 1)
    columns = {
        "account_key": account[start], "orders": np.add.reduceat(orders, start), "first_month": _days(month[start]),
        "second_month": _days(month[np.minimum(second, last)]).set(pl.Series(second > last), None),
        "last_month": _days(month[last]), "run_month": _days(month[run]), "run_months": last - run + 1,
    }  # fmt: skip
    return pl.DataFrame(columns, schema=SCHEMA)


def _months(found: pl.DataFrame) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Account, month (its number) and orders, sorted, one element per account and month."""
    keys = (found["account_key"].to_numpy().astype(np.int64) << _BITS) + _numbers(found["month"].to_physical().to_numpy())
    # The store has them in this order, but for a few: a stable sort makes use of that.
    order = np.argsort(keys, kind="stable")
    keys = keys[order]
    start = np.flatnonzero(np.diff(keys, prepend=-1))
    account = keys[start] >> _BITS
    return account, keys[start] - (account << _BITS), np.add.reduceat(found["orders"].to_numpy()[order], start)


def _numbers(days: np.ndarray) -> np.ndarray:
    """The months' numbers of days. Few days stand for many rows: the calendar is asked once for each."""
    first = days.min()
    return np.arange(first, days.max() + 1).astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)[days - first]


def _days(months: np.ndarray) -> pl.Series:
    """The first days of months."""
    return pl.Series(months.astype("datetime64[M]").astype("datetime64[D]"))
