"""Counts and sums by a column of few codes, those that nobody has among them.

In arrays: a group that is joined to the codes afterwards takes several times as long for some thousands of rows.
"""

from collections.abc import Sequence

import numpy as np
import polars as pl

from measures.typed import filled


def coded(column: pl.Series, codes: Sequence[str]) -> np.ndarray:
    """The place of each value among the codes; one after the last where it is missing. A value that is none of them raises InvalidOperationError."""
    return filled(column.cast(pl.Enum(codes)).to_physical(), len(codes)).to_numpy()


def added(place: np.ndarray, codes: Sequence[str], values: pl.Series | None = None) -> np.ndarray:
    """How many rows have each code, or the sum of their values (0 for those that are missing); `place` is `coded`."""
    weights = None if values is None else filled(values, 0).cast(pl.Float64).to_numpy()
    return np.bincount(place, weights, len(codes) + 1)[: len(codes)]
