"""Movers: accounts by the tier that they come from and the tier that they are in now. Click selects a cell."""

from collections.abc import Sequence

import altair as alt
import polars as pl

from charts import labels
from charts.chart import Chart, authored
from charts.marks import field, picking, rows, tips, words, written
from charts.theme import CLASSES, NOTE_SIZE, STRONG_SIZE, TIERS, Theme
from data.language import _, format_money, format_number, format_percent

ENTERED, LEFT = "new", "lost"
"""Codes for accounts that had no sales before, and that have none now."""


def movers(moves: pl.DataFrame, *, by: str = "tier", theme: str = "light", finding: str = "", height: int = 340) -> Chart:
    """Matrix of `moves` [from_tier, to_tier, accounts, net_sales], one or more rows per pair of tiers.

    Up the ladder is blue, down is orange, unchanged is grey. "picked" carries from_tier and to_tier.
    """
    summed = summed_by_pair(moves, by)
    order = order_of(by)
    directions = [direction(start, end, order) for start, end in summed["from_tier", "to_tier"].iter_rows()]
    ranks = {code: place for place, code in enumerate([*order, ENTERED, LEFT])}
    placed = summed.with_columns(
        pl.Series("direction", directions, dtype=pl.String),
        (pl.col("accounts") / (summed["accounts"].max() or 1)).sqrt().alias("size"),
        (pl.col("accounts") / pl.col("accounts").sum().over("from_tier")).alias("probability"),
        pl.col("from_tier").replace_strict(ranks, return_dtype=pl.Int64).alias("from_place"),
        pl.col("to_tier").replace_strict(ranks, return_dtype=pl.Int64).alias("to_place"),
    )
    frame = written(
        placed,
        from_text=("from_tier", tier_text),
        to_text=("to_tier", tier_text),
        accounts_text=("accounts", format_number),
        probability_text=("probability", format_percent),
        sales_text=("net_sales", format_money),
    )
    return Chart(_spec(theme), frame, finding, height, "picked")


def order_of(by: str) -> list[str]:
    """The tiers' codes from the best down, those without a tier last."""
    return [*(CLASSES if by == "abc" else TIERS), "none", "unrated"]


def summed_by_pair(moves: pl.DataFrame, by: str) -> pl.DataFrame:
    """The moves [from_tier, to_tier, accounts, net_sales] in one row per pair, by the tiers' order."""
    summed = moves.group_by("from_tier", "to_tier").agg(pl.col("accounts").sum().cast(pl.Int64), pl.col("net_sales").sum().cast(float))
    order = [*order_of(by), ENTERED, LEFT]
    return summed.sort(*(pl.col(side).replace_strict(order, range(len(order)), return_dtype=pl.Int64) for side in ("from_tier", "to_tier")))


def tier_text(code: str) -> str:
    """A tier in the reader's words; who is absent from a period has no sales there."""
    if code in (ENTERED, LEFT):
        return _("No sales")
    return labels.tier(code)


def direction(start: str, end: str, order: Sequence[str]) -> str:
    """Whether a move goes up the ladder, down it, or nowhere; who enters goes up, who leaves goes down."""
    if start == end:
        return "same"
    if start == ENTERED:
        return "up"
    return "up" if end != LEFT and order.index(end) < order.index(start) else "down"


@authored
def _spec(look: Theme) -> alt.LayerChart:
    picked = picking("from_tier", "to_tier")
    side = alt.Axis(orient="top", labelAngle=0, labelColor=look.ink, titleAnchor="start")
    x = alt.X(**{**field("to_text"), "title": _("Rows: before · columns: now")}, sort=alt.EncodingSortField("to_place", op="min"), axis=side, scale=alt.Scale(padding=0.05))
    y = alt.Y(
        **field("from_text"), sort=alt.EncodingSortField("from_place", op="min"),
        axis=alt.Axis(labelColor=look.ink), scale=alt.Scale(padding=0.05),
    )  # fmt: skip
    colours = alt.Scale(domain=["up", "same", "down"], range=[look.better, look.rest, look.worse])
    tooltip = tips(("from_text", _("Before")), ("to_text", _("Now")), ("accounts_text", _("Accounts")), ("probability_text", _("Share of those it comes from")), ("sales_text", _("Net sales")))
    strength = alt.FillOpacity(**field("size", "quantitative"), scale=alt.Scale(domain=[0, 1], range=[0.06, 0.55]))
    fade = alt.when(picked).then(alt.value(1)).otherwise(alt.value(0.35))
    cell = rows().mark_rect(cursor="pointer").encode(
        x=x, y=y, color=alt.Color(**field("direction"), scale=colours), fillOpacity=strength, opacity=fade, tooltip=tooltip
    )  # fmt: skip
    text = rows().mark_text(fontSize=STRONG_SIZE, fontWeight=600, color=look.ink, dy=-6).encode(x=x, y=y, text=words("accounts_text"))
    share = rows().mark_text(fontSize=NOTE_SIZE, color=look.ink, dy=9).encode(x=x, y=y, text=words("probability_text"))
    return alt.layer(cell.add_params(picked), text, share)
