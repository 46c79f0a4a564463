"""One row of metrics: value, comparison, sparkline; each explains itself."""

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from data.language import (
    NOT_AVAILABLE,
    _,
    format_change,
    format_compact,
    format_money_compact,
    format_number,
    format_percent,
    format_points,
    ngettext,
)
from measures.metrics import METRICS
from pages.parts.explain import metric_help

COUNTED = 100_000
"""Under this, accounts, orders and deals are counted to the last one."""

MILLION, TENS = 1_000_000, 10


@dataclass(frozen=True)
class Tile:
    """One metric to show: its record's name, its value, and what it is compared with.

    `change` is a rate, drawn with its sign; `beside` says what the comparison is; `history` is the sparkline, oldest first.
    """

    metric: str
    value: float | None
    change: float | None = None
    beside: str = ""
    history: Sequence[float] = ()
    label: str | None = None


def row(tiles: Sequence[Tile]) -> None:
    """Draw three to five tiles in one row; better is blue, worse is orange, always with an arrow and a sign."""
    with st.container(key="metric_row"):
        for place, tile in zip(st.columns(len(tiles), gap="small"), tiles, strict=True):
            with place:
                _draw(tile)


def _draw(tile: Tile) -> None:
    metric = METRICS[tile.metric]
    # Streamlit's own colours for a delta are green and red, which one man in twelve cannot tell apart: blue and orange instead.
    good = tile.change is not None and (tile.change >= 0) == (metric.better != "less")
    colour = "off" if not tile.change or metric.better == "neither" else ("blue" if good else "orange")
    st.metric(
        tile.label or _(metric.label),
        formatted(metric.unit, tile.value),
        _changed(metric.unit, tile.change),
        delta_color=colour,
        delta_description=tile.beside or None,
        help=metric_help(tile.metric),
        border=True,
        chart_data=list(tile.history) or None,
        chart_type="line",
        height="stretch",
    )


def _changed(unit: str, change: float | None) -> str | None:
    """The change with its sign: of a rate in points, of anything else as a rate."""
    if change is None:
        return None
    if unit == "rate":
        return format_points(change)
    return format_change(change)


def formatted(unit: str, value: float | None) -> str:
    """A value as its unit is written."""
    if value is None:
        return NOT_AVAILABLE
    if unit == "money":
        return format_money_compact(value)
    if unit == "rate":
        return format_percent(value)
    if unit == "volume":
        return f"{format_compact(value)} hl"
    if unit in ("index", "number"):
        return format_number(value, 2 if abs(value) < TENS else 1)
    if unit == "days":
        return ngettext("{n} day", "{n} days", round(value)).format(n=format_number(value))
    if unit == "count" and abs(value) < COUNTED:
        return format_number(value)
    # Tiles of one page differ by a few percent often enough: 1.31M beside 1.27M, not twice 1.3M.
    return format_compact(value, 2 if abs(value) >= MILLION else 1)
