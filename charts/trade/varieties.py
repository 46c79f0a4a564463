"""Varieties: distribution against rate of sale, each as a multiple of the category's median, so that categories lie on one picture.

More distributors stock it to the right, it sells faster further up; a point's area is its net sales. Each corner says its reason and how
many products stand there. The largest weak ones are named. Click selects a product.
"""

from collections.abc import Callable
from math import log10

import altair as alt
import polars as pl

from charts import labels
from charts.chart import Chart, authored
from charts.corners import TEXT_HEIGHT, corner_texts, upright
from charts.marks import expression, field, part, picking, size_where, tips, words, written
from charts.named import AREAS, HEIGHT, WIDTH, spots
from charts.seasons.peak_words import short_word, word
from charts.theme import NOTE_SIZE, Theme
from data.language import _, format_money_compact, format_number, format_percent, ngettext

LARGEST = 8
FARTHEST, NEAREST, ROOM = 10.0, 2.0, 1.2
"""Times the median, up or down: what lies farther stands at the edge; the axes reach so far at least; room beyond the last point."""
SIDES = {"strong": (True, False), "slow": (True, True), "unwilling": (False, False), "slow_and_unwilling": (False, True)}
"""Whether a reason's corner lies right, and whether it lies low."""


def varieties(frame: pl.DataFrame, *, theme: str = "light", finding: str = "", height: int = 460) -> Chart:
    """Scatter of `frame` [product_id, product, category, variety, distribution, rate_of_sale, median_distribution, median_rate, net_sales].

    New products have no place in it. "picked" carries product_id.
    """
    placed = frame.filter(pl.col("variety").is_in(list(SIDES)), pl.col("median_rate") > 0, pl.col("median_distribution") > 0).select(
        pl.lit("product").alias("part"), "product_id", "product", "category", "variety", "distribution", "rate_of_sale", "net_sales",
        (pl.col("distribution") / pl.col("median_distribution")).clip(1 / FARTHEST, FARTHEST).alias("wide"),
        (pl.col("rate_of_sale") / pl.col("median_rate")).clip(1 / FARTHEST, FARTHEST).alias("quick"),
        pl.col("net_sales").clip(lower_bound=0).alias("area"),
    )  # fmt: skip
    texts = written(
        placed, reason_text=("variety", word), distribution_text=("distribution", format_percent), rate_text=("rate_of_sale", lambda value: format_number(value, 1)),
        sales_text=("net_sales", format_money_compact),
    )  # fmt: skip
    reach = pl.DataFrame([{"part": "reach", "wide": wide, "quick": quick} for wide, quick in zip(_reach(placed["wide"]), _reach(placed["quick"]), strict=True)])
    weak = placed.filter(pl.col("variety") != "strong").rename({"product": "account"})
    names = spots(weak, LARGEST, _pixel(reach), ("product_id", "account", "wide", "quick"))
    corners = pl.DataFrame([_corner(code, placed.filter(pl.col("variety") == code)) for code in SIDES])
    one = pl.DataFrame({"part": ["one"], "wide": [1.0], "quick": [1.0]})
    return Chart(_spec(theme), pl.concat([texts, one, reach, names, corners], how="diagonal_relaxed"), finding, height, "picked")


def _reach(values: pl.Series) -> tuple[float, float]:
    """How far an axis reaches, down and up."""
    least, most = (float(values.min()), float(values.max())) if len(values) else (1.0, 1.0)
    return min(least / ROOM, 1 / NEAREST), max(most * ROOM, NEAREST)


def _pixel(reach: pl.DataFrame) -> Callable[[dict], tuple[float, float]]:
    def along(name: str, value: float) -> float:
        low, high = reach[name].log10().to_list()
        return (log10(value) - low) / (high - low)

    return lambda row: (WIDTH * along("wide", row["wide"]), HEIGHT * (1 - along("quick", row["quick"])))


def _corner(code: str, rows: pl.DataFrame) -> dict[str, object]:
    right, low = SIDES[code]
    count, money = ngettext("{n} product", "{n} products", rows.height).format(n=format_number(rows.height)), format_money_compact(rows["net_sales"].sum())
    return {
        "part": "corner", "corner": short_word(code), "corner_text": f"{count} · {money}", "corner_short": f"{format_number(rows.height)} · {money}",
        "right": right, "low": low,
    }  # fmt: skip


@authored
def _spec(look: Theme) -> alt.LayerChart:
    scale = alt.Scale(type="log", nice=False)
    axis = alt.Axis(tickCount=3, format="~g", grid=False)
    x = alt.X(**field("wide", "quantitative", title=_("Distribution (1 = its category's median)")), scale=scale, axis=axis)
    y = alt.Y(**field("quick", "quantitative", title=_("Rate of sale (1 = its category's median)")), scale=alt.Scale(type="log", nice=False, padding=TEXT_HEIGHT), axis=axis)
    picked = picking("product_id")
    rule = {"color": look.ink, "strokeWidth": 1, "strokeDash": [5, 3]}
    lines = [upright(part("one").mark_rule(**rule), x), part("one").mark_rule(**rule).encode(y=y)]
    ends = part("reach").mark_point(opacity=0, tooltip=None).encode(x=x, y=y)
    told = tips(("product", labels.metric("product")), ("category", labels.metric("category")), ("reason_text", labels.metric("variety")),
                ("distribution_text", labels.metric("distribution")), ("rate_text", labels.metric("rate_of_sale")), ("sales_text", labels.metric("net_sales")))  # fmt: skip
    colour = alt.Scale(domain=list(SIDES), range=[look.previous, look.worse, look.accent, look.actual])
    size = alt.Size(**field("area", "quantitative"), scale=alt.Scale(range=list(AREAS), zero=True))
    seen = alt.when(picked).then(alt.value(0.85)).otherwise(alt.value(0.15))
    point = part("product").mark_point(filled=True, stroke=look.background, strokeWidth=0.7, cursor="pointer")
    points = point.encode(x=x, y=y, size=size, opacity=seen, fill=alt.Fill(**field("variety"), scale=colour), tooltip=told).add_params(picked)
    text = part("name").mark_text(align=expression("datum.align"), dx=expression("datum.dx"), dy=expression("datum.dy"), color=look.ink)
    text.mark.fontSize = size_where("width > 600 || (width > 360 && datum.rank <= 2)", NOTE_SIZE)
    return alt.layer(*lines, ends, points, text.encode(x=x, y=y, text=words("account")), *corner_texts(look))
