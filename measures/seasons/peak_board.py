"""What each distributor would buy of each product in its next peak with no new action, and how earlier forecasts of it turned out.

Accounts that bought in the last twelve months (`board_accounts`: all kinds, or distributors and direct customers alone), and products that
sold in them and are not discontinued by their peak. The back-test takes all that ever bought: who left since was forecast too.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import polars as pl

from measures.history import History, months_between
from measures.seasons.cell_prices import cell_prices
from measures.seasons.cell_sales import CellSales, cell_sales
from measures.seasons.natural import natural_sales, summed
from measures.seasons.natural_board import planned_accounts
from measures.seasons.peak_windows import SeasonWindows, months_ahead, season_windows
from measures.seasons.rolling_origins import Trial, rolling_origins
from measures.seasons.seasons import YEAR
from measures.thresholds import Cuts
from measures.typed import typed
from queries.filters import Filters, add_months
from queries.runner import Ask

FORECAST_SCHEMA = {
    "month": pl.Date, "account_id": pl.String, "account": pl.String, "product_id": pl.String, "product": pl.String, "forecast": pl.Float64,
    "forecast_amount": pl.Float64,
}  # fmt: skip


@dataclass(frozen=True)
class PeakBoard:
    """`accounts` and `products` are those of the board; `account`, `product` (cells,) their rows, `forecast` (cells, horizon) units.

    `last_peak` (cells,) is what each sold in the last whole peak, `peaks` each account's next peak, `in_peak` (accounts, horizon) its months in the forecast, `method` how its total is forecast.
    `tested` are the accounts of the back-test, `sales` (tested, months) their units, `tested_peaks` and `tested_in_peak` as above;
    `trial` is what was forecast of them before. `place` is each of the board's accounts among them.
    """

    accounts: pl.DataFrame
    products: pl.DataFrame
    account: np.ndarray
    product: np.ndarray
    forecast: np.ndarray
    last_peak: np.ndarray
    peaks: list[History]
    in_peak: np.ndarray
    method: np.ndarray
    tested: pl.DataFrame
    sales: np.ndarray
    tested_peaks: list[History]
    tested_in_peak: np.ndarray
    trial: Trial
    place: np.ndarray
    windows: SeasonWindows
    span: History
    price: np.ndarray

    @cached_property
    def rows(self) -> pl.DataFrame:
        """One row per account × product × month of its peak with a forecast, by FORECAST_SCHEMA: long, and made when it is first read."""
        cell, step = np.nonzero(self._told)
        months = pl.Series([add_months(self.span.end, ahead) for ahead in range(self.in_peak.shape[1])], dtype=pl.Date)
        forecast = self.forecast[cell, step]
        frame = pl.DataFrame({"month": months.gather(step), "forecast": forecast, "forecast_amount": forecast * self.price[cell]})
        accounts = self.accounts[self.account[cell]].select("account_id", "account")
        named = frame.hstack(accounts).hstack(self.products[self.product[cell]].select("product_id", "product"))
        return named.sort("account_id", "product_id", "month").select(typed(FORECAST_SCHEMA))

    @property
    def row_count(self) -> int:
        """How many rows `rows` has."""
        return int(np.count_nonzero(self._told))

    @property
    def _told(self) -> np.ndarray:
        return self.in_peak[self.account] & (self.forecast > 0)


def peak_board(ask: Ask, filters: Filters, cuts: Cuts) -> PeakBoard | None:
    """The board at the end of the complete months within the period; None without sales or without a peak to plan for."""
    sold = cell_sales(ask, filters)
    if sold is None:
        return None
    planned = sold.only(planned_accounts(sold, cuts)[sold.account])
    planned = planned._replace(units=np.maximum(planned.units, 0.0))
    tested, of = np.unique(planned.account, return_inverse=True)
    sales = summed(planned.units, of, len(tested))
    windows = season_windows(ask, _by_region(sold.accounts["region_id"].to_list(), tested, sales), sold.span, cuts) if len(tested) else None
    if windows is None:
        return None
    return _forecast(planned, tested, sales, windows)


def _by_region(regions: list[str | None], tested: np.ndarray, sales: np.ndarray) -> dict[str | None, np.ndarray]:
    sums: dict[str | None, np.ndarray] = {}
    for row, values in zip(tested.tolist(), sales, strict=True):
        sums[regions[row]] = sums.get(regions[row], 0.0) + values
    return sums


def _forecast(sold: CellSales, tested: np.ndarray, sales: np.ndarray, windows: SeasonWindows) -> PeakBoard:
    """The board of the cells sold; `tested` (rows of their accounts) are those of the back-test, `sales` their units by month."""
    span, accounts, products = sold.span, sold.accounts, sold.products
    peaks = {region: windows.next_peak(region, span) for region in accounts["region_id"].unique().to_list()}
    kept = sold.only(_goes_on(sold, peaks))
    shown, parents = np.unique(kept.account, return_inverse=True)
    horizon = max((months_ahead(peak, span)[1] for peak in peaks.values()), default=0)
    trial = rolling_origins(sales, span.months, horizon)
    places = np.searchsorted(tested, shown)
    found = natural_sales(kept.units, parents, span.months, horizon, trial.of(places))
    about, tested_about = accounts[shown], accounts[tested]
    own, tested_own = ([peaks[region] for region in of["region_id"]] for of in (about, tested_about))
    return PeakBoard(
        about, products, parents, kept.product, found.cells, np.nan_to_num(sold_in_peaks(kept.units, own, span, parents=parents)), own,
        _in_peak(own, span, horizon), found.total_method,
        tested_about, sales, tested_own, _in_peak(tested_own, span, horizon), trial, places, windows, span,
        cell_prices(sold.paid, accounts, products, kept.account, kept.product),
    )


def _goes_on(sold: CellSales, peaks: dict[str | None, History]) -> np.ndarray:
    """Cells whose account and product both sold lately, the product not discontinued by the account's peak."""
    starts = np.array([peaks[region].start for region in sold.accounts["region_id"]], "datetime64[D]")
    ends = sold.products["discontinued_on"].to_numpy().astype("datetime64[D]")[sold.product]
    return sold.sold_lately & (np.isnat(ends) | (ends > starts[sold.account]))


def sold_in_peaks(units: np.ndarray, peaks: list[History], span: History, back: int = 1, parents: np.ndarray | None = None) -> np.ndarray:
    """Each row's units (rows, months) in its peak of `back` years before; NaN where the history does not hold it.

    `peaks` are those of the rows, or with `parents` (rows,) those of the accounts that the rows are of.
    """
    distinct, number = _numbered(peaks)
    of_row = number if parents is None else number[parents]
    found = np.full(len(units), np.nan)
    for place, peak in enumerate(distinct):
        at, rows = peak_before(peak, span, back), np.flatnonzero(of_row == place)
        if at is not None:
            found[rows] = units[rows, at].sum(axis=1)
    return found


def began_since(board: PeakBoard) -> np.ndarray:
    """Which accounts (accounts,) first bought after their last peak had begun: what they bought in it is no whole peak's."""
    distinct, number = _numbered(board.peaks)
    starts = [at.start if at else -1 for at in (peak_before(peak, board.span) for peak in distinct)]
    sales = board.sales[board.place] > 0
    return (np.argmax(sales, axis=1) > np.array(starts, int)[number]) & sales.any(axis=1)


def _in_peak(peaks: list[History], span: History, horizon: int) -> np.ndarray:
    """Which months of the forecast lie in each account's peak (accounts, horizon)."""
    distinct, number = _numbered(peaks)
    ahead = np.array([months_ahead(peak, span) for peak in distinct], int).reshape(-1, 2)[number]
    steps = np.arange(horizon)
    return (steps >= ahead[:, :1]) & (steps < ahead[:, 1:])


def _numbered(peaks: list[History]) -> tuple[list[History], np.ndarray]:
    """The peaks, each once, and the number of each one's among them. A region's accounts share one object, so that none are compared."""
    distinct = {id(peak): peak for peak in peaks}
    place = {key: at for at, key in enumerate(distinct)}
    return list(distinct.values()), np.array([place[id(peak)] for peak in peaks], int)


def peak_before(peak: History, span: History, back: int = 1) -> slice | None:
    """Where the peak of `back` years before lies in the history: the last whole one for 1; None where the data don't hold it."""
    columns = [months_between(span.start, month) for month in (peak.start, peak.end)]
    late = max(0, -(-(columns[1] - span.length) // YEAR)) * YEAR
    start, end = (column - late - YEAR * (back - 1) for column in columns)
    return slice(start, end) if start >= 0 else None
