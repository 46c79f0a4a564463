"""How wide a table's columns are: whole names, and on a phone the name of a row and the figure that decides beside each other."""

from collections.abc import Mapping, Sequence

import polars as pl
import polars.selectors as cs
import streamlit as st

MEASURED_ROWS = 9
"""How many rows of a table the browser measures to find its columns' widths."""

OUTLYING = 1.5
"""How many times as long as the usual text one may be that still counts for the width."""

LETTER, WIDER, CELL_PADDING, WIDEST = 6.4, 1.4, 18, 420
"""Pixels that a letter takes in a table and a wide one takes more, those around a cell's text, and those that a column takes at most."""

WIDE = "[A-ZÁÉÍÓÚÑ@mw]"
"""Letters that take more: a name in capitals or an e-mail address would be cut."""

PHONE_NAME, PHONE_FIGURE = 208, 112
"""Pixels that the first column and the figure beside it take at most on a phone."""


def of_texts(frame: pl.DataFrame, labels: Mapping[str, str]) -> dict[str, int]:
    """The pixels that a column's longest text takes, of those where the browser would not see it: it measures the first rows only, and of these the usual ones.

    `labels` are the columns' headings.
    """
    texts = frame.select(cs.string())
    longest = texts.select(pl.all().str.len_chars().max()).row(0) if texts.width else ()
    first = texts.head(MEASURED_ROWS)
    unseen = [name for name, most in zip(texts.columns, longest, strict=True) if (most or 0) > max(_counted(first[name].to_list()), len(labels[name]))]
    if not unseen:
        return {}
    widest = texts.select(_width(pl.col(name)).max().alias(name) for name in unseen).row(0, named=True)
    return {name: min(CELL_PADDING + round(pixels), WIDEST) for name, pixels in widest.items()}


def _counted(texts: list[str | None]) -> int:
    """The letters of the longest of the texts that the browser counts: it leaves out what is much longer than the others."""
    letters = [1 if text is None else len(text) for text in texts]
    usual = OUTLYING * sum(letters) / len(letters) if letters else 0
    return max((count for count in letters if count <= usual), default=0)


def of_names(column: pl.Series, label: str, *, phone: bool) -> int:
    """The pixels of a column of names that stays in sight: its longest name's, on a phone at most what leaves a figure beside it."""
    return min(max(_pixels(column), _pixels(pl.Series([label]))), PHONE_NAME if phone else WIDEST)


def is_phone() -> bool:
    """Whether the browser says that it is a phone's."""
    return "Mobi" in (st.context.headers.get("User-Agent") or "")


def fitted(config: Mapping[str, dict], frame: pl.DataFrame, order: Sequence[str], *, phone: bool) -> Mapping[str, dict]:
    """The display of the columns, on a phone with the widths of the first and of the figure beside it held to what leaves both in sight."""
    if not phone:
        return config
    most = dict(zip(order[:2], (PHONE_NAME, PHONE_FIGURE), strict=False))
    return {name: shown | {"width": most[name]} if name in most and _needed(frame[name], shown) > most[name] else shown for name, shown in config.items()}


def _needed(column: pl.Series, shown: Mapping[str, object]) -> int:
    """The pixels that the column would take by itself: its longest text, or its heading."""
    heading = pl.Series([str(shown["label"])])
    return max(_pixels(heading), _pixels(column) if column.dtype == pl.String else 0)


def _pixels(texts: pl.Series) -> int:
    """What the widest of the texts takes, with the room around it."""
    return CELL_PADDING + round(_width(texts).max() or 0)


def _width(texts: pl.Expr | pl.Series) -> pl.Expr | pl.Series:
    """The pixels that each text takes by itself."""
    return LETTER * texts.str.len_chars() + WIDER * texts.str.count_matches(WIDE)
