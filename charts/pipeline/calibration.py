"""Calibration: the chance that was stated across, the rate that came true upwards, with its 95 % interval; on the line, both agree.

The dashed steps are the rising curve nearest to the outcomes: a check of the order, not a forecast. A point's area is its deals.
"""

import altair as alt
import polars as pl

from charts.chart import Chart, authored
from charts.marks import field, part, tips, written
from charts.theme import Theme
from data.language import _, format_number, format_percent


def calibration(bins: pl.DataFrame, *, theme: str = "light", finding: str = "", height: int = 380) -> Chart:
    """Points of `bins` [bin, stated, realised, lo, hi, isotonic, won, n]."""
    points = written(
        bins, stated_text=("stated", _rate), realised_text=("realised", _rate), lo_text=("lo", _rate), hi_text=("hi", _rate),
        n_text=("n", format_number),
    ).with_columns(pl.lit("bin").alias("part"))  # fmt: skip
    agreed = pl.DataFrame({"part": ["agree", "agree"], "stated": [0.0, 1.0], "realised": [0.0, 1.0]})
    return Chart(_spec(theme), pl.concat([points, agreed], how="diagonal_relaxed"), finding, height)


def _rate(rate: float) -> str:
    return format_percent(rate, 0)


@authored
def _spec(look: Theme) -> alt.LayerChart:
    axis = {"axis": alt.Axis(format=".0%", tickCount=5, grid=False), "scale": alt.Scale(domain=[0, 1], nice=False, padding=12)}
    title = _("Came true, of the deals that have closed")
    x = alt.X(**field("stated", "quantitative", title=_("Stated when the deal was rated")), **axis)
    y = alt.Y(**field("realised", "quantitative", title=title), **axis)
    told = tips(("stated_text", _("Stated")), ("realised_text", _("Came true")), ("lo_text", _("Lower bound")), ("hi_text", _("Upper bound")), ("n_text", _("Deals")))
    bins = part("bin")
    line = part("agree").mark_line(color=look.muted, strokeWidth=1).encode(x=x, y=y)
    rising = bins.mark_line(color=look.muted, strokeDash=[4, 3], strokeWidth=1.2).encode(x=x, y=alt.Y(**field("isotonic", "quantitative", title=title), **axis))
    low = alt.Y(**field("lo", "quantitative", title=title), **axis)
    interval = bins.mark_rule(color=look.accent, strokeWidth=2, opacity=0.5).encode(x=x, y=low, y2=alt.Y2(field="hi"), tooltip=told)
    size = alt.Size(**field("n", "quantitative"), scale=alt.Scale(range=[60, 320], zero=True))
    points = bins.mark_point(filled=True, color=look.accent, opacity=1).encode(x=x, y=y, size=size, tooltip=told)
    return alt.layer(line, rising, interval, points)
