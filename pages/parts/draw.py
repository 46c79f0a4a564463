"""Put a chart on the page: the authored spec with the frame beside it as Arrow, and what it finds for those who don't see it."""

from html import escape

import streamlit as st

from charts.chart import Chart
from data.language import _
from pages.parts import hand_out


def chart(figure: Chart, key: str) -> dict | None:
    """Draw a chart; where it has a selection, the chosen points by the selection's name, else None."""
    return chart_with_box(figure, key)[0]


def chart_with_box(figure: Chart, key: str) -> tuple[dict | None, dict[str, list[float]] | None]:
    """Draw a chart; the chosen points, and the ends of both axes by field where a box was drawn. A box counts before a click."""
    hand_out.chart(figure)
    # Streamlit writes `alt` into the spec, and a spec that changes is compiled anew: a sixth of what a click takes. So the chart's name stays
    # the same and says where its finding stands: in a paragraph that no eye sees (pages/parts/frame.py).
    st.html(f'<p class="chart_finding">{escape(figure.alt)}</p>')
    event = st.vega_lite_chart(
        figure.arrow, figure.on_screen, width="stretch", height=figure.height, key=key, alt=_("Chart: its finding stands before it"),
        on_select="rerun" if figure.select else "ignore",
    )
    if not figure.select or event is None:
        return None, None
    # Letting go of a box over a point is a click on it as well.
    box = (event["selection"].get(figure.box) or None) if figure.box else None
    return (None if box else event["selection"].get(figure.select) or None), box


def theme() -> str:
    """The theme that the reader sees: light or dark."""
    kind = st.context.theme.type
    return kind if kind in ("light", "dark") else "light"
