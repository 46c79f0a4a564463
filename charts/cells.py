"""A table's cell as text, by its column's unit, where no table widget formats it."""

from datetime import date

import polars as pl

from charts.columns import column_unit
from data.language import NOT_AVAILABLE, _, format_date, format_money, format_month, format_number, format_percent

SMALLEST_P = 0.001

FINEST_RATE = 3
"""The decimals of a percentage that a column never goes beyond."""

MONTHS = frozenset({"month", "cohort", "first_month", "last_month", "handed_on", "peak_start", "forecast_on", "off_season_start", "year_begins", "year_ends"})
"""Columns whose date stands for its whole month."""

WHOLE = ("units", "volume", "days", "count")


def cell(name: str, value: object) -> str:
    """The value of column `name` in the reader's language; what is not known as a dash.

    >>> cell("conversion_rate", 0.25)
    '25.0%'
    """
    if value is None:
        return NOT_AVAILABLE
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if not isinstance(value, (int, float, date, list, tuple)):
        return str(value)
    if isinstance(value, date):
        return format_month(value) if name in MONTHS else format_date(value)
    if isinstance(value, (list, tuple)):
        return ", ".join(map(str, value))
    return _number(column_unit(name), value)


def _number(unit: str, value: float) -> str:
    if unit == "money":
        return format_money(value)
    if unit == "rate":
        return format_percent(value)
    if unit == "p_value":
        return p_text(value)
    return format_number(value, 0 if unit in WHOLE or isinstance(value, int) else 2)


def p_text(p: float | None) -> str:
    """A test's p to three decimals; one that would read as zero as under the smallest that can be written.

    >>> p_text(0.0004)
    '< 0.001'
    """
    return f"< {format_number(SMALLEST_P, 3)}" if p is not None and p < SMALLEST_P else format_number(p, 3)


def rate_decimals(rates: pl.Series) -> int:
    """How many decimals a column of rates needs as percentages: one as everywhere, more where a figure would else read as zero.

    >>> rate_decimals(pl.Series([0.25, 0.0]))
    1
    >>> rate_decimals(pl.Series([0.25, 0.00005]))
    3
    """
    sizes = rates.drop_nulls().abs()
    smallest = sizes.filter(sizes >= 0.5 * 10.0 ** -(2 + FINEST_RATE)).min()
    if smallest is None:
        return 1
    return next((places for places in range(1, FINEST_RATE) if smallest > 0.5 * 10.0 ** -(2 + places)), FINEST_RATE)
