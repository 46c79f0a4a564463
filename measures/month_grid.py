"""Rows of months as matrices: one line per key, one column per month, zero where nothing was sold."""

from datetime import date

import numpy as np
import polars as pl

from measures.history import History


def columns_of(months: pl.Series, start: date) -> np.ndarray:
    """Each month's place after `start`'s month: 0 for the same month."""
    return (months.dt.year().cast(pl.Int64) * 12 + months.dt.month()).to_numpy() - (start.year * 12 + start.month)


def month_grid(rows: pl.DataFrame, key: str, value: str, span: History) -> tuple[pl.Series, np.ndarray]:
    """The distinct keys in their order of appearance, and their `value` by month (keys, months)."""
    keys, grids = month_grids(rows, key, (value,), span)
    return keys, grids[value]


def month_grids(rows: pl.DataFrame, key: str, values: tuple[str, ...], span: History) -> tuple[pl.Series, dict[str, np.ndarray]]:
    """The distinct keys in their order of appearance, and each value by month (keys, months).

    `rows` has the columns `key`, month (date) and the values; months outside the span are left out, equal places added up.
    """
    keys = rows[key].unique(maintain_order=True)
    places = pl.DataFrame({key: keys, "place": np.arange(len(keys))})
    place = rows.select(key).join(places, on=key, how="left", maintain_order="left")["place"].to_numpy()
    column = columns_of(rows["month"], span.start)
    inside = (column >= 0) & (column < span.length)
    at, size = place[inside] * span.length + column[inside], len(keys) * span.length
    amounts = {name: rows[name].fill_null(0.0).to_numpy()[inside] for name in values}
    return keys, {name: np.bincount(at, of, size).reshape(len(keys), span.length) for name, of in amounts.items()}
