"""Season: the twelve months' index as columns around 1.0, peak and off-season as bands behind them.

`season` shows one scope, `lanes` one row per scope under one time axis with a common scale, so that the same months align.
"""

from collections.abc import Collection, Mapping

import altair as alt
import polars as pl

from charts import labels
from charts.chart import Chart, authored
from charts.marks import field, part, picking, rows, tips, words, written
from charts.theme import MIDDLE_GREY, NOTE_SIZE, Theme
from data.language import _, format_change, format_number, month_names

MONTHS = range(1, 13)
LANE_HEIGHT = 58
LABEL_ROOM = 20
"""Pixels from a column's top to the top of its value, with some air."""
BARS, NAME = 0.66, 0.04
"""Of a lane's height: what its tallest bar takes, and where its name stands above the bars."""


def calendar_run(start: int | None, months: int | None) -> tuple[int, ...]:
    """Calendar months of a run that may wrap December → January; nothing where there is none.

    >>> calendar_run(11, 3)
    (11, 12, 1)
    """
    return tuple((start - 1 + step) % 12 + 1 for step in range(months)) if start and months else ()


def season(
    index: pl.DataFrame, *, peak: Collection[int] = (), off_season: Collection[int] = (), theme: str = "light",
    finding: str = "", height: int = 340,
) -> Chart:  # fmt: skip
    """Columns of one scope's `index` [month 1–12, seasonal_index], bands for the calendar months of `peak` and `off_season`.

    Where it has `low` and `high`, each column has its interval.
    """
    frame = _months(index.with_columns(scope=pl.lit("one")), {"one": (tuple(peak), tuple(off_season))})
    roof = max(frame["seasonal_index"].max() or 1.0, frame["high"].max() or 1.0, 1.0) * 1.16
    one = pl.DataFrame({"part": ["one", "roof"], "seasonal_index": [1.0, roof]})
    labelled = _off_the_line(frame, roof * LABEL_ROOM / height)
    return Chart(_season_spec(theme), pl.concat([labelled, _band_names(frame), one], how="diagonal_relaxed"), finding, height)


def _off_the_line(frame: pl.DataFrame, room: float) -> pl.DataFrame:
    """`over`, where a column's value stands, moved onto 1.0 where the line there would cross the value; `room` is what a value takes."""
    crosses = (pl.col("over") < 1.0) & (pl.col("over") + room > 1.0)
    return frame.with_columns(pl.when(crosses).then(1.0).otherwise(pl.col("over")).alias("over"))


def lanes(
    index: pl.DataFrame, seasons: Mapping[str, tuple[Collection[int], Collection[int]]], *, theme: str = "light", finding: str = ""
) -> Chart:
    """One lane per `scope_name` of `index` [scope_name, month, seasonal_index], in the order of the rows.

    `seasons` gives each scope's peak and off-season months. "picked" carries scope.
    """
    frame = _months(index.with_columns(scope=pl.col("scope_name")), seasons)
    order = frame["scope"].unique(maintain_order=True).to_frame().with_columns(place=pl.int_range(pl.len(), dtype=pl.Int64))
    top = max(frame["seasonal_index"].max() or 1.0, 1.0)
    placed = frame.join(order, on="scope", maintain_order="left").with_columns(height=pl.col("seasonal_index") / top * BARS)
    drawn = placed.with_columns(base=pl.col("place") + 1.0, top=pl.col("place") + 1.0 - pl.col("height"), one=pl.col("place") + 1.0 - BARS / top)
    return Chart(_lanes_spec(theme), drawn, finding, 60 + LANE_HEIGHT * max(order.height, 1), "picked")


def _months(index: pl.DataFrame, seasons: Mapping[str, tuple[Collection[int], Collection[int]]]) -> pl.DataFrame:
    bounds = [pl.col(name).cast(float) if name in index.columns else pl.lit(None, pl.Float64).alias(name) for name in ("low", "high")]
    kept = index.select("scope", pl.col("month").cast(pl.Int64), pl.col("seasonal_index").cast(float), *bounds).drop_nulls("seasonal_index")
    kinds = [_kind(month, *seasons.get(scope, ((), ()))) for scope, month in kept["scope", "month"].iter_rows()]
    frame = kept.with_columns(pl.Series("season", kinds, dtype=pl.String), pl.lit("month").alias("part"))
    above = frame.with_columns((pl.col("seasonal_index") - 1).alias("above"), over=pl.max_horizontal("seasonal_index", pl.col("high").fill_null(0.0)))
    long, short = month_names(short=False), month_names()
    return written(
        above,
        month_name=("month", lambda month: long[month - 1]),
        month_text=("month", lambda month: short[month - 1]),
        index_text=("seasonal_index", lambda value: format_number(value, 2)),
        above_text=("above", lambda value: format_change(value, 0)),
        season_text=("season", lambda kind: labels.label(kind)),
    )


def _kind(month: int, peak: Collection[int], off_season: Collection[int]) -> str | None:
    return "peak" if month in peak else "off_season" if month in off_season else None


def _band_names(frame: pl.DataFrame) -> pl.DataFrame:
    named = frame.filter(pl.col("season").is_not_null()).sort("month").unique("season", keep="first", maintain_order=True)
    return named.select(pl.lit("band").alias("part"), "month", "season_text")


def _month_axis(**more: object) -> alt.X:
    names = "[" + ", ".join(f"'{name}'" for name in month_names()) + "]"
    axis = alt.Axis(labelExpr=f"{names}[datum.value - 1]", labelAngle=0, labelOverlap="greedy", **more)
    return alt.X(**field("month", "ordinal"), axis=axis, scale=alt.Scale(domain=list(MONTHS), paddingInner=0.3, paddingOuter=0.15))


def _tooltip(*first: tuple[str, str]) -> list[alt.Tooltip]:
    index, above = labels.metric("seasonal_index"), _("Against an average month")
    return tips(*first, ("month_name", _("Month")), ("index_text", index), ("above_text", above), ("season_text", _("Season")))


def _band_colour(look: Theme) -> alt.Color:
    return alt.Color(**field("season"), scale=alt.Scale(domain=["peak", "off_season"], range=[look.peak, look.off_season]))


@authored
def _season_spec(look: Theme) -> alt.LayerChart:
    x = _month_axis()
    title = labels.axis_title("seasonal_index")
    y = alt.Y(**field("seasonal_index", "quantitative", title=title), scale=alt.Scale(zero=True), axis=alt.Axis(format=",.1f", tickCount=5))
    seasons = part("month").transform_filter("isValid(datum.season)")
    band = seasons.mark_rect(width=alt.RelativeBandSize(1.46)).encode(x=x, color=_band_colour(look))
    name = part("band").mark_text(align="left", baseline="top", dx=2, dy=3, fontSize=NOTE_SIZE, color=look.muted)
    names = name.encode(x=alt.X(**field("month", "ordinal"), bandPosition=0), y=alt.value(0), text=words("season_text"))
    bar = part("month").mark_bar(color=look.actual).encode(x=x, y=y, tooltip=_tooltip())
    low = alt.Y(field="low", type="quantitative", title=title)
    span = part("month").transform_filter("isValid(datum.low)").mark_rule(strokeWidth=3, color=look.accent).encode(x=x, y=low, y2="high:Q")
    over = alt.Y(field="over", type="quantitative", title=title)
    text = part("month").mark_text(dy=-8, color=look.ink).encode(x=x, y=over, text=words("index_text"))
    one = part("one").mark_rule(color=look.ink, strokeDash=[4, 3]).encode(y=y)
    roof = part("roof").mark_point(size=0, opacity=0).encode(y=y)
    return alt.layer(band, names, bar, one, span, text, roof)


@authored
def _lanes_spec(look: Theme) -> alt.LayerChart:
    picked = picking("scope")
    x = _month_axis(orient="top")
    down = alt.Scale(reverse=True, zero=True, nice=False)
    y = {"scale": down, "axis": None}
    bases = alt.Y(**field("base", "quantitative"), **y)
    band = rows().transform_filter("isValid(datum.season)").transform_calculate(ceiling="datum.place + 0.28").mark_rect(width=alt.RelativeBandSize(1.46))
    bands = band.encode(x=x, y=alt.Y(**field("ceiling", "quantitative"), **y), y2="base:Q", color=_band_colour(look))
    fade = alt.when(picked).then(alt.value(1)).otherwise(alt.value(0.35))
    bar = rows().mark_bar(color=look.actual, cursor="pointer").encode(
        x=x, y=bases, y2="top:Q", opacity=fade, tooltip=_tooltip(("scope", _("Scope")))
    )  # fmt: skip
    one = rows().mark_tick(color=MIDDLE_GREY, orient="horizontal", thickness=1).encode(x=x, y=alt.Y(**field("one", "quantitative"), **y))
    first = rows().transform_filter("datum.month == 1").mark_text(align="left", baseline="top", x=2, fontWeight=600, color=look.ink)
    name = first.transform_calculate(ceiling=f"datum.place + {NAME}").encode(y=alt.Y(**field("ceiling", "quantitative"), **y), text=words("scope"))
    return alt.layer(bands, bar.add_params(picked), one, name)
