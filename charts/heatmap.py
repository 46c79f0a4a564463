"""Heat map: a value by row and month, coloured from zero both ways, with totals on both margins. Click selects a cell.

The rows with the largest totals come first; beyond twelve the rest is one row, "others (n)", whose sum doesn't stretch the colours.
"""

from datetime import date

import altair as alt
import polars as pl

from charts import labels, values
from charts.chart import Chart, authored
from charts.marks import expression, field, names_axis, part, picking, tips, words, written
from charts.theme import NOTE_SIZE, SMALL_SIZE, Theme
from data.language import _, format_month

LIMIT = 12
LEAST_STRONG = 4.0
"""The gap that has the strongest colour at least: what is less than a case is rounding, and stays pale."""
ROW_HEIGHT = 30
OTHERS, TOTAL = "others", "total"


def heatmap(
    frame: pl.DataFrame, *, key: str, name: str, value: str = "gap", heading: str = "", theme: str = "light", finding: str = "",
    limit: int = LIMIT,
) -> Chart:  # fmt: skip
    """Cells of `frame` [<key>, <name>, month, <value>], summed per row and month.

    More of the value is warmer (a gap asks for work), below zero is cooler. `heading` names what the rows are. The selection
    "picked" carries key and month_key (YYYY-MM); "others" and "total" are keys of the sums.
    """
    kept = frame.select(
        pl.col(key).cast(pl.String).alias("key"), pl.col(name).cast(pl.String).alias("name"), pl.col("month").cast(pl.Date),
        pl.col(value).cast(float).alias("value"),
    )  # fmt: skip
    rows = _rows(kept, limit)
    cells = _with_totals(kept.drop("name").join(rows, on="key", how="inner"))
    named = cells.filter(pl.col("part") == "cell", pl.col("row") != OTHERS)
    largest = max(named["value"].abs().max() or 0.0, LEAST_STRONG)
    height = 84 + ROW_HEIGHT * (cells["row"].n_unique() if cells.height else 1)
    return Chart(_spec(theme, heading or _("Account"), value), _written(cells, value, largest), finding, height, "picked")


def _rows(kept: pl.DataFrame, limit: int) -> pl.DataFrame:
    """For each key the row that it is drawn in: [key, row, name, place]."""
    totals = kept.group_by("key", maintain_order=True).agg(pl.col("name").first(), pl.col("value").sum())
    ranked = totals.sort(["value", "key"], descending=[True, False]).with_row_index("place").with_columns(pl.col("place").cast(pl.Int64))
    rest = max(ranked.height - limit, 0) if ranked.height > limit + 1 else 0
    beyond = pl.col("place") >= (limit if rest else ranked.height)
    return ranked.select(
        "key",
        pl.when(beyond).then(pl.lit(OTHERS)).otherwise("key").alias("row"),
        pl.when(beyond).then(pl.lit(_("Others ({n})").format(n=rest))).otherwise(labels.told_apart("name", "key")).alias("name"),
        pl.when(beyond).then(limit).otherwise("place").alias("place"),
    )


def _with_totals(joined: pl.DataFrame) -> pl.DataFrame:
    """Cells by row and month, then the margins: per row, per month, and of all."""
    row = {"row": pl.lit(TOTAL), "name": pl.lit(_("Total")), "place": pl.lit(10_000, dtype=pl.Int64)}
    month = pl.lit(None, dtype=pl.Date).alias("month")
    # In one order, whatever the threads do: else the last digit would be chance, and the chart drawn anew.
    cells = joined.group_by("row", "name", "place", "month", maintain_order=True).agg(pl.col("value").sum())
    by_row = cells.group_by("row", "name", "place", maintain_order=True).agg(pl.col("value").sum()).with_columns(month)
    by_month = cells.group_by("month", maintain_order=True).agg(pl.col("value").sum()).with_columns(**row)
    whole = cells.select(pl.col("value").sum()).with_columns(month, **row)
    parts = [(cells, "cell"), (by_row, "margin"), (by_month, "margin"), (whole, "margin")]
    columns = ["part", "row", "name", "place", "month", "value"]
    return pl.concat([made.with_columns(part=pl.lit(kind)).select(columns) for made, kind in parts]).sort("place", "month", nulls_last=True)


def _written(cells: pl.DataFrame, metric: str, largest: float) -> pl.DataFrame:
    texts = written(
        cells,
        month_text=("month", lambda month: format_month(month) if month else _("Total")),
        month_key=("month", lambda month: f"{month:%Y-%m}" if month else TOTAL),
        value_text=("value", lambda value: values.full(value, metric)),
        short_text=("value", lambda value: values.short(value, metric)),
    )
    column = pl.col("month").fill_null(date(9999, 1, 1)).rank("dense").cast(pl.Int64)
    return texts.with_columns(column.alias("column"), (pl.col("value") / largest).clip(-1, 1).alias("heat"))


@authored
def _spec(look: Theme, heading: str, metric: str) -> alt.LayerChart:
    picked = picking("row", "month_key")
    x = alt.X(
        **field("month_text"), sort=alt.EncodingSortField("column", op="min"),
        axis=alt.Axis(orient="top", labelAngle=0, labelOverlap=False, labelFlush=False, grid=False, labelPadding=20, labelExpr="split(datum.label, ' ')"), scale=alt.Scale(paddingInner=0.04),
    )  # fmt: skip
    y = alt.Y(
        **field("name"), sort=alt.EncodingSortField("place", op="min"), axis=names_axis(200), scale=alt.Scale(paddingInner=0.08)
    )
    heat = alt.Scale(domain=[-1, 0, 1], range=[look.diverging[7], look.background, look.diverging[2]], interpolate="lab")
    tooltip = tips(("name", heading), ("month_text", _("Month")), ("value_text", labels.axis_title(metric)))
    fade = alt.when(picked).then(alt.value(1)).otherwise(alt.value(0.35))
    cell = part("cell").mark_rect(cursor="pointer", stroke=look.rule, strokeWidth=1).encode(
        x=x, y=y, color=alt.Color(**field("heat", "quantitative"), scale=heat), opacity=fade, tooltip=tooltip,
    )  # fmt: skip
    small = f"(bandwidth('x') > 4 * length(datum.short_text) ? {SMALL_SIZE} : 0)"
    text = {"fontSize": expression(f"bandwidth('x') > 6 * length(datum.short_text) ? {NOTE_SIZE} : {small}"), "color": look.ink}
    numbers = part("cell").mark_text(**text).encode(x=x, y=y, text=words("short_text"))
    margins = part("margin").mark_text(**text, fontWeight=700).encode(x=x, y=y, text=words("short_text"), tooltip=tooltip)
    return alt.layer(cell.add_params(picked), numbers, margins)
