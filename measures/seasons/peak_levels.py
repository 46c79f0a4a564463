"""Season totals with their intervals and errors: of the company, of regions, of distributors (methods.md section 7).

Each level is a pool of its own: a company's total is far steadier than a distributor's.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from measures.seasons.natural import summed
from measures.seasons.peak_board import PeakBoard
from measures.seasons.row_peaks import sold_in_peaks
from measures.seasons.season_interval import factor, relative_errors, scales


@dataclass(frozen=True)
class Level:
    """Totals, bounds and errors of the groups of one level; `errors` (origins, groups) are relative ones of the season's total."""

    total: np.ndarray
    low: np.ndarray
    high: np.ndarray
    last_peak: np.ndarray
    errors: np.ndarray
    wape: np.ndarray
    wape_naive: np.ndarray
    bias: np.ndarray
    forecast: np.ndarray
    actual: np.ndarray


@dataclass(frozen=True)
class Tested:
    """What every level sums up: `totals` (accounts,) are the forecasts of the board's accounts, the rest is of the back-test's.

    `forecast`, `naive` and `actual` are by month (accounts, origins, months), `chosen_seasons` and `sold_seasons` of the peak
    (accounts, origins), `last` is each account's last peak (accounts,), 0 where the history does not hold it.
    """

    totals: np.ndarray
    forecast: np.ndarray
    naive: np.ndarray
    actual: np.ndarray
    chosen_seasons: np.ndarray
    sold_seasons: np.ndarray
    last: np.ndarray


def tested_of(board: PeakBoard) -> Tested:
    """The accounts' figures that all levels rest on."""
    # Sales and forecasts are never below zero: only what is not known is.
    chosen, naive, sold = (np.fmax(of, 0.0) for of in (board.trial.chosen, board.trial.naive, board.trial.actual))
    by_month = (np.ascontiguousarray(of.transpose(1, 0, 2)) for of in (chosen, naive, sold))
    seasons = (np.ascontiguousarray((of * board.tested_in_peak).sum(axis=2).T) for of in (chosen, sold))
    totals = np.where(board.in_peak, _account_months(board), 0.0).sum(axis=1)
    return Tested(totals, *by_month, *seasons, np.nan_to_num(last_peaks(board)))


def levels(board: PeakBoard, of: Tested, own: np.ndarray, tested: np.ndarray, share: float) -> Level:
    """One level: `own` and `tested` are the groups (0, 1, …) of the board's and of the back-test's accounts."""
    count = int(max(own.max(initial=-1), tested.max(initial=-1))) + 1
    by_month = (_grouped(values, tested, count) for values in (of.forecast, of.naive, of.actual))
    seasons = [_grouped(values[:, :, None], tested, count)[:, :, 0] for values in (of.chosen_seasons, of.sold_seasons)]
    return _level(np.bincount(own, of.totals, count), np.bincount(tested, of.last, count), by_month, seasons, share)


def account_levels(board: PeakBoard, of: Tested, share: float) -> Level:
    """Every account of the board a group of its own; their errors are measured among all of the back-test's."""
    by_month = (values.transpose(1, 0, 2) for values in (of.forecast, of.naive, of.actual))
    return _level(of.totals, of.last, by_month, [of.chosen_seasons.T, of.sold_seasons.T], share, board.place)


def _level(
    total: np.ndarray, last: np.ndarray, by_month: Iterable[np.ndarray], seasons: Sequence[np.ndarray], share: float, rows: np.ndarray | None = None
) -> Level:
    """The level of these groups, or of the groups `rows` among them, which `total` is of."""
    forecast, naive, actual = by_month
    chosen = slice(None) if rows is None else rows
    errors = relative_errors(*seasons)
    width = (factor(errors, share) * scales(errors))[chosen]
    total_sold = actual.sum(axis=(0, 2))
    rates = (np.divide(of, total_sold, out=np.full(len(total_sold), np.nan), where=total_sold > 0)[chosen] for of in (
        np.abs(forecast - actual).sum(axis=(0, 2)), np.abs(naive - actual).sum(axis=(0, 2)), (forecast - actual).sum(axis=(0, 2)),
    ))  # fmt: skip
    return Level(total, np.maximum(total * (1 - width), 0.0), total * (1 + width), last[chosen], errors[:, chosen], *rates, *seasons)


def _grouped(values: np.ndarray, groups: np.ndarray, count: int) -> np.ndarray:
    """(series, origins, months) summed to (origins, groups, months)."""
    series, origins, months = values.shape
    return summed(values.reshape(series, origins * months), groups, count).reshape(count, origins, months).transpose(1, 0, 2)


def _account_months(board: PeakBoard) -> np.ndarray:
    return summed(board.forecast, board.account, board.accounts.height)


def last_peaks(board: PeakBoard, back: int = 1) -> np.ndarray:
    """Each tested account's units in its peak of `back` years before; NaN where the history does not hold it."""
    return sold_in_peaks(board.sales, board.tested_peaks, board.span, back)


def region_places(board: PeakBoard) -> tuple[list[str], np.ndarray, np.ndarray]:
    """The regions of the board by id, and each account's place among them; the back-test's others come last, together."""
    ids, tested = (of["region_id"].fill_null("") for of in (board.accounts, board.tested))
    regions = sorted(ids.unique().to_list())
    places = range(len(regions))
    own, others = (of.replace_strict(regions, places, default=len(regions), return_dtype=pl.Int64).to_numpy() for of in (ids, tested))
    return regions, own, others
