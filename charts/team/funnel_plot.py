"""Funnel plot: a rate by how many it rests on, with the limits between which chance alone puts people who are all as good.

Few trials may lie far from the common rate, many may not. Inside the limits a difference says nothing. Click selects a person.
"""

import altair as alt
import numpy as np
import polars as pl

from charts.chart import Chart, authored
from charts.marks import field, part, picking, size_where, tips, with_halo, words, written
from charts.theme import NOTE_SIZE, Theme
from data.language import _, format_number, format_percent
from measures.team.small_samples import ACTION, WARNING, funnel_limits

STEPS = 40


def funnel_plot(
    rows: pl.DataFrame, *, common: float, trials_title: str, rate_title: str, theme: str = "light", finding: str = "", height: int = 440
) -> Chart:
    """Points of `rows` [key, name, trials, rate] around the `common` rate; who lies outside the inner limits is named. "picked" carries the key."""
    known = rows.filter(pl.col("rate").is_not_null(), pl.col("trials") > 0)
    low, high = funnel_limits(common, known["trials"].to_numpy()) if known.height else (np.empty(0), np.empty(0))
    points = known.with_columns(
        pl.lit("person").alias("part"),
        pl.col("trials").cast(pl.Float64),
        pl.Series("low", low, dtype=pl.Float64),
        pl.Series("high", high, dtype=pl.Float64),
    ).with_columns(
        tone=pl.when(pl.col("rate") < pl.col("low"))
        .then(pl.lit("worse"))
        .when(pl.col("rate") > pl.col("high"))
        .then(pl.lit("better"))
        .otherwise(pl.lit("plain"))
    )
    texts = written(points, rate_text=("rate", lambda rate: format_percent(rate, 0)), trials_text=("trials", format_number))
    most = float(known["trials"].max() or 1) * 1.05
    return Chart(_spec(theme, trials_title, rate_title), pl.concat([texts, *_curves(common, most)], how="diagonal_relaxed"), finding, height, "picked")


def _curves(common: float, most: float) -> list[pl.DataFrame]:
    """The limits at evenly spaced numbers of trials, and the common rate."""
    trials = np.linspace(1, max(most, 2), STEPS)
    frames = []
    for part_name, errors in (("inner", WARNING), ("outer", ACTION)):
        low, high = funnel_limits(common, trials, errors)
        frames.append(pl.DataFrame({"part": [part_name] * STEPS, "trials": trials, "low": low, "high": high}))
    return [*frames, pl.DataFrame({"part": ["common"], "rate": [common], "line": [_("all together: {rate}").format(rate=format_percent(common, 0))]})]


@authored
def _spec(look: Theme, trials_title: str, rate_title: str) -> alt.LayerChart:
    x = alt.X(**field("trials", "quantitative", title=trials_title), scale=alt.Scale(zero=True, nice=False), axis=alt.Axis(tickCount=6, format="d", grid=False))

    def y(name: str) -> alt.Y:
        return alt.Y(**field(name, "quantitative", title=rate_title), scale=alt.Scale(domain=[0, 1]), axis=alt.Axis(format=".0%", tickCount=5))

    lines = [
        part(name).mark_line(color=look.muted, strokeWidth=1, strokeDash=dash).encode(x=x, y=y(end))
        for name, dash in (("inner", [1, 0]), ("outer", [4, 3])) for end in ("low", "high")
    ]
    common = part("common").mark_rule(color=look.ink, strokeWidth=1).encode(y=y("rate"))
    said = part("common").mark_text(align="left", x=6, dy=-7, color=look.muted, fontSize=NOTE_SIZE).encode(y=y("rate"), text=words("line"))
    picked = picking("key")
    tone = alt.Scale(domain=["better", "worse", "plain"], range=[look.better, look.worse, look.rest])
    dots = part("person").mark_point(filled=True, size=90, opacity=0.9, cursor="pointer", stroke=look.background, strokeWidth=0.7).encode(
        x=x, y=y("rate"), fill=alt.Fill(**field("tone"), scale=tone),
        tooltip=tips(("name", _("Name")), ("rate_text", rate_title), ("trials_text", trials_title)),
    ).add_params(picked)  # fmt: skip
    named = part("person").transform_filter("datum.tone != 'plain'").mark_text(
        align="left", dx=8, color=look.ink, fontSize=size_where("width > 500", NOTE_SIZE)
    )  # fmt: skip
    return alt.layer(*lines, common, said, dots, *with_halo(named.encode(x=x, y=y("rate"), text=words("name")), look.background))
