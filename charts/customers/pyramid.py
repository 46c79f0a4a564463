"""Value pyramid: a centred band per tier, best on top, as wide as its share of the accounts; beside it what it is worth.

A true picture: the wide base of small accounts and the narrow tip that brings the money, never a triangle in equal slices.
"""

import altair as alt
import polars as pl

from charts import labels, values
from charts.chart import Chart, authored
from charts.marks import between, expression, field, picking, rows, tips, words, written
from charts.theme import CLASSES, NOTE_SIZE, STRONG_SIZE, TIERS, Theme
from data.language import _, format_money, format_number, format_percent

BANDS_TO, WORTH_AT, WORTH_TO = "width * 0.6", "width * 0.64", "width * 0.98"


def pyramid(tiers: pl.DataFrame, *, by: str = "tier", theme: str = "light", finding: str = "", height: int = 340) -> Chart:
    """Bands of `tiers` [<by>, accounts, net_sales, share]; `by` is "tier" (vip … small) or "abc". "picked" carries `code`."""
    order = CLASSES if by == "abc" else TIERS
    ranked = tiers.select(pl.col(by).alias("code"), pl.col("accounts").cast(pl.Int64), pl.col("net_sales").cast(float), pl.col("share").cast(float))
    ranked = ranked.filter(pl.col("code").is_in(order)).sort(pl.col("code").replace_strict(order, range(len(order)), return_dtype=pl.Int64))
    bands = ranked.with_row_index("place").with_columns(
        (-pl.col("accounts") / 2).alias("start"), (pl.col("accounts") / 2).alias("end"),
        (pl.col("accounts") / (ranked["accounts"].sum() or 1)).alias("accounts_share"),
    )  # fmt: skip
    return Chart(_spec(theme, by), _written(bands), finding, height, "picked")


def _written(bands: pl.DataFrame) -> pl.DataFrame:
    return written(
        bands,
        name=("code", labels.label),
        accounts_text=("accounts", format_number),
        accounts_share_text=("accounts_share", format_percent),
        sales_text=("net_sales", format_money),
        share_text=("share", lambda value: format_percent(value, 0)),
    ).with_columns(
        worth=pl.format(_("{share} of net sales").format(share="{}"), "share_text"),
        detail=pl.Series(
            [
                values.accounts(n) + f" · {values.short(sales, 'net_sales')}"
                for n, sales in bands["accounts", "net_sales"].iter_rows()
            ],
            dtype=pl.String,
        ),
    )


@authored
def _spec(look: Theme, by: str) -> alt.LayerChart:
    picked = picking("code")
    order = CLASSES if by == "abc" else TIERS
    colours = alt.Scale(domain=list(order), range=[look.tier_colours[code] for code in order])
    y = alt.Y(**field("code"), sort=alt.EncodingSortField("place", op="min"), axis=alt.Axis(labels=False), scale=alt.Scale(padding=0.06))
    tooltip = tips(
        ("name", _("Tier")), ("accounts_text", _("Accounts")), ("accounts_share_text", _("Share of accounts")),
        ("sales_text", _("Net sales")), ("share_text", _("Share of net sales")),
    )  # fmt: skip
    x = {"axis": None, "scale": between("max(76, width * 0.12)", BANDS_TO, nice=False)}
    fade = alt.when(picked).then(alt.value(1)).otherwise(alt.value(0.35))
    band = rows().mark_bar(cursor="pointer", height=alt.RelativeBandSize(1)).encode(
        x=alt.X(**field("start", "quantitative"), **x), x2="end:Q", y=y, opacity=fade,
        color=alt.Color(**field("code"), scale=colours), tooltip=tooltip,
    )  # fmt: skip
    shares = {"axis": None, "scale": between(WORTH_AT, WORTH_TO, domain=[0, 1])}
    worth = rows().mark_bar(height=6, yOffset=24).encode(
        x=alt.X(**field("share", "quantitative"), **shares), y=y, color=alt.Color(**field("code"), scale=colours), tooltip=tooltip
    )  # fmt: skip
    return alt.layer(band.add_params(picked), worth, *_texts(look, y)).resolve_scale(x="independent")


def _texts(look: Theme, y: alt.Y) -> list[alt.Chart]:
    """The tier's name left of the bands, its worth and its size to the right, in two lines."""
    name = rows().mark_text(x=0, align="left", fontWeight=600, fontSize=STRONG_SIZE, color=look.ink)
    worth = rows().mark_text(x=expression(WORTH_AT), align="left", dy=-14, fontWeight=600, fontSize=STRONG_SIZE, color=look.ink)
    detail = rows().mark_text(x=expression(WORTH_AT), align="left", dy=5, fontSize=NOTE_SIZE, color=look.muted)
    return [
        name.encode(y=y, text=words("name")),
        worth.encode(y=y, text=words("worth")),
        detail.encode(y=y, text=words("detail")),
    ]
