"""Bars: who sells how much, largest first, with the variance as bars of their own beside the values.

Ten rows, then "others (n)": where their sum would press the named bars flat it is written, not drawn. The comparison lies behind (last year,
grey) or around (a target, outlined). Click selects a row.
"""

from textwrap import wrap

import altair as alt
import polars as pl

from charts import labels, values
from charts.cached import cached
from charts.chart import Chart, authored
from charts.marks import between, expression, field, names_axis, picking, rows, size_where, tips, words, written
from charts.theme import LABEL_SIZE, NOTE_SIZE, Theme
from data.language import _, format_percent
from measures.metrics import METRICS

LIMIT = 10
ROW_HEIGHT = 34
OTHERS = "others"
DWARFS = 2
"""The others' bar is drawn up to this many times the longest named one."""
HEADING_LETTERS = 28
"""Where a heading breaks: a phone has room for no more beside the names."""

NARROW = "width < 380"
"""On a phone the variance's own zone gives way to its percentage beside the value."""
VALUES_TO = f"{NARROW} ? width * 0.66 : width * 0.52"
VARIANCE = ("width * 0.64", "max(width * 0.7, width - 130)")
"""The longest variance ends where its difference and percentage still have room."""


@cached
def bars(
    frame: pl.DataFrame,
    *,
    name: str,
    key: str,
    value: str = "net_sales",
    metric: str | None = None,
    comparison: str | None = "previous",
    theme: str = "light",
    finding: str = "",
    limit: int = LIMIT,
    by_variance: bool = False,
    summed: bool = True,
) -> Chart:
    """Horizontal bars of `frame` [<key>, <name>, <value>, <comparison>], sorted by value, the rest summed as others.

    With `by_variance` what lacks most of its comparison comes first. Not `summed`: averages and rates, whose sum says nothing; the others are then
    only counted.

    `comparison` is "previous", "target", "expected" (a target by now) or None; where it is missing for all rows, no variance is drawn. The selection "picked"
    carries the row's key. `metric` names the value's metric where the column is called otherwise.
    """
    metric = metric or value
    drawn = _rows(frame, name, key, value, comparison, limit, by_variance)
    if not summed:
        drawn = drawn.with_columns(pl.when(pl.col("key") != OTHERS).then(pl.col("value", "comparison")))
    compared = comparison if drawn["comparison"].count() else None
    spec = _spec(theme, labels.axis_title(metric), labels.metric(metric), compared)
    height = 64 + ROW_HEIGHT * max(drawn.height, 1)
    return Chart(spec, _written(drawn, metric), finding, height, "picked")


def _rows(frame: pl.DataFrame, name: str, key: str, value: str, comparison: str | None, limit: int, by_variance: bool) -> pl.DataFrame:
    """The first `limit` rows and one row of the others' sums, in the order in which they are drawn."""
    other = pl.col(comparison) if comparison in frame.columns else pl.lit(None)
    ranked = frame.select(
        pl.col(key).cast(pl.String).alias("key"), pl.col(name).cast(pl.String).fill_null(_("Not known")).alias("name"),
        pl.col(value).cast(pl.Float64).alias("value"), other.cast(pl.Float64).alias("comparison"),
    )  # fmt: skip
    first = pl.col("value") - pl.col("comparison") if by_variance else -pl.col("value")
    ranked = ranked.sort(first, "key", nulls_last=True)
    named = labels.told_apart("name", "key")
    if ranked.height <= limit + 1:
        return ranked.with_columns(name=named).with_row_index("place")
    rest = ranked[limit:]
    others = rest.select(
        pl.lit(OTHERS).alias("key"), pl.lit(_("Others ({n})").format(n=rest.height)).alias("name"), pl.col("value").sum(),
        pl.when(pl.col("comparison").count() > 0).then(pl.col("comparison").sum()).alias("comparison"),
    )  # fmt: skip
    return pl.concat([ranked[:limit].with_columns(name=named), others]).with_row_index("place")


def _written(drawn: pl.DataFrame, metric: str) -> pl.DataFrame:
    variance = pl.col("value") - pl.col("comparison")
    rate = pl.when(pl.col("comparison") > 0).then(variance / pl.col("comparison"))
    better = -1 if metric in METRICS and METRICS[metric].better == "less" else 1
    frame = drawn.with_columns(
        variance.alias("variance"), rate.alias("rate"), (variance * better >= 0).alias("is_better")
    )
    told = written(
        frame,
        value_text=("value", lambda value: values.short(value, metric)),
        comparison_text=("comparison", lambda value: values.short(value, metric)),
        variance_text=("variance", lambda value: values.signed(value, metric)),
        rate_text=("rate", lambda rate: "" if rate is None else values.arrow(rate)),
    ).with_columns(label=(pl.col("variance_text") + "  " + pl.col("rate_text")).str.strip_chars_end())
    return _without_giants(told)


def _without_giants(told: pl.DataFrame) -> pl.DataFrame:
    """The others in words alone where their bar would press the named ones flat, or where they have no sum."""
    if told.is_empty() or told["key"][-1] != OTHERS:
        return told
    named, rest = told[:-1], told.row(-1, named=True)
    longest = max(named.select(pl.max_horizontal(pl.col("value", "comparison").abs()).max()).item() or 0, 0)
    is_giant = max(abs(rest["value"] or 0), abs(rest["comparison"] or 0)) > DWARFS * longest
    swings = abs(rest["variance"] or 0) > DWARFS * (named["variance"].abs().max() or 0)
    last = pl.DataFrame([rest], schema=told.schema).with_columns(
        value_text=pl.lit(_in_words(rest, told["value"].sum() if is_giant else None)),
        value=None if is_giant else pl.col("value"), comparison=None if is_giant else pl.col("comparison"), variance=None if swings else pl.col("variance"),
    )  # fmt: skip
    return pl.concat([named, last], how="vertical_relaxed")


def _in_words(others: dict[str, object], whole: float | None) -> str:
    """What stands beside the others: their sum, and its part of the `whole` instead of a bar; no sum of what can't be summed."""
    if others["value"] is None:
        return _("in the table")
    if not whole or whole < others["value"]:
        return others["value_text"]
    return _("{sum} · {share} of all, not drawn").format(sum=others["value_text"], share=format_percent(others["value"] / whole, 0))


@authored
def _spec(look: Theme, title: str, metric: str, comparison: str | None) -> alt.LayerChart:
    compared = {"previous": _("Last year"), "target": _("Target"), "expected": _("Expected by now")}.get(comparison or "", _("Comparison"))
    lines = [("name", _("Name")), ("value_text", metric)]
    lines += [("comparison_text", compared), ("variance_text", _("Difference")), ("rate_text", _("Change"))] if comparison else []
    values_x = _x(title, VALUES_TO if comparison else "min(width * 0.86, width - 56)")
    zones = [alt.layer(*_values(look, comparison, values_x, tips(*lines)))]
    if comparison:
        zones.append(alt.layer(*_variances(look, comparison, tips(*lines))))
    apart = alt.Resolve(scale=alt.ScaleResolveMap(x="independent"), axis=alt.AxisResolveMap(x="independent"))
    # Not .resolve_scale(…).resolve_axis(…): each copies every layer, a tenth of a second on the first page.
    return alt.layer(*zones, resolve=apart)


def _y() -> alt.Y:
    axis = names_axis(225, labelPadding=8)
    order = alt.EncodingSortField("place", op="min")
    return alt.Y(**field("name"), sort=order, axis=axis, scale=alt.Scale(paddingInner=0.4, paddingOuter=0.2))


def _x(title: str, end: str, start: str | float = 0, shown: str = "1") -> dict[str, object]:
    """The zone's scale and its heading; the lengths start at zero, so no numbered axis is needed beside the labels."""
    heading = alt.Axis(
        orient="top", labels=False, grid=False, title=wrap(title, HEADING_LETTERS) if len(title) > HEADING_LETTERS else title, titleAnchor="start", titleAlign="left", titlePadding=2,
        titleOpacity=expression(shown),
    )  # fmt: skip
    return {"axis": heading, "scale": between(start, end, zero=True, nice=False)}


def _values(look: Theme, comparison: str | None, x: dict[str, object], tooltip: list[alt.Tooltip]) -> list[alt.Chart]:
    picked = picking("key")
    actual = alt.when(picked).then(alt.value(1)).otherwise(alt.value(0.35))
    height = 0.72 if comparison == "previous" else 0.9
    bar = rows().mark_bar(height=alt.RelativeBandSize(height), yOffset=3 if comparison == "previous" else 0, cursor="pointer")
    fill = alt.condition("datum.key == 'others'", alt.value(look.muted), alt.value(look.actual))
    own = bar.encode(x=alt.X(**field("value", "quantitative"), **x), y=_y(), color=fill, opacity=actual, tooltip=tooltip)
    return [*_behind(look, comparison, x, tooltip), own.add_params(picked), *_beside(look, comparison, x)]


def _beside(look: Theme, comparison: str | None, x: dict[str, object]) -> list[alt.Chart]:
    """The value at the bar's end; on a phone the change stands under it."""
    longest = rows().transform_calculate(end="max(datum.value, datum.comparison, 0)")
    place = {"x": alt.X(**field("end", "quantitative"), **x), "y": _y()}
    lift = expression(f"{NARROW} ? -6 : 2") if comparison else 0
    value = longest.mark_text(align="left", dx=6, dy=lift, color=look.ink).encode(**place, text=words("value_text"))
    if comparison is None:
        return [value]
    under = longest.mark_text(align="left", dx=6, dy=8, fontSize=size_where(NARROW, NOTE_SIZE))
    return [value, under.encode(**place, text=words("rate_text"), color=_ink(look))]


def _ink(look: Theme) -> object:
    level = alt.when("datum.variance == 0").then(alt.value(look.muted))
    return level.when("datum.is_better").then(alt.value(look.better_text)).otherwise(alt.value(look.worse_text))


def _behind(look: Theme, comparison: str | None, x: dict[str, object], tooltip: list[alt.Tooltip]) -> list[alt.Chart]:
    """Last year as grey shifted up behind the actual; the target as an outline around it."""
    if comparison is None:
        return []
    place = {"x": alt.X(**field("comparison", "quantitative"), **x), "y": _y(), "tooltip": tooltip}
    if comparison == "previous":
        return [rows().mark_bar(height=alt.RelativeBandSize(0.72), yOffset=-4, color=look.previous).encode(**place)]
    outline = rows().mark_bar(height=alt.RelativeBandSize(1.3), filled=False, stroke=look.outline, strokeWidth=1.2)
    return [outline.encode(**place)]


def _variances(look: Theme, comparison: str, tooltip: list[alt.Tooltip]) -> list[alt.Chart]:
    """Blue bars for better, orange for worse, from their own zero, with sign and percentage written beside them."""
    heading = {"previous": _("Against last year"), "expected": _("Against what was expected")}.get(comparison, _("Against target"))
    wide = expression(f"{NARROW} ? 0 : 1")
    x = _x(heading, VARIANCE[1], VARIANCE[0], f"{NARROW} ? 0 : 1")
    fill = alt.condition("datum.is_better", alt.value(look.better), alt.value(look.worse))
    at = alt.X(**field("variance", "quantitative"), **x)
    bar = rows().mark_bar(height=alt.RelativeBandSize(0.6), opacity=wide)
    text = rows().transform_calculate(end="max(datum.variance, 0)").mark_text(align="left", dx=6, fontSize=size_where(f"!({NARROW})", LABEL_SIZE))
    both = text.encode(x=alt.X(**field("end", "quantitative"), **x), y=_y(), text=words("label"), color=_ink(look))
    return [bar.encode(x=at, y=_y(), color=fill, tooltip=tooltip), both]
