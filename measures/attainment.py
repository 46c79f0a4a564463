"""Actual against target over the months that have one."""

from dataclasses import dataclass
from datetime import date

import polars as pl

from measures.metrics import ratio
from measures.targets import covered_months
from queries.filters import Filters, add_months, end_of_complete_months


@dataclass(frozen=True)
class Attained:
    """`target` by month and region, `months` the months whose sales count against it, `actual` and `aimed` their sums."""

    target: pl.DataFrame
    months: tuple[date, ...]
    actual: float | None
    aimed: float | None

    @property
    def rate(self) -> float | None:
        """actual ÷ target; None without a target."""
        return ratio(self.actual, self.aimed)


def attained(chosen: pl.DataFrame, sales: pl.DataFrame, filters: Filters, as_of: date, measure: str = "net_sales") -> Attained:
    """Sales of the filters' period against the targets of its months; `chosen` are those of one grain (measures/targets.py), all periods.

    `measure` is the column of `sales` that the targets speak of. Targets of months after `as_of` wait for their turn, and a month
    that the period or the data hold a part of only counts where there is no whole one.
    """
    stands_for = covered_months(chosen["month"].unique())
    last = add_months(as_of, 1)
    begun = [month for month in set(stands_for.values()) if _belongs(month, filters) and month < last]
    inside = [month for month in begun if _is_whole(month, stands_for, filters, as_of)] or begun
    target = chosen.filter(pl.col("month").is_in(inside))
    months = tuple(sorted(month for month, start in stands_for.items() if start in inside and _belongs(month, filters)))
    if target.is_empty():
        return Attained(target, (), None, None)
    actual = float(sales.filter(pl.col("month").is_in(months))[measure].sum())
    return Attained(target, months, actual, float(target["target"].sum()))


def _is_whole(start: date, stands_for: dict[date, date], filters: Filters, as_of: date) -> bool:
    """Whether all months of the target that begins there lie in the period and in the data."""
    end = add_months(max(month for month, of in stands_for.items() if of == start), 1)
    in_period = (filters.from_date is None or start >= filters.from_date) and (filters.to_date is None or end <= filters.to_date)
    return in_period and end <= end_of_complete_months(as_of)


def _belongs(month: date, filters: Filters) -> bool:
    starts = filters.from_date is None or month >= filters.from_date.replace(day=1)
    return starts and (filters.to_date is None or month < filters.to_date)
