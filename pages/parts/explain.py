"""How a number is computed: definitions from the metrics' records, thresholds with reasons, rows in and out."""

from collections.abc import Sequence

import streamlit as st

from data.language import _, format_number
from measures.metrics import METRICS, Metric
from measures.thresholds import THRESHOLDS, Cuts, Value
from pages.parts import cuts
from pages.parts.escape import plain
from pages.parts.folded import folded


def metric_help(name: str) -> str:
    """A metric's definition and formula, for a tooltip."""
    metric = METRICS[name]
    return f"{plain(_(metric.definition))}\n\n`{metric.expression}`"


def panel(metrics: Sequence[str], chosen: Cuts, counts: Sequence[tuple[str, int]] = ()) -> None:
    """“How this is computed”: the page's metrics, its thresholds as they stand now, and rows in → rows out."""
    # One text, as a dozen would each travel by themselves.
    folded(_("How this is computed"), "explain", lambda: st.markdown("\n\n".join(_blocks(metrics, chosen, counts))))


def _blocks(metrics: Sequence[str], chosen: Cuts, counts: Sequence[tuple[str, int]]) -> list[str]:
    blocks = ["\n".join(definition(METRICS[name]) for name in metrics)]
    if chosen.values:
        blocks += [f"**{_('Thresholds')}**", "\n".join(_threshold(name, value) for name, value in chosen.values)]
    if counts:
        blocks.append(" → ".join(f"{plain(label)}: {format_number(count)}" for label, count in counts))
    return blocks


def _threshold(name: str, value: Value) -> str:
    threshold = THRESHOLDS[name]
    return f"- {plain(_(threshold.label))}: **{plain(cuts.written(threshold, value)) or '–'}**. {plain(_(threshold.reason))}"


def definition(metric: Metric) -> str:
    """One line: label, definition, formula."""
    return f"- **{plain(_(metric.label))}**: {plain(_(metric.definition))} `{metric.expression}`"
