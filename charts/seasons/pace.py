"""Pace: what was sold solid, what was expected outlined, what is projected hatched with its range; by month or as a running total.

Above each begun column how far it is above or below what was expected; the projection's range is a line through its end.
"""

from dataclasses import dataclass

import altair as alt
import polars as pl

from charts import labels, values
from charts.chart import Chart, authored
from charts.marks import expression, field, month_names_axis, part, size_where, tips, value_axis, words, written
from charts.theme import COLUMN_LINES, NOTE_SIZE, Theme, hatch
from data.language import _, format_month
from measures.metrics import change_rate

ALONE = {"actual": "actual", "expected": "expected", "low": "projection_low", "high": "projection_high"}
SUMMED = {"actual": "actual_sum", "expected": "expected_sum", "low": "low_sum", "high": "high_sum"}
"""The columns of an answer's months that each part of the shape shows."""


def pace(months: pl.DataFrame, *, metric: str, summed: bool = False, theme: str = "light", finding: str = "", height: int = 400) -> Chart:
    """Columns of the months of measures/seasons/pace.py, each alone or `summed` up from the period's first."""
    told = months.select(
        pl.lit("month").alias("part"), "month", "is_over", *(pl.col(of).alias(name) for name, of in (SUMMED if summed else ALONE).items())
    ).with_columns(end=pl.max_horizontal("actual", "expected", "high"), middle=pl.mean_horizontal("low", "high"))
    short = [change_rate(actual, expected) if is_over else None for actual, expected, is_over in told.select("actual", "expected", "is_over").iter_rows()]
    drawn = told.with_columns(
        pl.Series("short", short, dtype=pl.Float64), pl.Series("short_text", [values.arrow(of) if of is not None else "" for of in short], dtype=pl.String),
        pl.Series("range_text", [_range(*row, metric) for row in told.select("low", "high").iter_rows()], dtype=pl.String),
    )  # fmt: skip
    money = {f"{name}_text": (name, lambda value: values.full(value, metric)) for name in ("actual", "expected")}
    plan = _Plan(labels.axis_title(metric), labels.metric(metric))
    return Chart(_spec(theme, plan), written(drawn, month_text=("month", format_month), **money), finding, height)


def _range(low: float | None, high: float | None, metric: str) -> str:
    return "–" if low is None else f"{values.full(low, metric)} – {values.full(high, metric)}"


@dataclass(frozen=True)
class _Plan:
    """The texts around the shape."""

    title: str
    metric: str

    def at(self, name: str, **more: object) -> dict[str, object]:
        """Encodings of a column's field: its month, its value from zero, and the tooltip."""
        lines = (("month_text", _("Month")), ("actual_text", _("Sold")), ("expected_text", _("Expected")), ("range_text", _("Projection")))
        x = alt.X(
            **field("month", "ordinal"), scale=alt.Scale(paddingInner=0.3, paddingOuter=0.15),
            axis=month_names_axis(),
        )  # fmt: skip
        y = alt.Y(**field(name, "quantitative", title=self.title), axis=value_axis(), scale=alt.Scale(zero=True))
        return {"x": x, "y": y, "tooltip": tips(*lines), **more}


@authored
def _spec(look: Theme, plan: _Plan) -> alt.LayerChart:
    months = part("month")
    hatched = {"color": hatch(look.actual, look.background, COLUMN_LINES), "stroke": look.actual, "strokeWidth": 1}
    width = alt.RelativeBandSize(0.78)
    to_come = months.transform_filter("isValid(datum.middle)").mark_bar(width=width, opacity=0.75, **hatched).encode(**plan.at("middle"))
    sold = months.transform_filter("isValid(datum.actual)").mark_bar(width=width, color=look.actual).encode(**plan.at("actual"))
    outline = months.transform_filter("datum.expected > 0").mark_bar(width=alt.RelativeBandSize(1.2), filled=False, stroke=look.outline, strokeWidth=1.3).encode(**plan.at("expected"))
    reach = months.transform_filter("datum.high > datum.low").mark_rule(color=look.ink, strokeWidth=2)
    ranged = reach.encode(**plan.at("low", y2=alt.Y2(field="high")))
    return alt.layer(to_come, sold, outline, ranged, _shortfall(look, plan))


def _shortfall(look: Theme, plan: _Plan) -> alt.Chart:
    """The difference in per cent over each month that is over: blue above what was expected, orange below; none on a phone."""
    size = size_where("bandwidth('x') > 46", NOTE_SIZE)
    text = part("month").mark_text(dy=-8, fontSize=size, fontWeight=600, align="center", baseline=expression("'bottom'"))
    ink = alt.condition("datum.short >= 0", alt.value(look.better_text), alt.value(look.worse_text))
    return text.encode(**plan.at("end"), text=words("short_text"), color=ink)
