"""What each distributor would buy of each product in its next peak with no new action, and how earlier forecasts of it turned out.

Accounts that bought in the last twelve months (`board_accounts`: all kinds, or distributors and direct customers alone), and products that
sold in them and are not discontinued by their peak. The back-test takes all that ever bought: who left since was forecast too.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import polars as pl

from measures.history import History
from measures.seasons.cell_prices import cell_prices
from measures.seasons.cell_sales import CellSales, cell_sales
from measures.seasons.natural import natural_sales, not_negative, summed
from measures.seasons.natural_board import planned_accounts
from measures.seasons.peak_windows import SeasonWindows, months_ahead, season_windows
from measures.seasons.rolling_origins import Trial, rolling_origins
from measures.seasons.row_peaks import RowPeaks, row_peaks, sold_in_peaks
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
    peaks: RowPeaks
    in_peak: np.ndarray
    method: np.ndarray
    tested: pl.DataFrame
    sales: np.ndarray
    tested_peaks: RowPeaks
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
    planned = planned._replace(units=not_negative(planned.units))
    tested, of = np.unique(planned.account, return_inverse=True)
    sales = summed(planned.units, of, len(tested))
    windows = season_windows(ask, _by_region(sold.accounts["region_id"].to_list(), tested, sales), sold.span, cuts) if len(tested) else None
    if windows is None:
        return None
    return _forecast(planned, tested, sales, windows)


def _by_region(regions: list[str | None], tested: np.ndarray, sales: np.ndarray) -> dict[str | None, np.ndarray]:
    """Each region's units by month, of the accounts `tested` (rows of all) whose `sales` these are."""
    mine = [regions[row] for row in tested.tolist()]
    place = {region: at for at, region in enumerate(dict.fromkeys(mine))}
    return dict(zip(place, summed(sales, np.array([place[region] for region in mine], int), len(place)), strict=True))


def _forecast(sold: CellSales, tested: np.ndarray, sales: np.ndarray, windows: SeasonWindows) -> PeakBoard:
    """The board of the cells sold; `tested` (rows of their accounts) are those of the back-test, `sales` their units by month."""
    span, accounts, products, regions = sold.span, sold.accounts, sold.products, sold.accounts["region_id"].to_list()
    peaks = row_peaks(regions, {region: windows.next_peak(region, span) for region in dict.fromkeys(regions)})
    kept = sold.only(_goes_on(sold, peaks))
    shown, parents = np.unique(kept.account, return_inverse=True)
    horizon = max((months_ahead(peak, span)[1] for peak in peaks.distinct), default=0)
    trial = rolling_origins(sales, span.months, horizon)
    places = np.searchsorted(tested, shown)
    found = natural_sales(kept.units, parents, span.months, horizon, trial.of(places))
    own, tested_own, of_cells = (peaks.of(rows) for rows in (shown, tested, kept.account))
    return PeakBoard(
        accounts[shown], products, parents, kept.product, found.cells, np.nan_to_num(sold_in_peaks(kept.units, of_cells, span)), own,
        own.ahead(span, horizon), found.total_method,
        accounts[tested], sales, tested_own, tested_own.ahead(span, horizon), trial, places, windows, span,
        cell_prices(sold.paid, accounts, products, kept.account, kept.product),
    )  # fmt: skip


def _goes_on(sold: CellSales, peaks: RowPeaks) -> np.ndarray:
    """Cells whose account and product both sold lately, the product not discontinued by the account's peak."""
    ends = sold.products["discontinued_on"].to_numpy().astype("datetime64[D]")
    lately = sold.sold_lately
    return lately if np.isnat(ends).all() else lately & (np.isnat(ends)[sold.product] | (ends[sold.product] > peaks.starts[sold.account]))
