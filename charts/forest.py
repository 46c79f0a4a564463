"""Forest: what was found for each row as a point with the range that it can be told to, beside the lines that it is judged by.

Better than the line is blue, worse orange, what cannot be told grey and hollow. Ranges that leave the picture end at its edge with an arrow;
the figures are written at the right. Click selects a row.
"""

from collections.abc import Sequence

import altair as alt
import polars as pl

from charts.chart import Chart, authored
from charts.marks import between, expression, field, names_axis, part, picking, signed_axis, size_where, tips, words
from charts.theme import LABEL_SIZE, NOTE_SIZE, Theme
from data.language import _

ROW_HEIGHT = 30
SIGNED = "+.0%"
"""The axis of changes, whose zero has no sign."""
WIDE = "width > 560"
FRAME = {
    "key": pl.String, "name": pl.String, "value": pl.Float64, "low": pl.Float64, "high": pl.Float64, "tone": pl.String, "label": pl.String, "short": pl.String,
    "detail": pl.String,
}  # fmt: skip


def forest(
    rows: pl.DataFrame, *, title: str, lines: Sequence[tuple[float, str]], domain: tuple[float, float], axis_format: str = "", theme: str = "light", finding: str = "",
) -> Chart:  # fmt: skip
    """Rows of FRAME in their order; `tone` is better, worse or plain, `label` is written at the right (`short` on a phone).

    `lines` are (value, its name); `domain` is what is drawn, beyond it arrows. The selection "picked" carries the row's key.
    """
    low, high = domain
    drawn = rows.select(FRAME.keys()).with_row_index("place").with_columns(
        pl.lit("row").alias("part"), (pl.col("low") < low).alias("beyond_low"), (pl.col("high") > high).alias("beyond_high"),
        ((pl.col("value") >= low) & (pl.col("value") <= high)).alias("is_inside"), pl.col("low", "high", "value").clip(low, high),
    ).with_columns(pl.lit(low).alias("least"), pl.lit(high).alias("most"))  # fmt: skip
    rules = pl.DataFrame({"at": [at for at, _name in lines], "line": [name for _at, name in lines]}, schema={"at": pl.Float64, "line": pl.String})
    frame = pl.concat([drawn, rules.with_columns(pl.lit("line").alias("part"))], how="diagonal_relaxed")
    return Chart(_spec(theme, title, domain, axis_format), frame, finding, 74 + ROW_HEIGHT * max(rows.height, 1), "picked")


@authored
def _spec(look: Theme, title: str, domain: tuple[float, float], axis_format: str) -> alt.LayerChart:
    y = alt.Y(
        **field("name"), sort=alt.EncodingSortField("place", op="min"), axis=names_axis(230, labelPadding=8),
        scale=alt.Scale(paddingInner=0.3, paddingOuter=0.3),
    )  # fmt: skip
    scale = between(0, f"{WIDE} ? width - 200 : width - 70", domain=list(domain), nice=False)
    place = {"orient": "top", "tickCount": 6, "grid": True, "titleAnchor": "start", "titleAlign": "left"}
    axis = signed_axis(**place) if axis_format == SIGNED else alt.Axis(**place, **({"format": axis_format} if axis_format else {}))

    def x(name: str) -> alt.X:
        return alt.X(**field(name, "quantitative", title=title), scale=scale, axis=axis)

    picked = picking("key")
    tone = alt.Scale(domain=["better", "worse", "plain"], range=[look.better, look.worse, look.muted])
    shown = {"y": y, "color": alt.Color(**field("tone"), scale=tone), "tooltip": tips(("name", _("Name")), ("detail", _("In words")))}
    known = part("row").transform_filter("isValid(datum.low)")
    reach = known.mark_rule(strokeWidth=3, opacity=0.55).encode(x=x("low"), x2=alt.X2(field="high"), **shown)
    arrows = [
        known.transform_filter(f"datum.{flag}").mark_point(shape=shape, filled=True, size=50, opacity=0.7).encode(x=x(end), **shown)
        for flag, end, shape in (("beyond_low", "least", "triangle-left"), ("beyond_high", "most", "triangle-right"))
    ]
    inside = part("row").transform_filter("datum.is_inside")
    sure = inside.transform_filter("datum.tone != 'plain'").mark_point(filled=True, size=110, opacity=1, cursor="pointer").encode(x=x("value"), **shown)
    open_ = inside.transform_filter("datum.tone == 'plain'").mark_point(filled=True, fill=look.background, strokeWidth=2, size=90, opacity=1, cursor="pointer")
    hit = part("row").mark_bar(opacity=0, cursor="pointer").encode(x=x("least"), x2=alt.X2(field="most"), y=y, tooltip=shown["tooltip"]).add_params(picked)
    return alt.layer(*_lines(look, x), reach, *arrows, open_.encode(x=x("value"), stroke=shown["color"], y=y, tooltip=shown["tooltip"]), sure, *_texts(look, y), hit)


def _lines(look: Theme, x: object) -> list[alt.Chart]:
    rule = part("line").mark_rule(color=look.ink, strokeWidth=1, strokeDash=[5, 3]).encode(x=x("at"))
    name = part("line").mark_text(align="left", dx=4, y=expression("height - 4"), fontSize=size_where(WIDE, NOTE_SIZE), color=look.muted)
    return [rule, name.encode(x=x("at"), text=words("line"))]


def _texts(look: Theme, y: alt.Y) -> list[alt.Chart]:
    inks = alt.Scale(domain=["better", "worse", "plain"], range=[look.better_text, look.worse_text, look.muted])
    ink = alt.Fill(**field("tone"), scale=inks)
    long = part("row").mark_text(align="left", x=expression("width - 190"), fontSize=size_where(WIDE, LABEL_SIZE))
    short = part("row").mark_text(align="left", x=expression("width - 62"), fontSize=size_where(f"!({WIDE})", NOTE_SIZE))
    return [long.encode(y=y, text=words("label"), fill=ink), short.encode(y=y, text=words("short"), fill=ink)]
