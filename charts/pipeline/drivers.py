"""What drives a prospect's chance: one bar per indicator, to the right what lifts it, to the left what lowers it, against the average deal."""

from textwrap import wrap

import altair as alt
import polars as pl

from charts.chart import Chart, authored
from charts.marks import expression, field, names_axis, rows, tips, words, written
from charts.pipeline import prospect_words
from charts.theme import NOTE_SIZE, Theme
from data.language import _, format_number, format_percent

ROW = 30
TITLE_LETTERS = 26
"""A line of the heading: a phone has no room for more beside the names."""


def drivers(found: pl.DataFrame, *, theme: str = "light", finding: str = "") -> Chart:
    """Bars of `found` [indicator, unit_score, average, points, effect] of one prospect, the largest first.

    The bar is the effect on the chance; where nothing was learnt yet (no effect), the points that the indicator adds to the score.
    """
    by_chance = found["effect"].count() > 0
    moved = found.with_columns(pl.col("effect" if by_chance else "points").fill_null(0.0).alias("moved"))
    ordered = moved.sort(pl.col("moved").abs(), "indicator", descending=[True, False]).with_row_index("place")
    frame = written(
        ordered, name=("indicator", prospect_words.indicator), moved_text=("moved", _signed), score_text=("unit_score", _rate), average_text=("average", _rate)
    ).with_columns((pl.col("moved") >= 0).alias("lifts"))  # fmt: skip
    return Chart(_spec(theme, by_chance), frame, finding, 60 + ROW * max(frame.height, 1))


def _signed(value: float) -> str:
    return ("+" if value > 0 else "") + format_number(100 * value, 1)


def _rate(value: float | None) -> str:
    return format_percent(value, 0)


@authored
def _spec(look: Theme, by_chance: bool) -> alt.LayerChart:
    title = _("Effect on the chance, in points (against the average deal)") if by_chance else _("Effect on the score, in points (against the average)")
    heading = alt.Axis(orient="top", labels=False, grid=False, title=wrap(title, TITLE_LETTERS), titleAnchor="start", titleAlign="left")
    order = alt.EncodingSortField("place", op="min")
    y = alt.Y(**field("name"), sort=order, axis=names_axis(225, offset=4), scale=alt.Scale(paddingInner=0.4, paddingOuter=0.2))
    x = alt.X(**field("moved", "quantitative"), axis=heading, scale=alt.Scale(padding=40))
    told = tips(("name", _("Indicator")), ("moved_text", _("Effect")), ("score_text", _("Rated at")), ("average_text", _("Average")))
    colour = alt.condition("datum.lifts", alt.value(look.better), alt.value(look.worse))
    bar = rows().mark_bar().encode(x=x, y=y, color=colour, tooltip=told)
    zero = rows().mark_rule(color=look.muted, strokeWidth=1).encode(x=alt.datum(0, type="quantitative"))
    text = rows().mark_text(align=expression("datum.lifts ? 'left' : 'right'"), dx=expression("datum.lifts ? 5 : -5"), color=look.ink, fontSize=NOTE_SIZE)
    return alt.layer(bar, zero, text.encode(x=x, y=y, text=words("moved_text")))
