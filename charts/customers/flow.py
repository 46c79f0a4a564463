"""Flow: where the accounts of each tier went (a Sankey of one step). Heights are accounts; click selects a stream.

Up the ladder is blue, down and out is orange, unchanged is grey; entries stand below on the left, exits below on the right.
"""

import altair as alt
import numpy as np
import polars as pl

from charts.chart import Chart, authored
from charts.customers.movers import ENTERED, LEFT, direction, order_of, summed_by_pair, tier_text
from charts.marks import between, field, part, picking, tips, words, written
from charts.theme import LABEL_SIZE, Theme
from data.language import _, format_money, format_number, format_percent

STEPS = 17
GAP = 0.035
NODE = 0.012


def flow(moves: pl.DataFrame, *, by: str = "tier", theme: str = "light", finding: str = "", height: int = 400) -> Chart:
    """Streams of `moves` [from_tier, to_tier, accounts, net_sales], one row per pair; `new` enters and `lost` leaves."""
    streams = summed_by_pair(moves, by)
    if streams.is_empty():
        return Chart(_spec(theme), _frame(streams, pl.DataFrame()), finding, height, "picked")
    order = [*order_of(by), ENTERED, LEFT]
    left, right = (_nodes(streams, side, order) for side in ("from_tier", "to_tier"))
    placed = _ends(_ends(streams, left, "from_tier", "to_tier", order), right, "to_tier", "from_tier", order)
    return Chart(_spec(theme), _frame(_curves(placed, order), pl.concat([left, right])), finding, height, "picked")


def _nodes(streams: pl.DataFrame, side: str, order: list[str]) -> pl.DataFrame:
    """A block per tier of one side from the top down, in shares of all accounts, with a gap between two blocks."""
    sums = streams.group_by(side).agg(pl.col("accounts").sum()).rename({side: "code"})
    ranked = sums.sort(pl.col("code").replace_strict(order, range(len(order)), return_dtype=pl.Int64))
    size = pl.col("accounts") / streams["accounts"].sum()
    tops = size.cum_sum() - size + GAP * pl.int_range(pl.len())
    return ranked.select(pl.lit(side).alias("side"), "code", "accounts", tops.alias("top"), (tops + size).alias("bottom"))


def _ends(streams: pl.DataFrame, nodes: pl.DataFrame, side: str, other: str, order: list[str]) -> pl.DataFrame:
    """The streams with where they leave (or reach) their block: `<side>_top` and `<side>_bottom`, in the order of the other side."""
    rank = pl.col(other).replace_strict(order, range(len(order)), return_dtype=pl.Int64)
    size = pl.col("accounts") / streams["accounts"].sum()
    sorted_streams = streams.sort(rank).join(nodes.select("code", "top"), left_on=side, right_on="code", maintain_order="left")
    start = pl.col("top") + (size.cum_sum() - size).over(side)
    return sorted_streams.with_columns(start.alias(f"{side}_top"), (start + size).alias(f"{side}_bottom")).drop("top")


def _curves(streams: pl.DataFrame, order: list[str]) -> pl.DataFrame:
    """Points along every stream, from the left block to the right one."""
    at = pl.DataFrame({"x": np.linspace(NODE, 1 - NODE, STEPS), "ease": _ease(np.linspace(0, 1, STEPS))})
    told = [direction(start, end, order) for start, end in streams["from_tier", "to_tier"].iter_rows()]
    texts = written(
        streams.with_columns(pl.Series("direction", told, dtype=pl.String), link=pl.int_range(pl.len()), probability=pl.col("accounts") / pl.col("accounts").sum().over("from_tier")),
        from_text=("from_tier", tier_text), to_text=("to_tier", tier_text), accounts_text=("accounts", format_number),
        sales_text=("net_sales", format_money), probability_text=("probability", format_percent),
    )  # fmt: skip
    points = texts.join(at, how="cross")

    def along(edge: str) -> pl.Expr:
        return pl.col(f"from_tier_{edge}") * (1 - pl.col("ease")) + pl.col(f"to_tier_{edge}") * pl.col("ease")

    return points.with_columns(part=pl.lit("stream"), top=along("top"), bottom=along("bottom")).sort("link", "x")


def _ease(t: np.ndarray) -> np.ndarray:
    return t * t * (3 - 2 * t)


def _frame(curves: pl.DataFrame, nodes: pl.DataFrame) -> pl.DataFrame:
    schema = {
        "part": pl.String, "link": pl.Int64, "from_tier": pl.String, "to_tier": pl.String, "x": pl.Float64, "top": pl.Float64, "bottom": pl.Float64,
        "direction": pl.String, **dict.fromkeys(("from_text", "to_text", "accounts_text", "sales_text", "probability_text", "label"), pl.String),
        "middle": pl.Float64, "end": pl.Float64,
    }  # fmt: skip
    empty = pl.DataFrame(schema=schema)
    if nodes.is_empty():
        return empty
    is_left = pl.col("side") == "from_tier"
    blocks = written(nodes, name=("code", tier_text), count=("accounts", format_number)).select(
        pl.when(is_left).then(pl.lit("left")).otherwise(pl.lit("right")).alias("part"),
        "top", "bottom", ((pl.col("top") + pl.col("bottom")) / 2).alias("middle"),
        pl.when(is_left).then(0.0).otherwise(1 - NODE).alias("x"), pl.when(is_left).then(NODE).otherwise(1.0).alias("end"),
        (pl.col("name") + " · " + pl.col("count")).alias("label"),
    )  # fmt: skip
    return pl.concat([empty, curves, blocks], how="diagonal_relaxed").select(list(schema))


@authored
def _spec(look: Theme) -> alt.LayerChart:
    picked = picking("from_tier", "to_tier")
    across = between("max(96, width * 0.14)", "width - max(96, width * 0.14)", domain=[0, 1], nice=False)
    down = alt.Scale(reverse=True, zero=False, nice=False)
    x, y = alt.X("x:Q", axis=None, scale=across), alt.Y("top:Q", axis=None, scale=down)
    lines = tips(
        ("from_text", _("Before")), ("to_text", _("Now")), ("accounts_text", _("Accounts")), ("probability_text", _("Share of those it comes from")),
        ("sales_text", _("Net sales")),
    )  # fmt: skip
    tones = alt.Color(**field("direction"), scale=alt.Scale(domain=["up", "same", "down"], range=[look.better, look.rest, look.worse]))
    fade = alt.when(picked).then(alt.value(0.6)).otherwise(alt.value(0.15))
    stream = part("stream").mark_area(cursor="pointer", interpolate="monotone", line=False).encode(
        x=x, y=y, y2="bottom:Q", detail="link:N", color=tones, opacity=fade, tooltip=lines
    )  # fmt: skip
    layers = [stream.add_params(picked)]
    for side, align, dx, at in (("left", "right", -8, "x"), ("right", "left", 8, "end")):
        block = part(side).mark_rect(color=look.actual).encode(x=x, x2="end:Q", y=y, y2="bottom:Q")
        name = part(side).mark_text(align=align, dx=dx, fontSize=LABEL_SIZE, color=look.ink, baseline="middle")
        layers += [block, name.encode(x=alt.X(f"{at}:Q", axis=None, scale=across), y=alt.Y("middle:Q", axis=None, scale=down), text=words("label"))]
    return alt.layer(*layers)
