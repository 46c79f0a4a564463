"""How do sales stand against last year and target? (methods.md sections 0 and 6)

Last year is the same period one year earlier, or as many whole years as the period is long. `change_rate` compares complete months only:
a period that the data don't cover to its end is compared up to the last complete month, on both sides. Attainment is
actual ÷ target over the months that have a target, up to the month of the last day of the data; targets: measures/targets.py.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

import polars as pl

from measures import sales_totals
from measures.attainment import Attained, attained
from measures.attention import attention
from measures.history import told_until
from measures.metrics import change_rate
from measures.overview_tables import by_category, by_product, by_region, monthly, monthly_metrics, trends
from measures.periods import Comparison, comparison
from measures.sales_totals import Sales, of_both, of_period
from measures.targets import of_one_grain
from measures.thresholds import Cuts
from queries.filters import Filters
from queries.runner import Ask, begin

THRESHOLDS = ("attention_change",)
KPIS = ("net_sales", "gross_margin", "volume", "quantity", "active_accounts", "orders", "attainment", "return_rate")
PRODUCTS = "overview/products"
Read = TypeVar("Read")
RATES, COUNTS = frozenset({"return_rate", "attainment"}), frozenset({"active_accounts", "orders"})
KPI_SCHEMA = {"metric": pl.String} | dict.fromkeys(
    ("value", "previous", "change_rate", "target", "attainment", "difference", "compared_value", "compared_previous"), pl.Float64
)


@dataclass(frozen=True)
class Overview:
    """The overview's tables; money in the store's currency.

    kpis: one row per metric; `difference` and `change_rate` are of the compared values, a rate has only a difference (in points).
    `trends` are the months of net sales, gross margin and units beside the earlier ones and the targets, each in its own unit.
    `cost_coverage` is the share of net sales on lines with a cost of their own.
    """

    kpis: pl.DataFrame
    monthly: pl.DataFrame
    by_region: pl.DataFrame
    by_category: pl.DataFrame
    by_product: pl.DataFrame
    attention: pl.DataFrame
    monthly_metrics: pl.DataFrame
    trends: pl.DataFrame
    cost_coverage: float | None
    as_of: date


@dataclass(frozen=True)
class Aims:
    """Targets of one grain in money and in units, of all periods, and what of the period's money is reached."""

    reached: Attained
    money: pl.DataFrame
    units: pl.DataFrame
    as_of: date


def answer(ask: Ask, filters: Filters, cuts: Cuts) -> Overview:
    """Sales within the filters. `previous` is null where the period is open."""
    reach = ask("store/generation", filters)
    as_of, first = (reach["as_of"].item(), reach["first_sold_on"].item()) if reach.height else (date.min, None)
    told = told_until(ask, as_of)
    spans = comparison(filters, told, first)
    sales, others = _begun(ask, filters, spans, as_of)
    goods, targets, overdue = others()
    products, categories = by_product(*goods), by_category(*goods)
    aims, aims_in_units = of_one_grain(targets, "amount"), of_one_grain(targets, "quantity")
    ((now, before, pair),) = sales()
    months_pair = (pair[0].months, pair[1].months) if pair else None
    reached = attained(aims, now.months, filters, told)
    regions = by_region(now, before, months_pair, reached)
    months = monthly(now, before, aims, filters, spans.years, told, first)
    return Overview(
        kpis=_kpis(spans, now, before, pair, Aims(reached, aims, aims_in_units, told)),
        monthly=months,
        by_region=regions,
        by_category=categories,
        by_product=products,
        attention=attention(pair, regions, products, overdue, float(cuts["attention_change"])),
        monthly_metrics=monthly_metrics(now, months),
        trends=trends(now, before, months, aims_in_units, spans.years),
        cost_coverage=sales_totals.cost_coverage(now),
        as_of=as_of,
    )


def _begun(ask: Ask, filters: Filters, spans: Comparison, as_of: date) -> tuple[Callable[[], tuple], Callable[[], tuple]]:
    """The questions under way: the sales, and products, targets and invoices. The longest first: what the others say is summed up meanwhile."""
    sales = begin(lambda: _both(spans, lambda one: sales_totals.read(ask, one), lambda one, other: sales_totals.read_both(ask, one, other)))
    others = begin(
        lambda: _both(spans, lambda one: of_period(ask, PRODUCTS, one), lambda one, other: of_both(ask, PRODUCTS, one, other)),
        lambda: ask("overview/targets", filters.within(None, None)),
        lambda: ask("overview/overdue", filters, as_of=as_of),
    )
    return sales, others


def _both(
    spans: Comparison, one: Callable[[Filters], Read], two: Callable[[Filters, Filters], tuple[Read, Read]]
) -> tuple[Read, Read | None, tuple[Read, Read] | None]:
    """What is read of the period, of the earlier one, and of what of both can be compared; asked anew only where that differs."""
    if spans.before is None:
        return one(spans.now), None, None
    now, before = two(spans.now, spans.before)
    if spans.now_compared is None or spans.before_compared is None:
        return now, before, None
    return now, before, two(spans.now_compared, spans.before_compared) if spans.is_clipped else (now, before)


def _kpis(
    spans: Comparison, now: Sales, before: Sales | None, pair: tuple[Sales, Sales] | None, aims: Aims
) -> pl.DataFrame:
    reached = aims.reached
    in_units = attained(aims.units, now.months, spans.now, aims.as_of, "quantity")
    rate_before = attained(aims.money, before.months, spans.before, aims.as_of).rate if before and spans.before else None
    targets = {
        "net_sales": (reached.aimed, reached.rate),
        "quantity": (in_units.aimed, in_units.rate),
        "attainment": (reached.aimed, reached.rate),
    }
    rates, rates_before = {"attainment": reached.rate}, {"attainment": rate_before}
    values, previous = now.metrics | rates, (before.metrics if before else {}) | rates_before
    compared, compared_before = (pair[0].metrics | rates, pair[1].metrics | rates_before) if pair else (rates, rates_before)
    rows = [
        {"metric": name, "value": values[name], "previous": previous.get(name)}
        | dict(zip(("target", "attainment"), targets.get(name, (None, None)), strict=True))
        | _change(name, compared.get(name), compared_before.get(name))
        for name in KPIS
    ]
    return pl.DataFrame(rows, schema=KPI_SCHEMA)


def _change(name: str, value: float | None, previous: float | None) -> dict[str, float | None]:
    known = value is not None and previous is not None
    return {
        "compared_value": value,
        "compared_previous": previous,
        "difference": value - previous if known else None,
        "change_rate": None if name in RATES else change_rate(value, previous, previous if name in COUNTS else None),
    }

