"""The channel: accounts by the path that our products take to them, the nearest first; what lies beyond the levels that we manage is an outline."""

import altair as alt
import polars as pl

from charts import labels
from charts.chart import Chart, authored
from charts.marks import between, field, names_axis, part, size_where, tips, words, written
from charts.theme import LABEL_SIZE, NOTE_SIZE, Theme
from data.language import _, format_money_compact, format_number, format_percent

ROW_HEIGHT, MOST = 42, 12
WIDE = "width > 560"


def channel(paths: pl.DataFrame, *, theme: str = "light", finding: str = "") -> Chart:
    """Bars of `paths` [path, level, accounts, account_share, visited_rate, net_sales, is_managed], at most twelve, the largest by level."""
    kept = paths.sort("accounts", descending=True).head(MOST).sort("level", "accounts", descending=[False, True])
    rows = written(
        kept.with_row_index("place").with_columns(pl.lit("path").alias("part")), name=("path", path_text), accounts_text=("accounts", format_number),
        share_text=("account_share", lambda rate: format_percent(rate, 0)), visited_text=("visited_rate", lambda rate: format_percent(rate, 0)),
        sales_text=("net_sales", format_money_compact),
    )  # fmt: skip
    texts = [_label(row) for row in rows.iter_rows(named=True)]
    rows = rows.with_columns(pl.Series("label", texts, dtype=pl.String))
    return Chart(_spec(theme), rows, finding, 70 + ROW_HEIGHT * max(rows.height, 1))


def _label(row: dict[str, object]) -> str:
    return _("{n} · {share} · {rate} visited").format(n=row["accounts_text"], share=row["share_text"], rate=row["visited_text"])


def path_text(path: str | None) -> str:
    """Distributor → Wholesaler → Outlet, from us on."""
    return " → ".join(labels.label(kind) for kind in path.split(" > ")) if path else "–"


@authored
def _spec(look: Theme) -> alt.LayerChart:
    y = alt.Y(
        **field("name"), sort=alt.EncodingSortField("place", op="min"), axis=names_axis(260, labelPadding=8),
        scale=alt.Scale(paddingInner=0.4, paddingOuter=0.2),
    )  # fmt: skip
    x = alt.X(
        **field("accounts", "quantitative", title=_("Accounts")), scale=between(0, f"{WIDE} ? width - 220 : width - 50", zero=True, nice=False),
        axis=alt.Axis(orient="top", labels=False, grid=False, titleAnchor="start", titleAlign="left"),
    )  # fmt: skip
    lines = tips(("name", _("Path")), ("accounts_text", _("Accounts")), ("visited_text", _("Visited")), ("sales_text", labels.metric("net_sales")))
    near = part("path").transform_filter("datum.is_managed").mark_bar(color=look.actual).encode(x=x, y=y, tooltip=lines)
    far = part("path").transform_filter("!datum.is_managed").mark_bar(filled=False, stroke=look.outline, strokeWidth=1.3).encode(x=x, y=y, tooltip=lines)
    long = part("path").mark_text(align="left", dx=6, fontSize=size_where(WIDE, LABEL_SIZE), color=look.ink).encode(x=x, y=y, text=words("label"))
    short = part("path").mark_text(align="left", dx=6, fontSize=size_where(f"!({WIDE})", NOTE_SIZE), color=look.ink).encode(x=x, y=y, text=words("accounts_text"))
    return alt.layer(near, far, long, short)
