"""What stays in the off-season: retention of categories or products as a multiple of the company's, with its interval.

At 1 a row loses as much as the company; left of it it suffers, right of it it stays. Beside it, what it retains and how its share shifts.
"""

import altair as alt
import polars as pl

from charts import labels
from charts.chart import Chart, authored
from charts.marks import between, field, names_axis, part, tips, with_halo, words, written
from charts.seasons.peak_words import word
from charts.theme import MIDDLE_GREY, Theme
from data.language import _, format_number, format_percent, format_points

EACH_SIDE, ROW_HEIGHT = 8, 32


def mix(frame: pl.DataFrame, *, theme: str = "light", finding: str = "") -> Chart:
    """Rows of `frame` [mix_id, mix_name, retention, relative_retention, low, high, mix_shift, role], the least retained first.

    Of many rows the eight that suffer most and the eight that stay most. Rows without a known retention are left out.
    """
    known = frame.filter(pl.col("relative_retention").is_not_null(), pl.col("low").is_not_null()).sort("relative_retention", "mix_id")
    shown = known if known.height <= 2 * EACH_SIDE else pl.concat([known.head(EACH_SIDE), known.tail(EACH_SIDE)])
    texts = written(
        shown.with_row_index("place"), retention_text=("retention", lambda rate: format_percent(rate, 0)), role_text=("role", word),
        relative_text=("relative_retention", lambda value: format_number(value, 2)), low_text=("low", lambda value: format_number(value, 2)),
        high_text=("high", lambda value: format_number(value, 2)), shift_text=("mix_shift", format_points),
    )  # fmt: skip
    beside = [f"{kept} · {shift}" for kept, shift in texts.select("retention_text", "shift_text").rows()]
    drawn = texts.with_columns(pl.Series("beside", beside, dtype=pl.String), part=pl.lit("row"))
    one = pl.DataFrame({"part": ["one"], "relative_retention": [1.0]})
    return Chart(_spec(theme), pl.concat([drawn, one], how="diagonal_relaxed"), finding, 70 + ROW_HEIGHT * max(shown.height, 1))


@authored
def _spec(look: Theme) -> alt.LayerChart:
    y = alt.Y(**field("mix_name"), sort=alt.EncodingSortField("place", op="min"), axis=names_axis(210, labelPadding=8), scale=alt.Scale(paddingInner=0.4))
    scale = between(0, "width - 120", zero=False, nice=True)
    title = [_("Retained in the off-season, 1 = like the company"), _("(bar: interval; beside: retained, shift of share)")]
    axis = alt.Axis(orient="top", titleAnchor="start", titleAlign="left", format=".1f", tickCount=6)

    def at(of: str) -> alt.X:
        return alt.X(field=of, type="quantitative", scale=scale, axis=axis, title=title)

    told = tips(("mix_name", _("Name")), ("role_text", labels.metric("season_role")), ("retention_text", labels.metric("retention")),
                ("relative_text", labels.metric("relative_retention")), ("low_text", _("At least")), ("high_text", _("At most")),
                ("shift_text", labels.metric("mix_shift")))  # fmt: skip
    colour = alt.Scale(domain=["suffers", "stays", "like_all", "unknown"], range=[look.worse, look.better, look.actual, look.previous])
    line = part("one").mark_rule(color=MIDDLE_GREY, strokeDash=[4, 3]).encode(x=at("relative_retention"))
    span = part("row").mark_rule(strokeWidth=5, opacity=0.35).encode(x=at("low"), x2="high:Q", y=y, color=alt.Color(**field("role"), scale=colour), tooltip=told)
    point = part("row").mark_point(filled=True, size=90, opacity=1).encode(
        x=at("relative_retention"), y=y, color=alt.Color(**field("role"), scale=colour), tooltip=told
    )  # fmt: skip
    text = part("row").mark_text(align="left", dx=10, color=look.ink).encode(x=at("high"), y=y, text=words("beside"))
    return alt.layer(line, span, point, *with_halo(text, look.background))


