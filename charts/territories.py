"""Territories: workload against potential, each compared with the average; the pale middle is fair. A move draws both people's ways.

Further right: more work than the average; further up: more potential. Who is beyond the band in either stands out; the furthest are named.
"""

import altair as alt
import polars as pl

from charts import labels
from charts.chart import Chart, authored
from charts.marks import field, part, size_where, tips, words, written
from charts.theme import NOTE_SIZE, Theme
from data.language import _, format_change, format_money, format_number

NAMED = 8
LEAST_REACH, MOST_REACH = 0.5, 3.0


def territories(
    frame: pl.DataFrame, *, band: float, move: pl.DataFrame | None = None, theme: str = "light", finding: str = "", height: int = 460
) -> Chart:
    """Points of `frame` [salesperson_id, salesperson, workload_index, potential_index, workload, potential, accounts, is_flagged].

    `move` is measures.territories.move_account's frame: two lines from before to after. People without an index are left out; who
    has more than four times the average is drawn at the edge, with the true figure in the tooltip.
    """
    placed = frame.filter(pl.col("workload_index").is_not_null())
    reach = min(max(placed.select(pl.max_horizontal(pl.col("workload_index", "potential_index").abs().max())).item() or 0, LEAST_REACH), MOST_REACH)
    far = (pl.col("workload_index") ** 2 + pl.col("potential_index").fill_null(0).clip(-reach, reach) ** 2).rank("ordinal", descending=True)
    points = _points(placed.with_columns(far.alias("rank")), reach)
    parts = [points, points.filter(pl.col("rank") <= NAMED).with_columns(pl.lit("name").alias("part")), _fair(band)]
    if move is not None and not move.is_empty():
        parts.append(_ways(move, reach))
    return Chart(_spec(theme), pl.concat(parts, how="diagonal_relaxed"), finding, height)


def _points(placed: pl.DataFrame, reach: float) -> pl.DataFrame:
    drawn = placed.select(
        pl.lit("person").alias("part"), "salesperson", "workload_index", "potential_index", "workload", "potential", "accounts", "is_flagged", "rank",
        pl.col("workload_index").clip(-1, reach).alias("x"), pl.col("potential_index").fill_null(0).clip(-1, reach).alias("y"),
    )  # fmt: skip
    return written(
        drawn, work_text=("workload_index", format_change), potential_text=("potential_index", format_change),
        calls_text=("workload", format_number), money_text=("potential", format_money), accounts_text=("accounts", format_number),
    )  # fmt: skip


def _fair(band: float) -> pl.DataFrame:
    return pl.DataFrame({"part": ["fair"], "x": [-band], "x_end": [band], "y": [-band], "y_end": [band]})


def _ways(move: pl.DataFrame, reach: float) -> pl.DataFrame:
    """Where each of the two stands before and after; who is left without accounts goes to the corner of nothing."""
    sides = move.filter(pl.col("workload_index_before").is_not_null())
    at = {
        "x": "workload_index_before", "y": "potential_index_before", "x_end": "workload_index_after", "y_end": "potential_index_after",
    }  # fmt: skip
    return sides.select(
        pl.lit("way").alias("part"), "salesperson", *(pl.col(source).fill_null(-1.0).clip(-1, reach).alias(name) for name, source in at.items())
    )


@authored
def _spec(look: Theme) -> alt.LayerChart:
    def axis(name: str, title: str, channel: type) -> alt.X | alt.Y:
        return channel(**field(name, "quantitative", title=title), scale=alt.Scale(nice=False, padding=16), axis=alt.Axis(format="+.0%", tickCount=6))

    x = axis("x", _("Workload against the average (%)"), alt.X)
    y = axis("y", _("Potential against the average (%)"), alt.Y)
    fair = part("fair").mark_rect(color=look.panel, stroke=look.rule).encode(x=x, x2=alt.X2(field="x_end"), y=y, y2=alt.Y2(field="y_end"))
    tooltip = tips(
        ("salesperson", _("Salesperson")), ("accounts_text", _("Accounts")), ("calls_text", labels.metric("workload")), ("work_text", _("Workload against the average")),
        ("money_text", labels.metric("potential")), ("potential_text", _("Potential against the average")),
    )  # fmt: skip
    shade = alt.condition("datum.is_flagged", alt.value(look.actual), alt.value(look.previous))
    person = part("person").mark_point(filled=True, size=70, opacity=0.9).encode(x=x, y=y, color=shade, tooltip=tooltip)
    name = part("name").mark_text(dy=-11, color=look.ink, fontSize=size_where("width > 600", NOTE_SIZE)).encode(x=x, y=y, text=words("salesperson"))
    way = part("way").mark_rule(color=look.accent, strokeWidth=2).encode(x=x, y=y, x2=alt.X2(field="x_end"), y2=alt.Y2(field="y_end"))
    end = alt.X(field="x_end", type="quantitative", title=None), alt.Y(field="y_end", type="quantitative", title=None)
    start = part("way").mark_point(filled=False, size=90, color=look.accent, strokeWidth=2).encode(x=x, y=y)
    arrived = part("way").mark_point(filled=True, size=120, color=look.accent).encode(x=end[0], y=end[1])
    said = part("way").mark_text(dy=14, color=look.accent, fontWeight=600).encode(x=end[0], y=end[1], text=words("salesperson"))
    return alt.layer(fair, person, name, way, start, arrived, said)
