"""Repurchase: the share of each quarter's first-time buyers that ordered again in time. Quarters too young to judge are grey."""

import altair as alt
import polars as pl

from charts import labels
from charts.chart import Chart, authored
from charts.marks import between, field, rows, size_where, tips, words, written
from charts.pipeline.forecast import quarter_name
from charts.theme import LABEL_SIZE, NOTE_SIZE, Theme
from data.language import _, format_number, format_percent

QUARTERS = 16
ROOMY = "bandwidth('x') > 24"


def repurchase(cohorts: pl.DataFrame, *, theme: str = "light", finding: str = "") -> Chart:
    """Columns of the last quarters of `cohorts` [cohort, first_orders, repurchased, repurchase_rate, mature]."""
    frame = written(
        cohorts.sort("cohort").tail(QUARTERS).with_row_index("place"), quarter_text=("cohort", quarter_name), n_text=("first_orders", format_number),
        back_text=("repurchased", format_number), rate_text=("repurchase_rate", lambda rate: format_percent(rate, 0)),
    )  # fmt: skip
    texts = [_("{n} of {all}").format(n=row["back_text"], all=row["n_text"]) for row in frame.iter_rows(named=True)]
    return Chart(_spec(theme), frame.with_columns(pl.Series("count_text", texts, dtype=pl.String)), finding, 260)


@authored
def _spec(look: Theme) -> alt.LayerChart:
    x = alt.X(**field("quarter_text"), sort=alt.EncodingSortField("place", op="min"), axis=alt.Axis(labelAngle=0, labelOverlap="greedy"), scale=alt.Scale(paddingInner=0.4))
    title = labels.axis_title("repurchase_rate")
    y = alt.Y(**field("repurchase_rate", "quantitative", title=title), scale=between("height", 34, domain=[0, 1]), axis=alt.Axis(format=".0%", tickCount=4))
    tone = alt.condition("datum.mature", alt.value(look.actual), alt.value(look.previous))
    lines = tips(("quarter_text", _("Quarter")), ("n_text", labels.metric("first_orders")), ("back_text", labels.metric("repurchased")), ("rate_text", labels.metric("repurchase_rate")))
    bar = rows().mark_bar().encode(x=x, y=y, color=tone, tooltip=lines)
    # On a phone sixteen quarters leave no room for words above them: the tooltip and the table have them.
    rate = rows().mark_text(dy=-20, fontSize=size_where(ROOMY, LABEL_SIZE), fontWeight=600, color=look.ink).encode(x=x, y=y, text=words("rate_text"))
    count = rows().mark_text(dy=-7, fontSize=size_where(ROOMY, NOTE_SIZE), color=look.muted).encode(x=x, y=y, text=words("count_text"))
    return alt.layer(bar, rate, count)
