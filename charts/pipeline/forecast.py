"""Forecast: the weighted value of the open deals by month, dashed, with the range of its simulation; and how former ones turned out.

The target is an outline, or, where it counts far more than deals and would flatten them, a share in words; what the record of former forecasts
makes of it is a tick. In the record, what came in is solid beside the forecast.
"""

import altair as alt
import polars as pl

from charts import labels, values
from charts.chart import Chart, authored
from charts.marks import field, picking, rows, size_where, tips, value_axis, words, written
from charts.theme import LABEL_SIZE, NOTE_SIZE, Theme
from data.language import _, format_change, format_money, format_month, format_number, format_percent

HEIGHT = 380
DWARFING = 2.0
"""A target of more than so many times the largest month is written, not drawn."""


def forecast(months: pl.DataFrame, *, theme: str = "light", finding: str = "", height: int = HEIGHT) -> Chart:
    """Columns of `months` [month, weighted, p10, p90, target, target_cover, adjusted, n]. "picked" carries month_key (YYYY-MM)."""
    frame = written(
        months.select(
            pl.col("month").cast(pl.Date), *(pl.col(name).cast(pl.Float64) for name in ("weighted", "p10", "p90", "target", "target_cover", "adjusted")), "n"
        ).sort("month"),
        month_text=("month", format_month), month_key=("month", lambda month: f"{month:%Y-%m}"),
        weighted_text=("weighted", format_money), short_text=("weighted", lambda value: values.short(value, "weighted")),
        low_text=("p10", format_money), high_text=("p90", format_money), target_text=("target", format_money),
        adjusted_text=("adjusted", format_money), n_text=("n", format_number), share_text=("target_cover", _share),
    ).with_row_index("place").with_columns(roof=_roof(months, "p90") if dwarfs(months) else _roof(months, "p90", "target"))  # fmt: skip
    return Chart(_forecast_spec(theme, _target(months), frame["adjusted"].count() > 0), frame, finding, height, "picked")


def dwarfs(months: pl.DataFrame) -> bool:
    """Whether the targets are so much larger than what deals may bring that outlines of them would flatten the forecast."""
    return (months["target"].max() or 0.0) > DWARFING * (months["p90"].max() or 0.0)


def _target(months: pl.DataFrame) -> str:
    """How the target is drawn: as an outline, as a share in words, or not at all."""
    return "none" if not months["target"].count() else "share" if dwarfs(months) else "outline"


def _share(rate: float | None) -> str:
    return "" if rate is None else _("{rate} of target").format(rate=format_percent(rate, 0))


def _roof(frame: pl.DataFrame, *columns: str) -> pl.Expr:
    """A height that leaves room for the labels above the tallest of the columns, two lines of them at most."""
    tallest = max((frame[name].max() or 0.0 for name in columns), default=0.0)
    return pl.lit(1.16 * tallest)


@authored
def _forecast_spec(look: Theme, target: str, has_record: bool) -> alt.LayerChart:
    picked = picking("month_key")
    x = alt.X(**field("month_text"), sort=alt.EncodingSortField("place", op="min"), axis=alt.Axis(labelAngle=0, labelOverlap="greedy", labelExpr="split(datum.label, ' ')"), scale=alt.Scale(paddingInner=0.4, paddingOuter=0.2))
    scale = alt.Scale(zero=True)
    title = labels.axis_title("weighted")
    y = alt.Y(**field("weighted", "quantitative", title=title), axis=value_axis(), scale=scale)
    lines = [("month_text", _("Month")), ("weighted_text", labels.metric("weighted")), ("low_text", labels.metric("p10")),
             ("high_text", labels.metric("p90")), ("n_text", _("Deals"))]  # fmt: skip
    lines += [("adjusted_text", _("By the record"))] if has_record else []
    lines += [("target_text", _("Sales target")), ("share_text", labels.metric("target_cover"))] if target != "none" else []
    fade = alt.when(picked).then(alt.value(1)).otherwise(alt.value(0.35))
    bar = rows().mark_bar(**_projected(look), cursor="pointer")
    layers = [bar.encode(x=x, y=y, opacity=fade, tooltip=tips(*lines)).add_params(picked)]
    low = alt.Y(**field("p10", "quantitative", title=title), scale=scale)
    layers.append(rows().mark_rule(strokeWidth=3, color=look.accent).encode(x=x, y=low, y2="p90:Q", tooltip=tips(*lines)))
    if has_record:
        at = alt.Y(**field("adjusted", "quantitative", title=title), scale=scale)
        layers.append(rows().mark_tick(thickness=3, color=look.worse, width=alt.RelativeBandSize(0.9)).encode(x=x, y=at, tooltip=tips(*lines)))
    if target == "outline":
        aim = alt.Y(**field("target", "quantitative", title=title), scale=scale)
        layers.append(rows().mark_bar(filled=False, stroke=look.outline, strokeWidth=1.2).encode(x=x, y=aim, tooltip=tips(*lines)))
    top = alt.Y(**field("p90", "quantitative", title=title), scale=scale)
    layers.append(rows().mark_text(dy=-9, color=look.ink, fontWeight=600, fontSize=size_where("bandwidth('x') > 22", LABEL_SIZE)).encode(x=x, y=top, text=words("short_text")))
    if target == "share":
        layers.append(rows().mark_text(dy=-24, color=look.muted, fontSize=size_where("bandwidth('x') > 40", NOTE_SIZE)).encode(x=x, y=top, text=words("share_text")))
    return alt.layer(*layers, _headroom(title, scale))


def _projected(look: Theme) -> dict[str, object]:
    """How a bar looks that is not there yet: dashed and pale."""
    return {"fill": look.previous, "fillOpacity": 0.35, "stroke": look.actual, "strokeWidth": 1.2, "strokeDash": [5, 3]}


def _headroom(title: str, scale: alt.Scale) -> alt.Chart:
    return rows().mark_point(size=0, opacity=0).encode(y=alt.Y(**field("roof", "quantitative", title=title), scale=scale))


def legend(months: pl.DataFrame) -> str:
    """What each mark is, for the line above the chart."""
    said = [_("Dashed: the forecast, its line the range of 8 in 10 outcomes")]
    said += [_("tick: as former forecasts turned out")] if months["adjusted"].count() else []
    said += {"none": [], "outline": [_("outline: the target of all sales")], "share": [_("in grey: the deals' share of the target of all sales")]}[_target(months)]
    return "; ".join(said) + "."


def turned_out(record: pl.DataFrame, *, theme: str = "light", finding: str = "") -> Chart:
    """Pairs of columns of `record` [quarter, weighted, p10, p90, actual_of_open, forecast_error]: forecast and what came in of it."""
    ordered = record.sort("quarter").with_row_index("place")
    frame = written(
        pl.concat([_side(ordered, "forecast", "weighted"), _side(ordered, "came", "actual_of_open")]),
        quarter_text=("quarter", quarter_name), amount_text=("amount", format_money),
        error_text=("error", lambda rate: "" if rate is None else format_change(rate, 0)),
        side_text=("side", lambda side: _("Forecast") if side == "forecast" else _("Came in")),
    ).with_columns(roof=_roof(record, "p90", "actual_of_open"))  # fmt: skip
    frame = frame.join(record.select("quarter", top=pl.max_horizontal("p90", "weighted", "actual_of_open")), on="quarter", how="left", maintain_order="left")
    return Chart(_record_spec(theme), frame, finding, 300)


def _side(ordered: pl.DataFrame, side: str, column: str) -> pl.DataFrame:
    own = side == "forecast"
    low, high, error = (pl.col(name) if own == (name != "forecast_error") else pl.lit(None, pl.Float64) for name in ("p10", "p90", "forecast_error"))
    return ordered.select("place", "quarter", pl.lit(side).alias("side"), pl.col(column).alias("amount"), low.alias("p10"), high.alias("p90"), error.alias("error"))


def quarter_name(day: object) -> str:
    """The first day of a quarter as Q3 2026."""
    return _("Q{quarter} {year}").format(quarter=(day.month - 1) // 3 + 1, year=day.year) if day else "–"


@authored
def _record_spec(look: Theme) -> alt.LayerChart:
    x = alt.X(**field("quarter_text"), sort=alt.EncodingSortField("place", op="min"), axis=alt.Axis(labelAngle=0, labelOverlap="greedy"), scale=alt.Scale(paddingInner=0.35))
    side = alt.XOffset(field="side", type="nominal", sort=["forecast", "came"])
    title = labels.axis_title("won_value")
    scale = alt.Scale(zero=True)
    y = alt.Y(**field("amount", "quantitative", title=title), axis=value_axis(), scale=scale)
    tooltip = tips(("quarter_text", _("Quarter")), ("side_text", _("Side")), ("amount_text", _("Value")), ("error_text", labels.metric("forecast_error")))
    forecasts, came = (rows().transform_filter(f"datum.side == '{name}'") for name in ("forecast", "came"))
    dashed = forecasts.mark_bar(**_projected(look)).encode(x=x, xOffset=side, y=y, tooltip=tooltip)
    solid = came.mark_bar(color=look.actual).encode(x=x, xOffset=side, y=y, tooltip=tooltip)
    low = alt.Y(**field("p10", "quantitative", title=title), scale=scale)
    span = forecasts.mark_rule(strokeWidth=3, color=look.accent).encode(x=x, xOffset=side, y=low, y2="p90:Q", tooltip=tooltip)
    # Above both columns and the range: beside these the figure would cross them on a phone.
    top = alt.Y(**field("top", "quantitative", title=title), scale=scale)
    text = came.mark_text(dy=-8, fontSize=NOTE_SIZE, color=look.ink, fontWeight=600).encode(x=x, y=top, text=words("error_text"))
    return alt.layer(dashed, solid, span, text, _headroom(title, scale))
