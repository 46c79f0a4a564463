"""Delivery: value against standardisation, one point per product, the cuts drawn; each model's corner is named with its count and money.

Dearer products stand higher, more standard ones further right; a point's area is its net sales. Click selects a product.
"""

import altair as alt
import polars as pl

from charts import labels
from charts.chart import Chart, authored
from charts.corners import TEXT_HEIGHT, WIDE, upright
from charts.marks import expression, field, part, picking, size_where, tips, with_halo, words, written
from charts.named import AREAS
from charts.theme import NOTE_SIZE, STRONG_SIZE, Theme
from data.language import _, format_money_compact, format_number, format_percent, ngettext

CORNERS = {"professional": (False, False), "process": (True, True)}
"""Whether a model's corner lies right, and whether it lies low."""


def delivery(products: pl.DataFrame, models: pl.DataFrame, *, cuts: dict[str, float], theme: str = "light", finding: str = "", height: int = 420) -> Chart:
    """Scatter of `products` [product_id, product, price_percentile, standardisation, delivery_model, net_sales] that have a model.

    `models` [delivery_model, products, net_sales] fills the corners; `cuts` holds value_high, value_low, standard_high, standard_low.
    """
    known = products.filter(pl.col("delivery_model").is_not_null()).select(
        pl.lit("product").alias("part"), "product_id", "product", "price_percentile", "standardisation", "delivery_model", "net_sales",
        pl.col("net_sales").clip(lower_bound=0).alias("area"),
    )  # fmt: skip
    told = written(
        known, model_text=("delivery_model", labels.label), sales_text=("net_sales", format_money_compact), price_text=("price_percentile", format_percent),
        standard_text=("standardisation", format_number),
    )  # fmt: skip
    lines = pl.DataFrame(
        {"part": ["line"] * 4, "price_percentile": [cuts["value_high"], cuts["value_low"], None, None],
         "standardisation": [None, None, cuts["standard_high"], cuts["standard_low"]]}, schema_overrides={"price_percentile": pl.Float64, "standardisation": pl.Float64},
    )  # fmt: skip
    zones = pl.DataFrame([_zone(row, cuts) for row in models.drop_nulls("delivery_model").iter_rows(named=True)])
    return Chart(_spec(theme), pl.concat([told, lines, zones], how="diagonal_relaxed"), finding, height, "picked")


def _zone(row: dict[str, object], cuts: dict[str, float]) -> dict[str, object]:
    """What a model's zone says: two keep to their corners, general service stands under the middle's upper cut."""
    count = ngettext("{n} product", "{n} products", row["products"]).format(n=format_number(row["products"]))
    money = format_money_compact(row["net_sales"])
    said = {"corner": labels.label(row["delivery_model"]), "held": f"{count} · {money}", "held_short": f"{format_number(row['products'])} · {money}"}
    if row["delivery_model"] in CORNERS:
        right, low = CORNERS[row["delivery_model"]]
        return {"part": "corner", **said, "right": right, "low": low}
    return {"part": "middle", **said, "standardisation": (cuts["standard_high"] + cuts["standard_low"]) / 2, "price_percentile": cuts["value_high"]}


@authored
def _spec(look: Theme) -> alt.LayerChart:
    x = alt.X(**field("standardisation", "quantitative", title=labels.metric("standardisation")), scale=alt.Scale(domain=[0, 100], padding=12), axis=alt.Axis(grid=False))
    y = alt.Y(
        **field("price_percentile", "quantitative", title=labels.metric("price_percentile")), scale=alt.Scale(domain=[0, 1], padding=TEXT_HEIGHT),
        axis=alt.Axis(format=".0%", grid=False, tickCount=5),
    )  # fmt: skip
    picked = picking("product_id")
    lines = tips(("product", _("Product")), ("model_text", _("Delivery")), ("price_text", labels.metric("price_percentile")),
                 ("standard_text", labels.metric("standardisation")), ("sales_text", labels.metric("net_sales")))  # fmt: skip
    colour = alt.Scale(domain=["professional", "general", "process"], range=[look.accent, look.previous, look.actual])
    size = alt.Size(**field("area", "quantitative"), scale=alt.Scale(range=list(AREAS), zero=True))
    seen = alt.when(picked).then(alt.value(0.85)).otherwise(alt.value(0.2))
    point = part("product").mark_point(filled=True, stroke=look.background, strokeWidth=0.7, cursor="pointer").encode(
        x=x, y=y, size=size, opacity=seen, fill=alt.Fill(**field("delivery_model"), scale=colour), tooltip=lines
    )  # fmt: skip
    rule = {"color": look.ink, "strokeWidth": 1, "strokeDash": [5, 3]}
    rules = [
        part("line").transform_filter("isValid(datum.price_percentile)").mark_rule(**rule).encode(y=y),
        upright(part("line").transform_filter("isValid(datum.standardisation)").mark_rule(**rule), x),
    ]
    return alt.layer(*rules, point.add_params(picked), *_names(look, x, y))


def _names(look: Theme, x: alt.X, y: alt.Y) -> list[alt.Chart]:
    """Each zone's name, and under it its products and their net sales."""
    aside = {"x": expression("datum.right ? width - 6 : 6"), "align": expression("datum.right ? 'right' : 'left'")}
    name = {"fontSize": expression(f"{WIDE} ? {STRONG_SIZE} : {NOTE_SIZE}"), "fontWeight": 700, "color": look.ink}
    held, held_short = ({"fontSize": size_where(where, NOTE_SIZE), "color": look.muted} for where in (WIDE, f"!({WIDE})"))
    lines = (("corner", name, 10, 22), ("held", held, 25, 8), ("held_short", held_short, 25, 8))
    corner = [
        part("corner").mark_text(**aside, **style, y=expression(f"datum.low ? height - {from_end} : {from_top}")).encode(text=words(column))
        for column, style, from_top, from_end in lines
    ]  # fmt: skip
    middle = [part("middle").mark_text(**style, dy=from_top + 2).encode(x=x, y=y, text=words(column)) for column, style, from_top, _end in lines]
    return [layer for text in corner + middle for layer in with_halo(text, look.background)]
