"""Since when does an account order in its present run, and how soon did the second order come? From the months with an order."""

import numpy as np
import polars as pl

SCHEMA = {
    "account_key": pl.Int32, "orders": pl.Int64, "first_month": pl.Date, "second_month": pl.Date, "last_month": pl.Date, "run_month": pl.Date,
    "run_months": pl.Int64,
}  # fmt: skip


def order_runs(found: pl.DataFrame, lost_months: int) -> pl.DataFrame:
    """By SCHEMA, one row per account of queries/pipeline/order_months.sql: second_month is that of the second order, null without one.

    A run begins with an order that none came before for `lost_months`; `run_months` have an order since `run_month`, where the last began.
    """
    if found.is_empty():
        return pl.DataFrame(schema=SCHEMA)
    cell, stride, orders, first = _months(found, lost_months)
    begin = np.r_[0, np.flatnonzero(np.diff(cell) > lost_months) + 1]
    account = cell[begin] // stride
    run = np.flatnonzero(np.diff(account, append=-1))
    last = np.r_[begin[1:], len(cell)][run] - 1
    start = np.r_[0, last[:-1] + 1]
    second = np.where(orders[start] > 1, start, start + 1)
    month = {"first": start, "second": np.minimum(second, last), "last": last, "run": begin[run]}
    days = {f"{name}_month": _days((cell[at] % stride).astype(np.int64) + first) for name, at in month.items()}
    columns = {
        "account_key": account[run], "orders": np.add.reduceat(orders, start), **days,
        "second_month": days["second_month"].set(pl.Series(second > last), None), "run_months": last - begin[run] + 1,
    }  # fmt: skip
    return pl.DataFrame(columns, schema=SCHEMA)


def _months(found: pl.DataFrame, lost_months: int) -> tuple[np.ndarray, int, np.ndarray, int]:
    """One whole number per account and month, rising: account × stride + months after the first one; the stride, the orders, the first month.

    The stride leaves more than `lost_months` between accounts, so that one comparison tells where a run begins.
    """
    account, month = found["account_key"].to_numpy(), _numbers(found["month"].to_physical().to_numpy())
    first = int(month.min())
    stride = int(month.max()) - first + lost_months + 1
    cell = account.astype(np.min_scalar_type(-stride * (int(account.max()) + 1)))
    cell *= stride
    cell += month - first
    orders = found["orders"].to_numpy()
    if (np.diff(cell) > 0).all():
        return cell, stride, orders, first
    # Several salespeople, or a month that is cut. The store has them in this order, but for a few: a stable sort makes use of that.
    order = np.argsort(cell, kind="stable")
    start = np.flatnonzero(np.diff(cell[order], prepend=-1))
    return cell[order][start], stride, np.add.reduceat(orders[order], start), first


def _numbers(days: np.ndarray) -> np.ndarray:
    """The months' numbers of days. Few days stand for many rows: the calendar is asked once for each."""
    first = days.min()
    return np.arange(first, days.max() + 1).astype("datetime64[D]").astype("datetime64[M]").astype(np.int32)[days - first]


def _days(months: np.ndarray) -> pl.Series:
    """The first days of months."""
    return pl.Series(months.astype("datetime64[M]").astype("datetime64[D]"))
