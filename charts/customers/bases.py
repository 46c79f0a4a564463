"""Two bases of classification against each other: one point per account, the line where the best class begins drawn on each axis.

Better is further right and further up. A point's area is its net sales, its colour its quadrant. The ten largest are named. Click selects
an account, a box selects many.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass

import altair as alt
import polars as pl

from charts import labels
from charts.chart import Chart, authored
from charts.customers import quadrant_words
from charts.customers.quadrants import BOX, WIDE
from charts.marks import expression, field, part, picking, size_where, value_axis
from charts.named import AREAS, HEIGHT, WIDTH, name_layer, spots
from charts.theme import NOTE_SIZE, QUADRANTS, Theme, tooltip_format
from data.language import _, currency

LARGEST, MOST = 10, 5_000
MONEY = ("amount", "potential")
"""The bases whose score is money; the others' are shares."""


@dataclass(frozen=True)
class Side:
    """One axis: the basis, the code of how it is measured, and the score from which on an account is in the best class."""

    basis: str
    proxy: str
    cut: float | None

    @property
    def is_money(self) -> bool:
        """Whether the score is an amount."""
        return self.basis in MONEY

    @property
    def title(self) -> str:
        """Basis and measure with the unit."""
        return f"{quadrant_words.basis(self.basis)}: {quadrant_words.score(self.proxy)} ({currency() if self.is_money else '%'})"


def bases(accounts: pl.DataFrame, across: Side, up: Side, *, theme: str = "light", finding: str = "", height: int = 480) -> Chart:
    """Scatter of `accounts` [account_id, account, performance (the quadrant), net_sales, <basis>, <basis>_score of both sides].

    Accounts that one of the sides does not know are left out; of more than 5,000 those with the most net sales are drawn.
    "picked" carries account_id; a box has the ends of x and y.
    """
    points = _points_of(accounts, across, up)
    schema = {"part": pl.String, "x": pl.Float64, "y": pl.Float64}
    cuts = pl.DataFrame({"part": ["x_cut", "y_cut"], "x": [across.cut, None], "y": [None, up.cut]}, schema=schema)
    drawn = cuts.filter(pl.col("x").is_not_null() | pl.col("y").is_not_null())
    names = spots(points, LARGEST, _pixels(points, across, up), ("account_id", "account", "x", "y"))
    return Chart(_spec(theme, across, up), pl.concat([points, drawn, names], how="diagonal_relaxed"), finding, height, "picked", BOX)


def _points_of(accounts: pl.DataFrame, across: Side, up: Side) -> pl.DataFrame:
    columns = [pl.col(f"{side.basis}_score").cast(float).alias(name) for side, name in ((across, "x"), (up, "y"))]
    chosen = accounts.with_columns(columns).filter(pl.col("x").is_not_null(), pl.col("y").is_not_null())
    largest = chosen.sort("net_sales", descending=True, nulls_last=True).head(MOST)
    classes = labels.worded(largest, *{across.basis, up.basis}, writer=quadrant_words.class_of)
    return largest.select(
        pl.lit("account").alias("part"), "account_id", "account", pl.col("performance").fill_null("none").alias("quadrant"), "x", "y",
        classes[across.basis].alias("x_class"), classes[up.basis].alias("y_class"), pl.col("net_sales").cast(float),
        pl.col("net_sales").cast(float).clip(lower_bound=0).alias("area"),
    )  # fmt: skip


def _pixels(points: pl.DataFrame, across: Side, up: Side) -> Callable[[dict], tuple[float, float]]:
    def share(value: float, of: pl.Series, side: Side) -> float:
        if side.is_money:
            return (max(value, 0.0) / ((of.max() or 0.0) or 1.0)) ** 0.5
        low, high = of.min(), of.max()
        return (value - low) / ((high - low) or 1.0)

    return lambda row: (WIDTH * share(row["x"], points["x"], across), HEIGHT * (1 - share(row["y"], points["y"], up)))


@authored
def _spec(look: Theme, across: Side, up: Side) -> alt.LayerChart:
    x = alt.X(**field("x", "quantitative", title=across.title), **_measured(across))
    y = alt.Y(**field("y", "quantitative", title=up.title), **_measured(up))
    dashed = {"color": look.ink, "strokeWidth": 1, "strokeDash": [5, 3]}
    said = {"color": look.muted, "fontSize": size_where(WIDE, NOTE_SIZE), "align": "left", "text": _("best class from here")}
    lines = [
        part("x_cut").mark_rule(**dashed).encode(x=x), part("x_cut").mark_text(**said, y=expression("height - 6"), dx=4).encode(x=x),
        part("y_cut").mark_rule(**dashed).encode(y=y), part("y_cut").mark_text(**said, x=4, dy=-6).encode(y=y),
    ]  # fmt: skip
    return alt.layer(*lines, _points(look, x, y, across, up), *name_layer(look, x, y))


def _measured(side: Side) -> dict[str, object]:
    """Money opens up at the small end; shares are shown as they are."""
    if side.is_money:
        return {"scale": alt.Scale(type="sqrt", nice=False, padding=20), "axis": value_axis(grid=False)}
    return {"scale": alt.Scale(zero=False, padding=20), "axis": alt.Axis(format=".0%", tickCount=5, grid=False)}


def _points(look: Theme, x: alt.X, y: alt.Y, across: Side, up: Side) -> alt.Chart:
    picked, box = picking("account_id"), alt.selection_interval(name=BOX, encodings=["x", "y"])
    colours = alt.Scale(domain=[*QUADRANTS, "none"], range=[*QUADRANTS.values(), look.rest])
    size = alt.Size(**field("area", "quantitative"), scale=alt.Scale(range=list(AREAS), zero=True))
    said = alt.Legend(orient="top", title=None, symbolType="circle", symbolSize=90, labelColor=look.ink, labelExpr=_quadrant_names(), columnPadding=16, columns=expression(f"{WIDE} ? 5 : 2"))
    seen = alt.when(picked & box).then(alt.value(0.75)).otherwise(alt.value(0.1))
    points = part("account").mark_point(filled=True, stroke=look.background, strokeWidth=0.7, cursor="pointer")
    told = [
        alt.Tooltip(field="account", type="nominal", title=_("Account")),
        alt.Tooltip(field="x_class", type="nominal", title=quadrant_words.basis(across.basis)),
        alt.Tooltip(field="y_class", type="nominal", title=quadrant_words.basis(up.basis)),
        alt.Tooltip(field="net_sales", type="quantitative", title=labels.metric("net_sales"), format=tooltip_format("money")),
    ]
    return points.encode(x=x, y=y, size=size, opacity=seen, fill=alt.Fill(**field("quadrant"), scale=colours, legend=said), tooltip=told).add_params(picked, box)


def _quadrant_names() -> str:
    """A Vega expression that writes out what a colour stands for."""
    names = {code: labels.quadrant(code) for code in QUADRANTS} | {"none": _("Not classified")}
    return f"({json.dumps(names, ensure_ascii=False)})[datum.label]"
