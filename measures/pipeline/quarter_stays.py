"""Which deals stood open on the first day of each quarter, and which of them were won within it: as it was known then.

A deal counts as won in a quarter if it was won on or after its first day and was won still on the next one's: a win that was opened again
in between is none, and one that was opened again later is one.
"""

from dataclasses import dataclass
from datetime import date

import numpy as np
import polars as pl

from queries.filters import add_months


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
    # A deal stands in one stage on a day: by deal and day there are no equals.
    order = np.argsort(stays["opportunity_key"].to_numpy(), kind="stable")
    key, entered, left, won = (stays[name].to_numpy()[order] for name in ("opportunity_key", "entered_on", "left_on", "won_on"))
    places, wins = [], []
    for start in starts:
        first, end = np.datetime64(start), np.datetime64(add_months(start, 3))
        standing = np.flatnonzero((entered < first) & ~(left < first))
        places.append(standing)
        wins.append((won[standing] >= first) & (won[standing] < end) | np.isin(key[standing], _once_won(reopened, first, end)))
    kept = [number for number, standing in enumerate(places) if len(standing)]
    chosen = order[np.concatenate(places)] if kept else order[:0]
    taken = stays[chosen]
    return QuarterDeals(
        [starts[number] for number in kept], np.repeat(np.arange(len(kept)), [len(places[number]) for number in kept]),
        *(taken[name].to_numpy() for name in ("stage_number", "entered_on", "expected_close_on")), taken["value"].fill_null(0.0).to_numpy(),
        np.concatenate(wins) if kept else np.zeros(0, bool),
    )  # fmt: skip


def _once_won(reopened: pl.DataFrame, first: np.datetime64, end: np.datetime64) -> np.ndarray:
    """The deals that were won within the quarter and opened again after it."""
    won, back = reopened["won_on"].to_numpy(), reopened["reopened_on"].to_numpy()
    return reopened["opportunity_key"].to_numpy()[(won >= first) & (won < end) & (back >= end)]
