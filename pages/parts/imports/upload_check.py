"""Look before you load: the first rows as they will be read, every error at once, and the questions that only a person can answer."""

import polars as pl
import polars.selectors as cs
import streamlit as st

from charts.columns import column_label
from data.imports.result import FileResult, Preview, Question, reason_text
from data.language import _, format_number, ngettext
from pages.parts.escape import plain
from pages.parts.imports.upload_labels import table_label


def questions(asked: tuple[Question, ...], key: str) -> dict[str, str]:
    """Ask how ambiguous columns are written; the answers so far, as formats by heading."""
    answers = {}
    for question in asked:
        ways = {reading.format: f"{reading.format}  →  {reading.becomes}" for reading in question.readings}
        label = _("{file}, column “{column}”: how is {example} to be read?").format(
            file=plain(question.file), column=plain(question.column), example=plain(question.example)
        )
        chosen = st.radio(label, list(ways), index=None, key=f"{key}_answer_{question.column}", format_func=lambda way, ways=ways: plain(ways[way]),
                          horizontal=True, help=plain(question.note) or None)  # fmt: skip
        if chosen:
            answers[question.column] = chosen
    return answers


def show(found: Preview) -> None:
    """The preview: counts, errors by kind, first rows, what was recognised, notices."""
    counted = [file for file in found.files if not file.derived]
    loaded, rejected = sum(file.rows_loaded for file in counted), sum(file.rows_rejected for file in counted)
    said = _("{loaded} rows can be loaded, {rejected} would be rejected").format(loaded=format_number(loaded), rejected=format_number(rejected))
    is_known = all(file.status == "already_loaded" for file in found.files)
    st.subheader(_("These files are loaded already: nothing would change") if is_known else said, anchor=False)
    files_table(found.files, is_preview=True)
    reasons_list(found.reasons)
    for notice in found.notices:
        st.info(plain(notice))
    _first_rows({table: frame for table, frame in found.frames.items() if frame.height})
    _recognised(found)


def _first_rows(frames: dict[str, pl.DataFrame]) -> None:
    if not frames:
        return
    title = _("The first rows, as they will be read")
    st.markdown(f"**{title}**")
    table = st.segmented_control(
        _("Table"), list(frames), default=next(iter(frames)), key="preview_table", format_func=table_label, required=True,
        label_visibility="collapsed",
    )  # fmt: skip
    frame = frames.get(table, next(iter(frames.values())))
    filled = [column for column in frame.columns if frame[column].null_count() < frame.height]
    shown = frame.select(filled).with_columns(cs.decimal().cast(pl.Float64))
    # As Arrow a day stays a day; by way of pandas it gets a clock.
    arrow = shown.to_arrow(compat_level=pl.CompatLevel.oldest())
    st.dataframe(arrow, hide_index=True, column_config={name: column_label(name) for name in filled}, key="preview_rows")


def _recognised(found: Preview) -> None:
    if not found.recognised:
        return
    count = len(found.recognised)
    title = ngettext("{n} column's format was recognised", "{n} columns' formats were recognised", count).format(n=count)
    with st.expander(title):
        rows = [(entry.file, entry.column, entry.format, entry.example, entry.becomes) for entry in found.recognised]
        frame = pl.DataFrame(rows, schema=["file_name", "column", "format", "example", "becomes"], orient="row")
        st.dataframe(frame, hide_index=True, column_config={name: column_label(name) for name in frame.columns}, key="preview_formats")


def files_table(files: tuple[FileResult, ...], *, is_preview: bool = False) -> None:
    """Rows in, loaded and rejected per file and table; `is_preview`: nothing is loaded yet."""
    words = {"loaded": _("Can be loaded") if is_preview else _("Loaded"), "already_loaded": _("Already loaded")}
    rows = [
        (file.file, table_label(file.table), file.rows_in, file.rows_loaded, file.rows_rejected, words.get(file.status, file.status))
        for file in files
    ]
    names = ["file_name", "table", "rows_in", "rows_loaded", "rows_rejected", "status"]
    frame = pl.DataFrame(rows, schema=names, orient="row")
    numbers = {name: st.column_config.NumberColumn(column_label(name), format="localized") for name in names[2:5]}
    waiting = {"rows_loaded": st.column_config.NumberColumn(_("Can be loaded"), format="localized")} if is_preview else {}
    st.dataframe(frame, hide_index=True, column_config={name: column_label(name) for name in names} | numbers | waiting, key="import_files")


def reasons_list(reasons: tuple[tuple[str, str, int], ...]) -> None:
    """Errors counted by kind, the most frequent first; a row with two errors counts under both."""
    if not reasons:
        return
    lines = [
        f"- **{format_number(rows)}** × {plain(table_label(table))}: {plain(reason_text(code))}"
        for table, code, rows in sorted(reasons, key=lambda reason: -reason[2])
    ]
    title = _("Errors by kind")
    st.markdown("\n".join([f"**{title}**", "", *lines]))
