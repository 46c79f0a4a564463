"""Where the largest accounts came from: contribution and variation at each of the last thirteen month ends (methods.md section 1).

Every point is what the answer would have said at that date: the same windows, the season and the kind of contribution of today.
"""

import numpy as np
import polars as pl

from measures.customers.quadrant_book import Book
from measures.customers.quadrant_path import variations
from measures.history import History, months_between
from measures.seasons.seasons import YEAR
from measures.thresholds import Cuts
from queries.filters import add_months

TAILS_SCHEMA = {
    "account_id": pl.String, "account": pl.String, "months_back": pl.Int64, "month": pl.Date,
    "contribution": pl.Float64, "stability_cv": pl.Float64,
}


def tails(book: Book, now: pl.DataFrame, until: History, basis: str, cuts: Cuts) -> pl.DataFrame:
    """TAILS_SCHEMA of the `tail_accounts` first accounts of `now`, the oldest month first.

    `month` is the last month that counts, `months_back` 0 today and 12 a year ago. Dates without a month of history are left out,
    and so are those where neither number is known.
    """
    chosen = now.head(int(cuts["tail_accounts"])).select("account_id", "account")
    dates = min(YEAR + 1, until.length)
    if chosen.is_empty() or dates == 0:
        return pl.DataFrame(schema=TAILS_SCHEMA)
    rows = book.about["account_key"].search_sorted(now["account_key"].head(chosen.height)).to_numpy()
    back, ends = np.arange(dates)[::-1], np.full(len(rows), months_between(book.span.start, until.end))
    contribution, variation = _contributions(book, rows, basis, dates).ravel(), variations(book, rows, ends, dates, cuts).ravel()
    known = np.flatnonzero(~np.isnan(contribution) | ~np.isnan(variation))
    months = pl.Series("month", [add_months(until.end, -int(step) - 1) for step in back], dtype=pl.Date)
    account, date = known // dates, known % dates
    return chosen[account].with_columns(
        pl.Series("months_back", back[date], dtype=pl.Int64), months[date],
        pl.Series("contribution", contribution[known], nan_to_null=True), pl.Series("stability_cv", variation[known], nan_to_null=True),
    )  # fmt: skip


def _contributions(book: Book, rows: np.ndarray, basis: str, dates: int) -> np.ndarray:
    """Each row's share of the company's last twelve months at each date, (rows, dates); NaN where the company has none."""
    grid = book.money[basis]
    own, company = (_yearly(of, dates) for of in (grid[rows], grid.sum(axis=0, keepdims=True)))
    bought = _yearly(book.has_row[rows].astype(float), dates) > 0
    return np.divide(own, company, out=np.full(own.shape, np.nan), where=(company > 0) & bought)


def _yearly(grid: np.ndarray, dates: int) -> np.ndarray:
    """The sums of the twelve months before each of the last `dates`; there was nothing before the grid."""
    missing = max(0, YEAR + dates - 1 - grid.shape[1])
    padded = np.pad(grid, ((0, 0), (missing, 0)))
    return np.lib.stride_tricks.sliding_window_view(padded, YEAR, axis=1)[:, -dates:].sum(axis=2)
