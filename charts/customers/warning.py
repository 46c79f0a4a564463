"""Warning: one alarm's small chart. A fall: its months beside the expected ones. A silence: its usual pauses and the present one."""

import altair as alt
import polars as pl

from charts import labels
from charts.chart import Chart, authored
from charts.marks import between, expression, field, month_names_axis, part, tips, value_axis, words, written
from charts.theme import NOTE_SIZE, Theme
from data.language import _, format_month, format_number, ngettext
from measures.customers.warning_sentences import FALL

HEIGHT = 250
END = 84
"""Pixels at the right that are kept for the line's name."""


def warning(series: pl.DataFrame, *, kind: str, theme: str = "light", finding: str = "") -> Chart:
    """Chart of one alarm's rows of the answer's `series`; `kind` is the alarm's: fall or silence."""
    if kind == FALL:
        return Chart(_months_spec(theme, labels.axis_title("quantity")), _months(series), finding, HEIGHT)
    return Chart(_pauses_spec(theme, _("Days between orders"), _("Pauses")), _pauses(series), finding, HEIGHT)


def _months(series: pl.DataFrame) -> pl.DataFrame:
    months = written(
        series.sort("month").select(pl.lit("month").alias("part"), "month", "bought", "expected", "is_below", "cusum"),
        month_text=("month", format_month), bought_text=("bought", format_number), expected_text=("expected", format_number),
        cusum_text=("cusum", lambda value: format_number(value, 1)),
    )  # fmt: skip
    end = months.tail(1).select(pl.lit("end").alias("part"), "month", "expected", pl.lit(_("Expected")).alias("end_text"))
    return pl.concat([months, end], how="diagonal_relaxed")


@authored
def _months_spec(look: Theme, title: str) -> alt.LayerChart:
    x = alt.X(
        **field("month", "ordinal"), scale=between(0, f"width - {END}", paddingInner=0.25, paddingOuter=0.15),
        axis=month_names_axis(labelAlign="center"),
    )  # fmt: skip
    scale = alt.Scale(zero=True)
    bought = alt.Y(**field("bought", "quantitative", title=title), axis=value_axis(), scale=scale)
    expected = alt.Y(**field("expected", "quantitative", title=title), axis=value_axis(), scale=scale)
    ink = alt.condition("datum.is_below", alt.value(look.worse), alt.value(look.actual))
    lines = [("month_text", _("Month")), ("bought_text", _("Bought")), ("expected_text", _("Expected")), ("cusum_text", _("Cumulated shortfall"))]
    bars = part("month").mark_bar().encode(x=x, y=bought, color=ink, tooltip=tips(*lines))
    line = part("month").mark_line(color=look.muted, strokeWidth=2, strokeDash=[4, 3]).encode(x=x, y=expected)
    name = part("end").mark_text(align="left", baseline="middle", x=expression(f"width - {END} + 6"), color=look.muted, fontSize=NOTE_SIZE)
    return alt.layer(bars, line, name.encode(y=expected, text=words("end_text")))


def _pauses(series: pl.DataFrame) -> pl.DataFrame:
    closed = series.filter(~pl.col("is_open")).with_columns(part=pl.lit("closed"))
    running = series.filter("is_open").with_columns(part=pl.lit("open"), pauses=pl.lit(max(closed["pauses"].max() or 1, 1)))
    rows = pl.concat([closed, running], how="diagonal_relaxed").select("part", "pause_days", "pauses")
    ways = {"days_text": ("pause_days", lambda days: ngettext("{n} day", "{n} days", days).format(n=format_number(days)))}
    return written(
        rows, **ways, pauses_text=("pauses", format_number),
        now_text=("pause_days", lambda days: ngettext("now {n} day", "now {n} days", days).format(n=format_number(days))),
    )  # fmt: skip


@authored
def _pauses_spec(look: Theme, days: str, pauses: str) -> alt.LayerChart:
    # The first bar's room lies before the first day.
    axis = alt.Axis(tickMinStep=1, labelExpr="datum.value < 0 ? '' : datum.label")
    x = alt.X(**field("pause_days", "quantitative", title=days), scale=alt.Scale(domainMin=0, nice=True), axis=axis)
    y = alt.Y(**field("pauses", "quantitative", title=pauses), scale=alt.Scale(zero=True), axis=value_axis(tickMinStep=1))
    bars = part("closed").mark_bar(color=look.actual, size=5).encode(
        x=x, y=y, tooltip=tips(("days_text", _("Days between orders")), ("pauses_text", _("Pauses")))
    )
    now = part("open").mark_rule(color=look.worse, strokeWidth=3).encode(x=x, tooltip=tips(("now_text", _("Pause"))))
    name = part("open").mark_text(align="right", baseline="top", dx=-6, y=0, color=look.worse_text, fontSize=NOTE_SIZE)
    return alt.layer(bars, now, name.encode(x=x, text=words("now_text")))
