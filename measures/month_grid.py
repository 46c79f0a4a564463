"""Rows of months as matrices: one line per key, one column per month, zero where nothing was sold."""

from datetime import date

import numpy as np
import polars as pl

from measures.history import History
from measures.typed import filled

EPOCH = 1970
"""The year that months are counted from in arrays."""
MISSING = -(10**7)
"""A day before all others, some 27,000 years before the first."""


def columns_of(months: pl.Series, start: date) -> np.ndarray:
    """Each month's place after `start`'s month: 0 for the same month; one that is missing lies before all others."""
    before = (start.year - EPOCH) * 12 + start.month - 1
    told = months.cast(pl.Date).cast(pl.Int32)
    days = filled(told, MISSING).to_numpy()
    first, last = (days.min(), days.max()) if len(days) else (0, -1)
    if last - first >= len(days):
        return _months_of(days) - before
    # The calendar is worked out once for each day between the first and the last, not for each row.
    return (_months_of(np.arange(first, last + 1)) - before)[days - first]


def month_grid(rows: pl.DataFrame, key: str, value: str, span: History) -> tuple[pl.Series, np.ndarray]:
    """The distinct keys in their order of appearance, and their `value` by month (keys, months)."""
    keys, grids = month_grids(rows, key, (value,), span)
    return keys, grids[value]


def month_grids(rows: pl.DataFrame, key: str, values: tuple[str, ...], span: History) -> tuple[pl.Series, dict[str, np.ndarray]]:
    """The distinct keys in their order of appearance, and each value by month (keys, months).

    `rows` has the columns `key`, month (date) and the values; months outside the span are left out, equal places added up.
    """
    keys, place = places(rows[key])
    return keys, _grids(rows, place, len(keys), values, span)


def grids_of(keys: pl.Series, rows: pl.DataFrame, values: tuple[str, ...], span: History) -> dict[str, np.ndarray]:
    """Each value by month, (keys, months), in the order of `keys`: distinct small whole numbers that hold those of the rows, in any order.

    `rows` has the columns `keys.name`, month (date) and the values; months outside the span are left out, equal places added up.
    """
    place = np.zeros((keys.max() or 0) + 1, np.int64)
    place[keys.to_numpy()] = np.arange(len(keys))
    return _grids(rows, place[rows[keys.name].to_numpy()], len(keys), values, span)


def _grids(rows: pl.DataFrame, place: np.ndarray, lines: int, values: tuple[str, ...], span: History) -> dict[str, np.ndarray]:
    column = columns_of(rows["month"], span.start)
    inside = (column >= 0) & (column < span.length)
    if not inside.all():
        rows, place, column = rows.filter(pl.Series(inside)), place[inside], column[inside]
    at, size = place * span.length + column, lines * span.length
    amounts = {name: filled(rows[name], 0.0).to_numpy() for name in values}
    return {name: np.bincount(at, of, size).reshape(lines, span.length) for name, of in amounts.items()}


def _months_of(days: np.ndarray) -> np.ndarray:
    """Months since 1970 of days since then."""
    return days.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)


def places(keys: pl.Series) -> tuple[pl.Series, np.ndarray]:
    """The distinct keys in their order of appearance, and each row's place among them.

    Most questions are ordered by account: a run of equal keys is looked up once.
    """
    runs = keys.rle().struct
    heads = runs.field("value").alias(keys.name)
    distinct = heads.unique(maintain_order=True)
    numbered = pl.DataFrame({"key": distinct, "place": np.arange(len(distinct))})
    found = heads.to_frame("key").join(numbered, on="key", how="left", maintain_order="left", nulls_equal=True)
    return distinct, np.repeat(found["place"].to_numpy(), runs.field("len").to_numpy())
