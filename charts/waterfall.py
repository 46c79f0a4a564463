"""Waterfall: what adds up to what, step by step. Steps from the running sum, totals from zero, so that every length is true.

Up is blue, down is orange, each with its sign; a modelled step is hollow; totals are dark.
"""

import altair as alt
import polars as pl

from charts import values
from charts.chart import Chart, authored
from charts.marks import between, field, names_axis, rows, tips, value_axis, words, written
from charts.theme import STRONG_SIZE, Theme
from data.language import _, currency

ROW_HEIGHT = 36


def waterfall(steps: pl.DataFrame, *, title: str, theme: str = "light", finding: str = "") -> Chart:
    """Rows of `steps` [name, amount, kind] from the top down; `kind` is step, modelled or total (its amount is the sum so far).

    A total that comes first is where the steps begin.
    """
    moved = pl.col("amount").cast(pl.Float64).fill_null(0.0)
    is_total = pl.col("kind") == "total"
    placed = steps.with_row_index("place").with_columns(moved.alias("amount")).with_columns(
        end=pl.when(is_total).then(pl.col("amount")).otherwise(pl.when(is_total & (pl.col("place") > 0)).then(0.0).otherwise(pl.col("amount")).cum_sum())
    )
    drawn = placed.with_columns(
        start=pl.when(is_total).then(0.0).otherwise(pl.col("end") - pl.col("amount")),
        tone=pl.when(is_total)
        .then(pl.lit("total"))
        .when(pl.col("amount") < 0)
        .then(pl.lit("down"))
        .when(pl.col("amount") > 0)
        .then(pl.lit("up"))
        .otherwise(pl.lit("none")),
        is_hollow=pl.col("kind") == "modelled",
    )
    texts = [values.short(of, "net_sales") if kind == "total" else values.signed(of, "net_sales") for of, kind in drawn["amount", "kind"].iter_rows()]
    frame = written(drawn, amount_text=("amount", lambda of: values.full(of, "net_sales"))).with_columns(
        pl.Series("label", texts, dtype=pl.String), right=pl.max_horizontal("start", "end")
    )
    return Chart(_spec(theme, f"{title} ({currency()})"), frame, finding, 70 + ROW_HEIGHT * max(steps.height, 1))


@authored
def _spec(look: Theme, title: str) -> alt.LayerChart:
    y = alt.Y(
        **field("name"), sort=alt.EncodingSortField("place", op="min"),
        axis=names_axis(230, labelColor=look.ink), scale=alt.Scale(paddingInner=0.35, paddingOuter=0.15),
    )  # fmt: skip
    axis = value_axis(grid=True, orient="bottom")
    scale = between(0, "width - 70", nice=False, zero=True)
    x = alt.X(**field("start", "quantitative", title=title), axis=axis, scale=scale)
    tones = alt.Scale(domain=["up", "down", "total", "none"], range=[look.better, look.worse, look.actual, look.muted])
    lines = tips(("name", _("Part")), ("amount_text", _("Amount")))
    bar = rows().transform_filter("!datum.is_hollow").mark_bar().encode(x=x, x2="end:Q", y=y, color=alt.Color(**field("tone"), scale=tones), tooltip=lines)
    hollow = rows().transform_filter("datum.is_hollow").mark_bar(filled=False, strokeWidth=1.5, strokeDash=[4, 3])
    modelled = hollow.encode(x=x, x2="end:Q", y=y, stroke=alt.Stroke(**field("tone"), scale=tones), tooltip=lines)
    inks = alt.Color(**field("tone"), scale=alt.Scale(domain=["up", "down", "total", "none"], range=[look.better_text, look.worse_text, look.ink, look.muted]))
    text = rows().mark_text(align="left", dx=6, fontSize=STRONG_SIZE, fontWeight=600)
    zero = rows().mark_rule(color=look.muted, strokeWidth=1).encode(x=alt.XDatum(0, scale=scale))
    label = text.encode(x=alt.X("right:Q", scale=scale), y=y, text=words("label"), color=inks)
    return alt.layer(zero, bar, modelled, label).resolve_scale(color="independent")
