"""Which deals stood open on the first day of each quarter, and which of them were won within it: as it was known then.

A deal counts as won in a quarter if it was won on or after its first day and was won still on the next one's: a win that was opened again
in between is none, and one that was opened again later is one.
"""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

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
    day (0: in none yet); `entered_on` and `expected_close_on` are days (of creation in no stage; NaT where nobody wrote one), `value` is 0 where
    nobody wrote one.
    """

    starts: list[date]
    quarter: np.ndarray
    stage_number: np.ndarray
    entered_on: np.ndarray
    expected_close_on: np.ndarray
    value: np.ndarray
    is_won: np.ndarray


def quarter_deals(stays: pl.DataFrame, earlier: pl.DataFrame, starts: list[date]) -> QuarterDeals:
    """`stays` and `earlier` are queries/pipeline/quarter_stays.sql and earlier_wins.sql; `starts` the quarters' first days in order."""
    # A deal stands in one stage on a day: by quarter and deal there are no equals.
    order = np.argsort(stays["opportunity_key"].to_numpy(), kind="stable")
    rows = _Standing(stays["opportunity_key"].to_numpy()[order], *(_days(stays[name])[order] for name in ("began_on", "left_on", "won_on")))
    wins = _Earlier(earlier["opportunity_key"].to_numpy(), *(_days(earlier[name]) for name in ("won_on", "reopened_on")))
    found = {start: _in_quarter(rows, wins, _day(start), _day(add_months(start, 3))) for start in starts}
    kept = {start: (order[places], is_won) for start, (places, is_won) in found.items() if len(places)}
    if not kept:
        return QuarterDeals([], *(np.zeros(0, kind) for kind in (int, int, "datetime64[D]", "datetime64[D]", float, bool)))
    chosen, is_won = (np.concatenate(parts) for parts in zip(*kept.values(), strict=True))
    quarter = np.repeat(np.arange(len(kept)), [len(places) for places, _is_won in kept.values()])
    columns = (stays[name].to_numpy()[chosen] for name in ("stage_number", "entered_on", "expected_close_on"))
    return QuarterDeals(list(kept), quarter, *columns, stays["value"].fill_null(0.0).to_numpy()[chosen], is_won)


class _Standing(NamedTuple):
    """Stays in the order of their deals."""

    deal: np.ndarray
    began: np.ndarray
    left: np.ndarray
    won: np.ndarray


class _Earlier(NamedTuple):
    """Wins that began before their deal's last stay."""

    deal: np.ndarray
    won: np.ndarray
    back: np.ndarray


def _in_quarter(rows: _Standing, wins: _Earlier, first: int, end: int) -> tuple[np.ndarray, np.ndarray]:
    """The places of the stays that stood on the quarter's first day, and which of their deals were won in it."""
    places = np.flatnonzero((rows.began < first) & (rows.left >= first))
    won = rows.won[places]
    once_won = wins.deal[(wins.won >= first) & (wins.won < end) & (wins.back >= end)]
    return places, (won >= first) & (won < end) | np.isin(rows.deal[places], once_won)


def _days(column: pl.Series) -> np.ndarray:
    """The days as whole numbers, which are compared many times faster; NEVER where there is none."""
    return column.to_physical().fill_null(NEVER).to_numpy()


def _day(day: date) -> int:
    return (day - EPOCH).days
