"""The order of a table's columns on the screen: what a row is called, the figure that decides, the rest, the codes.

A phone shows two or three columns: a reader must find the name and its figure there without moving the table. Files keep
the frame's own order, codes first.
"""

import polars as pl

SPOKEN_CODES = ("scheme_id",)
"""Codes that people use as names: nothing else says which row it is."""


def arranged(frame: pl.DataFrame, leads: str | None = None) -> list[str]:
    """The columns as they are shown: codes last; after the name of a row the column that `leads`, else the first figure.

    A frame that begins with what its reader looks for, not with a code, keeps its order but for codes.
    """
    columns = frame.columns
    codes = [name for name in columns if name.endswith("_id") and name not in SPOKEN_CODES]
    shown = [name for name in columns if name not in codes]
    if not (codes or leads) or not shown:
        return columns
    figures = [name for name in shown[1:] if frame.schema[name].is_numeric()]
    first = leads or (figures[0] if figures and columns[0] == f"{shown[0]}_id" else None)
    rest = [name for name in shown[1:] if name != first]
    return [shown[0], *([first] if first else []), *rest, *codes]


def named_first(frame: pl.DataFrame, *names: str) -> pl.DataFrame:
    """The frame with these names and their codes first: who a row is of comes before its month."""
    first = [column for name in names for column in (f"{name}_id", name)]
    return frame.select(*first, pl.exclude(first))
