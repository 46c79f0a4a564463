"""Rebates in words: what a scheme counts, an amount in it, and how it pays."""

from charts import labels
from data.language import _, format_compact, format_money, format_number, format_percent, mark, ngettext
from measures.trade.rebate_tiers import COUNTED_IN, CUMULATIVE, GROWTH

_MEASURES = {GROWTH: mark("Growth on the year before"), CUMULATIVE: mark("Units since the first order")}


def measure(code: str) -> str:
    """What a scheme counts."""
    return _(_MEASURES[code]) if code in _MEASURES else labels.metric(code)


def amount(value: float | None, code: str, *, short: bool = False) -> str:
    """A value in what a scheme counts: money, units or hl of this year; `short` writes 8.4K units."""
    counted = COUNTED_IN.get(code, code)
    if counted == "net_sales":
        return format_money(value)
    return f"{format_compact(value) if short else format_number(value)} {_('units') if counted == 'quantity' else 'hl'}"


def cases(count: float | None) -> str:
    """Sales units as they are asked for."""
    number = int(count or 0)
    return ngettext("{n} case", "{n} cases", number).format(n=format_number(number))


def tier(start: float | None, code: str, rate: float | None) -> str:
    """A tier by its start and its rate."""
    return _("{start} at {rate}").format(start=amount(start, code), rate=format_percent(rate))
