"""Win rates: each subject's rate with its 95 % interval, so that one deal of one does not look like a master; the dashed line is all."""

import altair as alt
import polars as pl

from charts import labels
from charts.chart import Chart, authored
from charts.marks import between, field, rows, tips, words, written
from charts.theme import Theme
from data.language import _, format_number, format_percent

LIMIT = 12
ROW_HEIGHT = 32


def win_rates(frame: pl.DataFrame, *, name: str, overall: float | None, theme: str = "light", finding: str = "") -> Chart:
    """The subjects with most closed deals of `frame` [<name>, win_rate, win_rate_lo, win_rate_hi, won, lost], the highest rate first."""
    closed = (pl.col("won") + pl.col("lost")).alias("closed")
    ranked = frame.filter(pl.col("win_rate").is_not_null(), pl.col(name).is_not_null()).with_columns(closed)
    shown = ranked.sort("closed", name, descending=[True, False]).head(LIMIT).sort("win_rate", name, descending=[True, False])
    drawn = written(
        shown.select(pl.col(name).alias("name"), "win_rate", "win_rate_lo", "win_rate_hi", "won", "closed").with_row_index("place")
        .with_columns(pl.lit(overall, pl.Float64).alias("overall")),
        rate_text=("win_rate", lambda rate: format_percent(rate, 0)), won_text=("won", format_number), closed_text=("closed", format_number),
        low_text=("win_rate_lo", lambda rate: format_percent(rate, 0)), high_text=("win_rate_hi", lambda rate: format_percent(rate, 0)),
    )  # fmt: skip
    texts = [_("{rate} · {won} of {closed}").format(rate=row["rate_text"], won=row["won_text"], closed=row["closed_text"]) for row in drawn.iter_rows(named=True)]
    return Chart(_spec(theme, overall is not None), drawn.with_columns(pl.Series("label", texts, dtype=pl.String)), finding, 64 + ROW_HEIGHT * max(drawn.height, 1))


@authored
def _spec(look: Theme, has_overall: bool) -> alt.LayerChart:
    axis = alt.Axis(orient="top", format=".0%", tickCount=5, grid=True, gridColor=look.rule, title=_("Win rate with its 95% interval; dashed: all"),
                    titleAnchor="start", titleAlign="left")  # fmt: skip
    scale = between(0, "width - 100", zero=True, nice=False)
    y = alt.Y(**field("name"), sort=alt.EncodingSortField("place", op="min"), axis=alt.Axis(labelLimit=170, labelColor=look.ink))
    lines = tips(("name", _("Name")), ("rate_text", labels.metric("win_rate")), ("won_text", labels.metric("won")), ("closed_text", labels.metric("closed")),
                 ("low_text", labels.metric("lo")), ("high_text", labels.metric("hi")))  # fmt: skip
    at = alt.X(**field("win_rate", "quantitative"), axis=axis, scale=scale)
    low = alt.X(**field("win_rate_lo", "quantitative"), axis=axis, scale=scale)
    span = rows().mark_rule(strokeWidth=5, color=look.previous).encode(x=low, x2="win_rate_hi:Q", y=y, tooltip=lines)
    point = rows().mark_point(filled=True, size=110, color=look.actual, opacity=1).encode(x=at, y=y, tooltip=lines)
    end = alt.X(**field("win_rate_hi", "quantitative"), axis=axis, scale=scale)
    text = rows().mark_text(align="left", dx=8, color=look.ink).encode(x=end, y=y, text=words("label"))
    line = rows().mark_rule(strokeDash=[4, 3], color=look.muted).encode(x=alt.X("max(overall):Q", axis=axis, scale=scale, title=None))
    return alt.layer(*([line] if has_overall else []), span, point, text)
