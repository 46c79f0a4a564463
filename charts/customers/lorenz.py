"""Lorenz's curve: how net sales pile up from the smallest account to the largest, against everyone buying the same."""

import altair as alt
import polars as pl

from charts.chart import Chart, authored
from charts.marks import expression, field, part, tips, written
from charts.theme import LABEL_SIZE, STRONG_SIZE, Theme
from data.language import _, format_number, format_percent


def lorenz(points: pl.DataFrame, *, gini: float | None, theme: str = "light", finding: str = "", height: int = 340) -> Chart:
    """Curve of `points` [accounts_share, value_share]; `gini` is written beside it, where it has a meaning."""
    curve = points.select(pl.lit("curve").alias("part"), "accounts_share", "value_share", equal=pl.col("accounts_share"))
    even = pl.DataFrame({"part": ["equal"] * 2, "accounts_share": [0.0, 1.0], "value_share": [0.0, 1.0]})
    frame = written(
        pl.concat([curve, even], how="diagonal"),
        accounts_text=("accounts_share", format_percent), value_text=("value_share", format_percent),
    )  # fmt: skip
    said = "" if gini is None else _("Gini {value}").format(value=format_number(gini, 2))
    return Chart(_spec(theme, said), frame, finding, height)


@authored
def _spec(look: Theme, said: str) -> alt.LayerChart:
    percent = {"format": "%", "tickCount": 5}
    x = alt.X(
        **field("accounts_share", "quantitative", title=_("Share of accounts, smallest first")), scale=alt.Scale(domain=[0, 1]), axis=alt.Axis(**percent)
    )
    y = alt.Y(**field("value_share", "quantitative", title=_("Share of net sales")), axis=alt.Axis(**percent), scale=alt.Scale(nice=False))
    tooltip = tips(("accounts_text", _("Accounts, smallest first")), ("value_text", _("Their share of net sales")))
    gap = part("curve").mark_area(color=look.tiers[2], opacity=0.25).encode(x=x, y=y, y2="equal:Q")
    even = part("equal").mark_line(color=look.muted, strokeDash=[4, 3], strokeWidth=1.5).encode(x=x, y=y)
    curve = part("curve").mark_line(color=look.actual, strokeWidth=2.5).encode(x=x, y=y, order="accounts_share:Q")
    over = part("curve").mark_point(opacity=0, size=120).encode(x=x, y=y, tooltip=tooltip)
    name = part("equal").transform_filter("datum.accounts_share == 1").mark_text(
        align="right", x=expression("width * 0.5 - 10"), y=expression("height * 0.5 - 10"), fontSize=LABEL_SIZE, color=look.muted, text=_("everyone the same")
    )  # fmt: skip
    value = part("equal").transform_filter("datum.accounts_share == 1").mark_text(
        align="left", x=expression("width * 0.6"), y=expression("height * 0.55"), fontSize=STRONG_SIZE, fontWeight=600, color=look.ink, text=said
    )  # fmt: skip
    return alt.layer(gap, even, curve, over, name, value)
