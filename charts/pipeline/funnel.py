"""Funnel: one bar per stage in the stages' own order, and between two stages what went on, what did not, and the median days.

The pale bar behind is what entered the first stage, so that the loss is seen, not only the rest; deals that are too young to judge are
the bar's grey end. Beside it may stand another period or team, lighter, under the same scale. Click selects a stage.
"""

from dataclasses import dataclass

import altair as alt
import polars as pl

from charts import labels, values
from charts.chart import Chart, authored
from charts.marks import between, expression, field, picking, rows, size_where, tips, words, written
from charts.theme import NOTE_SIZE, Theme
from data.language import _, format_money, format_number, format_percent, ngettext

ROW_HEIGHT = 62
COMPARED_HEIGHT = 78
NARROW = "width < 420"
"""On a phone the step says only what goes on."""


@dataclass(frozen=True)
class _Measure:
    """What a bar's length is: deals or their value. `unit` says how it is written; the other stands beside it."""

    amount: str
    mature: str
    rate: str
    dropped: str
    unit: str
    beside: str


MEASURES = {
    "deals": _Measure("entered", "mature_entered", "conversion_rate", "dropped", "count", "value"),
    "value": _Measure("value", "mature_value", "value_conversion_rate", "dropped_value", "money", "entered"),
}


def funnel(
    stages: pl.DataFrame, *, view: str = "cohort", measure: str = "deals", theme: str = "light", finding: str = "",
    beside: pl.DataFrame | None = None, names: tuple[str, str] = ("", ""),
) -> Chart:  # fmt: skip
    """Bars of measures.pipeline.stage_tables' table, as long as the deals or as their value. "picked" carries stage.

    In the view "snapshot" nothing is called conversion: the bars stand alone. `beside` is the same table of another period or team;
    `names` are what the two are called.
    """
    of, converts = MEASURES[measure], view != "snapshot"
    frame = _with_beside(_written(stages, of, converts), beside, of, converts)
    compared = beside is not None
    height = 50 + (COMPARED_HEIGHT if compared else ROW_HEIGHT) * max(frame.height, 1) + (22 if compared else 0)
    return Chart(_spec(theme, _title(view, measure), view, compared), frame, finding, height, "picked")


def _written(stages: pl.DataFrame, of: _Measure, converts: bool) -> pl.DataFrame:
    amount, mature = pl.col(of.amount).cast(pl.Float64), pl.col(of.mature).cast(pl.Float64)
    frame = stages.sort("position").with_row_index("place").with_columns(
        amount.alias("amount"), mature.fill_null(amount).alias("mature"), pl.col(of.rate).alias("rate"), pl.col(of.dropped).alias("drop"),
        first=amount.first(), reach=amount.max(),
    )  # fmt: skip
    frame = written(
        frame, stage_text=("stage", labels.label), entered_text=("entered", format_number), value_text=("value", format_money),
        amount_text=("amount", lambda value: _short(value, of.unit)), beside_text=(of.beside, lambda value: _short(value, values.unit_of(of.beside))),
        rate_text=("rate", lambda rate: format_percent(rate, 0)), drop_text=("drop", lambda value: _short(value, of.unit)),
        days_text=("median_days", format_number), mature_text=("mature_conversion_rate", lambda rate: format_percent(rate, 0)),
    )  # fmt: skip
    last = frame.height - 1
    parts = [_step(row, of.unit) if converts and row["place"] < last else [] for row in frame.iter_rows(named=True)]
    bars = [f"{row['amount_text']} · {row['beside_text']}" if row["value"] else row["amount_text"] for row in frame.iter_rows(named=True)]
    return frame.with_columns(
        pl.Series("step", [" · ".join(part) for part in parts], dtype=pl.String), pl.Series("bar_text", bars, dtype=pl.String),
        pl.Series("short_step", [part[0] if part else "" for part in parts], dtype=pl.String),
    )  # fmt: skip


def _short(value: float | None, unit: str) -> str:
    return values.short(value, "net_sales") if unit == "money" else format_number(value)


def _step(row: dict[str, object], unit: str) -> list[str]:
    """What went on from a stage, what did not and where that is now, and the median days."""
    if row["rate"] is None:
        return []
    parts = [_("↓ {rate} go on").format(rate=row["rate_text"]), *_stopped(row, unit)]
    if row["median_days"] is not None:
        parts.append(_("median {days} days").format(days=row["days_text"]))
    return parts


def _stopped(row: dict[str, object], unit: str) -> list[str]:
    if row["drop"] is None:
        return []
    if unit == "money" or row["lost_here"] is None:
        return [_("{n} have not").format(n=row["drop_text"])]
    lost = ngettext("{n} lost", "{n} lost", row["lost_here"]).format(n=format_number(row["lost_here"]))
    if row["returned"] is not None:
        return [lost, _("{n} back").format(n=format_number(row["returned"]))]
    return [lost, ngettext("{n} open", "{n} open", row["open"]).format(n=format_number(row["open"]))]


def _with_beside(frame: pl.DataFrame, beside: pl.DataFrame | None, of: _Measure, converts: bool) -> pl.DataFrame:
    """The frame with the other side's amount, text and what of it goes on, under one scale."""
    if beside is None:
        return frame
    other = _written(beside, of, converts).select(
        "stage", pl.col("amount").alias("other_amount"), pl.col("bar_text").alias("other_text"), pl.col("rate_text").alias("other_rate")
    )
    joined = frame.join(other, on="stage", how="left", maintain_order="left")
    widest = max(joined["first"].max() or 0.0, joined["other_amount"].max() or 0.0)
    steps = [
        _("{step} ({other} beside)").format(step=row["step"], other=row["other_rate"]) if row["step"] else "" for row in joined.iter_rows(named=True)
    ]
    reach = max(joined["reach"].max() or 0.0, widest)
    return joined.with_columns(pl.lit(widest).alias("first"), pl.lit(reach).alias("reach"), pl.Series("step", steps, dtype=pl.String))


def _title(view: str, measure: str) -> str:
    if view == "snapshot":
        return _("Open deals") if measure == "deals" else labels.axis_title("open_value")
    return _("Deals that entered the stage") if measure == "deals" else _("Value that entered the stage")


def legend(stages: pl.DataFrame, names: tuple[str, str] = ("", "")) -> str:
    """What dark and light bars are, for the line above the chart; nothing where all are alike."""
    if any(names):
        return _("Dark: {own}; light: {other}.").format(own=names[0], other=names[1])
    is_young = stages.filter(pl.col("mature_entered") < pl.col("entered")).height > 0
    return _("Grey: too young to judge.") if is_young else ""


@authored
def _spec(look: Theme, title: str, view: str, compared: bool) -> alt.LayerChart:
    picked = picking("stage")
    x = {"axis": _heading(title), "scale": between(0, "width - 130", zero=True, nice=False)}
    order = alt.EncodingSortField("place", op="min")
    axis = alt.Axis(labelFontSize=13, labelColor=look.ink, labelLimit=130, offset=0)
    y = alt.Y(**field("stage_text"), sort=order, axis=axis, scale=alt.Scale(paddingInner=0.5, paddingOuter=0.15))
    fade = alt.when(picked).then(alt.value(1)).otherwise(alt.value(0.35))
    fill = alt.condition("datum.stage == 'won'", alt.value(look.accent), alt.value(look.actual))
    full = alt.X(**field("first", "quantitative"), **x)
    # A later stage may hold more than the first: what is written stands behind the longest bar.
    end = alt.X(**field("reach", "quantitative"), **x)
    half = {"height": alt.RelativeBandSize(0.5), "yOffset": expression("-bandwidth('y') * 0.25")} if compared else {}
    whole = rows().mark_bar(color=look.rule).encode(x=full, y=y)
    shape = rows().mark_bar(cursor="pointer", **half)
    young = shape.encode(x=alt.X(**field("amount", "quantitative"), **x), y=y, color=alt.value(look.previous), opacity=fade, tooltip=_tooltip(compared))
    judged = alt.X(**field("amount" if compared else "mature", "quantitative"), **x)
    bar = shape.encode(x=judged, y=y, color=fill, opacity=fade, tooltip=_tooltip(compared)).add_params(picked)
    lift = expression("-bandwidth('y') * 0.25") if compared else 0
    text = rows().mark_text(align="left", dx=6, dy=lift, color=look.ink, fontWeight=600).encode(x=end, y=y, text=words("bar_text"))
    under = {"align": "left", "x": 2, "color": look.muted, "yOffset": expression("bandwidth('y')")}
    step = rows().mark_text(**under, fontSize=size_where(f"!({NARROW})", NOTE_SIZE)).encode(y=y, text=words("step"))
    short = rows().mark_text(**under, fontSize=size_where(NARROW, NOTE_SIZE)).encode(y=y, text=words("short_step"))
    behind = [] if view == "snapshot" else [whole]
    return alt.layer(*behind, *([] if compared else [young]), bar, text, step, short, *(_beside(look, x, y, end) if compared else []))


def _heading(title: str) -> alt.Axis:
    return alt.Axis(orient="top", labels=False, grid=False, title=title, titleAnchor="start", titleAlign="left")


def _tooltip(compared: bool) -> list[alt.Tooltip]:
    lines = [
        ("stage_text", _("Stage")), ("entered_text", _("Deals")), ("value_text", _("Value")), ("rate_text", labels.metric("conversion_rate")),
        ("mature_text", labels.metric("mature_conversion_rate")), ("drop_text", labels.metric("dropped")), ("days_text", labels.metric("median_days")),
    ]  # fmt: skip
    return tips(*lines, *([("other_text", _("Beside it"))] if compared else []))


def _beside(look: Theme, x: dict[str, object], y: alt.Y, end: alt.X) -> list[alt.Chart]:
    """The other period's or team's bars, lighter, in the lower half of each row."""
    low = expression("bandwidth('y') * 0.25")
    at = alt.X(**field("other_amount", "quantitative"), **x)
    bar = rows().mark_bar(color=look.previous, height=alt.RelativeBandSize(0.5), yOffset=low).encode(x=at, y=y, tooltip=_tooltip(True))
    text = rows().mark_text(align="left", dx=6, dy=low, color=look.muted).encode(x=end, y=y, text=words("other_text"))
    return [bar, text]
