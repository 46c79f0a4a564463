"""Funnel: one bar per stage in the stages' own order, and between two stages the conversion, the drop-off and the median days.

The bar's outline behind it is what entered the first stage, so that the loss is seen, not only the rest. Beside it may stand another
period or team, lighter, under the same scale. Click selects a stage.
"""

import altair as alt
import polars as pl

from charts import labels, values
from charts.chart import Chart, authored
from charts.marks import between, expression, field, rows, tips, words, written
from charts.theme import NOTE_SIZE, Theme
from data.language import _, format_money, format_number, format_percent

ROW_HEIGHT = 62
COMPARED_HEIGHT = 78


def funnel(
    stages: pl.DataFrame, *, view: str = "cohort", theme: str = "light", finding: str = "", beside: pl.DataFrame | None = None,
    names: tuple[str, str] = ("", ""),
) -> Chart:  # fmt: skip
    """Bars of `stages` [stage, position, entered, reached_next, conversion_rate, median_days, value, dropped]. "picked" carries stage.

    In the view "snapshot" nothing is called conversion: the bars stand alone. `beside` has the same columns for another period or
    team; `names` are what the two are called.
    """
    frame = _with_beside(_written(stages.sort("position").with_row_index("place"), view != "snapshot"), beside, view != "snapshot")
    compared = beside is not None
    height = 50 + (COMPARED_HEIGHT if compared else ROW_HEIGHT) * max(frame.height, 1) + (22 if compared else 0)
    return Chart(_spec(theme, view, compared, *names), frame, finding, height, "picked")


def _written(ordered: pl.DataFrame, converts: bool) -> pl.DataFrame:
    dropped = pl.col("dropped") if "dropped" in ordered.columns else pl.lit(None, pl.Int64)
    frame = written(
        ordered.with_columns(pl.col("entered", "value").cast(float), dropped.alias("dropped"), first=pl.col("entered").first().cast(float)),
        stage_text=("stage", labels.label),
        entered_text=("entered", format_number),
        value_text=("value", format_money),
        short_text=("value", lambda value: values.short(value, "net_sales")),
        rate_text=("conversion_rate", lambda rate: format_percent(rate, 0)),
        days_text=("median_days", format_number),
        dropped_text=("dropped", format_number),
    )
    last = frame.height - 1
    steps = [_step(row, converts and row["place"] < last) for row in frame.iter_rows(named=True)]
    bars = [_bar(row) for row in frame.iter_rows(named=True)]
    return frame.with_columns(pl.Series("step", steps, dtype=pl.String), pl.Series("bar_text", bars, dtype=pl.String))


def _with_beside(frame: pl.DataFrame, beside: pl.DataFrame | None, converts: bool) -> pl.DataFrame:
    """The frame with the other side's entered_beside, beside_text and what of it goes on, under one scale."""
    if beside is None:
        return frame
    other = _written(beside.sort("position").with_row_index("place"), converts).select(
        "stage", pl.col("entered").alias("entered_beside"), pl.col("bar_text").alias("beside_text"), pl.col("rate_text").alias("rate_beside")
    )
    joined = frame.join(other, on="stage", how="left", maintain_order="left")
    widest = max(joined["first"].max() or 0.0, joined["entered_beside"].max() or 0.0)
    last = joined.height - 1
    steps = [
        _("{step} ({other} beside)").format(step=row["step"], other=row["rate_beside"]) if row["step"] and row["place"] < last else row["step"]
        for row in joined.iter_rows(named=True)
    ]
    return joined.with_columns(pl.lit(widest).alias("first"), pl.Series("step", steps, dtype=pl.String))


def _step(row: dict[str, object], shown: bool) -> str:
    if not shown or row["conversion_rate"] is None:
        return ""
    parts = [_("↓ {rate} go on").format(rate=row["rate_text"])]
    if row["dropped"] is not None:
        parts.append(_("{n} have not").format(n=row["dropped_text"]))
    if row["median_days"] is not None:
        parts.append(_("median {days} days").format(days=row["days_text"]))
    return " · ".join(parts)


def _bar(row: dict[str, object]) -> str:
    return row["entered_text"] + (f" · {row['short_text']}" if row["value"] else "")


@authored
def _spec(look: Theme, view: str, compared: bool, own: str, other: str) -> alt.LayerChart:
    picked = alt.selection_point(name="picked", fields=["stage"])
    title = _("Open deals") if view == "snapshot" else _("Deals that entered the stage")
    if compared:
        title = _("{title}: dark {own}, light {other}").format(title=title, own=own, other=other)
    x = {"axis": _heading(title), "scale": between(0, "width - 130", zero=True, nice=False)}
    order = alt.EncodingSortField("place", op="min")
    axis = alt.Axis(labelFontSize=13, labelColor=look.ink, labelLimit=130, offset=0)
    y = alt.Y(**field("stage_text"), sort=order, axis=axis, scale=alt.Scale(paddingInner=0.5, paddingOuter=0.15))
    fade = alt.when(picked).then(alt.value(1)).otherwise(alt.value(0.35))
    fill = alt.condition("datum.stage == 'won'", alt.value(look.accent), alt.value(look.actual))
    entered = alt.X(**field("entered", "quantitative"), **x)
    full = alt.X(**field("first", "quantitative"), **x)
    half = {"height": alt.RelativeBandSize(0.5), "yOffset": expression("-bandwidth('y') * 0.25")} if compared else {}
    whole = rows().mark_bar(color=look.rule).encode(x=full, y=y)
    bar = rows().mark_bar(cursor="pointer", **half).encode(x=entered, y=y, color=fill, opacity=fade, tooltip=_tooltip(compared)).add_params(picked)
    lift = expression("-bandwidth('y') * 0.25") if compared else 0
    text = rows().mark_text(align="left", dx=6, dy=lift, color=look.ink, fontWeight=600).encode(x=full, y=y, text=words("bar_text"))
    step = rows().mark_text(align="left", x=2, fontSize=NOTE_SIZE, color=look.muted, yOffset=expression("bandwidth('y')")).encode(y=y, text=words("step"))
    layers = [bar, text, step] if view == "snapshot" else [whole, bar, text, step]
    return alt.layer(*layers, *(_beside(look, x, y, full) if compared else []))


def _heading(title: str) -> alt.Axis:
    return alt.Axis(orient="top", labels=False, grid=False, title=title, titleAnchor="start", titleAlign="left")


def _tooltip(compared: bool) -> list[alt.Tooltip]:
    lines = [
        ("stage_text", _("Stage")), ("entered_text", _("Deals")), ("value_text", _("Value")), ("rate_text", labels.metric("conversion_rate")),
        ("dropped_text", labels.metric("dropped")), ("days_text", labels.metric("median_days")),
    ]  # fmt: skip
    return tips(*lines, *([("beside_text", _("Beside it"))] if compared else []))


def _beside(look: Theme, x: dict[str, object], y: alt.Y, full: alt.X) -> list[alt.Chart]:
    """The other period's or team's bars, lighter, in the lower half of each row."""
    low = expression("bandwidth('y') * 0.25")
    at = alt.X(**field("entered_beside", "quantitative"), **x)
    bar = rows().mark_bar(color=look.previous, height=alt.RelativeBandSize(0.5), yOffset=low).encode(x=at, y=y, tooltip=_tooltip(True))
    text = rows().mark_text(align="left", dx=6, dy=low, color=look.muted).encode(x=full, y=y, text=words("beside_text"))
    return [bar, text]
