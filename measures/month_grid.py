"""Rows of months as matrices: one line per key, one column per month, zero where nothing was sold."""

from datetime import date

import numpy as np
import polars as pl

from measures.history import History

EPOCH = 1970
"""The year that months are counted from in arrays."""


def columns_of(months: pl.Series, start: date) -> np.ndarray:
    """Each month's place after `start`'s month: 0 for the same month."""
    return months.to_numpy().astype("datetime64[M]").astype(np.int64) - ((start.year - EPOCH) * 12 + start.month - 1)


def month_grid(rows: pl.DataFrame, key: str, value: str, span: History) -> tuple[pl.Series, np.ndarray]:
    """The distinct keys in their order of appearance, and their `value` by month (keys, months)."""
    keys, grids = month_grids(rows, key, (value,), span)
    return keys, grids[value]


def month_grids(rows: pl.DataFrame, key: str, values: tuple[str, ...], span: History) -> tuple[pl.Series, dict[str, np.ndarray]]:
    """The distinct keys in their order of appearance, and each value by month (keys, months).

    `rows` has the columns `key`, month (date) and the values; months outside the span are left out, equal places added up.
    """
    keys, place = places(rows[key])
    column = columns_of(rows["month"], span.start)
    inside = (column >= 0) & (column < span.length)
    at, size = place[inside] * span.length + column[inside], len(keys) * span.length
    amounts = {name: rows[name].fill_null(0.0).to_numpy()[inside] for name in values}
    return keys, {name: np.bincount(at, of, size).reshape(len(keys), span.length) for name, of in amounts.items()}


def places(keys: pl.Series) -> tuple[pl.Series, np.ndarray]:
    """The distinct keys in their order of appearance, and each row's place among them.

    Most questions are ordered by account: a run of equal keys is looked up once.
    """
    run = keys.rle_id().to_numpy()
    heads = keys.gather(np.flatnonzero(np.diff(run, prepend=-1)))
    distinct = heads.unique(maintain_order=True)
    numbered = pl.DataFrame({"key": distinct, "place": np.arange(len(distinct))})
    found = heads.to_frame("key").join(numbered, on="key", how="left", maintain_order="left", nulls_equal=True)
    return distinct, found["place"].to_numpy()[run]
