"""One row of metrics: value, comparison, sparkline; each explains itself."""

from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import dataclass

import streamlit as st

from charts import labels
from charts.sparkline import sparkline
from charts.values import changed, formatted
from data.language import _
from measures.metrics import METRICS
from pages.parts import draw, hand_out
from pages.parts.explain import metric_help

LETTERS = 11
"""A figure of more letters (383,7 mil US$) makes its row's figures smaller, so that none breaks into two lines."""

LEVEL = 0.0005
"""Changes under it are written as 0.0%."""


@dataclass(frozen=True)
class Tile:
    """One metric to show: its record's name, its value, and what it is compared with.

    `change` is a rate, drawn with its sign; `beside` says what the comparison is; `history` is the sparkline, oldest first; `unit` is
    how the value is written where that is not the metric's own unit: whole people of a need that tables state in fractions.
    """

    metric: str
    value: float | None
    change: float | None = None
    beside: str = ""
    history: Sequence[float] = ()
    label: str | None = None
    unit: str | None = None


def row(tiles: Sequence[Tile]) -> None:
    """Draw three to five tiles in one row; better is blue, worse is orange, always with an arrow and a sign."""
    longest = max((len(_value(tile)) for tile in tiles), default=0)
    with st.container(key="metric_row" if longest <= LETTERS else "metric_row_long"):
        for place, tile in zip(st.columns(len(tiles), gap="small"), tiles, strict=True):
            with place:
                _draw(tile)


def _label(tile: Tile) -> str:
    """The metric's name; of goods also the unit, which a figure of millions does not show."""
    label, unit = tile.label or _(METRICS[tile.metric].label), labels.unit(tile.metric)
    return f"{label} ({unit})" if METRICS[tile.metric].unit == "units" and unit.lower() != label.lower() else label


def _value(tile: Tile) -> str:
    return formatted(tile.unit or METRICS[tile.metric].unit, tile.value)


def _draw(tile: Tile) -> None:
    metric = METRICS[tile.metric]
    label, value, change = _label(tile), _value(tile), changed(metric.unit, tile.change)
    hand_out.figure(label, value, " ".join(filter(None, (change, tile.beside))))
    # Streamlit's own colours for a delta are green and red, which one man in twelve cannot tell apart: blue and orange instead.
    good = tile.change is not None and (tile.change >= 0) == (metric.better != "less")
    colour = "off" if not tile.change or metric.better == "neither" else ("blue" if good else "orange")
    line = list(tile.history)
    with st.container(border=True, height="stretch", gap="xsmall") if line else nullcontext():
        st.metric(
            label,
            value,
            change,
            delta_color=colour,
            # What is written as 0.0% points nowhere.
            delta_arrow="off" if abs(tile.change or 0) < LEVEL else "auto",
            delta_description=tile.beside or None,
            help=metric_help(tile.metric),
            border=not line,
            height="content" if line else "stretch",
        )
        if line:
            st.image(sparkline(line, theme_name=draw.theme()), width="stretch", alt=_("{metric}, oldest to newest").format(metric=label))
