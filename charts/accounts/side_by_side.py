"""Side by side: two accounts' months as two lines on one scale, each named at its end."""

import altair as alt
import polars as pl

from charts import labels, values
from charts.chart import Chart, authored
from charts.marks import between, expression, field, month_axis, part, spread, tips, value_axis, words, written
from charts.theme import NOTE_SIZE, Theme
from data.language import _, format_month

FIRST, SECOND = "first", "second"
END = 150
"""Pixels at the right that are kept for the names."""


def side_by_side(
    one: pl.DataFrame, other: pl.DataFrame, *, names: tuple[str, str], metric: str = "net_sales", theme: str = "light", finding: str = "", height: int = 300
) -> Chart:
    """Lines of two frames [month, <metric>]; `names` are the accounts'. A month that one of them lacks breaks its line."""
    lines = [_line(frame, side, name, metric) for frame, side, name in ((one, FIRST, names[0]), (other, SECOND, names[1]))]
    months = written(
        pl.concat(lines), month_text=("month", format_month), value_text=("value", lambda value: values.full(value, metric)),
    )  # fmt: skip
    return Chart(_spec(theme, labels.axis_title(metric), labels.metric(metric)), pl.concat([months, _ends(months)], how="diagonal_relaxed"), finding, height)


def _line(frame: pl.DataFrame, side: str, name: str, metric: str) -> pl.DataFrame:
    shown = frame.select("month", pl.col(metric).cast(pl.Float64).alias("value")).sort("month")
    return shown.select(pl.lit("month").alias("part"), pl.lit(side).alias("side"), pl.lit(name).alias("name"), "month", "value")


def _ends(months: pl.DataFrame) -> pl.DataFrame:
    """Each name at the height of its last month, moved apart where they would touch."""
    last = months.group_by("side", maintain_order=True).agg(pl.col("name").last(), pl.col("value").drop_nulls().last()).drop_nulls()
    heights = spread(last["value"].to_list(), gap=0.075 * max(months["value"].max() or 0.0, 1e-9))
    return last.select(pl.lit("end").alias("part"), "side", "name", pl.Series("end", heights, dtype=pl.Float64))


@authored
def _spec(look: Theme, title: str, metric: str) -> alt.LayerChart:
    inks = alt.Color(**field("side"), scale=alt.Scale(domain=[FIRST, SECOND], range=[look.actual, look.accent]))
    x = alt.X(**field("month", "temporal"), scale=between(0, f"width - {END}"), axis=month_axis())
    y = alt.Y(**field("value", "quantitative", title=title), axis=value_axis(), scale=alt.Scale(zero=True))
    tooltip = tips(("name", _("Account")), ("month_text", _("Month")), ("value_text", metric))
    line = part("month").mark_line(strokeWidth=2.5).encode(x=x, y=y, color=inks)
    over = part("month").mark_point(filled=True, size=45, opacity=1).encode(x=x, y=y, color=inks, tooltip=tooltip)
    name = part("end").mark_text(align="left", baseline="middle", x=expression(f"width - {END} + 8"), limit=END - 10, fontSize=NOTE_SIZE)
    end = alt.Y(**field("end", "quantitative", title=title), axis=value_axis(), scale=alt.Scale(zero=True))
    return alt.layer(line, over, name.encode(y=end, text=words("name"), color=inks))
