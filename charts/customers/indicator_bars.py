"""Five bars an account: its place among all accounts in each indicator of value, and the score that the weights make of them.

The zones share one scale: a full bar is better than all others. A pale track shows how much is missing; no bar, nothing is known.
"""

import altair as alt
import polars as pl

from charts import labels
from charts.chart import Chart, authored
from charts.marks import between, expression, field, part, picking, room, size_where, tips, words, written
from charts.theme import LABEL_SIZE, NOTE_SIZE, STRONG_SIZE, Theme
from charts.value_words import indicator
from data.language import _, format_number, format_percent

LIMIT = 10
ROW_HEIGHT = 30
ZONE, SCORE = 0.86, 0.75
HEAD = " "


def indicator_bars(accounts: pl.DataFrame, weights: pl.DataFrame, *, theme: str = "light", finding: str = "", limit: int = LIMIT) -> Chart:
    """The first `limit` rows of `accounts` [account_id, account, score, <indicator>_percentile]; "picked" carries `account_id`.

    `weights` [indicator, effective_weight] names the zones from left to right.
    """
    codes = weights["indicator"].to_list()
    best = accounts.head(limit).with_columns(account=labels.told_apart("account", "account_id")).with_row_index("place", offset=1)
    frame = pl.concat([_heads(weights), _bars(best, codes), _scores(best, len(codes))], how="diagonal_relaxed")
    return Chart(_spec(theme, len(codes)), frame, finding, 40 + ROW_HEIGHT * (best.height + 1), "picked")


def _heads(weights: pl.DataFrame) -> pl.DataFrame:
    named = written(weights, head=("indicator", indicator), weight_text=("effective_weight", lambda value: format_percent(value, 0)))
    return named.select(
        pl.lit("head").alias("part"), pl.lit(HEAD).alias("name"), pl.lit(0).alias("place"), pl.int_range(pl.len()).cast(pl.Float64).alias("start"),
        "head", "weight_text",
    )  # fmt: skip


def _bars(best: pl.DataFrame, codes: list[str]) -> pl.DataFrame:
    columns = {f"{code}_percentile": zone for zone, code in enumerate(codes)}
    long = best.select("account_id", "account", "place", *columns).unpivot(
        list(columns), index=["account_id", "account", "place"], variable_name="column", value_name="percentile"
    )
    zone = pl.col("column").replace_strict(columns, return_dtype=pl.Float64)
    placed = long.with_columns(start=zone, code=pl.col("column").str.strip_suffix("_percentile"))
    return written(
        placed, indicator_text=("code", indicator), percentile_text=("percentile", lambda value: format_percent(value, 0))
    ).select(
        pl.lit("bar").alias("part"), "account_id", pl.col("account").alias("name"), pl.col("place").cast(pl.Int64), "start",
        (pl.col("start") + pl.col("percentile").fill_null(0.0) * ZONE).alias("end"), (pl.col("start") + ZONE).alias("full"),
        "indicator_text", "percentile_text",
    )  # fmt: skip


def _scores(best: pl.DataFrame, zones: int) -> pl.DataFrame:
    named = written(best, score_text=("score", lambda value: format_number(value, 2)))
    return named.select(
        pl.lit("score").alias("part"), "account_id", pl.col("account").alias("name"), pl.col("place").cast(pl.Int64),
        pl.lit(float(zones)).alias("start"), "score_text",
    )  # fmt: skip


@authored
def _spec(look: Theme, zones: int) -> alt.LayerChart:
    picked = picking("account_id")
    scale = between(0, "width", domain=[0, zones + SCORE], nice=False)
    y = alt.Y(
        **field("name"), sort=alt.EncodingSortField("place", op="min"), axis=alt.Axis(labelColor=look.ink, labelLimit=room(225), labelPadding=8),
        scale=alt.Scale(paddingInner=0.3, paddingOuter=0.05),
    )  # fmt: skip
    x = alt.X("start:Q", axis=None, scale=scale)
    tooltip = tips(("name", _("Account")), ("indicator_text", _("Indicator")), ("percentile_text", _("Better than")))
    track = part("bar").mark_bar(color=look.rule, cursor="pointer").encode(x=x, x2="full:Q", y=y, tooltip=tooltip)
    bar = part("bar").mark_bar(color=look.tiers[1], cursor="pointer").encode(x=x, x2="end:Q", y=y, tooltip=tooltip)
    within = expression(f"width * {ZONE} / {zones + SCORE}")
    # A phone has no room for the names; the page tells their order.
    size = size_where("width > 480", LABEL_SIZE)
    head = part("head").mark_text(align="left", baseline="middle", dy=-6, fontSize=size, color=look.ink, fontWeight=600, limit=within)
    weight = part("head").mark_text(align="left", baseline="middle", dy=8, fontSize=NOTE_SIZE, color=look.muted)
    score = part("score").mark_text(align="left", baseline="middle", fontSize=STRONG_SIZE, fontWeight=600, color=look.ink)
    layers = [
        track.add_params(picked), bar, head.encode(x=x, y=y, text=words("head")), weight.encode(x=x, y=y, text=words("weight_text")),
        score.encode(x=x, y=y, text=words("score_text")),
    ]  # fmt: skip
    return alt.layer(*layers)
