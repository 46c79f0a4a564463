"""Life cycle: a bar per stage in the order of a customer's life, with its accounts and their money; who takes care of it on the right.

The grey bar behind is the same stage before the period. A click selects a stage.
"""

import altair as alt
import polars as pl

from charts import labels, values
from charts.chart import Chart, authored
from charts.marks import between, expression, field, picking, rows, size_where, tips, words, written
from charts.theme import NOTE_SIZE, Theme
from data.language import _, format_money, format_number, format_percent

ROW_HEIGHT = 40
BAR = 0.72
"""How much of its row a bar fills; the one behind stands out above it."""

NARROW = "width < 420"
"""On a phone the tooltip alone says who takes care."""


def life_cycle(stages: pl.DataFrame, *, theme: str = "light", finding: str = "") -> Chart:
    """Bars of `stages` [life_stage, position, owner, accounts, share, net_sales, open_value, accounts_before]. "picked" carries life_stage."""
    frame = written(
        stages.sort("position").with_columns(pl.col("accounts", "accounts_before").cast(pl.Float64)),
        stage_text=("life_stage", labels.life_stage), owner_text=("owner", labels.label), accounts_text=("accounts", format_number),
        before_text=("accounts_before", format_number), share_text=("share", format_percent), sales_text=("net_sales", format_money),
        open_text=("open_value", format_money),
    )  # fmt: skip
    drawn = frame.with_columns(pl.Series("bar_text", [_beside(row) for row in frame.iter_rows(named=True)], dtype=pl.String))
    return Chart(_spec(theme, drawn["accounts_before"].count() > 0), drawn, finding, 60 + ROW_HEIGHT * max(drawn.height, 1), "picked")


def _beside(row: dict[str, object]) -> str:
    if row["net_sales"]:
        return f"{row['accounts_text']} · {values.short(row['net_sales'], 'net_sales')}"
    if row["open_value"]:
        return f"{row['accounts_text']} · " + _("{value} open").format(value=values.short(row["open_value"], "open_value"))
    return row["accounts_text"]


@authored
def _spec(look: Theme, has_before: bool) -> alt.LayerChart:
    picked = picking("life_stage")
    title = _("Accounts · net sales of 12 months")
    heading = alt.Axis(orient="top", labels=False, grid=False, title=title, titleAnchor="start", titleAlign="left")
    x = {"axis": heading, "scale": between(0, f"{NARROW} ? width - 125 : width - 210", zero=True, nice=False)}
    axis = alt.Axis(labelFontSize=13, labelColor=look.ink, labelLimit=150)
    y = alt.Y(**field("stage_text"), sort=alt.EncodingSortField("position", op="min"), axis=axis, scale=alt.Scale(paddingInner=0.35))
    fill = alt.condition("indexof(['at_risk', 'lost'], datum.life_stage) >= 0", alt.value(look.worse), alt.value(look.actual))
    fade = alt.when(picked).then(alt.value(1)).otherwise(alt.value(0.35))
    lines = [("stage_text", _("Stage")), ("owner_text", labels.metric("owner")), ("accounts_text", _("Accounts")), ("share_text", labels.metric("share")),
             ("sales_text", labels.metric("net_sales")), ("open_text", labels.metric("open_value"))]  # fmt: skip
    tooltip = tips(*lines, *([("before_text", labels.metric("accounts_before"))] if has_before else []))
    at = alt.X(**field("accounts", "quantitative"), **x)
    bar = rows().mark_bar(cursor="pointer", height=alt.RelativeBandSize(BAR), yOffset=4 if has_before else 0).encode(x=at, y=y, color=fill, opacity=fade, tooltip=tooltip).add_params(picked)
    end = alt.X("right:Q", **x, title=None)
    text = rows().transform_calculate(right="max(datum.accounts, datum.accounts_before)").mark_text(align="left", dx=6, color=look.ink, fontWeight=600)
    owner = rows().mark_text(align="right", fontSize=size_where(f"!({NARROW})", NOTE_SIZE), color=look.muted).encode(x=alt.value(expression("width")), y=y, text=words("owner_text"))
    was = alt.X(**field("accounts_before", "quantitative"), **x)
    before = [rows().mark_bar(color=look.previous, height=alt.RelativeBandSize(BAR), yOffset=-5, cursor="pointer").encode(x=was, y=y, opacity=fade, tooltip=tooltip)] if has_before else []
    return alt.layer(*before, bar, text.encode(x=end, y=y, text=words("bar_text")), owner)
