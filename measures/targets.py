"""Targets: rows of one grain only, and the months that they speak of.

A target row may be for a salesperson, a region, the whole company, an account, a product, or a pair. Rows of different grains speak of
the same sales, so each month takes the rows of one grain: the first of GRAINS that has any. A filter by account or product
leaves only the rows that name one, so its attainment is unknown where nobody set such a target.

A target belongs to its month. Where targets come every third month (quotas by the quarter) each stands for the months until the
next one: actual sales are compared over all of them.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from statistics import median

import polars as pl

from queries.filters import add_months

GRAINS = ("salesperson", "region", "company", "account", "salesperson_product", "product", "account_product")
# Quarters by the calendar's last or first days are two to four months apart; a missing month of a monthly plan is no quarter.
GAP_TOLERANCE = 1.5


def of_one_grain(targets: pl.DataFrame, column: str) -> pl.DataFrame:
    """Month, region_id and target (the sum of `column`) of the rows of each month's first grain."""
    first = rows_of_one_grain(targets, column)
    return first.group_by("month", "region_id").agg(pl.col(column).sum().alias("target")).sort("month", "region_id")


def rows_of_one_grain(targets: pl.DataFrame, column: str, grains: Sequence[str] = GRAINS) -> pl.DataFrame:
    """The rows with a value in `column` of each month's first grain, of those in `grains`."""
    known = targets.filter(pl.col(column).is_not_null(), pl.col("grain").is_in(grains))
    if len(grains) < 2:
        return known
    rank = pl.col("grain").replace_strict({grain: place for place, grain in enumerate(grains)}, return_dtype=pl.Int64)
    return known.filter(rank == rank.min().over("month"))


def covered_months(months: Iterable[date]) -> dict[date, date]:
    """Each month that targets stand for → the month of its target.

    A target stands for the months until the next one, at most half as many again as the median gap between targets.
    """
    starts = sorted(set(months))
    gaps = [_gap(a, b) for a, b in zip(starts, starts[1:], strict=False)]
    usual = int(median(gaps)) if gaps else 1
    lengths = [gap if gap <= GAP_TOLERANCE * usual else usual for gap in gaps] + [usual] * bool(starts)
    return {add_months(start, step): start for start, length in zip(starts, lengths, strict=True) for step in range(length)}


def _gap(first: date, second: date) -> int:
    return (second.year - first.year) * 12 + second.month - first.month
