"""Funnel: one bar per stage in the stages' own order, and between two stages the conversion and the median days.

The bar's outline behind it is what entered the first stage, so that the loss is seen, not only the rest. Click selects a stage.
"""

import altair as alt
import polars as pl

from charts import labels, values
from charts.chart import Chart, authored
from charts.marks import between, expression, field, rows, tips, words, written
from charts.theme import NOTE_SIZE, Theme
from data.language import _, format_money, format_number, format_percent

ROW_HEIGHT = 62


def funnel(stages: pl.DataFrame, *, view: str = "cohort", theme: str = "light", finding: str = "") -> Chart:
    """Bars of `stages` [stage, position, entered, reached_next, conversion_rate, median_days, value]. "picked" carries stage.

    In the view "snapshot" nothing is called conversion: the bars stand alone.
    """
    ordered = stages.sort("position").with_row_index("place").with_columns(
        pl.col("entered").cast(float), pl.col("value").cast(float), first=pl.col("entered").first().cast(float)
    )  # fmt: skip
    frame = _written(ordered, view != "snapshot")
    return Chart(_spec(theme, view), frame, finding, 50 + ROW_HEIGHT * max(frame.height, 1), "picked")


def _written(ordered: pl.DataFrame, converts: bool) -> pl.DataFrame:
    frame = written(
        ordered,
        stage_text=("stage", labels.label),
        entered_text=("entered", format_number),
        value_text=("value", format_money),
        short_text=("value", lambda value: values.short(value, "net_sales")),
        rate_text=("conversion_rate", lambda rate: format_percent(rate, 0)),
        days_text=("median_days", format_number),
    )
    last = frame.height - 1
    steps = [_step(row, converts and row["place"] < last) for row in frame.iter_rows(named=True)]
    bars = [_bar(row) for row in frame.iter_rows(named=True)]
    return frame.with_columns(pl.Series("step", steps, dtype=pl.String), pl.Series("bar_text", bars, dtype=pl.String))


def _step(row: dict[str, object], shown: bool) -> str:
    if not shown or row["conversion_rate"] is None:
        return ""
    if row["median_days"] is None:
        return _("↓ {rate} go on").format(rate=row["rate_text"])
    return _("↓ {rate} go on · median {days} days").format(rate=row["rate_text"], days=row["days_text"])


def _bar(row: dict[str, object]) -> str:
    return row["entered_text"] + (f" · {row['short_text']}" if row["value"] else "")


@authored
def _spec(look: Theme, view: str) -> alt.LayerChart:
    picked = alt.selection_point(name="picked", fields=["stage"])
    title = _("Open deals") if view == "snapshot" else _("Deals that entered the stage")
    heading = alt.Axis(orient="top", labels=False, grid=False, title=title, titleAnchor="start", titleAlign="left")
    x = {"axis": heading, "scale": between(0, "width - 130", zero=True, nice=False)}
    order = alt.EncodingSortField("place", op="min")
    axis = alt.Axis(labelFontSize=13, labelColor=look.ink, labelLimit=130, offset=0)
    y = alt.Y(**field("stage_text"), sort=order, axis=axis, scale=alt.Scale(paddingInner=0.5, paddingOuter=0.15))
    tooltip = tips(
        ("stage_text", _("Stage")), ("entered_text", _("Deals")), ("value_text", _("Value")), ("rate_text", labels.metric("conversion_rate")),
        ("days_text", labels.metric("median_days")),
    )  # fmt: skip
    entered = alt.X(**field("entered", "quantitative"), **x)
    fade = alt.when(picked).then(alt.value(1)).otherwise(alt.value(0.35))
    fill = alt.condition("datum.stage == 'won'", alt.value(look.accent), alt.value(look.actual))
    whole = rows().mark_bar(color=look.rule).encode(x=alt.X(**field("first", "quantitative"), **x), y=y)
    bar = rows().mark_bar(cursor="pointer").encode(x=entered, y=y, color=fill, opacity=fade, tooltip=tooltip).add_params(picked)
    text = rows().mark_text(align="left", dx=6, color=look.ink, fontWeight=600).encode(x=alt.X(**field("first", "quantitative"), **x), y=y, text=words("bar_text"))
    step = rows().mark_text(align="left", x=2, fontSize=NOTE_SIZE, color=look.muted, yOffset=expression("bandwidth('y')")).encode(y=y, text=words("step"))
    layers = [bar, text, step] if view == "snapshot" else [whole, bar, text, step]
    return alt.layer(*layers)
