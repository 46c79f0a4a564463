"""Trend: a measure by month. Actual dark, last year grey behind it, the target outlined, an incomplete month hatched.

Up to 24 months are columns; more are lines. Peak and off-season lie as pale bands behind. Labels stand at the right end.
"""

from collections.abc import Collection
from dataclasses import dataclass

import altair as alt
import polars as pl

from charts import labels, values
from charts.cached import cached
from charts.chart import Chart, authored
from charts.marks import between, expression, field, month_names_axis, part, size_where, spread, tips, value_axis, words, written
from charts.theme import COLUMN_LINES, NOTE_SIZE, Theme, hatch
from data.language import _, format_change, format_month

COLUMNS_UP_TO = 24
END = 106
"""Pixels at the right that are kept for the labels."""

SWATCH = 9
"""Pixels of a label's square."""

SERIES = ("value", "previous", "target")

YEAR_LABELS = "month(datum.value) == 0 ? timeFormat(datum.value, '%Y') : ''"


@cached
def trend(
    monthly: pl.DataFrame,
    *,
    metric: str = "net_sales",
    theme: str = "light",
    finding: str = "",
    peak: Collection[int] = (),
    off_season: Collection[int] = (),
    height: int = 380,
) -> Chart:
    """Chart of `monthly` [month, <metric>, previous, target, complete], one row per month; the last three are optional.

    `monthly` may hold several metrics, one below the other [metric, month, value, …], of which `metric` is drawn.
    `peak` and `off_season` are calendar months 1–12, drawn as bands.
    """
    own = monthly.filter(pl.col("metric") == metric).rename({"value": metric}) if "metric" in monthly.columns else monthly
    months = _months(own, metric, list(peak), list(off_season))
    shown = tuple(name for name in SERIES if months[name].count())
    plan = _Plan(months.height <= COLUMNS_UP_TO, shown, bool(peak or off_season), labels.axis_title(metric), labels.metric(metric))
    return Chart(_spec(theme, plan), pl.concat([months, _ends(months), _season_names(months)], how="diagonal_relaxed"), finding, height)


def _months(monthly: pl.DataFrame, metric: str, peak: list[int], off_season: list[int]) -> pl.DataFrame:
    given = {name: pl.col(name) if name in monthly.columns else pl.lit(None) for name in ("previous", "target")}
    complete = pl.col("complete") if "complete" in monthly.columns else pl.lit(True)
    calendar = pl.col("month").dt.month()
    season = pl.when(calendar.is_in(peak)).then(pl.lit("peak")).when(calendar.is_in(off_season)).then(pl.lit("off_season"))
    frame = monthly.select(
        pl.lit("month").alias("part"), pl.col("month").cast(pl.Date), pl.col(metric).cast(pl.Float64).alias("value"),
        *(column.cast(pl.Float64).alias(name) for name, column in given.items()),
        complete.fill_null(True).alias("complete"), season.alias("season"),
    ).sort("month").with_columns(tail=~pl.col("complete") | ~pl.col("complete").shift(-1).fill_null(True))  # fmt: skip
    change = pl.when(pl.col("previous") > 0, pl.col("complete")).then(pl.col("value") / pl.col("previous") - 1)
    money = {f"{name}_text": (name, lambda value: values.full(value, metric)) for name in SERIES}
    return written(frame.with_columns(change=change), month_text=("month", format_month), change_text=("change", format_change), **money)


def _ends(months: pl.DataFrame) -> pl.DataFrame:
    """Direct labels at the last complete month, moved apart where they would touch."""
    complete = months.filter(pl.col("complete"), pl.col("value").is_not_null())
    shown = [name for name in SERIES if months[name].count()]
    if complete.is_empty() or len(shown) == 1:
        return pl.DataFrame(schema={"part": pl.String})
    last = complete.row(-1, named=True)
    names = {"value": _("Actual"), "previous": _("Last year"), "target": _("Target")}
    shown = [name for name in shown if last[name] is not None]
    tops = [months[name].max() or 0.0 for name in shown]
    heights = spread([last[name] for name in shown], gap=0.065 * max(*tops, 1e-9) if tops else 0)
    return pl.DataFrame(
        {
            "part": ["end"] * len(shown), "month": [last["month"]] * len(shown), "series": shown, "end": heights,
            "end_text": [names[name] for name in shown],
        },
        schema_overrides={"month": pl.Date, "end": pl.Float64},
    )  # fmt: skip


def _season_names(months: pl.DataFrame) -> pl.DataFrame:
    """The first month of each season carries its name, once."""
    starts = months.filter(pl.col("season").is_not_null()).unique("season", keep="first", maintain_order=True)
    return written(starts.select(pl.lit("season").alias("part"), "month", "season"), season_text=("season", labels.label))


@dataclass(frozen=True)
class _Plan:
    """What of the shape is drawn: the form, the series that have values, and the texts around them."""

    is_columns: bool
    shown: tuple[str, ...]
    has_seasons: bool
    title: str
    metric: str

    @property
    def end(self) -> int:
        """Pixels at the right kept for the series' names."""
        return END if len(self.shown) > 1 else 0

    @property
    def tooltip(self) -> list[alt.Tooltip]:
        """The tooltip's lines."""
        lines = [("month_text", _("Month")), ("value_text", self.metric)]
        lines += [("previous_text", _("Last year")), ("change_text", _("Change"))] if "previous" in self.shown else []
        return tips(*lines, *([("target_text", _("Target"))] if "target" in self.shown else []))

    def at(self, name: str, **more: object) -> dict[str, object]:
        """Encodings of a series: its month, its value from zero, and the tooltip."""
        y = alt.Y(**field(name, "quantitative", title=self.title), axis=value_axis(), scale=alt.Scale(zero=True))
        return {"x": self.x(), "y": y, "tooltip": self.tooltip, **more}

    def x(self) -> alt.X:
        """The months; columns name each, lines only the years."""
        years = {"labelExpr": YEAR_LABELS, "labelOverlap": False, "labelAngle": 0, "labelFlush": False}
        axis = month_names_axis(labelAlign="center") if self.is_columns else alt.Axis(**years, labelAlign="center")
        scale = between(0, f"width - {self.end}", paddingInner=0.3, paddingOuter=0.15)
        return alt.X(**field("month", "ordinal"), axis=axis, scale=scale)


@authored
def _spec(look: Theme, plan: _Plan) -> alt.LayerChart:
    draw = _columns if plan.is_columns else _lines
    names = [_labels(look, plan)] if plan.end else []
    return alt.layer(*_bands(look, plan), *draw(look, plan), *names)


def _bands(look: Theme, plan: _Plan) -> list[alt.Chart]:
    if not plan.has_seasons:
        return []
    colours = alt.Color(**field("season"), scale=alt.Scale(domain=["peak", "off_season"], range=[look.peak, look.off_season]))
    band = part("month").transform_filter("isValid(datum.season)").mark_rect(width=alt.RelativeBandSize(1.46))
    size = size_where("true" if plan.is_columns else "width > 500", NOTE_SIZE)
    # The second season's name stands a line lower: months of lines are narrower than the first one's name.
    line = expression(f"datum.season === 'off_season' ? {3 + NOTE_SIZE + 3} : 3") if not plan.is_columns else 3
    name = part("season").mark_text(align="left", baseline="top", dx=2, dy=line, fontSize=size, color=look.muted)
    start = alt.X(**field("month", "ordinal"), bandPosition=0)
    return [band.encode(x=plan.x(), color=colours), name.encode(x=start, y=alt.value(0), text=words("season_text"))]


def _bar(shift: float) -> dict[str, object]:
    """A column a little narrower than its band, shifted by a share of it."""
    return {"width": alt.RelativeBandSize(0.75), "xOffset": expression(f"bandwidth('x') * {shift}")}


def _columns(look: Theme, plan: _Plan) -> list[alt.Chart]:
    months, layers = part("month"), []
    if "previous" in plan.shown:
        layers.append(months.mark_bar(**_bar(-0.15), color=look.previous).encode(**plan.at("previous")))
    bar = _bar(0.08 if "previous" in plan.shown else 0)
    whole, begun = months.transform_filter("datum.complete"), months.transform_filter("!datum.complete")
    hatched = {"color": hatch(look.actual, look.background, COLUMN_LINES), "stroke": look.actual, "strokeWidth": 1}
    layers += [whole.mark_bar(**bar, color=look.actual).encode(**plan.at("value")), begun.mark_bar(**bar, **hatched).encode(**plan.at("value"))]
    if "target" in plan.shown:
        outline = months.mark_bar(width=alt.RelativeBandSize(1.2), filled=False, stroke=look.outline, strokeWidth=1.3)
        layers.append(outline.encode(**plan.at("target")))
    return layers


def _lines(look: Theme, plan: _Plan) -> list[alt.Chart]:
    months, layers = part("month"), []
    if "previous" in plan.shown:
        layers.append(months.mark_line(color=look.previous, strokeWidth=2).encode(**plan.at("previous")))
    if "target" in plan.shown:
        layers.append(months.mark_line(color=look.outline, strokeWidth=1, interpolate="step").encode(**plan.at("target")))
    whole, begun = months.transform_filter("datum.complete"), months.transform_filter("datum.tail")
    layers.append(whole.mark_line(color=look.actual, strokeWidth=2.5).encode(**plan.at("value")))
    layers.append(begun.mark_line(color=look.actual, strokeWidth=2, strokeDash=[3, 3]).encode(**plan.at("value")))
    over = months.mark_bar(width=alt.RelativeBandSize(1.46), opacity=0).encode(**plan.at("value"))
    return [*layers, over]


def _labels(look: Theme, plan: _Plan) -> alt.LayerChart:
    """The series' names at the right end, each behind a square that is filled and outlined as the series is drawn."""
    place, names = f"width - {plan.end}", list(SERIES)
    end = part("end").encode(y=plan.at("end")["y"])
    text = end.mark_text(align="left", baseline="middle", x=expression(f"{place} + {SWATCH + 10}"))
    inks = alt.Fill(**field("series"), scale=alt.Scale(domain=names, range=[look.actual, look.muted, look.outline]))
    square = end.mark_point(shape="square", size=SWATCH**2, opacity=1, strokeWidth=1.3, x=expression(f"{place} + {SWATCH / 2 + 4}"))
    fills = alt.Fill(**field("series"), scale=alt.Scale(domain=names, range=[look.actual, look.previous, "transparent"]))
    lines = alt.Stroke(**field("series"), scale=alt.Scale(domain=names, range=[look.actual, look.previous, look.outline]))
    return alt.layer(square.encode(fill=fills, stroke=lines), text.encode(text=words("end_text"), fill=inks)).resolve_scale(fill="independent")
