"""Relationship spending against results: one point per account on which something was spent, the cuts drawn, each corner with count and money.

More was spent to the right, sales grew more upwards. A point's area is the account's net sales. The ten on which most was spent are named. Click
selects an account.
"""

import altair as alt
import polars as pl

from charts import labels, values
from charts.chart import Chart, authored
from charts.corners import corner_texts
from charts.marks import field, part, picking, signed_axis, tips, value_axis, written
from charts.named import AREAS, HEIGHT, WIDTH, name_layer, spots
from charts.theme import Theme
from data.language import _, format_change, format_money, format_money_compact, format_number

LARGEST, MOST = 10, 5_000
LIMITS = (-0.75, 1.0)
"""Changes beyond these lie on the edge: an account that came back from nearly nothing must not squeeze the others."""

SIDES = {"spent_grew": (True, False), "spent_not": (True, True), "little_grew": (False, False), "little_not": (False, True)}
"""Whether a corner lies right, and whether it lies low."""


def relationship(
    accounts: pl.DataFrame, cells: pl.DataFrame, *, spending_cut: float | None, change_cut: float | None, theme: str = "light", finding: str = "", height: int = 480
) -> Chart:
    """Scatter of `accounts` [account_id, account, spending, change_rate, net_sales, previous, event_count, cell] and the corners `cells`."""
    placed = _placed(accounts)
    most = placed["spending"].max() or 1.0
    low, high = LIMITS

    def pixel(row: dict[str, float]) -> tuple[float, float]:
        return WIDTH * (row["spending"] / most) ** 0.5, HEIGHT * (1 - (row["shown"] - low) / (high - low))

    names = spots(placed, LARGEST, pixel, ("account_id", "account", "spending", "shown"))
    cuts = pl.DataFrame(
        {"part": ["spending_cut", "change_cut"], "spending": [spending_cut, None], "shown": [None, change_cut]},
        schema={"part": pl.String, "spending": pl.Float64, "shown": pl.Float64},
    )
    corners = pl.DataFrame([_corner(row) for row in cells.iter_rows(named=True)])
    return Chart(_spec(theme), pl.concat([placed, cuts, corners, names], how="diagonal_relaxed"), finding, height, "picked")


def _placed(accounts: pl.DataFrame) -> pl.DataFrame:
    chosen = accounts.filter(pl.col("cell").is_not_null()).sort("spending", "account_id", descending=[True, False]).head(MOST)
    rows = chosen.select(
        pl.lit("account").alias("part"), "account_id", "account", "spending", "change_rate", "net_sales", "event_count", "cell",
        pl.col("change_rate").clip(*LIMITS).alias("shown"), pl.col("net_sales").clip(lower_bound=0).alias("area"),
    )  # fmt: skip
    return written(
        rows, spending_text=("spending", format_money), change_text=("change_rate", values.arrow), sales_text=("net_sales", format_money),
        events_text=("event_count", format_number), cell_text=("cell", labels.label),
    )  # fmt: skip


def _corner(row: dict[str, object]) -> dict[str, object]:
    right, low = SIDES[row["cell"]]
    return {
        "part": "corner", "corner": labels.label(row["cell"]), "right": right, "low": low,
        "corner_text": f"{values.accounts(row['accounts'])} · {format_money_compact(row['spending'])} · {format_change(row['change_rate'])}",
        "corner_short": f"{format_number(row['accounts'])} · {format_money_compact(row['spending'])}",
    }  # fmt: skip


@authored
def _spec(look: Theme) -> alt.LayerChart:
    x = alt.X(
        **field("spending", "quantitative", title=labels.axis_title("relationship_spending")),
        scale=alt.Scale(type="sqrt", nice=False, padding=24), axis=value_axis(grid=False),
    )  # fmt: skip
    y = alt.Y(
        **field("shown", "quantitative", title=_("Change of net sales over a year")),
        scale=alt.Scale(domain=list(LIMITS), padding=46), axis=signed_axis(tickCount=6, grid=False),
    )  # fmt: skip
    picked = picking("account_id")
    rule = {"color": look.ink, "strokeWidth": 1, "strokeDash": [5, 3]}
    lines = [part("spending_cut").mark_rule(**rule).encode(x=x), part("change_cut").mark_rule(**rule).encode(y=y)]
    tooltip = tips(
        ("account", _("Account")), ("cell_text", _("Reading")), ("spending_text", labels.metric("relationship_spending")), ("events_text", _("Events")),
        ("change_text", _("Change")), ("sales_text", labels.metric("net_sales")),
    )  # fmt: skip
    seen = alt.when(picked).then(alt.value(0.85)).otherwise(alt.value(0.15))
    colour = alt.Scale(domain=list(SIDES), range=[look.better, look.worse, look.previous, look.previous])
    points = part("account").mark_point(filled=True, stroke=look.background, strokeWidth=0.7, cursor="pointer").encode(
        x=x, y=y, size=alt.Size(**field("area", "quantitative"), scale=alt.Scale(range=list(AREAS), zero=True)),
        fill=alt.Fill(**field("cell"), scale=colour), opacity=seen, tooltip=tooltip,
    ).add_params(picked)  # fmt: skip
    return alt.layer(*lines, points, *name_layer(look, x, y), *corner_texts(look))
