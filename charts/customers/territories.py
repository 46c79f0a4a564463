"""Territories: workload against potential, each compared with the average; the pale middle is fair. A move draws both people's ways.

Further right: more work than the average; further up: more potential. Who is beyond the band in either stands out; the furthest are named.
Both axes stand for shares of the average on a square-root scale: half of it is about as far away as half of it more, and a few large
territories don't press the others together.
"""

from math import pi

import altair as alt
import polars as pl

from charts import labels
from charts.chart import Chart, authored
from charts.customers.territory_ways import NARROW, pixel_of, said
from charts.marks import expression, field, part, size_where, tips, with_halo, words, written
from charts.named import spots
from charts.theme import NOTE_SIZE, Theme
from data.language import _, format_change, format_money, format_number

NAMED = 10
LEAST_REACH, MOST_REACH = 0.5, 3.0
AGAINST = "abs(datum.value - 1) < 1e-9 ? format(0, '.0%') : format(datum.value - 1, '+.0%')"
POINT = 70
"""A point's area in square pixels."""

SAID_SIZE = 11
WAYS_SCHEMA = {"part": pl.String, "salesperson": pl.String} | dict.fromkeys(("x", "y", "x_end", "y_end"), pl.Float64)


def territories(
    frame: pl.DataFrame, *, band: float, move: pl.DataFrame | None = None, theme: str = "light", finding: str = "", height: int = 460
) -> Chart:
    """Points of `frame` [salesperson_id, salesperson, workload_index, potential_index, workload, potential, accounts, is_flagged].

    `move` is measures.customers.territories.move_account's frame: two lines from before to after. People without an index are left out; who
    has more than four times the average is drawn at the edge, with the true figure in the tooltip.
    """
    placed = frame.filter(pl.col("workload_index").is_not_null())
    reach = min(max(placed.select(pl.max_horizontal(pl.col("workload_index", "potential_index").abs().max())).item() or 0, LEAST_REACH), MOST_REACH)
    points = _points(placed, reach)
    ways = _ways(move, reach) if move is not None else pl.DataFrame(schema=WAYS_SCHEMA)
    fair = _fair(band)
    parts = [points, fair, ways, *(_names(points, fair, ways) if points.height else [])]
    return Chart(_spec(theme), pl.concat([shown for shown in parts if shown.height], how="diagonal_relaxed"), finding, height)


def _place(column: str, reach: float, alias: str) -> pl.Expr:
    """An index as a share of the average, not beyond the reach: 0 for nothing, 1 for the average."""
    return (1 + pl.col(column).fill_null(0).clip(-1, reach)).alias(alias)


def _points(placed: pl.DataFrame, reach: float) -> pl.DataFrame:
    drawn = placed.select(
        pl.lit("person").alias("part"), "salesperson", "workload_index", "potential_index", "workload", "potential", "accounts", "is_flagged",
        _place("workload_index", reach, "x"), _place("potential_index", reach, "y"),
    )  # fmt: skip
    return written(
        drawn, work_text=("workload_index", format_change), potential_text=("potential_index", format_change),
        calls_text=("workload", format_number), money_text=("potential", format_money), accounts_text=("accounts", format_number),
    )  # fmt: skip


def _names(points: pl.DataFrame, fair: pl.DataFrame, ways: pl.DataFrame) -> list[pl.DataFrame]:
    """The names of the two people of a move beside their ways, for a wide view and for a phone's; and in a wide one those of the furthest
    from the average that find room."""
    pixel, phone = pixel_of((points, fair, ways)), pixel_of((points, fair, ways), NARROW)
    moved, taken = said(ways, points, pixel, "said")
    far = points.filter(~pl.col("salesperson").is_in(ways["salesperson"].implode())).select(
        "x", "y", pl.col("salesperson").alias("account"), ((pl.col("x") - 1) ** 2 + (pl.col("y") - 1) ** 2).alias("area")
    )
    found = spots(far, NAMED, lambda row: pixel(row["x"], row["y"]), ("account", "x", "y"), radius=(POINT / pi) ** 0.5, others=taken)
    return [moved, said(ways, points, phone, "said_narrow", NARROW)[0], found.rename({"account": "salesperson"}, strict=False)]


def _fair(band: float) -> pl.DataFrame:
    return pl.DataFrame({"part": ["fair"], "x": [1 - band], "x_end": [1 + band], "y": [1 - band], "y_end": [1 + band]})


def _ways(move: pl.DataFrame, reach: float) -> pl.DataFrame:
    """Where each of the two stands before and after; who is left without accounts goes to the corner of nothing."""
    sides = move.filter(pl.col("workload_index_before").is_not_null())
    at = {
        "x": "workload_index_before", "y": "potential_index_before", "x_end": "workload_index_after", "y_end": "potential_index_after",
    }  # fmt: skip
    left = [pl.col(name).fill_null(-1.0) for name in at.values()]
    return sides.with_columns(left).select(
        pl.lit("way").alias("part"), "salesperson", *(_place(source, reach, name) for name, source in at.items())
    )


@authored
def _spec(look: Theme) -> alt.LayerChart:
    def axis(name: str, title: str, channel: type) -> alt.X | alt.Y:
        scale = alt.Scale(type="sqrt", nice=False, zero=False, padding=18)
        return channel(**field(name, "quantitative", title=title), scale=scale, axis=alt.Axis(labelExpr=AGAINST, tickCount=6))

    across, up = _("Workload against the average (%)"), _("Potential against the average (%)")
    x = axis("x", across, alt.X)
    y = axis("y", up, alt.Y)
    fair = part("fair").mark_rect(color=look.panel, stroke=look.rule).encode(x=x, x2=alt.X2(field="x_end"), y=y, y2=alt.Y2(field="y_end"))
    tooltip = tips(
        ("salesperson", _("Salesperson")), ("accounts_text", _("Accounts")), ("calls_text", labels.metric("workload")), ("work_text", _("Workload vs. average")),
        ("money_text", labels.metric("potential")), ("potential_text", _("Potential vs. average")),
    )  # fmt: skip
    shade = alt.condition("datum.is_flagged", alt.value(look.actual), alt.value(look.previous))
    person = part("person").mark_point(filled=True, size=POINT, opacity=0.9).encode(x=x, y=y, color=shade, tooltip=tooltip)
    name = _beside("name", color=look.ink)
    name.mark.fontSize = size_where("width > 600", NOTE_SIZE)
    way = part("way").mark_rule(color=look.accent, strokeWidth=2).encode(x=x, y=y, x2=alt.X2(field="x_end"), y2=alt.Y2(field="y_end"))
    # The axis takes its title from all layers: one without would leave it bare.
    end = axis("x_end", across, alt.X), axis("y_end", up, alt.Y)
    start = part("way").mark_point(filled=False, size=90, color=look.accent, strokeWidth=2).encode(x=x, y=y)
    arrived = part("way").mark_point(filled=True, size=120, color=look.accent).encode(x=end[0], y=end[1])
    names = with_halo(name.encode(x=x, y=y, text=words("salesperson")), look.background)
    moved = [layer for view in ("said", "said_narrow") for layer in with_halo(_said(look, view).encode(x=x, y=y, text=words("salesperson")), look.background)]
    return alt.layer(fair, person, *names, way, start, arrived, *moved)


def _beside(name: str, **more: object) -> alt.Chart:
    """Texts of a part's rows, each where it found room."""
    return part(name).mark_text(align=expression("datum.align"), dx=expression("datum.dx"), dy=expression("datum.dy"), **more)


def _said(look: Theme, view: str) -> alt.Chart:
    """The two names of a move, as they are placed for a wide view or for a phone's."""
    text = _beside(view, color=look.accent, fontWeight=600)
    text.mark.fontSize = size_where("width > 600" if view == "said" else "width <= 600", SAID_SIZE)
    return text
