"""Portfolio quadrants: contribution against stability, one point per account, the cuts drawn, each corner named and summed.

Steadier is further right, more contribution further up: EI stands top right. A point's area is its net sales; a point near a
cut is paler the less certain it is, and has its standard error as a bar; a provisional one is hollow. The ten largest are named.
Dotted lines are the natural breaks. Tails lead from where an account stood a year ago. Click selects an account, a box selects many.
"""

from dataclasses import dataclass

import altair as alt
import polars as pl

from charts import labels
from charts.chart import Chart, authored
from charts.corners import TEXT_HEIGHT, WIDE, corner_texts, corners, upright
from charts.marks import expression, field, part, picking, size_where
from charts.named import AREAS, name_layer, named
from charts.quadrant_rows import LARGEST, cut_rows, error_bars, is_skewed, lines, placed, tail_rows
from charts.theme import NOTE_SIZE, QUADRANTS, Theme, tooltip_format
from data.language import _

PADDING = 62
"""Room above and below the points for the corners' texts."""

BOX = "box"
"""The selection that a drawn box makes: the ends of both axes by field."""


def quadrants(
    accounts: pl.DataFrame,
    *,
    stability_cut: float,
    quadrant_sums: pl.DataFrame,
    breaks: tuple[float | None, float | None] = (None, None),
    tails: pl.DataFrame | None = None,
    theme: str = "light",
    finding: str = "",
    height: int = 520,
) -> Chart:
    """Scatter of `accounts` [account_id, account, contribution, stability_cv, standard_error, p_stable, status, quadrant, quadrant_by_cut,
    is_held, is_borderline, net_sales].

    `quadrant_sums` [quadrant, accounts, net_sales, share] fills the corners; `breaks` are the natural ones of variation and contribution;
    `tails` [account_id, account, months_back, contribution, stability_cv] are drawn for the largest accounts that have one. Accounts
    without a quadrant are left out; of more than 5,000 those with the most net sales are drawn. "picked" carries account_id.
    """
    points = placed(accounts)
    plan = _Plan(is_skewed(points["contribution"]), bool((points["contribution"] <= 0).any()), tails is not None)
    frames = [points, cut_rows(points, stability_cut), lines("break", *breaks), error_bars(points), corners(quadrant_sums), named(points, LARGEST)]
    if tails is not None:
        frames.append(tail_rows(points, tails, is_log=plan.is_log))
    return Chart(_spec(theme, plan), pl.concat(frames, how="diagonal_relaxed"), finding, height, "picked", BOX)


@dataclass(frozen=True)
class _Plan:
    is_log: bool
    has_losses: bool
    has_tails: bool


@authored
def _spec(look: Theme, plan: _Plan) -> alt.LayerChart:
    x, y = _x(), _y(plan)
    dashed = {"color": look.ink, "strokeWidth": 1, "strokeDash": [5, 3]}
    over_x = upright(part("stability_cut").mark_rule(**dashed), x)
    over_y = part("contribution_cut").mark_rule(**dashed).encode(y=y)
    ways = [_tail(x, y)] if plan.has_tails else []
    layers = [over_x, over_y, *_breaks(look, x, y), _errors(x, y), *_points(look, x, y, plan), *ways, *name_layer(look, x, y), *corner_texts(look)]
    return alt.layer(*layers).resolve_scale(color="shared")


def _breaks(look: Theme, x: alt.X, y: alt.Y) -> list[alt.Chart]:
    """Where the data part by themselves, beside the cuts in force."""
    dotted = {"color": look.muted, "strokeWidth": 1, "strokeDash": [1, 4]}
    said = {"text": _("natural break"), "color": look.muted, "fontSize": size_where(WIDE, NOTE_SIZE)}
    across, along = part("stability_break"), part("contribution_break")
    return [
        across.mark_rule(**dotted).encode(x=x), across.mark_text(**said, y=expression(f"height - {TEXT_HEIGHT + 6}"), align="left", dx=4).encode(x=x),
        along.mark_rule(**dotted).encode(y=y), along.mark_text(**said, x=4, align="left", dy=-6).encode(y=y),
    ]  # fmt: skip


def _errors(x: alt.X, y: alt.Y) -> alt.Chart:
    colour = alt.Color(**field("quadrant"), scale=_colours())
    return part("error").mark_rule(strokeWidth=1, opacity=0.45).encode(x=x, x2=alt.X2(field="stability_end"), y=y, color=colour)


def _tail(x: alt.X, y: alt.Y) -> alt.Chart:
    """The way of the last twelve months, thin where it begins."""
    colour = alt.Color(**field("quadrant"), scale=_colours())
    order = alt.Order(field="months_back", type="quantitative", sort="descending")
    return part("tail").mark_trail(opacity=0.8).encode(
        x=x, y=y, color=colour, detail=alt.Detail(field="account_id", type="nominal"), order=order,
        size=alt.Size(field="thickness", type="quantitative", title=None, scale=None),
    )  # fmt: skip


def _colours() -> alt.Scale:
    return alt.Scale(domain=list(QUADRANTS), range=list(QUADRANTS.values()))


def _x() -> alt.X:
    """Variation falls from left to right, so that steadier is better placed; the square root opens up the steady end."""
    scale = alt.Scale(type="sqrt", reverse=True, zero=False, nice=False, padding=24)
    axis = alt.Axis(format=",.2~f", tickCount=6, titleAnchor="start", titleAlign="right")
    return alt.X(**field("stability_cv", "quantitative", title=_("Variation of monthly units (steadier →)")), scale=scale, axis=axis)


def _y(plan: _Plan) -> alt.Y:
    scale = alt.Scale(type="log", nice=False, padding=PADDING) if plan.is_log else alt.Scale(zero=not plan.has_losses, padding=PADDING)
    title = _("Contribution (%, logarithmic)") if plan.is_log else _("Contribution (%)")
    # Room under the points is not a contribution below nothing.
    shown = {} if plan.has_losses else {"labelExpr": "datum.value < 0 ? '' : datum.label"}
    return alt.Y(**field("contribution", "quantitative", title=title), scale=scale, axis=alt.Axis(format=".1~p", tickCount=5, grid=False, **shown))


def _points(look: Theme, x: alt.X, y: alt.Y, plan: _Plan) -> list[alt.Chart]:
    picked, box = picking("account_id"), alt.selection_interval(name=BOX, encodings=["x", "y"])
    size = alt.Size(**field("area", "quantitative"), scale=alt.Scale(range=list(AREAS), zero=True))
    certainty = alt.value(0.3) if plan.has_tails else alt.Opacity(**field("certainty", "quantitative"), scale=None)
    seen = alt.when(picked & box).then(certainty).otherwise(alt.value(0.08))
    place = {"x": x, "y": y, "size": size, "opacity": seen, "tooltip": _tooltip()}
    accounts = part("account")
    solid = accounts.transform_filter("!datum.is_hollow").mark_point(filled=True, stroke=look.background, strokeWidth=0.7, cursor="pointer")
    hollow = accounts.transform_filter("datum.is_hollow").mark_point(filled=False, strokeWidth=1.5, cursor="pointer")
    fill = alt.Fill(**field("quadrant"), scale=_colours())
    stroke = alt.Stroke(**field("quadrant"), scale=_colours())
    return [solid.encode(**place, fill=fill).add_params(picked, box), hollow.encode(**place, stroke=stroke)]


def _tooltip() -> list[alt.Tooltip]:
    def number(name: str, title: str, format_: str) -> alt.Tooltip:
        return alt.Tooltip(field=name, type="quantitative", title=title, format=format_)

    return [
        alt.Tooltip(field="account", type="nominal", title=_("Account")),
        alt.Tooltip(field="quadrant", type="nominal", title=_("Quadrant")),
        number("net_sales", labels.metric("net_sales"), tooltip_format("money")),
        number("contribution", labels.metric("contribution"), ".2%"),
        number("stability_cv", labels.metric("stability_cv"), ".2f"),
        number("standard_error", labels.metric("standard_error"), ".2f"),
        number("p_stable", labels.metric("p_stable"), ".0%"),
        alt.Tooltip(field="side", type="nominal", title=_("Side of the cut")),
    ]
