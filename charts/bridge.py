"""The waterfall from one period's net sales to the next."""

import polars as pl

from charts import labels
from charts.chart import Chart
from charts.value_words import component
from charts.waterfall import waterfall
from data.language import _


def bridge(parts: pl.DataFrame, *, theme: str = "light", finding: str = "") -> Chart:
    """The components [component, amount] and their sum, the change of net sales."""
    total = pl.DataFrame({"component": ["change"], "amount": [parts["amount"].sum()], "kind": ["total"]})
    steps = pl.concat([parts.select("component", "amount", pl.lit("step").alias("kind")), total])
    named = labels.worded(steps.rename({"component": "name"}), "name", writer=component)
    return waterfall(named, title=_("Change of net sales"), theme=theme, finding=finding)
