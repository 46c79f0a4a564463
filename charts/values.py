"""A number written as its unit asks, short or in full, in the reader's language."""

from data.language import (
    NOT_AVAILABLE,
    format_change,
    format_compact,
    format_money,
    format_money_compact,
    format_number,
    format_percent,
    format_points,
    ngettext,
)
from measures.metrics import METRICS

MONEY = frozenset({"value", "won_value", "lost_value", "open_value", "amount", "net_amount", "cost", "margin", "previous"})
"""Columns that hold money without being metrics."""

WHOLE = ("units", "count", "days", "volume")
"""Units whose fractions say nothing beside a mark."""


COUNTED = 100_000
"""Under this, accounts, orders and deals are counted to the last one."""

MILLION, THOUSAND, TENS = 1_000_000, 1000, 10


def unit_of(metric: str) -> str:
    """The unit of a metric or of a column of money; of anything else a plain number."""
    if metric in METRICS:
        return METRICS[metric].unit
    return "money" if metric in MONEY else "number"


def short(value: float | None, metric: str) -> str:
    """As written beside a mark: €1.2M, 92.3%, 1.25, 12K."""
    unit = unit_of(metric)
    if unit == "money":
        return format_money_compact(value)
    if unit == "rate":
        return format_percent(value)
    if unit == "index":
        return format_number(value, 2)
    if unit in WHOLE and value is not None and abs(value) < 1000:
        return format_number(value)
    return format_compact(value)


def full(value: float | None, metric: str) -> str:
    """As written in a tooltip: €1,234,567, 92.3%, 1.25, 12,345."""
    unit = unit_of(metric)
    if unit == "money":
        return format_money(value)
    if unit in WHOLE:
        return format_number(value)
    return short(value, metric)


def signed(value: float | None, metric: str) -> str:
    """A difference with its sign: +€1.2M."""
    return f"+{short(value, metric)}" if value is not None and value > 0 else short(value, metric)


def accounts(n: int) -> str:
    """1 account, 1,234 accounts."""
    return ngettext("{n} account", "{n} accounts", n).format(n=format_number(n))


def arrow(rate: float | None) -> str:
    """A change with an arrow and a sign, so that colour is never alone: ▲ +5.0%."""
    if rate is None:
        return format_change(rate)
    return f"{'▲' if rate > 0 else '▼' if rate < 0 else '■'} {format_change(rate)}"


def changed(unit: str, change: float | None) -> str | None:
    """The change with its sign: of a rate in points, of anything else as a rate."""
    if change is None:
        return None
    if unit == "rate":
        return format_points(change)
    return format_change(change)


def formatted(unit: str, value: float | None) -> str:
    """A value as its unit is written on a tile."""
    if value is None:
        return NOT_AVAILABLE
    if unit == "money":
        return format_money_compact(value)
    if unit == "rate":
        return format_percent(value)
    if unit == "volume":
        return f"{format_compact(value)} hl"
    if unit in ("index", "number"):
        return format_number(value, 2 if abs(value) < TENS else 1)
    if unit == "days":
        return ngettext("{n} day", "{n} days", round(value)).format(n=format_number(value))
    if (unit == "count" and abs(value) < COUNTED) or (unit == "units" and abs(value) < THOUSAND):
        return format_number(value)
    # Tiles of one page differ by a few percent often enough: 1.31M beside 1.27M, not twice 1.3M.
    return format_compact(value, 2 if abs(value) >= MILLION else 1)
