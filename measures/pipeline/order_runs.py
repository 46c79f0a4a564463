"""Since when does an account order in its present run, and how soon did the second order come? From the months with an order."""

import numpy as np
import polars as pl

SCHEMA = {
    "account_key": pl.Int32, "orders": pl.Int64, "first_month": pl.Date, "second_month": pl.Date, "last_month": pl.Date, "run_month": pl.Date,
    "run_months": pl.Int64,
}  # fmt: skip
_MONTHS = 1_000_000
"""More than there are numbers of months: a key is an account's × _MONTHS + the month's."""


def order_runs(found: pl.DataFrame, lost_months: int) -> pl.DataFrame:
    """By SCHEMA, one row per account of queries/pipeline/order_months.sql: second_month is that of the second order, null without one.

    A run begins with an order that none came before for `lost_months`; `run_months` have an order since `run_month`, where the last began.
    """
    if found.is_empty():
        return pl.DataFrame(schema=SCHEMA)
    month = found["month"].to_numpy().astype("datetime64[M]").astype(np.int64)
    keys = found["account_key"].to_numpy().astype(np.int64) * _MONTHS + month
    order = np.argsort(keys)
    account, month, orders = keys[order] // _MONTHS, month[order], found["orders"].to_numpy()[order]
    start = np.flatnonzero(np.diff(account, prepend=-1))
    last = np.r_[start[1:], len(account)] - 1
    begins = np.diff(month, prepend=month[0]) > lost_months
    begins[start] = True
    run = np.maximum.accumulate(np.where(begins, np.arange(len(account)), 0))[last]
    second = np.where(orders[start] > 1, start, start + 1)
    months = found["month"].gather(order)
    columns = {
        "account_key": account[start], "orders": np.add.reduceat(orders, start), "first_month": months.gather(start),
        "second_month": months.gather(np.minimum(second, last)).set(pl.Series(second > last), None),
        "last_month": months.gather(last), "run_month": months.gather(run), "run_months": last - run + 1,
    }  # fmt: skip
    return pl.DataFrame(columns, schema=SCHEMA)
