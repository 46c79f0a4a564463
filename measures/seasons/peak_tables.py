"""The tables of the peak-season forecast, from its board and its levels."""

import numpy as np
import polars as pl

from measures.pipeline import forecast_errors
from measures.seasons.peak_board import PeakBoard
from measures.seasons.peak_levels import Level, last_peaks
from measures.seasons.rolling_origins import COMBO, MIXED, NAIVE
from measures.seasons.row_peaks import RowPeaks, peak_before
from measures.seasons.season_interval import coverage, factor, scales
from measures.typed import framed, typed
from queries.filters import add_months

LEAST_ORIGINS = 6
"""Back-tests from which a figure is ok, fewer are provisional (methods.md section 7)."""
EARLIER_PEAKS = 4
"""Peaks that stand beside the next one: what a reader remembers."""

SEASON_SCHEMA = {
    "total": pl.Float64, "low": pl.Float64, "high": pl.Float64, "last_peak": pl.Float64, "change_rate": pl.Float64, "interval": pl.Float64,
    "status": pl.String, "origins": pl.Int64, "as_of": pl.Date, "peak_start": pl.Date, "peak_months": pl.Int64, "peaks": pl.Int64,
    "accounts": pl.Int64, "by_naive": pl.Int64, "products": pl.Int64, "total_amount": pl.Float64,
}
BACKTEST_SCHEMA = {
    "method": pl.String, "wape": pl.Float64, "wape_naive": pl.Float64, "mase": pl.Float64, "bias": pl.Float64, "coverage": pl.Float64,
    "wape_combo": pl.Float64,
}
LEVEL_SCHEMA = {
    "id": pl.String, "name": pl.String, "region": pl.String, "total": pl.Float64, "low": pl.Float64, "high": pl.Float64,
    "last_peak": pl.Float64, "change_rate": pl.Float64, "peak_start": pl.Date, "peak_months": pl.Int64, "method": pl.String,
    "wape": pl.Float64, "wape_naive": pl.Float64, "bias": pl.Float64, "status": pl.String, "total_amount": pl.Float64,
}
TRIAL_SCHEMA = {"forecast_on": pl.Date, "forecast": pl.Float64, "actual": pl.Float64, "low": pl.Float64, "high": pl.Float64, "error_rate": pl.Float64}
PEAKS_SCHEMA = {"peak_start": pl.Date, "units": pl.Float64, "low": pl.Float64, "high": pl.Float64, "is_forecast": pl.Boolean}
MONTHS_SCHEMA = {"month": pl.Date, "units": pl.Float64, "is_forecast": pl.Boolean, "is_peak": pl.Boolean}


def account_money(board: PeakBoard) -> np.ndarray:
    """The forecast of each account's peak in money, (accounts,)."""
    units = np.where(board.in_peak[board.account], board.forecast, 0.0).sum(axis=1)
    return np.bincount(board.account, units * board.price, board.accounts.height)


def level_table(
    about: pl.DataFrame, level: Level, peaks: RowPeaks, money: np.ndarray, method: np.ndarray | None = None, is_new: np.ndarray | None = None
) -> pl.DataFrame:
    """One row per region or account of `about` [id, name, region], the largest forecast first, by LEVEL_SCHEMA; `money` is their forecast's.

    `is_new` are those that began within the last peak or since: it says nothing about their change.
    """
    count = about.height
    known = (~np.isnan(level.errors[:, :count])).sum(axis=0)
    columns = {name: getattr(level, name)[:count] for name in ("total", "low", "high", "last_peak", "wape", "wape_naive", "bias")}
    new = np.zeros(count, bool) if is_new is None else is_new
    columns["change_rate"] = np.divide(columns["total"], columns["last_peak"], out=np.full(count, np.nan), where=(columns["last_peak"] > 0) & ~new) - 1
    frame = about.hstack(framed(columns)).with_columns(
        peak_start=pl.Series(peaks.starts),
        peak_months=pl.Series(peaks.lengths),
        method=pl.Series(method if method is not None else [None] * count, dtype=pl.String),
        status=pl.Series(np.where(new, "new", _status(known)), dtype=pl.String),
        total_amount=pl.Series(money),
    )
    return frame.select(typed(LEVEL_SCHEMA)).sort("total", "id", descending=[True, False])


def _status(origins: np.ndarray) -> list[str]:
    return np.select([origins >= LEAST_ORIGINS, origins > 0], ["ok", "provisional"], "insufficient").tolist()


def season_row(board: PeakBoard, level: Level, money: float, share: float) -> pl.DataFrame:
    """The total of the next peak, which is worth `money`, with its interval, by SEASON_SCHEMA; `by_naive` counts the accounts that fell back."""
    company = board.windows.next_peak(None, board.span)
    known = int((~np.isnan(level.errors[:, 0])).sum())
    total, last = float(level.total[0]), float(level.last_peak[0])
    row = (
        total, _finite(level.low[0]), _finite(level.high[0]), last if last > 0 else None, total / last - 1 if last > 0 else None, share,
        _status(np.array([known]))[0], known, board.span.end, company.start, company.length, len(np.unique(board.peaks.starts)),
        board.accounts.height, int((board.method != COMBO).sum()), np.count_nonzero(np.bincount(board.product)), money,
    )  # fmt: skip
    return pl.DataFrame([row], schema=SEASON_SCHEMA, orient="row")


def backtest_row(board: PeakBoard, level: Level, share: float) -> pl.DataFrame:
    """All distributors' months together, over the six origins; no row without any origin.

    The same origins say which method a distributor is forecast by, so that `wape` may flatter; `wape_combo` is of the combination at all of them.
    """
    trial = board.trial
    forecast, combined, naive, actual = (np.nansum(of, axis=1) for of in (trial.chosen, trial.combo, trial.naive, trial.actual))
    if not actual.size or not actual.any():
        return pl.DataFrame(schema=BACKTEST_SCHEMA)
    whole = board.sales.sum(axis=0)
    scale = np.array([np.abs(whole[12:origin] - whole[: origin - 12]).mean() for origin in board.trial.origins])
    weight = board.trial.weight
    method = COMBO if (weight == 1).all() else NAIVE if (weight == 0).all() else MIXED
    row = (
        method, forecast_errors.wape(forecast, actual), forecast_errors.wape(naive, actual), forecast_errors.mase(forecast, actual, scale),
        forecast_errors.bias(forecast, actual), _finite(coverage(level.errors[:, :1], share)),
        forecast_errors.wape(combined, actual),
    )  # fmt: skip
    return pl.DataFrame([row], schema=BACKTEST_SCHEMA, orient="row")


def trial_rows(board: PeakBoard, level: Level, share: float) -> pl.DataFrame:
    """The season's total as it was forecast at each origin, with the interval that today's errors give it."""
    width = _finite(float(factor(level.errors[:, :1], share) * scales(level.errors[:, :1])[0])) if len(level.errors) else None
    rows = [
        (add_months(board.span.start, int(origin)), forecast, actual, *_bounds(forecast, width), actual / forecast - 1 if forecast > 0 else None)
        for origin, forecast, actual in zip(board.trial.origins, level.forecast[:, 0].tolist(), level.actual[:, 0].tolist(), strict=True)
    ]
    return pl.DataFrame(rows, schema=TRIAL_SCHEMA, orient="row")


def _bounds(forecast: float, width: float | None) -> tuple[float | None, float | None]:
    return (None, None) if width is None else (max(forecast * (1 - width), 0.0), forecast * (1 + width))


def peak_rows(board: PeakBoard, season: pl.DataFrame) -> pl.DataFrame:
    """Earlier whole peaks of all tested accounts, each in its own months, and the next one. `peak_start` is the company's."""
    company = board.windows.next_peak(None, board.span)
    rows = []
    for back in range(EARLIER_PEAKS, 0, -1):
        sums, at = last_peaks(board, back), peak_before(company, board.span, back)
        if at is not None and not np.isnan(sums).any():
            rows.append((add_months(board.span.start, at.start), float(sums.sum()), None, None, False))
    now = season.row(0, named=True)
    rows.append((company.start, now["total"], now["low"], now["high"], True))
    return pl.DataFrame(rows, schema=PEAKS_SCHEMA, orient="row")


def month_rows(board: PeakBoard) -> pl.DataFrame:
    """The tested accounts' sales by month and the board's forecast, to the end of the last peak; `is_peak`: of the company's."""
    company = board.windows.next_peak(None, board.span)
    ahead = [add_months(board.span.end, step) for step in range(board.in_peak.shape[1])]
    calendar = {add_months(company.start, step).month for step in range(company.length)}
    sold, forecast = board.sales.sum(axis=0), board.forecast.sum(axis=0)
    rows = [(month, float(value), False) for month, value in zip(board.span.months, sold, strict=True)]
    rows += [(month, float(value), True) for month, value in zip(ahead, forecast, strict=True)]
    return pl.DataFrame([(*row, row[0].month in calendar) for row in rows], schema=MONTHS_SCHEMA, orient="row")


def _finite(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None


def named_regions(names: pl.DataFrame, board: PeakBoard) -> pl.DataFrame:
    """`names` [id, name, region] with the regions' names instead of their ids; no name for accounts of no region."""
    known = dict(board.accounts.select(pl.col("region_id").fill_null(""), "region").unique().iter_rows())
    words = [known.get(region) for region in names["id"]]
    return names.with_columns(name=pl.Series(words, dtype=pl.String), region=pl.Series(words, dtype=pl.String))
