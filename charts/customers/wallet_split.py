"""Who sells what in each category: ours first, then the competitors, as parts of one bar that ends at all known purchases."""

from collections.abc import Sequence

import altair as alt
import polars as pl

from charts.chart import Chart, authored
from charts.marks import field, rows, tips, value_axis, words, written
from charts.theme import NOTE_SIZE, Theme
from data.language import _, currency, format_money, format_percent

ROW_HEIGHT, LIMIT = 44, 10


def wallet_split(bought: pl.DataFrame, rivals: pl.DataFrame, *, theme: str = "light", finding: str = "") -> Chart:
    """Bars of `bought` [category, own, wallet] and `rivals` [category, competitor, amount]; the ten largest categories."""
    kept = bought.sort("wallet", descending=True, nulls_last=True).head(LIMIT).with_columns(pl.col("category").fill_null(_("Not known")))
    others = rivals.with_columns(pl.col("category").fill_null(_("Not known")), pl.col("competitor").fill_null(_("Unnamed competitor")))
    others = others.group_by("category", "competitor").agg(pl.col("amount").sum()).filter(pl.col("category").is_in(kept["category"].implode()))
    ours = kept.select("category", pl.lit(_("Ours")).alias("competitor"), pl.col("own").fill_null(0.0).alias("amount"), pl.lit(True).alias("is_ours"))
    parts = pl.concat([ours, others.with_columns(pl.lit(False).alias("is_ours"))], how="diagonal")
    return Chart(_spec(theme), _stacked(parts, kept["category"].to_list()), finding, 72 + ROW_HEIGHT * max(kept.height, 1))


def _stacked(parts: pl.DataFrame, order: Sequence[str]) -> pl.DataFrame:
    """Each part's start and end within its category, ours first, then by falling amount; what is too short says nothing."""
    sized = parts.sort(["is_ours", "amount", "competitor"], descending=[True, True, False])
    placed = sized.with_columns(
        pl.col("amount").cum_sum().over("category").alias("end"), pl.col("amount").sum().over("category").alias("whole"),
        pl.col("competitor").cum_count().over("category").alias("nth"),
    ).with_columns((pl.col("end") - pl.col("amount")).alias("start"))  # fmt: skip
    longest = placed["whole"].max() or 1.0
    sliced = placed.with_columns(
        pl.when(pl.col("whole") > 0).then(pl.col("amount") / pl.col("whole")).alias("share"), (pl.col("amount") / longest).alias("length"),
        pl.col("category").replace_strict({name: place for place, name in enumerate(order)}, return_dtype=pl.Int64).alias("place"),
    )  # fmt: skip
    shade = pl.when("is_ours").then(pl.lit("ours")).when(pl.col("nth") % 2 == 0).then(pl.lit("even")).otherwise(pl.lit("odd"))
    spoken = written(sliced, amount_text=("amount", format_money), share_text=("share", lambda share: format_percent(share, 0)))
    return spoken.with_columns(shade.alias("shade"), (pl.col("competitor") + " " + pl.col("share_text")).alias("text"))


@authored
def _spec(look: Theme) -> alt.LayerChart:
    order = alt.EncodingSortField("place", op="min")
    y = alt.Y(**field("category"), sort=order, axis=alt.Axis(labelLimit=150), scale=alt.Scale(paddingInner=0.35, paddingOuter=0.2))
    x = alt.X(**field("start", "quantitative", title=f"{_('Known purchases')} ({currency()})"), scale=alt.Scale(zero=True, nice=False), axis=value_axis())
    tooltip = tips(("competitor", _("Supplier")), ("category", _("Category")), ("amount_text", _("Amount")), ("share_text", _("Share")))
    shades = alt.Scale(domain=["ours", "even", "odd"], range=[look.accent, look.rest, look.previous])
    ink = alt.condition("datum.is_ours", alt.value(look.background), alt.value(look.ink))
    bar = rows().mark_bar(stroke=look.background, strokeWidth=1).encode(x=x, x2=alt.X2(field="end"), y=y, color=alt.Color(**field("shade"), scale=shades), tooltip=tooltip)
    fits = rows().transform_filter("datum.length * width > 5.8 * length(datum.text) + 8")
    text = fits.mark_text(align="left", dx=5, fontSize=NOTE_SIZE).encode(x=x, y=y, text=words("text"), color=ink)
    return alt.layer(bar, text)
