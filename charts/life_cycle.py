"""Life cycle: accounts by stage from first knowledge to reactivation, in the life's own order, with who owns the stage."""

import altair as alt
import polars as pl

from charts import labels, values
from charts.chart import Chart, authored
from charts.marks import between, field, rows, tips, words, written
from charts.theme import NOTE_SIZE, Theme
from data.language import _, format_money, format_number, format_percent

ROW_HEIGHT = 38


def life_cycle(stages: pl.DataFrame, *, theme: str = "light", finding: str = "") -> Chart:
    """Bars of `stages` [life_stage, position, owner, accounts, share, net_sales, open_value]."""
    frame = written(
        stages.sort("position").with_columns(pl.col("accounts").cast(float)),
        stage_text=("life_stage", labels.label), owner_text=("owner", labels.label), accounts_text=("accounts", format_number),
        share_text=("share", format_percent), sales_text=("net_sales", format_money), open_text=("open_value", format_money),
    )  # fmt: skip
    texts = [_beside(row) for row in frame.iter_rows(named=True)]
    drawn = frame.with_columns(pl.Series("bar_text", texts, dtype=pl.String))
    return Chart(_spec(theme), drawn, finding, 60 + ROW_HEIGHT * max(drawn.height, 1))


def _beside(row: dict[str, object]) -> str:
    if row["net_sales"]:
        return f"{row['accounts_text']} · {values.short(row['net_sales'], 'net_sales')}"
    if row["open_value"]:
        return f"{row['accounts_text']} · " + _("{value} open").format(value=values.short(row["open_value"], "open_value"))
    return row["accounts_text"]


@authored
def _spec(look: Theme) -> alt.LayerChart:
    title = _("Accounts · net sales of 12 months")
    heading = alt.Axis(orient="top", labels=False, grid=False, title=title, titleAnchor="start", titleAlign="left")
    x = {"axis": heading, "scale": between(0, "width - 230", zero=True, nice=False)}
    axis = alt.Axis(labelFontSize=13, labelColor=look.ink, labelLimit=150)
    y = alt.Y(**field("stage_text"), sort=alt.EncodingSortField("position", op="min"), axis=axis, scale=alt.Scale(paddingInner=0.35))
    fill = alt.condition("indexof(['at_risk', 'lost'], datum.life_stage) >= 0", alt.value(look.worse), alt.value(look.actual))
    tooltip = tips(("stage_text", _("Stage")), ("owner_text", labels.metric("owner")), ("accounts_text", _("Accounts")), ("share_text", labels.metric("share")),
                   ("sales_text", labels.metric("net_sales")), ("open_text", labels.metric("open_value")))  # fmt: skip
    at = alt.X(**field("accounts", "quantitative"), **x)
    bar = rows().mark_bar().encode(x=at, y=y, color=fill, tooltip=tooltip)
    text = rows().mark_text(align="left", dx=6, color=look.ink, fontWeight=600).encode(x=at, y=y, text=words("bar_text"))
    owner = rows().mark_text(align="right", fontSize=NOTE_SIZE, color=look.muted).encode(x=alt.value(alt.ExprRef("width")), y=y, text=words("owner_text"))
    return alt.layer(bar, text, owner)
