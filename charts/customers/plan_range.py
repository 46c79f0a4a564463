"""What is there against the range that is planned: a solid bar, and an outline from the least to the most that is needed.

Rows keep their order; each says both in words. A plan of one value is an outline's single line. A second plan, made in another way,
stands beside it as a hollow diamond.
"""

from collections.abc import Callable

import altair as alt
import polars as pl

from charts.chart import Chart, authored
from charts.marks import field, names_axis, part, rows, tips, value_axis, words
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
    beside: tuple[str, str] | None = None,
    theme: str = "light",
    finding: str = "",
    write: Callable[[float | None], str] = format_number,
) -> Chart:
    """Bars of `frame` [<name>, <actual>, <low>, <high>]: at most 14 rows, the rest summed as others. An unknown actual has no bar.

    `title` is the axis title with its unit; `beside` is the second plan's column and its name; `write` writes a value beside its bar.
    """
    columns = {"actual": actual, "low": low, "high": high} | ({"beside": beside[0]} if beside else {})
    named = frame.select(
        pl.col(name).cast(pl.String).fill_null(_("Not known")).alias("name"), *(pl.col(column).cast(pl.Float64).alias(alias) for alias, column in columns.items())
    ).with_row_index("place")  # fmt: skip
    drawn = _drawn(_with_others(named), list(columns), write)
    return Chart(_spec(theme, title, beside[1] if beside else ""), drawn, finding, 66 + ROW_HEIGHT * max(drawn.height, 1))


def _drawn(shown: pl.DataFrame, columns: list[str], write: Callable[[float | None], str]) -> pl.DataFrame:
    """The rows with their values in words, and how far they reach."""
    texts = [_beside(row, write) for row in shown.iter_rows(named=True)]
    reached = [pl.col(column).fill_null(0) for column in columns if column != "low"]
    return shown.with_columns(
        pl.lit("row").alias("part"), pl.Series("text", texts, dtype=pl.String), pl.max_horizontal(*reached).alias("end"),
        (pl.col("high") - pl.col("low") < 0.005 * (shown["high"].max() or 1)).alias("is_point"),
        *(pl.Series(f"{column}_text", [write(value) for value in shown[column]], dtype=pl.String) for column in columns),
    )  # fmt: skip


def _with_others(named: pl.DataFrame) -> pl.DataFrame:
    if named.height <= LIMIT + 1:
        return named
    rest = named[LIMIT:]
    others = rest.select(
        pl.lit(_("Others ({n})").format(n=rest.height)).alias("name"), pl.col("place").min(), *(pl.when(pl.col(column).count() > 0).then(pl.col(column).sum()).alias(column) for column in rest.columns if column not in ("name", "place"))
    ).select(named.columns)  # fmt: skip
    return pl.concat([named[:LIMIT], others])


def _beside(row: dict[str, float], write: Callable[[float | None], str]) -> str:
    low, high = write(row["low"]), write(row["high"])
    needed = low if low == high else _("{low} to {high}").format(low=low, high=high)
    return needed if row["actual"] is None else _("{actual} of {needed}").format(actual=write(row["actual"]), needed=needed)


@authored
def _spec(look: Theme, title: str, beside: str) -> alt.LayerChart:
    y = alt.Y(**field("name"), sort=alt.EncodingSortField("place", op="min"), axis=names_axis(200, labelPadding=8),
              scale=alt.Scale(paddingInner=0.35, paddingOuter=0.2))  # fmt: skip
    scale = alt.Scale(zero=True, nice=False, range=[0, alt.ExprRef(expr="width - (width < 420 ? 84 : 130)")])
    axis = value_axis(orient="top", titleAnchor="start", titleAlign="left")
    x = alt.X(**field("actual", "quantitative", title=title), scale=scale, axis=axis)
    lines = [("name", _("Name")), ("actual_text", _("There")), ("low_text", _("Planned, at least")), ("high_text", _("Planned, at most"))]
    tooltip = tips(*lines, *([("beside_text", beside)] if beside else []))
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
    if not beside:
        return alt.layer(bar, ranged, pointed, text)
    # A ring of the page's colour keeps the mark apart from a bar under it.
    mark = rows().mark_point(shape="diamond", size=150, filled=True, fill=look.background, stroke=look.accent, strokeWidth=2)
    other = mark.encode(x=alt.X(field="beside", type="quantitative", scale=scale, axis=axis, title=title), y=y, tooltip=tooltip)
    return alt.layer(bar, ranged, pointed, other, text)
