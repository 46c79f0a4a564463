"""Put a chart on the page: the authored spec with the frame beside it as Arrow."""

import streamlit as st

from charts.chart import Chart


def chart(figure: Chart, key: str) -> dict | None:
    """Draw a chart; where it has a selection, the chosen points by the selection's name, else None."""
    event = st.vega_lite_chart(
        figure.frame, figure.spec, width="stretch", height=figure.height, key=key, alt=figure.alt,
        on_select="rerun" if figure.select else "ignore",
    )
    if not figure.select or event is None:
        return None
    return event["selection"].get(figure.select) or None


def theme() -> str:
    """The theme that the reader sees: light or dark."""
    kind = st.context.theme.type
    return kind if kind in ("light", "dark") else "light"
