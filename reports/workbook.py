"""Tables as a workbook: one sheet each, and a last one that states what they stand for. Text never becomes a formula or a link."""

import re
from collections.abc import Mapping, Sequence
from io import BytesIO

import polars as pl
import xlsxwriter

from charts.columns import column_label
from data.language import _

OPTIONS = {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True, "nan_inf_to_errors": True}

NAME_LETTERS = 31
"""What a spreadsheet program takes as a sheet's name."""


def workbook(tables: Mapping[str, pl.DataFrame], stated: Sequence[tuple[str, str]]) -> bytes:
    """The tables by their sheets' names, their columns called as on the screen, and the statement of their filters on the last sheet."""
    out = BytesIO()
    with xlsxwriter.Workbook(out, OPTIONS) as book:
        heading, day = book.add_format({"bold": True, "bottom": 1}), book.add_format({"num_format": "yyyy-mm-dd"})
        for name, frame in tables.items():
            _table(book.add_worksheet(_free(book, name)), frame, heading, day)
        about = book.add_worksheet(_free(book, _("Filters")))
        for row, pair in enumerate(stated):
            about.write_row(row, 0, pair)
        about.autofit()
    return out.getvalue()


def _free(book: xlsxwriter.Workbook, name: str) -> str:
    """The name as a sheet may have it, numbered where another sheet has it already (capitals make no difference)."""
    taken = {sheet.get_name().lower() for sheet in book.worksheets()}
    plain = re.sub(r"[\[\]:*?/\\']", " ", name).strip() or "–"
    tries = (f"{plain[: NAME_LETTERS - len(ending)]}{ending}" for ending in ("", *(f" {n}" for n in range(2, 1000))))
    return next(text for text in tries if text.lower() not in taken)


def _table(sheet: xlsxwriter.worksheet.Worksheet, frame: pl.DataFrame, heading: object, day: object) -> None:
    sheet.write_row(0, 0, [column_label(column) for column in frame.columns], heading)
    for row, values in enumerate(frame.iter_rows(), start=1):
        for column, value in enumerate(values):
            _write(sheet, row, column, value, day)
    sheet.freeze_panes(1, 0)
    sheet.autofit()


def _write(sheet: xlsxwriter.worksheet.Worksheet, row: int, column: int, value: object, day: object) -> None:
    if value is None:
        return
    if hasattr(value, "isoformat"):
        sheet.write_datetime(row, column, value, day)
    elif isinstance(value, (list, tuple)):
        sheet.write_string(row, column, ", ".join(map(str, value)))
    else:
        sheet.write(row, column, value)
