"""Concentration: the share of net sales that the largest accounts bring, account by account, with the ABC cuts drawn."""

import altair as alt
import polars as pl

from charts import values
from charts.chart import Chart, authored
from charts.marks import expression, field, part, tips, words, written
from charts.theme import CLASSES, NOTE_SIZE, STRONG_SIZE, Theme
from data.language import _, format_number, format_percent

POINTS = 400
"""More points than pixels draw no better curve."""


def concentration(
    accounts: pl.DataFrame, *, abc_a: float, abc_b: float, theme: str = "light", finding: str = "", height: int = 340
) -> Chart:
    """Cumulative curve of `accounts` [net_sales, share, cumulative_share_before, abc], with the cuts at `abc_a` and `abc_b`.

    Accounts without a class (nothing sold, or below zero) are not on the curve.
    """
    ranked = accounts.filter(pl.col("abc").is_in(CLASSES)).sort("cumulative_share_before", "share", descending=[False, True])
    after = (pl.col("cumulative_share_before") + pl.col("share")).cast(float).clip(0, 1)
    curve = ranked.select(pl.lit("curve").alias("part"), pl.int_range(1, pl.len() + 1).alias("rank"), after.alias("reached"), "abc")
    origin = pl.DataFrame({"part": ["curve"], "rank": [0], "reached": [0.0]}, schema_overrides={"rank": pl.Int64})
    frame = pl.concat([origin, _thinned(curve), _classes(ranked), _cuts(abc_a, abc_b)], how="diagonal_relaxed")
    return Chart(_spec(theme), _texts(frame), finding, height)


def _thinned(curve: pl.DataFrame) -> pl.DataFrame:
    """Every nth account, and always the last of each class."""
    step = max(1, curve.height // POINTS)
    last = pl.col("rank") == pl.col("rank").max().over("abc")
    return curve.filter((pl.col("rank") % step == 0) | last)


def _classes(ranked: pl.DataFrame) -> pl.DataFrame:
    """Where each class ends, in accounts, and how much of net sales it brings."""
    sums = ranked.group_by("abc").agg(pl.len().cast(pl.Int64).alias("accounts"), pl.col("share").sum().cast(float)).sort("abc")
    return sums.select(
        pl.lit("class").alias("part"), "abc", "accounts", "share",
        (pl.col("accounts").cum_sum() - pl.col("accounts")).alias("from_rank"), pl.col("accounts").cum_sum().alias("rank"),
    )  # fmt: skip


def _cuts(abc_a: float, abc_b: float) -> pl.DataFrame:
    return pl.DataFrame({"part": ["cut", "cut"], "reached": [abc_a, abc_b]})


def _texts(frame: pl.DataFrame) -> pl.DataFrame:
    made = written(frame, rank_text=("rank", format_number), reached_text=("reached", format_percent))
    heads = [_class_text(row) if row["part"] == "class" else "" for row in frame.iter_rows(named=True)]
    return made.with_columns(
        pl.Series("class_text", heads, dtype=pl.String),
        pl.Series("cut_text", [format_percent(value, 0) if kind == "cut" else "" for kind, value in frame["part", "reached"].iter_rows()]),
    )


def _class_text(row: dict[str, object]) -> str:
    count = values.accounts(row["accounts"])
    return f"{row['abc']} · {count} · {format_percent(row['share'], 0)}"


@authored
def _spec(look: Theme) -> alt.LayerChart:
    classes = alt.Scale(domain=list(CLASSES), range=[look.tier_colours[code] for code in CLASSES])
    x = alt.X(**field("rank", "quantitative", title=_("Accounts, largest first")), scale=alt.Scale(nice=False), axis=alt.Axis(tickCount=6, tickMinStep=1, format=",d"))
    percent = alt.Axis(format="%", tickCount=5, grid=False)
    y = alt.Y(**field("reached", "quantitative", title=_("Cumulative share of net sales")), scale=alt.Scale(domain=[0, 1]), axis=percent)
    tooltip = tips(("rank_text", _("Accounts")), ("reached_text", _("Cumulative share")))
    colour = alt.Color(**field("abc"), scale=classes)
    strip = part("class").mark_rect(opacity=0.22).encode(x=alt.X("from_rank:Q"), x2="rank:Q", color=colour)
    cut = part("cut").mark_rule(color=look.ink, strokeDash=[4, 3], strokeWidth=1).encode(y=y)
    at_cut = part("cut").mark_text(align="right", x=expression("width - 4"), dy=8, fontSize=NOTE_SIZE, color=look.muted)
    curve = part("curve").mark_line(color=look.actual, strokeWidth=2.5, interpolate="linear").encode(x=x, y=y, order="rank:Q")
    over = part("curve").mark_point(opacity=0, size=120).encode(x=x, y=y, tooltip=tooltip)
    name = part("class").mark_text(
        align="right", x=expression("width - 10"), fontSize=STRONG_SIZE, fontWeight=600, color=look.ink, baseline="middle"
    )  # fmt: skip
    place = alt.Y(**field("abc"), axis=None, scale=alt.Scale(domain=list(CLASSES), range=[expression("height - 70"), expression("height - 20")]))
    heads = name.encode(y=place, text=words("class_text"))
    layers = [strip, cut.encode(y=y), at_cut.encode(y=y, text=words("cut_text")), curve, over]
    return alt.layer(alt.layer(*layers), heads).resolve_scale(y="independent").resolve_axis(y="independent")
