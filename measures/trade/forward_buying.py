"""Who bought ahead to reach a tier: more than usual before the year's end, less after it (methods.md section 13).

Usual is the account's own level, without its season, over the year around the change but for the months that are looked at. What was
merely moved is the lesser of the extra before and the dip after; the extra less the dip is what the push really brought.
"""

from datetime import date

import numpy as np
import polars as pl

from measures.history import History, months_between
from measures.seasons.seasons import YEAR, month_numbers
from queries.filters import add_months

SCHEMA = {
    "account_id": pl.String, "year_end": pl.Date, "usual": pl.Float64, "extra_before": pl.Float64, "dip_after": pl.Float64,
    "forward": pl.Float64, "net_extra": pl.Float64, "forward_rate": pl.Float64,
}  # fmt: skip


def forward_buying(
    accounts: pl.Series, sales: np.ndarray, season: np.ndarray, span: History, complete: date, year_start: date, months: int
) -> pl.DataFrame:
    """Every account and year's end with both sides in the data, by SCHEMA, the most moved first.

    `sales` (accounts, months) over `span`, `season` (accounts, 12); `year_start` is the first day of any fiscal year, `months` how many
    before and after it are looked at; months from `complete` on are not over. `usual` are the sales expected before the end, `forward_rate` what was moved as a share of them.
    """
    over = min(months_between(span.start, complete), span.length)
    sales, span = sales[:, :over], History(span.start, add_months(span.start, over))
    ends = [end for end in _year_ends(span, year_start) if months_between(span.start, end) >= YEAR and months_between(end, span.end) >= months]
    parts = [_around(accounts, sales, season, span, end, months) for end in ends]
    return pl.concat([pl.DataFrame(schema=SCHEMA), *parts]).sort(["forward", "account_id"], descending=[True, False])


def _year_ends(span: History, year_start: date) -> list[date]:
    """The fiscal years' first days inside the history."""
    first = add_months(span.start, (year_start.month - span.start.month) % YEAR)
    return [add_months(first, YEAR * step) for step in range(max(span.length // YEAR + 1, 0))]


def _around(accounts: pl.Series, sales: np.ndarray, season: np.ndarray, span: History, end: date, months: int) -> pl.DataFrame:
    at, index = months_between(span.start, end), np.where(season > 0, season, 1.0)[:, month_numbers(span.months) - 1]
    before, after = slice(at - months, at), slice(at, at + months)
    around = np.r_[at - YEAR : at - months, at + months : min(at + YEAR, span.length)]
    level = (sales[:, around] / index[:, around]).mean(axis=1)
    usual, later = (level * index[:, part].sum(axis=1) for part in (before, after))
    extra, dip = sales[:, before].sum(axis=1) - usual, later - sales[:, after].sum(axis=1)
    forward = np.maximum(np.minimum(extra, dip), 0.0)
    columns = {
        "account_id": accounts, "year_end": pl.repeat(end, len(accounts), dtype=pl.Date, eager=True), "usual": usual, "extra_before": extra,
        "dip_after": dip, "forward": forward, "net_extra": extra - dip,
        "forward_rate": np.divide(forward, usual, out=np.zeros(len(usual)), where=usual > 0),
    }  # fmt: skip
    return pl.DataFrame(columns, schema=SCHEMA)
