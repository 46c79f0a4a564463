"""The waterfall from one period's net sales to the next."""

import polars as pl
import streamlit as st

from charts import labels
from charts.value_words import component
from charts.waterfall import waterfall
from data.language import _
from pages.parts import draw


def show(bridge: pl.DataFrame, finding: str, *, key: str) -> None:
    """Draw the components [component, amount] and their sum, the change of net sales, and say what the components are."""
    total = pl.DataFrame({"component": ["change"], "amount": [bridge["amount"].sum()], "kind": ["total"]})
    steps = pl.concat([bridge.select("component", "amount", pl.lit("step").alias("kind")), total])
    named = labels.worded(steps.rename({"component": "name"}), "name", writer=component)
    draw.chart(waterfall(named, title=_("Change of net sales"), theme=draw.theme(), finding=finding), key=key)
    st.caption(_("Units, mix and prices are of accounts that bought in both periods, product by product; a price moves too where an account's discount does."))
