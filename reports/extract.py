"""The beginning of a table, as much as a slide holds, in the reader's words; the rest is in the workbook, and the slide says so."""

from dataclasses import dataclass

import polars as pl

from charts import labels
from charts.cells import cell
from charts.columns import column_label
from data.language import _, format_number

ROWS, COLUMNS = 10, 8
LONG, FEWER = 60, 7
"""Where a cell is a sentence of more letters than this, fewer rows fit."""

NARROWEST, WIDEST, MARGIN = 10, 70, 2
"""Letters of a column beyond which it gets neither less nor more room, and those that its margins take."""


@dataclass(frozen=True)
class Extract:
    """Headings and rows as text, which columns are numbers (they stand at the right), and what is left out, in words.

    `widths` are the columns' shares of the room, as letters.
    """

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    is_number: tuple[bool, ...]
    widths: tuple[int, ...]
    note: str


def extract(frame: pl.DataFrame) -> Extract:
    """The first rows and columns; an id that stands beside its name is left out before anything else."""
    named = [name for name in frame.columns if not (name.endswith("_id") and name.removesuffix("_id") in frame.columns)]
    shown = _in_words(labels.people(frame.select(named[:COLUMNS]).head(ROWS)))
    rows = tuple(tuple(cell(name, value) for name, value in row.items()) for row in shown.iter_rows(named=True))
    if any(len(text) > LONG for row in rows for text in row):
        rows = rows[:FEWER]
    headings = tuple(column_label(name) for name in shown.columns)
    widths = tuple(_width(*column) for column in zip(headings, *rows, strict=True))
    return Extract(headings, rows, tuple(kind.is_numeric() for kind in shown.dtypes), widths, _note(frame, len(rows), shown.width, len(named)))


def _width(heading: str, *texts: str) -> int:
    """The letters of the longest text; a heading may take two lines."""
    of_heading = max(len(heading) // 2, *map(len, heading.split()), 0)
    return min(max(NARROWEST, of_heading, *map(len, texts)), WIDEST) + MARGIN


def _in_words(frame: pl.DataFrame) -> pl.DataFrame:
    """Columns of codes in the reader's words: those of which every value is a code."""
    texts = [name for name, kind in frame.schema.items() if kind == pl.String]
    return labels.worded(frame, *(name for name in texts if all(labels.is_code(text) for text in frame[name].drop_nulls())))


def _note(frame: pl.DataFrame, rows: int, columns: int, named: int) -> str:
    if rows == frame.height and columns == named:
        return ""
    return _("{n} of {all} rows, {columns} of {all_columns} columns; the workbook has them all.").format(
        n=format_number(rows), all=format_number(frame.height), columns=columns, all_columns=frame.width
    )
