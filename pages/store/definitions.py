"""Every metric and threshold in one place: helps anybody answer "what does this number mean?" without asking.

Keeps the promise that a newcomer finds any number's definition.
"""

import polars as pl
import streamlit as st

from data.language import _, format_number
from measures.metrics import METRICS
from measures.thresholds import THRESHOLDS, cuts
from pages.parts import frame, session, tables
from pages.parts.cuts import written

frame.head(
    _("Definitions"),
    _("{metrics} metrics and {thresholds} thresholds, each defined once").format(
        metrics=format_number(len(METRICS)), thresholds=format_number(len(THRESHOLDS))
    ),
)
wanted = st.text_input(_("Search"), key="definitions_search", placeholder=_("A word of the name or the definition"), live=True).lower()

UNITS = {
    "money": _("Money"),
    "units": _("Units"),
    "volume": _("Volume (hl)"),
    "rate": _("Rate"),
    "count": _("Count"),
    "days": _("Days"),
    "index": _("Index"),
    "number": _("Number"),
}
metrics = pl.DataFrame(
    [(_(metric.label), _(metric.definition), metric.expression, UNITS[metric.unit]) for metric in METRICS.values()],
    schema=["label", "definition", "expression", "unit"],
    orient="row",
)


current = cuts(THRESHOLDS, {name: value for name, value in session.current().settings.items() if name in THRESHOLDS})
thresholds = pl.DataFrame(
    [
        (_(threshold.label), written(threshold, current[name]), written(threshold, threshold.default), _(threshold.reason), name)
        for name, threshold in THRESHOLDS.items()
    ],
    schema=["label", "value_now", "default", "reason", "threshold"],
    orient="row",
)


def matching(frame: pl.DataFrame) -> pl.DataFrame:
    """The rows in which any text holds the wanted word."""
    return frame.filter(pl.any_horizontal(pl.all().str.to_lowercase().str.contains(wanted, literal=True)))


st.subheader(_("Metrics"), anchor=False)
tables.show(matching(metrics), "metrics", key="definitions_metrics")
st.subheader(_("Thresholds"), anchor=False)
tables.show(matching(thresholds), "thresholds", key="definitions_thresholds")
