"""The month's scorecards: a zone for each indicator, whose track ends at 100%, and at the right the score and what it pays.

A bar may pass its track, up to MOST; the figure is the whole one. No bar and no track: nothing was asked for, or too little is known. Click
selects a person.
"""

import altair as alt
import polars as pl

from charts import labels
from charts.chart import Chart, authored
from charts.marks import between, expression, field, names_axis, part, picking, size_where, tips, words, written
from charts.theme import LABEL_SIZE, NOTE_SIZE, STRONG_SIZE, Theme
from data.language import _, format_percent
from measures.team.scorecard import INDICATORS

LIMIT = 20
ROW_HEIGHT = 30
MOST = 1.4
ZONE, FULL, SCORE = 0.9, 0.5, 0.95
"""Of a zone's width: what it uses, and where its track ends; and the width of the score's own zone, in zones."""
HEAD = " "
WIDE = "width > 620"


def scorecards(people: pl.DataFrame, *, theme: str = "light", finding: str = "", limit: int = LIMIT) -> Chart:
    """The first `limit` rows of `people` [salesperson_id, salesperson, evaluation_score, payout, <indicator>, <indicator>_points] with a score.

    "picked" carries the salesperson's id.
    """
    drawn = people.filter(pl.col("evaluation_score").is_not_null()).head(limit).with_row_index("place", offset=1)
    frame = pl.concat([_heads(), _bars(drawn), _scores(drawn)], how="diagonal_relaxed")
    return Chart(_spec(theme), frame, finding, 46 + ROW_HEIGHT * (drawn.height + 1), "picked")


def indicator(name: str) -> str:
    """An indicator's name in the reader's language."""
    return _("Strike rate, of goal") if name == "strike_index" else labels.metric(name)


def _heads() -> pl.DataFrame:
    names = [*(indicator(name) for name in INDICATORS), _("Score → payout")]
    return pl.DataFrame({"part": "head", "name": HEAD, "place": 0, "start": [float(at) for at in range(len(names))], "head": names})


def _bars(drawn: pl.DataFrame) -> pl.DataFrame:
    zones = {name: place for place, name in enumerate(INDICATORS)}
    keys = ["salesperson_id", "salesperson", "place"]
    values = drawn.select(*keys, *zones).unpivot(list(zones), index=keys, variable_name="indicator", value_name="value").filter(pl.col("value").is_not_null())
    points = drawn.select("salesperson_id", *(pl.col(f"{name}_points").alias(name) for name in zones)).unpivot(list(zones), index="salesperson_id", variable_name="indicator", value_name="points")
    long = values.join(points, on=["salesperson_id", "indicator"], how="left", maintain_order="left")
    start = pl.col("indicator").replace_strict(zones, return_dtype=pl.Float64)
    texts = written(long, indicator_text=("indicator", indicator), value_text=("value", _share), points_text=("points", _share))
    return texts.select(
        pl.lit("bar").alias("part"), "salesperson_id", pl.col("salesperson").alias("name"), pl.col("place").cast(pl.Int64), start.alias("start"),
        (start + pl.col("value").clip(0.0, MOST) * FULL).alias("end"), (start + FULL).alias("full"), (start + pl.max_horizontal(pl.col("value").clip(0.0, MOST), pl.lit(1.0)) * FULL).alias("reach"), "indicator_text", "value_text", "points_text",
    )  # fmt: skip


def _scores(drawn: pl.DataFrame) -> pl.DataFrame:
    texts = written(drawn, score=("evaluation_score", _share), paid=("payout", _share))
    return texts.select(
        pl.lit("score").alias("part"), "salesperson_id", pl.col("salesperson").alias("name"), pl.col("place").cast(pl.Int64),
        pl.lit(float(len(INDICATORS))).alias("start"), pl.col("score").alias("score_brief"), (pl.col("score") + " → " + pl.col("paid")).alias("score_text"),
    )  # fmt: skip


def _share(value: float | None) -> str:
    return "–" if value is None else format_percent(value, 0)


@authored
def _spec(look: Theme) -> alt.LayerChart:
    picked = picking("salesperson_id")
    zones = len(INDICATORS)
    scale = between(0, "width", domain=[0, zones + SCORE], nice=False)
    x = alt.X("start:Q", axis=None, scale=scale)
    y = alt.Y(
        **field("name"), sort=alt.EncodingSortField("place", op="min"), axis=names_axis(225, labelColor=look.ink, labelPadding=8),
        scale=alt.Scale(paddingInner=0.35, paddingOuter=0.05),
    )  # fmt: skip
    told = tips(("name", _("Salesperson")), ("indicator_text", _("Indicator")), ("value_text", _("Reached")), ("points_text", _("Points of the score")))
    fade = alt.when(picked).then(alt.value(1)).otherwise(alt.value(0.4))
    track = part("bar").mark_bar(color=look.rule, cursor="pointer").encode(x=x, x2="full:Q", y=y, tooltip=told)
    bar = part("bar").mark_bar(color=look.tiers[1], cursor="pointer").encode(x=x, x2="end:Q", y=y, tooltip=told, opacity=fade)
    within = expression(f"width * {ZONE} / {zones + SCORE}")
    head = part("head").mark_text(align="left", baseline="middle", fontSize=size_where(WIDE, LABEL_SIZE), color=look.ink, fontWeight=600, limit=within)
    goal = part("bar").mark_tick(thickness=1, color=look.ink, opacity=0.6, bandSize=expression("bandwidth('y')")).encode(x=alt.X("full:Q", axis=None, scale=scale), y=y)
    value = part("bar").mark_text(align="left", baseline="middle", dx=5, fontSize=size_where(WIDE, NOTE_SIZE), color=look.muted)
    beyond = alt.X("reach:Q", axis=None, scale=scale)
    score = part("score").mark_text(align="left", baseline="middle", fontSize=size_where(WIDE, STRONG_SIZE), fontWeight=600, color=look.ink)
    brief = part("score").mark_text(align="left", baseline="middle", fontSize=size_where(f"!({WIDE})", LABEL_SIZE), fontWeight=600, color=look.ink)
    return alt.layer(
        track.add_params(picked), bar, goal, head.encode(x=x, y=y, text=words("head")), value.encode(x=beyond, y=y, text=words("value_text")),
        score.encode(x=x, y=y, text=words("score_text")), brief.encode(x=x, y=y, text=words("score_brief")),
    )  # fmt: skip
