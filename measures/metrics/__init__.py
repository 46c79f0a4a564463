"""Every metric's record: one name, one label, one definition. Pages explain a number from here and nowhere else.

One file per subject; each has its `RECORDS`.
"""

from measures.metrics import (
    accounts,
    coverage,
    peak,
    pipeline,
    programmes,
    prospects,
    sales,
    seasons,
    trade,
    value,
    varieties,
    white_space,
)
from measures.metrics.record import Metric

_SECTIONS = (sales, value, accounts, coverage, pipeline, prospects, seasons, peak, varieties, trade, programmes, white_space)

METRICS: dict[str, Metric] = {record.name: record for section in _SECTIONS for record in section.RECORDS}
"""Every metric by its name."""


def ratio(numerator: float | None, denominator: float | None) -> float | None:
    """numerator ÷ denominator; None when either is missing or the denominator is 0."""
    if numerator is None or not denominator:
        return None
    return numerator / denominator


def change_rate(value: float | None, previous: float | None) -> float | None:
    """value ÷ previous − 1; None unless previous is positive."""
    if value is None or previous is None or previous <= 0:
        return None
    return value / previous - 1


__all__ = ["METRICS", "Metric", "change_rate", "ratio"]
