"""Season totals with their intervals and errors: of the company, of regions, of distributors (methods.md section 7).

Each level is a pool of its own: a company's total is far steadier than a distributor's.
"""

from dataclasses import dataclass

import numpy as np

from measures.seasons.natural import summed
from measures.seasons.peak_board import PeakBoard, sold_in_peaks
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


def levels(board: PeakBoard, own: np.ndarray, tested: np.ndarray, share: float, *, is_accounts: bool = False) -> Level:
    """One level: `own` and `tested` are the groups (0, 1, …) of the board's and of the back-test's accounts.

    With `is_accounts` every account is a group of its own, and the board's are returned.
    """
    totals = np.where(board.in_peak, _account_months(board), 0.0).sum(axis=1)
    count = int(max(own.max(initial=-1), tested.max(initial=-1))) + 1
    # Sales and forecasts are never below zero: only what is not known is.
    chosen, by_naive, sold = (np.fmax(of, 0.0) for of in (board.trial.chosen, board.trial.naive, board.trial.actual))
    forecast, naive, actual = (_grouped(of, tested, count) for of in (chosen, by_naive, sold))
    seasons = [_grouped((of * board.tested_in_peak).sum(axis=2, keepdims=True), tested, count)[:, :, 0] for of in (chosen, sold)]
    errors = relative_errors(*seasons)
    width = factor(errors, share) * scales(errors)
    last = np.bincount(tested, np.nan_to_num(last_peaks(board)), count)
    total_sold = actual.sum(axis=(0, 2))
    rates = [np.divide(of, total_sold, out=np.full(count, np.nan), where=total_sold > 0) for of in (
        np.abs(forecast - actual).sum(axis=(0, 2)), np.abs(naive - actual).sum(axis=(0, 2)), (forecast - actual).sum(axis=(0, 2)),
    )]  # fmt: skip
    if is_accounts:
        each = board.place
        width, last, rates, errors = width[each], last[each], [of[each] for of in rates], errors[:, each]
        total = totals
    else:
        total = np.bincount(own, totals, count)
    return Level(total, np.maximum(total * (1 - width), 0.0), total * (1 + width), last, errors, *rates, *seasons)


def _grouped(values: np.ndarray, groups: np.ndarray, count: int) -> np.ndarray:
    """(origins, series, months) summed to (origins, groups, months)."""
    origins, series, months = values.shape
    by_series = values.transpose(1, 0, 2).reshape(series, origins * months)
    return summed(by_series, groups, count).reshape(count, origins, months).transpose(1, 0, 2)


def _account_months(board: PeakBoard) -> np.ndarray:
    return summed(board.forecast, board.account, board.accounts.height)


def last_peaks(board: PeakBoard, back: int = 1) -> np.ndarray:
    """Each tested account's units in its peak of `back` years before; NaN where the history does not hold it."""
    return sold_in_peaks(board.sales, board.tested_peaks, board.span, back)


def region_places(board: PeakBoard) -> tuple[list[str], np.ndarray, np.ndarray]:
    """The regions of the board by id, and each account's place among them; the back-test's others come last, together."""
    ids = board.accounts["region_id"].fill_null("")
    regions = sorted(ids.unique().to_list())
    place = {region: at for at, region in enumerate(regions)}
    tested = [place.get(region, len(regions)) for region in board.tested["region_id"].fill_null("")]
    return regions, np.array([place[region] for region in ids], int), np.array(tested, int)
