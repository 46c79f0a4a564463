"""The waterfall from one period's net sales to the next."""

import polars as pl
import streamlit as st

from charts.bridge import bridge
from data.language import _
from pages.parts import draw


def show(parts: pl.DataFrame, finding: str, *, key: str) -> None:
    """Draw the components [component, amount] and their sum, and say what the components are."""
    draw.chart(bridge(parts, theme=draw.theme(), finding=finding), key=key)
    st.caption(_("Units, mix and prices are of accounts that bought in both periods, product by product; a price moves too where an account's discount does."))
