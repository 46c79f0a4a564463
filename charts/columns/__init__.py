"""What a table's columns are called on screen and in exports, and how their figures are written.

One file per section; each has LABELS (column → message to translate) and which of its columns are MONEY, RATES or COUNTS.
"""

from charts.columns import (
    customers,
    development,
    evaluation,
    general,
    inputs,
    peak,
    pipeline,
    programmes,
    prospects,
    seasons,
    trade,
    white_space,
)
from data.language import _
from measures.metrics import METRICS

_SECTIONS = (general, inputs, customers, pipeline, prospects, seasons, peak, trade, programmes, white_space, development, evaluation)
_LABELS: dict[str, str] = {name: label for section in _SECTIONS for name, label in section.LABELS.items()}
_MONEY: frozenset[str] = frozenset().union(*(section.MONEY for section in _SECTIONS))
_RATES: frozenset[str] = frozenset().union(*(section.RATES for section in _SECTIONS))
_COUNTS: frozenset[str] = frozenset().union(*(section.COUNTS for section in _SECTIONS))
_MONEY_ENDINGS = ("_amount", "_sales", "_value")
_DAYS_ENDING = "_days"
_P_ENDINGS = ("p_value", "_p")


def column_label(name: str) -> str:
    """A column's name in the reader's language: the metric's label, else its own; one that nobody named is shown as it is written."""
    return _(METRICS[name].label) if name in METRICS else _(_LABELS[name]) if name in _LABELS else name


def has_label(name: str) -> bool:
    """Whether somebody named the column."""
    return name in METRICS or name in _LABELS


def column_unit(name: str) -> str:
    """A column's unit, as in measures.metrics: the metric's, else by the column's name; "number" where nothing says more.

    A test's p is "p_value": it is read against small limits, so two decimals are too few.
    """
    if name in METRICS:
        return METRICS[name].unit
    if name.endswith(_P_ENDINGS):
        return "p_value"
    if name in _MONEY or name.endswith(_MONEY_ENDINGS):
        return "money"
    if name in _RATES or name.endswith("_rate"):
        return "rate"
    if name.endswith(_DAYS_ENDING):
        return "days"
    return "count" if name in _COUNTS else "number"
