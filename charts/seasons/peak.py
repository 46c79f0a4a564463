"""The next peak: earlier peaks solid, the forecast hatched with its interval as a bar; per distributor; and how earlier forecasts turned out."""

from collections.abc import Callable

import altair as alt
import polars as pl

from charts import labels, values
from charts.chart import Chart, authored
from charts.marks import between, field, names_axis, rows, signed_axis, size_where, tips, value_axis, words, written
from charts.theme import COLUMN_LINES, NOTE_SIZE, Theme, hatch
from data.language import _, format_change, format_compact, format_month, format_number

LIMIT, ROW_HEIGHT = 12, 34
VALUE_WIDTH, NAME_GAP = 46, 10
"""Pixels: what a value above a column needs, and what lies between two names under them."""


def columns(
    frame: pl.DataFrame, *, value: str, title: str, name: Callable[[object], str] = format_month, at: str = "month", theme: str = "light",
    finding: str = "", height: int = 340,
) -> Chart:  # fmt: skip
    """Columns of `frame` [<at>, <value>, is_forecast, low, high, is_peak] in its order; what is forecast is hatched, its interval a bar.

    `low`, `high` and `is_peak` (a warm band behind) are optional; `name` writes what stands under a column.
    """
    given = {column: pl.col(column) if column in frame.columns else pl.lit(None) for column in ("low", "high", "is_peak")}
    drawn = frame.select(
        pl.col(at), pl.col(value).cast(pl.Float64).alias("value"), "is_forecast", given["low"].cast(pl.Float64).alias("low"),
        given["high"].cast(pl.Float64).alias("high"), given["is_peak"].fill_null(False).cast(pl.Boolean).alias("is_peak"),
    ).with_row_index("place")  # fmt: skip
    texts = written(
        drawn, name_text=(at, name), value_text=("value", format_number), short_text=("value", format_compact),
        low_text=("low", _bound), high_text=("high", _bound),
    ).drop(at)  # fmt: skip
    top = pl.max_horizontal(pl.col("value"), pl.col("high").fill_null(0.0))
    return Chart(_columns_spec(theme, title, drawn.height), texts.with_columns(top=top, roof=1.1 * pl.max_horizontal(top).max()), finding, height)


def _bound(value: float | None) -> str:
    return "–" if value is None else format_number(value)


@authored
def _columns_spec(look: Theme, title: str, count: int) -> alt.LayerChart:
    crowded = count > 14
    axis = alt.Axis(labelAngle=0, labelOverlap="greedy", labelSeparation=NAME_GAP, labelFlush=False)
    scale = alt.Scale(paddingInner=0.25 if crowded else 0.4, paddingOuter=0.15)
    x = alt.X(**field("name_text"), sort=alt.EncodingSortField("place", op="min"), axis=axis, scale=scale)
    y = {"scale": alt.Scale(zero=True), "title": title}
    at = alt.Y(field="value", type="quantitative", axis=value_axis(), **y)
    told = tips(("name_text", _("Month") if crowded else _("Peak")), ("value_text", title), ("low_text", _("At least")), ("high_text", _("At most")))
    band = rows().transform_filter("datum.is_peak").mark_rect(width=alt.RelativeBandSize(1.36), color=look.peak).encode(x=x)
    solid = rows().transform_filter("!datum.is_forecast").mark_bar(color=look.actual).encode(x=x, y=at, tooltip=told)
    hatched = rows().transform_filter("datum.is_forecast").mark_bar(fill=hatch(look.previous, look.background, COLUMN_LINES), stroke=look.actual, strokeWidth=1)
    low = alt.Y(field="low", type="quantitative", **y)
    span = rows().transform_filter("isValid(datum.low)").mark_rule(strokeWidth=4, color=look.accent).encode(x=x, y=low, y2="high:Q", tooltip=told)
    above = alt.Y(field="top", type="quantitative", **y)
    size = size_where(f"width > {VALUE_WIDTH * count}" if crowded else "true", NOTE_SIZE)
    shown = rows().transform_filter("datum.is_forecast" if crowded else "true").mark_text(dy=-8, fontSize=size, color=look.ink, fontWeight=600)
    roof = rows().mark_point(size=0, opacity=0).encode(y=alt.Y(field="roof", type="quantitative", **y))
    return alt.layer(band, solid, hatched.encode(x=x, y=at, tooltip=told), span, shown.encode(x=x, y=above, text=words("short_text")), roof)


def ranges(frame: pl.DataFrame, *, name: str = "name", theme: str = "light", finding: str = "") -> Chart:
    """Rows of `frame` [<name>, total, low, high, last_peak, change_rate]: the forecast hatched, its interval a bar, the last peak a tick.

    The largest ones only: the others' sum would dwarf them, and their intervals don't add up.
    """
    ordered = frame.sort("total", descending=True).head(LIMIT).select(pl.col(name).fill_null(_("Not known")).alias("name"), "total", "low", "high", "last_peak", change="change_rate")
    drawn = ordered.with_row_index("place").with_columns(end=pl.max_horizontal(pl.col("total"), pl.col("high"), pl.col("last_peak")))
    texts = written(
        drawn, total_text=("total", format_number), low_text=("low", _bound), high_text=("high", _bound), last_text=("last_peak", _bound),
        change_text=("change", lambda rate: "" if rate is None else format_change(rate, 0)), short_text=("total", lambda units: values.short(units, "quantity")),
    )  # fmt: skip
    beside = [" · ".join(filter(None, (short, change))) for short, change in texts.select("short_text", "change_text").rows()]
    return Chart(_ranges_spec(theme), texts.with_columns(beside=pl.Series(beside, dtype=pl.String)), finding, 64 + ROW_HEIGHT * max(drawn.height, 1))


@authored
def _ranges_spec(look: Theme) -> alt.LayerChart:
    y = alt.Y(**field("name"), sort=alt.EncodingSortField("place", op="min"), axis=names_axis(200, labelPadding=8),
              scale=alt.Scale(paddingInner=0.35, paddingOuter=0.2))  # fmt: skip
    scale = between(0, "width - (width < 420 ? 86 : 110)", zero=True, nice=False)
    title = _("Units: hatched forecast with its interval, tick: the last peak")
    axis = value_axis(orient="top", titleAnchor="start", titleAlign="left")
    told = tips(("name", _("Name")), ("total_text", _("Forecast")), ("low_text", _("At least")), ("high_text", _("At most")), ("last_text", _("Last peak")),
                ("change_text", _("Change")))  # fmt: skip

    def at(of: str) -> alt.X:
        return alt.X(field=of, type="quantitative", scale=scale, axis=axis, title=title)

    bar = rows().mark_bar(fill=hatch(look.previous, look.background), stroke=look.actual, strokeWidth=1, height=alt.RelativeBandSize(0.75))
    span = rows().transform_filter("isValid(datum.low)").mark_rule(strokeWidth=4, color=look.accent)
    last = rows().mark_tick(orient="vertical", thickness=3, color=look.actual, height=alt.RelativeBandSize(1))
    text = rows().mark_text(align="left", dx=8, color=look.ink)
    return alt.layer(
        bar.encode(x=at("total"), y=y, tooltip=told), span.encode(x=at("low"), x2="high:Q", y=y, tooltip=told),
        last.encode(x=at("last_peak"), y=y, tooltip=told), text.encode(x=at("end"), y=y, text=words("beside")),
    )  # fmt: skip


def trials(frame: pl.DataFrame, *, theme: str = "light", finding: str = "") -> Chart:
    """Pairs of columns of `frame` [forecast_on, forecast, actual, low, high, error_rate]: what was forecast then, and what came."""
    ordered = frame.sort("forecast_on").with_row_index("place")
    told = ordered.select("place", "forecast_on", "low", "high", "error_rate", side=pl.lit("forecast"), amount="forecast")
    came = ordered.select("place", "forecast_on", error_rate="error_rate", side=pl.lit("came"), amount="actual")
    texts = written(
        pl.concat([told, came], how="diagonal_relaxed"), name_text=("forecast_on", format_month), amount_text=("amount", format_number),
        error_text=("error_rate", lambda rate: "" if rate is None else format_change(rate, 0)),
        side_text=("side", lambda side: _("Forecast") if side == "forecast" else _("Came in")),
    ).with_columns(roof=pl.max_horizontal("amount", "high").max() * 1.1)  # fmt: skip
    return Chart(_trials_spec(theme), texts, finding, 300)


@authored
def _trials_spec(look: Theme) -> alt.LayerChart:
    x = alt.X(**field("name_text"), sort=alt.EncodingSortField("place", op="min"), axis=alt.Axis(labelAngle=0, labelOverlap="greedy"), scale=alt.Scale(paddingInner=0.35))
    side = alt.XOffset(field="side", type="nominal", sort=["forecast", "came"])
    y = {"scale": alt.Scale(zero=True), "title": _("Units: hatched forecast then, solid as it came")}
    at = alt.Y(field="amount", type="quantitative", axis=value_axis(), **y)
    told = tips(("name_text", _("Forecast in")), ("side_text", _("Side")), ("amount_text", labels.unit("quantity")), ("error_text", _("Missed by")))
    own, came = (rows().transform_filter(f"datum.side == '{name}'") for name in ("forecast", "came"))
    hatched = own.mark_bar(fill=hatch(look.previous, look.background, COLUMN_LINES), stroke=look.actual, strokeWidth=1).encode(x=x, xOffset=side, y=at, tooltip=told)
    solid = came.mark_bar(color=look.actual).encode(x=x, xOffset=side, y=at, tooltip=told)
    low = alt.Y(field="low", type="quantitative", **y)
    span = own.transform_filter("isValid(datum.low)").mark_rule(strokeWidth=4, color=look.accent).encode(x=x, xOffset=side, y=low, y2="high:Q", tooltip=told)
    text = came.mark_text(dy=-8, fontSize=NOTE_SIZE, color=look.ink, fontWeight=600).encode(x=x, xOffset=side, y=at, text=words("error_text"))
    roof = rows().mark_point(size=0, opacity=0).encode(y=alt.Y(field="roof", type="quantitative", **y))
    return alt.layer(hatched, solid, span, text, roof)


def changes(groups: pl.DataFrame, *, theme: str = "light", finding: str = "") -> Chart:
    """Columns of `groups` [group, from_work, to_work, n, median_change, low, high]: the median change of the peak, with its interval."""
    frame = written(
        groups.with_row_index("place"), change_text=("median_change", lambda rate: format_change(rate, 1)),
        low_text=("low", lambda rate: "–" if rate is None else format_change(rate, 1)), high_text=("high", lambda rate: "–" if rate is None else format_change(rate, 1)),
    )  # fmt: skip
    named = [_group_name(*row) for row in frame.select("from_work", "to_work", "n").rows()]
    top = pl.max_horizontal(pl.col("median_change"), pl.col("high").fill_null(0.0), 0.0)
    return Chart(_changes_spec(theme), frame.with_columns(pl.Series("name", named, dtype=pl.String), top=top), finding, 260)


def _group_name(least: float, most: float, count: int) -> str:
    amount = format_number(least) if least == most else _("{low} to {high}").format(low=format_number(least), high=format_number(most))
    return f"{amount} (n {format_number(count)})"


@authored
def _changes_spec(look: Theme) -> alt.LayerChart:
    x = alt.X(**field("name"), sort=alt.EncodingSortField("place", op="min"), axis=alt.Axis(labelAngle=0, title=_("Work of the off-season (number of distributors and seasons)"), titleAnchor="start"),
              scale=alt.Scale(paddingInner=0.5, paddingOuter=0.3))  # fmt: skip
    y = {"scale": alt.Scale(zero=True), "title": labels.metric("median_change")}
    at = alt.Y(field="median_change", type="quantitative", axis=signed_axis(tickCount=5), **y)
    told = tips(("name", _("Group")), ("change_text", labels.metric("median_change")), ("low_text", _("At least")), ("high_text", _("At most")))
    bar = rows().mark_bar(color=look.actual).encode(x=x, y=at, tooltip=told)
    low = alt.Y(field="low", type="quantitative", **y)
    span = rows().transform_filter("isValid(datum.low)").mark_rule(strokeWidth=4, color=look.accent).encode(x=x, y=low, y2="high:Q", tooltip=told)
    text = rows().mark_text(dy=-9, color=look.ink, fontWeight=600).encode(x=x, y=alt.Y(field="top", type="quantitative", **y), text=words("change_text"))
    return alt.layer(bar, span, text)
