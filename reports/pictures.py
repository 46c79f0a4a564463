"""A chart as a picture, drawn without a browser (vl-convert): always light, as what is handed out is printed and thrown on walls."""

import time
from datetime import date, datetime
from math import isfinite

import vl_convert

from charts.chart import Chart

SHARPNESS = 2.0
"""Pixels of a PNG for one of the chart's."""

STRETCH = 1.5
"""How much higher than on the screen a chart may be drawn to fill its place."""

ENLARGED = 1.3
"""How much larger than on the screen a chart's letters are: slides are read from the other end of a table."""


def png(chart: Chart, width: int, height: int) -> bytes:
    """The chart as a PNG image for a place of that size in pixels."""
    return vl_convert.vegalite_to_png(_whole(chart, *fitted(chart, width, height)), scale=SHARPNESS)


def pdf(chart: Chart, width: int, height: int) -> bytes:
    """The chart as a page of PDF for a place of that size in pixels, with its letters in it."""
    return vl_convert.vegalite_to_pdf(_whole(chart, *fitted(chart, width, height)))


def fitted(chart: Chart, width: int, height: int) -> tuple[int, int]:
    """The size to draw the chart at, to be scaled to the place: smaller than that, so that its letters grow.

    One that is too high is drawn wider in proportion, and shrinks with its letters.
    """
    width, height = int(width / ENLARGED), int(height / ENLARGED)
    if chart.height > height:
        return width * chart.height // height, chart.height
    return width, min(height, int(STRETCH * chart.height))


def _whole(chart: Chart, width: int, height: int) -> dict[str, object]:
    """The chart's specification in light colours with its size and its rows in it."""
    rows = [{name: _plain(value) for name, value in row.items()} for row in chart.frame.iter_rows(named=True)]
    spec = chart.in_theme("light").spec
    return {**spec, "data": {**spec["data"], "values": rows}, "width": width, "height": height, "autosize": {"type": "fit", "contains": "padding"}}


def _plain(value: object) -> object:
    """A value as JSON has it; a day is the instant at which it begins where the chart is drawn, which is how a browser reads it too."""
    if isinstance(value, date):
        return 1000 * (value.timestamp() if isinstance(value, datetime) else time.mktime(value.timetuple()))
    return None if isinstance(value, float) and not isfinite(value) else value
