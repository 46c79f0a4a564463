"""Portfolio quadrants: contribution against stability, one point per account, the cuts drawn, each corner named and summed.

Steadier is further right, more contribution further up: EI stands top right. A point's area is its net sales; a point near a
cut is paler the less certain it is; a provisional one is hollow. The ten largest are named. Click selects an account.
"""

from dataclasses import dataclass

import altair as alt
import polars as pl

from charts import labels
from charts.chart import Chart, authored
from charts.corners import corners
from charts.marks import expression, field, part, size_where, words
from charts.named import AREAS, named
from charts.theme import NOTE_SIZE, QUADRANTS, STRONG_SIZE, Theme, tooltip_format
from data.language import _

LARGEST = 10
SKEW = 8
MOST = 5_000
WIDE = "width > 600"
PADDING = 46
"""Room above and below the points for the corners' texts."""


def quadrants(
    accounts: pl.DataFrame,
    *,
    stability_cut: float,
    quadrant_sums: pl.DataFrame,
    theme: str = "light",
    finding: str = "",
    height: int = 520,
) -> Chart:
    """Scatter of `accounts` [account_id, account, contribution, stability_cv, p_stable, status, quadrant, net_sales].

    `quadrant_sums` [quadrant, accounts, net_sales, share] fills the corners. The contribution cut lies between the least
    contributing high account and the most contributing low one. Accounts without a quadrant are left out; of more than
    5,000 those with the most net sales are drawn. The selection "picked" carries account_id.
    """
    placed = _placed(accounts)
    plan = _Plan(_skewed(placed["contribution"]), bool((placed["contribution"] <= 0).any()))
    frame = [placed, _cut_rows(placed, stability_cut), corners(quadrant_sums), named(placed, LARGEST)]
    return Chart(_spec(theme, plan), pl.concat(frame, how="diagonal_relaxed"), finding, height, "picked")


@dataclass(frozen=True)
class _Plan:
    is_log: bool
    has_losses: bool


def _placed(accounts: pl.DataFrame) -> pl.DataFrame:
    chosen = accounts.filter(pl.col("quadrant").is_not_null(), pl.col("stability_cv").is_not_null())
    chosen = chosen.sort("net_sales", descending=True, nulls_last=True).head(MOST)
    opacity = (2 * pl.col("p_stable") - 1).abs().cast(float).fill_null(0.5)
    return chosen.select(
        pl.lit("account").alias("part"), "account_id", "account", "quadrant", pl.col("contribution").cast(float),
        pl.col("stability_cv").cast(float), pl.col("p_stable").cast(float), pl.col("net_sales").cast(float),
        (0.25 + 0.65 * opacity).alias("certainty"), (pl.col("status") != "ok").alias("is_hollow"),
        pl.col("net_sales").cast(float).clip(lower_bound=0).alias("area"),
    )  # fmt: skip


def _skewed(contribution: pl.Series) -> bool:
    """Whether a log axis shows more: all positive, and the largest would press half of the accounts to the floor."""
    if contribution.is_empty() or contribution.min() <= 0:
        return False
    return contribution.max() > SKEW * contribution.median()


def _cut_rows(placed: pl.DataFrame, stability_cut: float) -> pl.DataFrame:
    high = placed.filter(pl.col("quadrant").is_in(["EI", "EII"]))["contribution"]
    low = placed.filter(pl.col("quadrant").is_in(["EIII", "EIV"]))["contribution"]
    ends = [value for value in (high.min(), low.max()) if value is not None]
    contribution = ends and (max(ends[0] * ends[-1], 0) ** 0.5 or sum(ends) / len(ends))
    return pl.DataFrame(
        {"part": ["stability_cut", "contribution_cut"], "stability_cv": [stability_cut, None], "contribution": [None, contribution or None]},
        schema_overrides={"stability_cv": pl.Float64, "contribution": pl.Float64},
    )


@authored
def _spec(look: Theme, plan: _Plan) -> alt.LayerChart:
    x, y = _x(), _y(plan)
    picked = alt.selection_point(name="picked", fields=["account_id"])
    over_x = part("stability_cut").mark_rule(color=look.ink, strokeWidth=1, strokeDash=[5, 3]).encode(x=x)
    over_y = part("contribution_cut").mark_rule(color=look.ink, strokeWidth=1, strokeDash=[5, 3]).encode(y=y)
    layers = [over_x, over_y, *_points(look, x, y, picked), *_names(look, x, y), *_corners(look)]
    return alt.layer(*layers).resolve_scale(color="shared")


def _x() -> alt.X:
    """Variation falls from left to right, so that steadier is better placed; the square root opens up the steady end."""
    scale = alt.Scale(type="sqrt", reverse=True, zero=False, nice=False, padding=24)
    axis = alt.Axis(format=",.2~f", tickCount=6, titleAnchor="start", titleAlign="right")
    return alt.X(**field("stability_cv", "quantitative", title=_("Variation of monthly units (steadier →)")), scale=scale, axis=axis)


def _y(plan: _Plan) -> alt.Y:
    scale = alt.Scale(type="log", nice=False, padding=PADDING) if plan.is_log else alt.Scale(zero=not plan.has_losses, padding=PADDING)
    title = _("Contribution (%, logarithmic)") if plan.is_log else _("Contribution (%)")
    return alt.Y(**field("contribution", "quantitative", title=title), scale=scale, axis=alt.Axis(format=".1~p", tickCount=5, grid=False))


def _points(look: Theme, x: alt.X, y: alt.Y, picked: alt.Parameter) -> list[alt.Chart]:
    colours = alt.Scale(domain=list(QUADRANTS), range=list(QUADRANTS.values()))
    size = alt.Size(**field("area", "quantitative"), scale=alt.Scale(range=list(AREAS), zero=True))
    seen = alt.when(picked).then(alt.Opacity(**field("certainty", "quantitative"), scale=None)).otherwise(alt.value(0.08))
    place = {"x": x, "y": y, "size": size, "opacity": seen, "tooltip": _tooltip()}
    accounts = part("account")
    solid = accounts.transform_filter("!datum.is_hollow").mark_point(filled=True, stroke=look.background, strokeWidth=0.7, cursor="pointer")
    hollow = accounts.transform_filter("datum.is_hollow").mark_point(filled=False, strokeWidth=1.5, cursor="pointer")
    fill = alt.Fill(**field("quadrant"), scale=colours)
    stroke = alt.Stroke(**field("quadrant"), scale=colours)
    return [solid.encode(**place, fill=fill).add_params(picked), hollow.encode(**place, stroke=stroke)]


def _tooltip() -> list[alt.Tooltip]:
    def number(name: str, title: str, format_: str) -> alt.Tooltip:
        return alt.Tooltip(field=name, type="quantitative", title=title, format=format_)

    return [
        alt.Tooltip(field="account", type="nominal", title=_("Account")),
        alt.Tooltip(field="quadrant", type="nominal", title=_("Quadrant")),
        number("net_sales", labels.metric("net_sales"), tooltip_format("money")),
        number("contribution", labels.metric("contribution"), ".2%"),
        number("stability_cv", labels.metric("stability_cv"), ".2f"),
        number("p_stable", labels.metric("p_stable"), ".0%"),
    ]


def _names(look: Theme, x: alt.X, y: alt.Y) -> list[alt.Chart]:
    """Names beside the largest points; a narrow view has room for three, a phone for none."""
    text = part("name").mark_text(align=expression("datum.align"), dx=expression("datum.dx"), dy=expression("datum.dy"), color=look.ink)
    text.mark.fontSize = size_where(f"{WIDE} || (width > 360 && datum.rank <= 3)", NOTE_SIZE)
    return [text.encode(x=x, y=y, text=words("account"))]


def _corners(look: Theme) -> list[alt.Chart]:
    """Each corner's name and strategy, and under it the accounts and the money."""
    at = {"x": expression("datum.right ? width - 6 : 6"), "align": expression("datum.right ? 'right' : 'left'")}
    head = part("corner").mark_text(**at, y=expression("datum.low ? height - 26 : 12"), fontSize=STRONG_SIZE, fontWeight=700, color=look.ink)
    line = part("corner").mark_text(**at, y=expression("datum.low ? height - 10 : 28"), color=look.muted)
    return [
        head.encode(text=words("corner")),
        line.encode(text=words("corner_text"), size=alt.value(size_where(WIDE, NOTE_SIZE))),
        line.encode(text=words("corner_short"), size=alt.value(size_where(f"!({WIDE})", NOTE_SIZE))),
    ]
