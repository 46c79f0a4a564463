"""Who is still a customer, and what for: expected value by the probability of being alive. Hollow bars: a model's values."""

import altair as alt
import polars as pl

from charts import values
from charts.chart import Chart, authored
from charts.marks import between, field, rows, tips, words, written
from charts.theme import STRONG_SIZE, Theme
from data.language import _, currency, format_number, format_percent, ngettext

CUTS = (0.2, 0.4, 0.6, 0.8)
ROW_HEIGHT = 46


def alive(lifetime: pl.DataFrame, *, theme: str = "light", finding: str = "") -> Chart:
    """Five bands of `lifetime` [p_alive, expected_value], the surest on top, each with its customers and what they are worth."""
    band = sum((pl.col("p_alive") >= cut).cast(pl.Int64) for cut in CUTS)
    sums = lifetime.filter(pl.col("p_alive").is_not_null()).group_by(band.alias("band")).agg(
        pl.len().cast(pl.Int64).alias("accounts"), pl.col("expected_value").sum()
    )
    order = pl.DataFrame({"band": list(range(len(CUTS), -1, -1))}, schema={"band": pl.Int64})
    whole = order.join(sums, on="band", how="left", maintain_order="left").with_columns(pl.col("accounts").fill_null(0), pl.col("expected_value").fill_null(0.0))
    frame = written(whole, name=("band", _name), count=("accounts", _count), money=("expected_value", lambda of: values.short(of, "net_sales")))
    return Chart(_spec(theme, currency()), frame.with_columns(label=pl.col("money") + " · " + pl.col("count")), finding, 60 + ROW_HEIGHT * 5)


def _name(band: int) -> str:
    edges = (0.0, *CUTS, 1.0)
    return f"{format_percent(edges[band], 0)} – {format_percent(edges[band + 1], 0)}"


def _count(accounts: int) -> str:
    return ngettext("{n} customer", "{n} customers", accounts).format(n=format_number(accounts))


@authored
def _spec(look: Theme, money: str) -> alt.LayerChart:
    title = _("Probability of still being a customer")
    y = alt.Y(
        **field("name", title=title), sort=None, axis=alt.Axis(labelColor=look.ink), scale=alt.Scale(paddingInner=0.35, paddingOuter=0.2)
    )
    heading = alt.Axis(orient="bottom", labels=False, grid=False, title=_("Expected net sales ({currency})").format(currency=money), titleAnchor="start", titleAlign="left")
    x = alt.X(**field("expected_value", "quantitative"), axis=heading, scale=between(0, "width - 170", zero=True, nice=False))
    tooltip = tips(("name", title), ("count", _("Customers")), ("money", _("Expected net sales")))
    bar = rows().mark_bar(fill=look.tiers[3], fillOpacity=0.35, stroke=look.tiers[1], strokeWidth=1.5, strokeDash=[4, 3]).encode(x=x, y=y, tooltip=tooltip)
    text = rows().mark_text(align="left", dx=8, fontSize=STRONG_SIZE, color=look.ink).encode(x=x, y=y, text=words("label"))
    return alt.layer(bar, text)
