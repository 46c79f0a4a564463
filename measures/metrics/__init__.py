"""Every metric's record: one name, one label, one definition. Pages explain a number from here and nowhere else.

One file per subject; each has its `RECORDS`.
"""

from measures.metrics import (
    accounts,
    coverage,
    development,
    evaluation,
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

_SECTIONS = (sales, value, accounts, coverage, pipeline, prospects, seasons, peak, varieties, trade, programmes, white_space, development, evaluation)

METRICS: dict[str, Metric] = {record.name: record for section in _SECTIONS for record in section.RECORDS}
"""Every metric by its name."""


def ratio(numerator: float | None, denominator: float | None) -> float | None:
    """numerator ÷ denominator; None when either is missing or the denominator is 0."""
    if numerator is None or not denominator:
        return None
    return numerator / denominator


LEAST_CASES = 5
"""Deals or accounts that a figure must rest on before anything is compared with it: with fewer, one more or less turns it around."""


def is_thin(cases: float | None) -> bool:
    """Whether a figure rests on too few cases to be compared with; not where nobody knows on how many."""
    return cases is not None and cases < LEAST_CASES


def change_rate(value: float | None, previous: float | None, cases: float | None = None) -> float | None:
    """value ÷ previous − 1; None unless previous is positive and rests on enough `cases`, where these are known."""
    if value is None or previous is None or previous <= 0 or is_thin(cases):
        return None
    return value / previous - 1


__all__ = ["LEAST_CASES", "METRICS", "Metric", "change_rate", "is_thin", "ratio"]
