"""Rows of months as matrices: one line per key, one column per month, zero where nothing was sold."""

from datetime import date

import numpy as np
import polars as pl

from measures.history import History


def columns_of(months: pl.Series, start: date) -> np.ndarray:
    """Each month's place after `start`'s month: 0 for the same month."""
    return (months.dt.year() * 12 + months.dt.month()).to_numpy() - (start.year * 12 + start.month)


def month_grid(rows: pl.DataFrame, key: str, value: str, span: History) -> tuple[pl.Series, np.ndarray]:
    """The distinct keys in their order of appearance, and their `value` by month (keys, months).

    `rows` has the columns `key`, month (date) and `value`; months outside the span are left out, equal places added up.
    """
    keys = rows[key].unique(maintain_order=True)
    places = pl.DataFrame({key: keys}).with_row_index("place")
    placed = rows.select(key, "month", value).join(places, on=key, how="left", maintain_order="left")
    column = columns_of(placed["month"], span.start)
    inside = (column >= 0) & (column < span.length)
    grid = np.zeros((len(keys), span.length))
    np.add.at(
        grid, (placed["place"].to_numpy()[inside], column[inside]), placed[value].fill_null(0.0).to_numpy()[inside]
    )
    return keys, grid
