"""A table with its downloads: CSV and XLSX, with the filters stated and text that cannot become a formula."""

import csv
from collections.abc import Callable, Sequence
from datetime import datetime
from io import StringIO

import polars as pl
import pyarrow as pa
import streamlit as st

from charts import labels
from charts.cached import cached
from charts.cells import WHOLE, p_text, rate_decimals
from charts.columns import column_label, column_unit
from data.journal import writer_name
from data.language import NOT_AVAILABLE, _, currency, current, format_instant, use
from data.spreadsheet import cell
from pages.parts import dates, hand_out, widths
from pages.parts.arrangement import arranged
from pages.parts.folded import folded
from pages.parts.statement import statement
from reports.workbook import workbook

PAGE_ROWS = 100_000

ROUNDED = ("money", *WHOLE)
"""Units that a table shows without fractions."""

NUDGE = 1e-12
"""What a rounded figure is lifted by: as a binary number 0.0029 lies under it, and the browser's cut would leave 0.28 %."""


def show(
    frame: pl.DataFrame, name: str, *, key: str, columns: dict[str, object] | None = None, pick: bool = False, height: int | None = None,
    about: Sequence[tuple[str, str]] = (), leads: str | None = None,
) -> int | None:
    """Draw the table, with downloads under it; with `pick`, the chosen row's position or None.

    `columns` overrides the display of single columns (st.column_config). `leads` is the figure to stand beside the name, else the first one.
    `about` is stated in the downloads before the filters. Frames over 100,000 rows are cut on the screen, never in the downloads.
    """
    frame = labels.people(frame)
    hand_out.table(name, frame)
    if frame.is_empty():
        # The table itself would say it in English.
        st.caption(_("No rows."))
        return None
    shown, config = _drawn(frame)
    order = arranged(frame, leads)
    fitted = widths.fitted(config, frame, order, phone=widths.is_phone())
    event = st.dataframe(
        shown, key=key, column_config={**fitted, **(columns or {})}, column_order=order, hide_index=True, lazy=False, height=height or "auto",
        on_select="rerun" if pick else "ignore", selection_mode="single-row", placeholder=NOT_AVAILABLE,
    )
    downloads(frame, name, key=key, about=about)
    # A choice outlives the row that it was made on: what the reader did with it may have taken it out of the table.
    rows = [row for row in event["selection"]["rows"] if row < frame.height] if pick else []
    return rows[0] if rows else None


def show_folded(label: str, frame: pl.DataFrame, name: str, *, key: str) -> None:
    """The table under a label that unfolds it; what hands the page out has it in any case."""
    hand_out.table(name, labels.people(frame))
    folded(label, f"{key}_fold", lambda: show(frame, name, key=key))


@cached
def _drawn(frame: pl.DataFrame) -> tuple[pa.Table, dict[str, dict]]:
    """What is seen of the frame and how each column is shown; as Arrow, as a polars frame would go through pandas on every rerun."""
    shown = _signed(frame.head(PAGE_ROWS))
    seen = _rounded(shown).to_arrow(compat_level=pl.CompatLevel.oldest())
    return seen, _configurations(shown)


def downloads(frame: pl.DataFrame, name: str, *, key: str, about: Sequence[tuple[str, str]] = ()) -> None:
    """The CSV and XLSX buttons of a frame; the files are made when they are asked for."""
    stated = [*about, *statement([frame])]
    with st.container(horizontal=True):
        st.download_button("CSV", data=_later(to_csv, frame, stated), file_name=f"{name}.csv", mime="text/csv", key=f"{key}_csv",
                           icon=":material/download:", on_click="ignore")
        st.download_button("XLSX", data=_later(to_xlsx, frame, stated), file_name=f"{name}.xlsx", key=f"{key}_xlsx",
                           mime="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                           icon=":material/download:", on_click="ignore")


def to_csv(frame: pl.DataFrame, stated: list[tuple[str, str]]) -> bytes:
    """The frame as CSV for spreadsheets (UTF-8 with a mark), the statement of its filters first."""
    out = StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerows([f"# {label}", cell(value)] for label, value in stated)
    writer.writerow([cell(column_label(column)) for column in frame.columns])
    writer.writerows([cell(_plain(value)) for value in row] for row in frame.iter_rows())
    return out.getvalue().encode("utf-8-sig")


def to_xlsx(frame: pl.DataFrame, stated: list[tuple[str, str]]) -> bytes:
    """The frame as a workbook: the table on the first sheet, the statement of its filters on the second."""
    return workbook({_("Table"): frame}, stated)


def _plain(value: object) -> object:
    return ", ".join(map(str, value)) if isinstance(value, (list, tuple)) else value


def _later(make: Callable[[pl.DataFrame, list[tuple[str, str]]], bytes], frame: pl.DataFrame, stated: list[tuple[str, str]]) -> Callable[[], bytes]:
    # A file is made when it is asked for, in a thread that knows no reader: it takes this one's language along.
    reader, money = current(), currency()

    def made() -> bytes:
        use(reader, money)
        return make(frame, stated)

    return made


def _signed(shown: pl.DataFrame) -> pl.DataFrame:
    """Who wrote a row and when, in the reader's words."""
    writers = {"written_by": writer_name, "written_at": _moment}
    for name, writer in writers.items():
        if shown.schema.get(name) == pl.String:
            shown = labels.worded(shown, name, writer=writer)
    return shown


def _moment(written: str | None) -> str | None:
    try:
        return format_instant(datetime.fromisoformat(written)) if written else None
    except ValueError:
        return written


def _rounded(shown: pl.DataFrame) -> pl.DataFrame:
    """Figures as they are shown: the browser would cut fractions off, not round them, and write a zero with its sign. A test's p is written out, never as zero."""
    figures = [
        _figure(name, decimals) for name, kind in shown.schema.items() if kind.is_float() and (decimals := _decimals(shown[name])) is not None
    ]
    tested = [pl.Series(name, [p_text(p) for p in shown[name]], dtype=pl.String) for name in shown.columns if column_unit(name) == "p_value"]
    return shown.with_columns(*figures, *tested)


def _figure(column: str, decimals: int) -> pl.Expr:
    """The column rounded so that cutting it off after its decimals leaves what rounding gave."""
    rounded = pl.col(column).round(decimals)
    # A zero that was rounded up to has a sign.
    rounded = pl.when(rounded == 0).then(0.0).otherwise(rounded)
    steps = (rounded * 10**decimals).abs()
    return pl.when(steps.floor() < steps.round()).then(rounded * (1 + NUDGE)).otherwise(rounded).alias(column)


def _decimals(column: pl.Series) -> int | None:
    """How many decimals of the column's figures are shown; a rate's are counted before it is written as a percentage."""
    unit = column_unit(column.name)
    if unit == "rate":
        return 2 + rate_decimals(column)
    return {"p_value": None}.get(unit, 0 if unit in ROUNDED else 2)


def _configurations(shown: pl.DataFrame) -> dict[str, dict]:
    """How each column is shown."""
    titles = {column: column_label(column) for column in shown.columns}
    long = widths.of_texts(shown, titles)
    return {column: _configuration(shown[column], title, long.get(column)) for column, title in titles.items()}


def _configuration(column: pl.Series, label: str, width: int | None) -> object:
    unit, kind = column_unit(column.name), column.dtype
    if unit == "p_value":
        return st.column_config.TextColumn(label, alignment="right")
    if kind == pl.Datetime:
        return st.column_config.DatetimeColumn(label, format=f"{dates.shape()} HH:mm")
    if not kind.is_numeric():
        return dates.column(column.name, label) if kind == pl.Date else st.column_config.Column(label, width=width)
    if unit == "rate":
        return st.column_config.NumberColumn(label, format="percent", step=10.0 ** -_decimals(column))
    if unit in ROUNDED or kind.is_integer():
        return st.column_config.NumberColumn(label, format="localized", step=1)
    return st.column_config.NumberColumn(label, format="localized", step=0.01)
