"""Cohorts: the share that went on to the next stage in time, by month of entering and stage. Immature months are grey and hollow."""

import altair as alt
import polars as pl

from charts import labels
from charts.chart import Chart, authored
from charts.marks import field, rows, size_where, tips, words, written
from charts.theme import NOTE_SIZE, SMALL_SIZE, Theme
from data.language import _, format_month, format_number, format_percent

MONTHS = 24
ROW_HEIGHT = 40


def cohorts(frame: pl.DataFrame, *, theme: str = "light", finding: str = "") -> Chart:
    """Cells of `frame` [cohort, stage, entered, reached, conversion_rate, mature]: stages as rows, the last 24 months as columns."""
    first = frame["cohort"].unique().sort().tail(MONTHS)
    kept = frame.filter(pl.col("cohort") >= first.min()) if len(first) else frame
    order = kept.select("stage").unique(maintain_order=True).with_row_index("place")
    drawn = written(
        kept.join(order, on="stage", how="left", maintain_order="left").sort("cohort", "place"),
        month_text=("cohort", format_month), stage_text=("stage", labels.label), rate_text=("conversion_rate", lambda rate: format_percent(rate, 0)),
        brief=("conversion_rate", lambda rate: "" if rate is None else format_number(100 * rate)), entered_text=("entered", format_number), reached_text=("reached", format_number),
        mature_text=("mature", lambda mature: _("Mature") if mature else _("Still growing")),
    ).with_columns(pl.col("cohort").rank("dense").cast(pl.Int64).alias("column"))  # fmt: skip
    return Chart(_spec(theme), drawn, finding, 96 + ROW_HEIGHT * max(order.height, 1))


@authored
def _spec(look: Theme) -> alt.LayerChart:
    axis = alt.Axis(orient="top", labelAngle=0, labelOverlap="greedy", labelFlush=False, grid=False, labelPadding=20, labelExpr="split(datum.label, ' ')",
                    title=_("Month of entering the stage"), titleAnchor="start", titleAlign="left")  # fmt: skip
    x = alt.X(**field("month_text"), sort=alt.EncodingSortField("column", op="min"), axis=axis, scale=alt.Scale(paddingInner=0.04))
    y = alt.Y(**field("stage_text"), sort=alt.EncodingSortField("place", op="min"), axis=alt.Axis(labelLimit=130), scale=alt.Scale(paddingInner=0.08))
    shades = list(look.sequential[:7])
    heat = alt.condition(
        "datum.mature", alt.Color(**field("conversion_rate", "quantitative"), scale=alt.Scale(domain=[0, 1], range=shades), legend=None), alt.value(look.rule)
    )
    tooltip = tips(("stage_text", _("Stage")), ("month_text", _("Month")), ("entered_text", labels.metric("entered")),
                   ("reached_text", labels.metric("reached")), ("rate_text", labels.metric("conversion_rate")), ("mature_text", labels.metric("mature")))  # fmt: skip
    cell = rows().mark_rect(stroke=look.rule, strokeWidth=1).encode(x=x, y=y, color=heat, tooltip=tooltip)
    ink = alt.condition("datum.mature", alt.value(look.ink), alt.value(look.muted))
    text = rows().mark_text(fontSize=size_where("bandwidth('x') > 28", NOTE_SIZE)).encode(x=x, y=y, text=words("rate_text"), color=ink)
    brief = rows().mark_text(fontSize=size_where("bandwidth('x') <= 28 && bandwidth('x') > 12", SMALL_SIZE)).encode(x=x, y=y, text=words("brief"), color=ink)
    return alt.layer(cell, text, brief)
