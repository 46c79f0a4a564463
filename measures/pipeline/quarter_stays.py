"""Which deals stood open on the first day of each quarter, and which of them were won within it: as it was known then.

A deal counts as won in a quarter if it was won on or after its first day and was won still on the next one's: a win that was opened again
in between is none, and one that was opened again later is one.
"""

from dataclasses import dataclass
from datetime import date

import numpy as np
import polars as pl

from queries.filters import add_months

EPOCH = date(1970, 1, 1)
NEVER = 2**31 - 1
"""A day after all others."""


@dataclass(frozen=True)
class QuarterDeals:
    """One element per quarter and deal that was open on its first day, by quarter and then by deal.

    `quarter` are positions in `starts`, the first days of the quarters in which a deal stood open; `stage_number` is the store's, of that
    day; `entered_on` and `expected_close_on` are days (NaT where nobody wrote one), `value` is 0 where nobody wrote one.
    """

    starts: list[date]
    quarter: np.ndarray
    stage_number: np.ndarray
    entered_on: np.ndarray
    expected_close_on: np.ndarray
    value: np.ndarray
    is_won: np.ndarray


def quarter_deals(stays: pl.DataFrame, reopened: pl.DataFrame, starts: list[date]) -> QuarterDeals:
    """`stays` and `reopened` are queries/pipeline/quarter_stays.sql and reopened_wins.sql; `starts` the quarters' first days in order."""
    # A deal stands in one stage on a day: by quarter and deal there are no equals.
    order = np.argsort(stays["opportunity_key"].to_numpy(), kind="stable")
    key, entered, left, won = stays["opportunity_key"].to_numpy()[order], *(_days(stays[name])[order] for name in ("entered_on", "left_on", "won_on"))
    quarters = {}
    for start in starts:
        first, end = _day(start), _day(add_months(start, 3))
        standing = np.flatnonzero((entered < first) & (left >= first))
        is_won = (won[standing] >= first) & (won[standing] < end) | np.isin(key[standing], _once_won(reopened, first, end))
        if len(standing):
            quarters[start] = order[standing], is_won
    if not quarters:
        return QuarterDeals([], *(np.zeros(0, kind) for kind in (int, int, "datetime64[D]", "datetime64[D]", float, bool)))
    chosen = np.concatenate([rows for rows, _is_won in quarters.values()])
    quarter = np.repeat(np.arange(len(quarters)), [len(rows) for rows, _is_won in quarters.values()])
    columns = (stays[name].to_numpy()[chosen] for name in ("stage_number", "entered_on", "expected_close_on"))
    value = stays["value"].fill_null(0.0).to_numpy()[chosen]
    return QuarterDeals(list(quarters), quarter, *columns, value, np.concatenate([is_won for _rows, is_won in quarters.values()]))


def _days(column: pl.Series) -> np.ndarray:
    """The days as whole numbers, which are compared many times faster; NEVER where there is none."""
    return column.to_physical().fill_null(NEVER).to_numpy()


def _day(day: date) -> int:
    return (day - EPOCH).days


def _once_won(reopened: pl.DataFrame, first: int, end: int) -> np.ndarray:
    """The deals that were won within the quarter and opened again after it."""
    won, back = _days(reopened["won_on"]), _days(reopened["reopened_on"])
    return reopened["opportunity_key"].to_numpy()[(won >= first) & (won < end) & (back >= end)]
