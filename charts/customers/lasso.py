"""The portfolio's map as a field for the lasso: the same points on the same axes, drawn by Plotly, since Vega knows no free-hand selection."""

from html import escape

import polars as pl

from charts import labels
from charts.corners import corners
from charts.quadrant_rows import cut_rows, is_skewed, placed
from charts.theme import NOTE_SIZE, QUADRANTS, STRONG_SIZE, Theme, plotly_template, theme
from data.language import _, current, format_money, format_number, format_percent

TICKS = (0.02, 0.05, 0.1, 0.2, 0.3, 0.4, 0.6, 0.8, 1.0, 1.5, 2.0, 3.0)
POWERS = range(-7, 1)
LEAST, MOST = 5.0, 36.0
"""Diameter in pixels of the smallest and the largest point."""


def lasso(accounts: pl.DataFrame, *, stability_cut: float, quadrant_sums: pl.DataFrame, look: str = "light", height: int = 480) -> object:
    """A Plotly figure of `accounts` and `quadrant_sums` as charts/customers/quadrants.py takes them; a point's customdata is [account_id]."""
    from plotly import graph_objects  # 4.7 MB of script and a slow import: only who lassoes pays for them.

    colours, points = theme(look), placed(accounts)
    marks = graph_objects.Scattergl(
        x=points["stability_cv"].sqrt().to_list(), y=points["contribution"].to_list(), mode="markers", marker=_markers(points, colours),
        customdata=[[key] for key in points["account_id"]], text=_told(points), hovertemplate="%{text}<extra></extra>",
    )  # fmt: skip
    figure = graph_objects.Figure(marks)
    figure.update_layout(
        template=plotly_template(colours, current()), height=height, dragmode="lasso", uirevision="lasso", margin={"l": 60, "r": 10, "t": 30, "b": 50},
        xaxis=_x(), yaxis=_y(points), shapes=_cuts(points, stability_cut, colours), annotations=_corners(quadrant_sums, colours),
    )  # fmt: skip
    return figure


def _markers(points: pl.DataFrame, colours: Theme) -> dict[str, object]:
    """Area is net sales; paler is less certain, hollow is provisional: as on the map."""
    share = (points["area"] / (points["area"].max() or 1.0)).fill_null(0.0)
    return {
        "size": (LEAST + (MOST - LEAST) * share.sqrt()).to_list(), "color": [QUADRANTS[code] for code in points["quadrant"]],
        "opacity": points["certainty"].to_list(), "symbol": ["circle-open" if hollow else "circle" for hollow in points["is_hollow"]],
        "line": {"width": 1, "color": colours.background},
    }  # fmt: skip


def _told(points: pl.DataFrame) -> list[str]:
    """What a point says on hover; names are data, and Plotly would read markup in them."""
    rows = points.select("account", "quadrant", "net_sales", "contribution", "stability_cv", "side").iter_rows()
    return [
        "<br>".join((f"<b>{escape(name)}</b>", labels.quadrant(code), format_money(sales), format_percent(part, 2), format_number(cv, 2), side))
        for name, code, sales, part, cv, side in rows
    ]


def _x() -> dict[str, object]:
    """Steadier is further right, and the square root opens up the steady end."""
    ticks = {"tickvals": [value**0.5 for value in TICKS], "ticktext": [format_number(value, 1 if value >= 0.1 else 2) for value in TICKS]}
    return {"autorange": "reversed", "showgrid": False, "zeroline": False, "title": {"text": _("Variation of monthly units (steadier →)")}, **ticks}


def _y(points: pl.DataFrame) -> dict[str, object]:
    is_log = is_skewed(points["contribution"])
    title = _("Contribution (%, logarithmic)") if is_log else _("Contribution (%)")
    # Powers of ten, written as everywhere: Plotly would leave out the space that Spanish puts before the sign.
    powers = {"tickvals": [10.0**power for power in POWERS], "ticktext": [format_percent(10.0**power, max(0, -power - 2)) for power in POWERS]}
    scale = {"type": "log", **powers} if is_log else {"tickformat": ".1~%"}
    return {"showgrid": False, "zeroline": False, "title": {"text": title}, **scale}


def _cuts(points: pl.DataFrame, stability_cut: float, colours: Theme) -> list[dict[str, object]]:
    line = {"type": "line", "line": {"color": colours.ink, "width": 1, "dash": "dash"}}
    across = {"x0": stability_cut**0.5, "x1": stability_cut**0.5, "y0": 0, "y1": 1, "xref": "x", "yref": "paper"}
    heights = cut_rows(points, stability_cut)["contribution"].drop_nulls()
    return [line | across, *(line | {"x0": 0, "x1": 1, "y0": at, "y1": at, "xref": "paper", "yref": "y"} for at in heights)]


def _corners(sums: pl.DataFrame, colours: Theme) -> list[dict[str, object]]:
    return [
        {
            "text": f"<b>{row['corner']}</b><br><span style='font-size:{NOTE_SIZE}px'>{row['corner_text']}</span>", "showarrow": False,
            "xref": "paper", "yref": "paper", "x": 1 if row["right"] else 0, "y": 0 if row["low"] else 1, "align": "right" if row["right"] else "left",
            "xanchor": "right" if row["right"] else "left", "yanchor": "bottom" if row["low"] else "top", "font": {"size": STRONG_SIZE, "color": colours.ink},
        }
        for row in corners(sums).iter_rows(named=True)
    ]  # fmt: skip
