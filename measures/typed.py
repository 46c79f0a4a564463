"""A table's columns: of the types that its schema has, to which every answer's tables are cut before they leave; without gaps; and of arrays."""

from collections.abc import Mapping, Sequence

import numpy as np
import polars as pl


def typed(schema: Mapping[str, pl.DataType]) -> list[pl.Expr]:
    """The schema's columns, in its order and of its types, for `frame.select`."""
    return [pl.col(name).cast(kind) for name, kind in schema.items()]


def filled(column: pl.Series, value: object) -> pl.Series:
    """The column with `value` where it is missing. Most columns miss nothing: polars would take a tenth of a millisecond to find that out."""
    return column.fill_null(value) if column.null_count() else column


def framed(columns: Mapping[str, np.ndarray | pl.Series | Sequence]) -> pl.DataFrame:
    """A frame of the columns, NaN in an array being missing.

    One column after the other: of a mapping polars starts threads for three arrays or more, which takes ten times as long for a few thousand rows.
    """
    return pl.DataFrame([pl.Series(name, of, nan_to_null=True) for name, of in columns.items()])
