"""Effect by month: how much more was sold than naturally in each month around a start, with its range. Zero is natural sales."""

import altair as alt
import polars as pl

from charts.chart import Chart, authored
from charts.marks import field, part, signed_axis, size_where, tips, words, written
from charts.theme import NOTE_SIZE, Theme
from data.language import _, format_change, format_number


def effect_months(curve: pl.DataFrame, *, theme: str = "light", finding: str = "", height: int = 380) -> Chart:
    """Columns of `curve` [offset, uplift_rate, uplift_rate_low, uplift_rate_high, programmes, accounts]; 0 is the month of the start."""
    rows = curve.filter(pl.col("uplift_rate").is_not_null()).with_columns(
        pl.lit("month").alias("part"), is_sure=(pl.col("uplift_rate_low") > 0) | (pl.col("uplift_rate_high") < 0), is_more=pl.col("uplift_rate") >= 0,
    )  # fmt: skip
    texts = written(
        rows, rate_text=("uplift_rate", format_change), low_text=("uplift_rate_low", format_change), high_text=("uplift_rate_high", format_change),
        accounts_text=("accounts", format_number), programmes_text=("programmes", format_number),
    ).with_columns(range_text=pl.col("low_text") + " … " + pl.col("high_text"))  # fmt: skip
    return Chart(_spec(theme), texts, finding, height)


@authored
def _spec(look: Theme) -> alt.LayerChart:
    x = alt.X(
        **field("offset", "ordinal", title=_("Months from the start")), scale=alt.Scale(paddingInner=0.35, paddingOuter=0.2),
        axis=alt.Axis(labelAngle=0, labelExpr="datum.value > 0 ? '+' + datum.value : datum.value"),
    )  # fmt: skip

    def y(name: str) -> alt.Y:
        return alt.Y(**field(name, "quantitative", title=_("Above natural sales")), axis=signed_axis(tickCount=6), scale=alt.Scale(zero=True, nice=True))

    lines = tips(
        ("offset", _("Months from the start")), ("rate_text", _("Above natural sales")), ("range_text", _("Range")), ("programmes_text", _("Programmes")),
        ("accounts_text", _("Accounts")),
    )  # fmt: skip
    colour = alt.condition("datum.is_more", alt.value(look.better), alt.value(look.worse))
    sure = alt.condition("datum.is_sure", alt.value(1.0), alt.value(0.3))
    bar = part("month").mark_bar(width=alt.RelativeBandSize(1.0)).encode(x=x, y=y("uplift_rate"), color=colour, opacity=sure, tooltip=lines)
    reach = part("month").mark_rule(color=look.ink, strokeWidth=1.5).encode(x=x, y=y("uplift_rate_low"), y2=alt.Y2(field="uplift_rate_high"), tooltip=lines)
    text = part("month").mark_text(dy=-7, baseline="bottom", color=look.ink, fontSize=size_where("bandwidth('x') > 40", NOTE_SIZE))
    zero = part("month").mark_rule(color=look.ink, strokeWidth=1).encode(y=alt.YDatum(0))
    return alt.layer(zero, bar, reach, text.encode(x=x, y=y("uplift_rate_high"), text=words("rate_text")))
