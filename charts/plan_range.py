"""What is there against the range that is planned: a solid bar, and an outline from the least to the most that is needed.

Rows keep their order; each says both in words. A plan of one value is an outline's single line.
"""

from collections.abc import Callable

import altair as alt
import polars as pl

from charts.chart import Chart, authored
from charts.marks import field, part, rows, tips, value_axis, words
from charts.theme import Theme
from data.language import _, format_number

ROW_HEIGHT, LIMIT = 36, 14


def plan_range(
    frame: pl.DataFrame,
    *,
    name: str,
    actual: str,
    low: str,
    high: str,
    title: str,
    theme: str = "light",
    finding: str = "",
    write: Callable[[float | None], str] = format_number,
) -> Chart:
    """Bars of `frame` [<name>, <actual>, <low>, <high>]: at most 14 rows, the rest summed as others. An unknown actual has no bar.

    `title` is the axis title with its unit; `write` writes a value beside its bar.
    """
    named = frame.select(pl.col(name).cast(pl.String).fill_null("–").alias("name"), *(
        pl.col(column).cast(pl.Float64).alias(alias) for column, alias in ((actual, "actual"), (low, "low"), (high, "high"))
    )).with_row_index("place")  # fmt: skip
    shown = _with_others(named)
    texts = [_beside(row, write) for row in shown.iter_rows(named=True)]
    drawn = shown.with_columns(
        pl.Series("text", texts, dtype=pl.String), pl.max_horizontal(pl.col("actual").fill_null(0), "high").alias("end"),
        (pl.col("high") - pl.col("low") < 0.005 * (shown["high"].max() or 1)).alias("is_point"),
        *(pl.Series(f"{column}_text", [write(value) for value in shown[column]], dtype=pl.String) for column in ("actual", "low", "high")),
    )  # fmt: skip
    return Chart(_spec(theme, title), drawn.with_columns(pl.lit("row").alias("part")), finding, 66 + ROW_HEIGHT * max(drawn.height, 1))


def _with_others(named: pl.DataFrame) -> pl.DataFrame:
    if named.height <= LIMIT + 1:
        return named
    rest = named[LIMIT:]
    others = rest.select(
        pl.lit(_("Others ({n})").format(n=rest.height)).alias("name"), pl.col("actual", "low", "high").sum(), pl.col("place").min()
    ).select(named.columns)  # fmt: skip
    return pl.concat([named[:LIMIT], others])


def _beside(row: dict[str, float], write: Callable[[float | None], str]) -> str:
    low, high = write(row["low"]), write(row["high"])
    needed = low if low == high else _("{low} to {high}").format(low=low, high=high)
    return _("{actual} of {needed}").format(actual=write(row["actual"]), needed=needed)


@authored
def _spec(look: Theme, title: str) -> alt.LayerChart:
    y = alt.Y(**field("name"), sort=alt.EncodingSortField("place", op="min"), axis=alt.Axis(labelLimit=170, labelPadding=8),
              scale=alt.Scale(paddingInner=0.35, paddingOuter=0.2))  # fmt: skip
    scale = alt.Scale(zero=True, nice=False, range=[0, alt.ExprRef(expr="width - (width < 420 ? 84 : 130)")])
    axis = value_axis(orient="top", titleAnchor="start", titleAlign="left")
    x = alt.X(**field("actual", "quantitative", title=title), scale=scale, axis=axis)
    tooltip = tips(("name", _("Name")), ("actual_text", _("There")), ("low_text", _("Planned, at least")), ("high_text", _("Planned, at most")))
    bar = rows().mark_bar(height=alt.RelativeBandSize(0.55), color=look.actual).encode(x=x, y=y, tooltip=tooltip)
    outline = part("row").transform_filter("!datum.is_point").mark_bar(
        height=alt.RelativeBandSize(1), filled=False, stroke=look.outline, strokeWidth=1.4
    )  # fmt: skip
    ranged = outline.encode(x=alt.X(field="low", type="quantitative", scale=scale, axis=axis, title=title), x2=alt.X2(field="high"), y=y, tooltip=tooltip)
    tick = part("row").transform_filter("datum.is_point").mark_tick(orient="vertical", thickness=2.4, color=look.outline, height=alt.RelativeBandSize(1))
    pointed = tick.encode(x=alt.X(field="high", type="quantitative", scale=scale, axis=axis, title=title), y=y, tooltip=tooltip)
    text = rows().mark_text(align="left", dx=8, color=look.ink).encode(
        x=alt.X(field="end", type="quantitative", scale=scale, axis=axis, title=title), y=y, text=words("text")
    )  # fmt: skip
    return alt.layer(bar, ranged, pointed, text)
