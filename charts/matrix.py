"""A matrix of counts: rows and columns by name, the stronger the darker, each cell's figure written in it. Click selects a cell."""

from collections.abc import Sequence
from functools import lru_cache
from textwrap import fill

import altair as alt
import polars as pl

from charts.chart import Chart, authored
from charts.marks import LINE, expression, field, names_axis, picking, rows, size_where, tips, words
from charts.theme import LABEL_SIZE, NOTE_SIZE, SMALL_SIZE, STRONG_SIZE, Theme

ROW_HEIGHT = 46
LETTERS, LETTERS_ON_PHONE = 14, 8
"""Where a column's name breaks into lines: between words, on a phone also within one."""

BREAK, HARD_SPACE = "¦", "\u00a0"
PHONE = "windowSize()[0] < 500"
WIDE = "bandwidth('x') > 76"
NOTED = f"{WIDE} && length(datum.note) > 0"

LETTER, SMALL_LETTER = 6.2, 5.0
"""Pixels that a letter of a figure takes, and of a small one."""


def matrix(
    cells: pl.DataFrame, *, order: tuple[Sequence[str], Sequence[str]], heading: str, titles: Sequence[tuple[str, str]], theme: str = "light", finding: str = "",
) -> Chart:  # fmt: skip
    """Cells [row, column, row_text, column_text, heat (0–1, null = nothing), text, note] and what `titles` (field, label) tell on hover.

    Figures that do not fit into their cells are written smaller; where that does not fit either, a column `brief` says them in fewer letters,
    with what a hard space parts from them (394 mil) under them.
    `order` has the codes of the rows and of the columns. `heading` says what rows and columns are; it may be empty. "picked" carries row and column.
    """
    brief = "brief" if "brief" in cells.columns else "text"
    places = [{code: place for place, code in enumerate(codes)} for codes in order]
    frame = cells.with_columns(
        pl.col("row").replace_strict(places[0], return_dtype=pl.Int64).alias("row_place"),
        pl.col("column").replace_strict(places[1], return_dtype=pl.Int64).alias("column_place"),
        pl.col(brief).alias("brief"), pl.col("heat").fill_null(0.0), pl.col("heat").is_not_null().alias("is_known"),
        pl.Series("head", [_head(text) for text in cells["column_text"]], dtype=pl.String), pl.col("text").cast(pl.String).str.len_chars().max().alias("longest"),
    )  # fmt: skip
    lines = [max((text.split(BREAK)[way].count("\n") + 1 for text in frame["head"]), default=1) for way in (0, 1)]
    return Chart(_spec(theme, heading, tuple(titles), *lines), frame, finding, 70 + LINE * (max(lines) - 1) + ROW_HEIGHT * len(order[0]), "picked")


@lru_cache(maxsize=256)
def _head(text: str) -> str:
    """A column's name in lines, and after BREAK the same for a phone."""
    narrow = [part for word in text.split() for part in _syllables(word)]
    lines = [narrow[0]] if narrow else []
    for part in narrow[1:]:
        fits = len(lines[-1]) + 1 + len(part) <= LETTERS_ON_PHONE and not lines[-1].endswith("-")
        lines[-1:] = [f"{lines[-1]} {part}"] if fits else [lines[-1], part]
    return fill(text, LETTERS, break_long_words=False) + BREAK + "\n".join(lines)


def _syllables(word: str) -> list[str]:
    """A word that is too long for a phone's column in two parts, the first with a hyphen."""
    at = len(word) // 2 + 1
    return [word] if len(word) <= LETTERS_ON_PHONE + 1 else [f"{word[:at]}-", word[at:]]


@authored
def _spec(look: Theme, heading: str, titles: tuple[tuple[str, str], ...], lines: int, lines_on_phone: int) -> alt.LayerChart:
    picked = picking("row", "column")
    # Lines grow downwards, so that the first one begins that much higher; a phone has six columns of 40 pixels.
    top = alt.Axis(
        orient="top", labelAngle=0, labelColor=look.ink, titleAnchor="start", grid=False, labelOverlap=False, labelLineHeight=LINE,
        labelExpr=f"split(split(datum.label, '{BREAK}')[{PHONE} ? 1 : 0], '\\n')", labelLimit=expression("max(46, 1.08 * bandwidth('x'))"),
        labelFontSize=expression(f"{PHONE} ? {SMALL_SIZE} : bandwidth('x') < 80 ? {NOTE_SIZE} : {LABEL_SIZE}"),
        labelPadding=expression(f"{PHONE} ? {6 + LINE * (lines_on_phone - 1)} : {6 + LINE * (lines - 1)}"),
    )  # fmt: skip
    x = alt.X(**field("head", title=heading or None), sort=alt.EncodingSortField("column_place", op="min"), axis=top, scale=alt.Scale(padding=0.03))
    left = names_axis(260, labelColor=look.ink, grid=False)
    y = alt.Y(**field("row_text"), sort=alt.EncodingSortField("row_place", op="min"), axis=left, scale=alt.Scale(padding=0.05))
    strength = alt.FillOpacity(**field("heat", "quantitative"), scale=alt.Scale(domain=[0, 1], range=[0.04, 0.6]))
    fade = alt.when(picked).then(alt.value(1)).otherwise(alt.value(0.35))
    cell = rows().mark_rect(cursor="pointer", color=look.accent).encode(x=x, y=y, fillOpacity=strength, opacity=fade, tooltip=tips(*titles))
    # One size for all: a short figure in large letters would look more important than its neighbours.
    fits = f"bandwidth('x') > {LETTER} * datum.longest"
    size = f"bandwidth('x') > 8.5 * datum.longest ? {STRONG_SIZE} : {fits} ? {NOTE_SIZE} : 0"
    figure = rows().mark_text(fontSize=expression(size), fontWeight=600, color=look.ink, dy=expression(f"{NOTED} ? -7 : 0")).encode(x=x, y=y, text=words("text"))
    letters = "length(datum.briefly[0])"
    smaller = f"bandwidth('x') > {LETTER} * {letters} ? {NOTE_SIZE} : bandwidth('x') > {SMALL_LETTER} * {letters} ? {SMALL_SIZE} : 0"
    over = expression(f"length(datum.briefly) > 1 ? {-LINE // 2} : 0")
    in_lines = rows().transform_calculate(briefly=f"split(datum.brief, '{HARD_SPACE}')")
    brief = in_lines.mark_text(fontSize=expression(f"{fits} ? 0 : {smaller}"), fontWeight=600, color=look.ink, dy=over, lineHeight=LINE).encode(
        x=x, y=y, text=words("briefly")
    )  # fmt: skip
    wide = size_where(WIDE, NOTE_SIZE)
    note = rows().mark_text(fontSize=wide, color=look.ink, dy=expression("9")).encode(x=x, y=y, text=words("note"))
    return alt.layer(cell.add_params(picked), figure, brief, note)
