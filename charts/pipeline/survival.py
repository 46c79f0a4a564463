"""Survival: the share of deals still in each stage after so many days, as steps, each stage named at its end."""

import altair as alt
import polars as pl

from charts import labels
from charts.chart import Chart, authored
from charts.marks import between, field, part, spread, tips, words, written
from charts.theme import Theme
from data.language import _, format_number, format_percent

END = 110
LEAST_AT_RISK = 5
"""Where fewer deals are still seen, a step says more about them than about the stage."""


def survival(curve: pl.DataFrame, *, theme: str = "light", finding: str = "", height: int = 360) -> Chart:
    """Steps of `curve` [stage, day, survival, at_risk], in the stages' order, as long as at least five deals are seen."""
    seen = curve.filter(pl.col("at_risk") >= LEAST_AT_RISK)
    starts = seen.select("stage").unique(maintain_order=True).with_columns(day=pl.lit(0, pl.Int64), survival=pl.lit(1.0))
    steps = pl.concat([starts, seen.select("stage", "day", "survival")]).with_columns(part=pl.lit("step"))
    horizon = _horizon(steps)
    shown = steps.filter(pl.col("day") <= horizon)
    drawn = written(
        pl.concat([shown, _ends(shown, horizon), _half(horizon)], how="diagonal_relaxed"),
        stage_text=("stage", labels.label), survival_text=("survival", lambda rate: format_percent(rate, 0)), day_text=("day", format_number),
    )  # fmt: skip
    return Chart(_spec(theme, tuple(starts["stage"].to_list())), drawn, finding, height)


def _horizon(steps: pl.DataFrame) -> int:
    """The day by which nine of ten deals have left the slowest stage, or the last one seen."""
    left = steps.filter(pl.col("survival") <= 0.1).group_by("stage").agg(pl.col("day").min())
    last = steps.group_by("stage").agg(pl.col("day").max().alias("last")).join(left, on="stage", how="left")
    return int(last.select(pl.coalesce("day", "last").max()).item() or 1)


def _ends(shown: pl.DataFrame, horizon: int) -> pl.DataFrame:
    """A stage's name beside the height of its last step, moved apart where they would touch."""
    last = shown.group_by("stage", maintain_order=True).agg(pl.col("survival").last())
    heights = spread(last["survival"].to_list(), gap=0.065)
    return last.with_columns(pl.Series("height", heights, dtype=pl.Float64), part=pl.lit("end"), day=pl.lit(horizon, pl.Int64))


def _half(horizon: int) -> pl.DataFrame:
    """The line at which half of the deals have left."""
    return pl.DataFrame({"day": [0, horizon], "survival": [0.5, 0.5], "part": ["half", "half"]})


@authored
def _spec(look: Theme, stages: tuple[str, ...]) -> alt.LayerChart:
    x = alt.X(**field("day", "quantitative", title=_("Days in the stage")), scale=between(0, f"width - {END}", zero=True, nice=False), axis=alt.Axis(tickCount=8, format=",d"))
    title = labels.axis_title("survival")
    y = {"scale": alt.Scale(domain=[0, 1]), "axis": alt.Axis(format=".0%", tickCount=5)}
    colours = [look.categorical[number % len(look.categorical)] for number in range(len(stages))]
    colour = alt.Color(**field("stage"), scale=alt.Scale(domain=list(stages), range=colours), legend=None)
    tooltip = tips(("stage_text", _("Stage")), ("day_text", _("Days")), ("survival_text", labels.metric("survival")))
    steps = part("step").mark_line(interpolate="step-after", strokeWidth=2.5).encode(
        x=x, y=alt.Y(**field("survival", "quantitative", title=title), **y), color=colour, tooltip=tooltip
    )  # fmt: skip
    half = part("half").mark_line(strokeDash=[4, 3], strokeWidth=1, color=look.muted).encode(
        x=x, y=alt.Y(**field("survival", "quantitative", title=title), **y)
    )  # fmt: skip
    name = part("end").mark_text(align="left", dx=6, fontWeight=600).encode(
        x=x, y=alt.Y(**field("height", "quantitative", title=title), **y), text=words("stage_text"), color=colour
    )  # fmt: skip
    return alt.layer(half, steps, name)
