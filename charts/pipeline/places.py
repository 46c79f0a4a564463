"""Where the accounts are: a plain map of places, drawn by the browser alone; no map server is asked.

A ring's area is the accounts known there, the disc inside those that are not reached. Pale lines are degrees. Click selects a place.
"""

from math import log, pi, radians, tan

import altair as alt
import polars as pl

from charts.chart import Chart, authored
from charts.marks import expression, field, part, picking, size_where, tips, words, written
from charts.named import HEIGHT, WIDTH, spots
from charts.theme import NOTE_SIZE, Theme
from data.language import _, format_number, format_percent

LARGEST = 14
AREAS = (12.0, 1400.0)
STEPS = (0.1, 0.25, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 30.0)
LINES = 8
"""About how many lines of degrees are drawn each way."""

MARGIN = 0.06
HIGHEST = 85.0
"""Mercator's map has no poles."""


def places(rows: pl.DataFrame, *, theme: str = "light", finding: str = "", height: int = 520) -> Chart:
    """A map of `rows` [town, region, latitude, longitude, known_accounts, reached_accounts, open_accounts, penetration].

    The selection "picked" carries town and region. Places beyond 85 degrees of latitude are left out.
    """
    drawn = _written(rows.filter(pl.col("latitude").abs() <= HIGHEST))
    frame = pl.concat([_grid(drawn), drawn, _names(drawn)], how="diagonal_relaxed")
    return Chart(_spec(theme), frame, finding, height, "picked")


def _written(rows: pl.DataFrame) -> pl.DataFrame:
    most = max(int(rows["known_accounts"].max() or 1), 1)
    sized = rows.with_columns(
        part=pl.lit("place"), area=pl.col("known_accounts").cast(float), ring=_size(pl.col("known_accounts"), most), disc=_size(pl.col("open_accounts"), most)
    )
    return written(
        sized, known_text=("known_accounts", format_number), open_text=("open_accounts", format_number),
        rate_text=("penetration", lambda rate: format_percent(rate, 0)),
    )  # fmt: skip


def _size(count: pl.Expr, most: int) -> pl.Expr:
    """Square pixels in proportion to the count, at least a dot; nothing for none."""
    return pl.when(count > 0).then(pl.max_horizontal(pl.lit(AREAS[0]), AREAS[1] * count / most)).otherwise(0.0)


def _bounds(rows: pl.DataFrame) -> tuple[float, float, float, float]:
    """West, south, east, north around the places, with a margin, and at least a degree each way."""
    if rows.is_empty():
        return (-1.0, -1.0, 1.0, 1.0)
    west, east, south, north = (rows["longitude"].min(), rows["longitude"].max(), rows["latitude"].min(), rows["latitude"].max())
    wide, tall = max((east - west) * MARGIN, 0.5), max((north - south) * MARGIN, 0.5)
    return west - wide, max(south - tall, -HIGHEST), east + wide, min(north + tall, HIGHEST)


def _grid(rows: pl.DataFrame) -> pl.DataFrame:
    """Meridians and parallels inside the bounds, two points each: both are straight on Mercator's map."""
    west, south, east, north = _bounds(rows)
    step = next((step for step in STEPS if max(east - west, north - south) / step <= LINES), STEPS[-1])
    lines = [(f"m{at}", _degrees(at, _("E"), _("W")), [(at, south), (at, north)]) for at in _marks(west, east, step)]
    lines += [(f"p{at}", _degrees(at, _("N"), _("S")), [(west, at), (east, at)]) for at in _marks(south, north, step)]
    return pl.DataFrame(
        [
            {"part": "grid", "line": line, "degrees": text, "end": end, "longitude": longitude, "latitude": latitude}
            for line, text, points in lines
            for end, (longitude, latitude) in enumerate(points)
        ],
        schema={"part": pl.String, "line": pl.String, "degrees": pl.String, "end": pl.Int64, "longitude": pl.Float64, "latitude": pl.Float64},
    )  # fmt: skip


def _marks(low: float, high: float, step: float) -> list[float]:
    first = int(low // step) + 1
    return [round(number * step, 6) for number in range(first, int(high // step) + 1)]


def _degrees(at: float, after: str, before: str) -> str:
    shown = format_number(abs(at), 0 if at == round(at) else 2)
    return f"{shown}°" if at == 0 else f"{shown}° {after if at > 0 else before}"


def _names(rows: pl.DataFrame) -> pl.DataFrame:
    """The names of the places with the most accounts, where they cover nothing."""
    west, south, east, north = _bounds(rows)
    low, high = _mercator(south), _mercator(north)
    scale = min(WIDTH / radians(east - west), HEIGHT / (high - low))
    left, top = (WIDTH - scale * radians(east - west)) / 2, (HEIGHT - scale * (high - low)) / 2
    return spots(
        rows.with_columns(account=pl.col("town")), LARGEST,
        lambda row: (left + scale * radians(row["longitude"] - west), top + scale * (high - _mercator(row["latitude"]))),
        ("town", "longitude", "latitude"),
    )  # fmt: skip


def _mercator(latitude: float) -> float:
    return log(tan(pi / 4 + radians(latitude) / 2))


@authored
def _spec(look: Theme) -> alt.LayerChart:
    at = {"longitude": alt.Longitude(field="longitude", type="quantitative"), "latitude": alt.Latitude(field="latitude", type="quantitative")}
    picked = picking("town", "region")
    tooltip = tips(
        ("town", _("Town")), ("region", _("Region")), ("known_text", _("Known accounts")), ("open_text", _("Not reached")), ("rate_text", _("Reached, share")),
    )  # fmt: skip
    seen = alt.when(picked).then(alt.value(1)).otherwise(alt.value(0.3))
    lines = part("grid").mark_line(color=look.rule, strokeWidth=1).encode(**at, detail="line:N", order="end:Q")
    degrees = part("grid").transform_filter("datum.end == 0").mark_text(align="left", dx=3, dy=-4, color=look.muted, fontSize=NOTE_SIZE)
    size = {"scale": None, "legend": None}
    ring = part("place").mark_point(filled=True, fill=look.previous, fillOpacity=0.55, stroke=look.muted, strokeWidth=1, cursor="pointer")
    disc = part("place").mark_point(filled=True, fill=look.accent, fillOpacity=0.9, cursor="pointer")
    name = part("name").mark_text(align=expression("datum.align"), dx=expression("datum.dx"), dy=expression("datum.dy"), color=look.ink)
    name.mark.fontSize = size_where("width > 600 || datum.rank <= 4", NOTE_SIZE)
    layers = (
        lines, degrees.encode(**at, text=words("degrees")),
        ring.encode(**at, size=alt.Size(**field("ring", "quantitative"), **size), opacity=seen, tooltip=tooltip).add_params(picked),
        disc.encode(**at, size=alt.Size(**field("disc", "quantitative"), **size), opacity=seen, tooltip=tooltip),
        name.encode(**at, text=words("town")),
    )  # fmt: skip
    return alt.layer(*layers).project(type="mercator")
