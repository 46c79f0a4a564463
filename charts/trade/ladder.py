"""Ladder: how far each row is on its way to a goal. Bought solid, the natural year hatched, the goal an outline, tiers as ticks.

Everything is drawn as a share of the row's goal, so that all goals lie above each other; what the row is worth is written beside it.
"""

import altair as alt
import polars as pl

from charts.chart import Chart, authored
from charts.marks import between, expression, field, names_axis, part, picking, size_where, tips, words
from charts.theme import LABEL_SIZE, NOTE_SIZE, Theme, hatch
from data.language import _

ROW_HEIGHT = 38
WIDE = "width > 560"
MOST = 1.06
"""Shares beyond this are cut: a row that is far past its goal must not squeeze the others."""

FRAME = {
    "name": pl.String, "key": pl.String, "done": pl.Float64, "natural": pl.Float64, "label": pl.String, "short": pl.String,
    "tone": pl.String, "detail": pl.String,
}  # fmt: skip


def ladder(rows: pl.DataFrame, ticks: pl.DataFrame, *, title: str, theme: str = "light", finding: str = "") -> Chart:
    """Rows of FRAME, drawn in their order: `done` and `natural` as shares of the goal; `label` (`short` on a phone) is written at the right.

    `tone` is better, worse or plain: the label's ink.

    `ticks` [name, at, tick_text] are tiers, as shares of the row's goal. The selection "picked" carries the row's key.
    """
    placed = rows.select(FRAME.keys()).with_row_index("place").with_columns(
        pl.lit("row").alias("part"), pl.col("done", "natural").clip(0, MOST), pl.col("natural").is_not_null().alias("is_known"),
    )  # fmt: skip
    marked = ticks.select(pl.lit("tick").alias("part"), "name", pl.col("at").clip(0, MOST), "tick_text")
    return Chart(_spec(theme, title), pl.concat([placed, marked], how="diagonal_relaxed"), finding, 64 + ROW_HEIGHT * max(rows.height, 1), "picked")


@authored
def _spec(look: Theme, title: str) -> alt.LayerChart:
    y = alt.Y(
        **field("name"), sort=alt.EncodingSortField("place", op="min"), axis=names_axis(200, labelPadding=8),
        scale=alt.Scale(paddingInner=0.45, paddingOuter=0.2),
    )  # fmt: skip
    scale = between(0, f"{WIDE} ? width * 0.62 : width - 84", domain=[0, MOST], nice=False)
    axis = alt.Axis(format=".0%", tickCount=5, orient="top", titleAnchor="start", titleAlign="left", grid=True)

    def x(name: str) -> alt.X:
        return alt.X(**field(name, "quantitative", title=title), scale=scale, axis=axis)

    picked = picking("key")
    lines = tips(("name", _("Name")), ("detail", _("In words")))
    hatched = {"color": hatch(look.actual, look.background), "stroke": look.actual, "strokeWidth": 1}
    bar, goal = part("row"), part("row").transform_calculate(goal="1")
    return alt.layer(
        bar.transform_filter("datum.is_known").mark_bar(height=alt.RelativeBandSize(0.7), opacity=0.7, **hatched).encode(x=x("natural"), y=y, tooltip=lines),
        bar.mark_bar(height=alt.RelativeBandSize(0.7), color=look.actual, cursor="pointer").encode(x=x("done"), y=y, tooltip=lines).add_params(picked),
        goal.mark_bar(height=alt.RelativeBandSize(1.1), filled=False, stroke=look.outline, strokeWidth=1.3).encode(x=x("goal"), y=y, tooltip=lines),
        part("tick").mark_tick(orient="vertical", thickness=2, color=look.accent, height=alt.RelativeBandSize(1.25)).encode(
            x=x("at"), y=y, tooltip=tips(("tick_text", _("Tier")))
        ),
        *_texts(look, y),
    )  # fmt: skip


def _texts(look: Theme, y: alt.Y) -> list[alt.Chart]:
    """What the row is worth, in blue where it pays and orange where it costs; two words on a phone."""
    inks = alt.Scale(domain=["better", "worse", "plain"], range=[look.better_text, look.worse_text, look.ink])
    ink = alt.Color(**field("tone"), scale=inks)
    long = part("row").mark_text(align="left", x=expression("width * 0.62 + 8"), fontSize=size_where(WIDE, LABEL_SIZE))
    short = part("row").mark_text(align="left", x=expression("width - 78"), fontSize=size_where(f"!({WIDE})", NOTE_SIZE))
    return [long.encode(y=y, text=words("label"), color=ink), short.encode(y=y, text=words("short"), color=ink)]
