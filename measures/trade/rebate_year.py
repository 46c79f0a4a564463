"""The year that rebates are counted in: what is bought so far, what it comes to with no new action, and how sure that is.

The year's end is natural sales (methods.md section 6): complete months as they were, the rest as forecast. How far the rest may fall
from its forecast is taken from what six earlier forecasts of as many months missed: each account's own errors, shrunk to the usual one
(measures/seasons/season_interval.py), and the shape of all accounts' errors together.
"""

from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np
import polars as pl
from scipy import stats

from measures.history import History, months_between
from measures.month_grid import month_grids
from measures.periods import fiscal_year
from measures.seasons.natural import best_forecast
from measures.seasons.region_seasons import season_of
from measures.seasons.rolling_origins import rolling_origins
from measures.seasons.season_interval import coverage, relative_errors, scales
from measures.seasons.seasons import YEAR
from measures.trade.rebate_tiers import MEASURES
from queries.filters import add_months

AMOUNTS = (*MEASURES, "margin", "returned_amount")
COSTED = "is_costed"
"""1 where a month's margin is known, in `Sold.grids`."""
LEVELS = 51
"""An odd number of ends of the year, so that the middle one is the median."""
INTERVAL = 0.80
"""How often the range of the year's end shall hold, as that of the seasons."""
LEAST_ERRORS = 30
"""Errors of earlier years from which their own shape is taken, else that of a normal distribution."""
# Of a normal distribution, the deviation ÷ the mean absolute error.
NORMAL = (np.pi / 2) ** 0.5


@dataclass(frozen=True)
class Sold:
    """Sales by account and month from the first sale on: `grids` (accounts, months) of each of AMOUNTS and COSTED, in the order of `accounts`.

    Rebates are paid on the month of the first sale, too, although it may have begun before the data did; what is usual is read from the
    months that are whole, from `whole_from` on.
    """

    accounts: pl.Series
    grids: dict[str, np.ndarray]
    span: History
    whole_from: date

    @property
    def whole(self) -> "Sold":
        """The same without the months that are not whole at the beginning."""
        cut = months_between(self.span.start, self.whole_from)
        return replace(self, grids={name: grid[:, cut:] for name, grid in self.grids.items()}, span=History(self.whole_from, self.span.end))


@dataclass(frozen=True)
class Natural:
    """The year's end of each line (an account counted in a measure), arrays (lines,), NaN where it is not known.

    `done` are the complete months, `rest` the forecast of those left, `scale` how far, in shares of itself, the rest usually falls from
    it. `shape` (LEVELS,) are the errors that come, in units of `scale`, from the worst to the best, equally likely each. `coverage` is
    how many of the earlier ends lay inside the interval that was to hold 80 % of them; NaN where there were none.
    """

    done: np.ndarray
    rest: np.ndarray
    scale: np.ndarray
    shape: np.ndarray
    coverage: float

    def only(self, kept: np.ndarray) -> "Natural":
        """The lines for which `kept` (lines,) holds."""
        return Natural(self.done[kept], self.rest[kept], self.scale[kept], self.shape, self.coverage)

    def ends(self, so_far: np.ndarray) -> np.ndarray:
        """Equally likely ends of the year (lines, LEVELS); never under what is bought so far."""
        spread = 1 + np.nan_to_num(self.scale)[:, None] * self.shape
        return np.maximum(self.done[:, None] + self.rest[:, None] * np.maximum(spread, 0.0), so_far[:, None])

    def expected(self, so_far: np.ndarray) -> np.ndarray:
        """What each line is expected to buy in the whole year without a new action, (lines,)."""
        return np.maximum(self.done + self.rest, so_far)


@dataclass(frozen=True)
class Year:
    """The fiscal year [start, end) in which the last day lies; months before `complete` are over."""

    start: date
    end: date
    complete: date
    as_of: date

    @property
    def months_left(self) -> int:
        """Months of the year that are not over."""
        return max(months_between(max(self.complete, self.start), self.end), 0)


def year_of(as_of: date, complete: date, first_month: int) -> Year:
    """The fiscal year of a day; `first_month` is 1–12."""
    start = fiscal_year(as_of, first_month)
    return Year(start, add_months(start, YEAR), complete, as_of)


def sold_by_month(rows: pl.DataFrame, first: date, span: History) -> Sold:
    """The rows of queries/trade/rebate_months from the `first` month over those of a history to the running month after it."""
    reach = History(min(first, span.start), add_months(span.end, 1))
    costed = rows.with_columns(pl.col("margin").is_not_null().cast(pl.Float64).alias(COSTED))
    accounts, grids = month_grids(costed, "account_id", (*AMOUNTS, COSTED), reach)
    return Sold(accounts, grids, reach, span.start)


def in_months(sold: Sold, start: date, end: date) -> pl.DataFrame:
    """Rows [account_id, <AMOUNTS>]: what each account bought in the months of [start, end); margin is null where no cost is known at all."""
    first, last = (min(max(months_between(sold.span.start, day), 0), sold.span.length) for day in (start, end))
    sums = pl.DataFrame({"account_id": sold.accounts, **{name: grid[:, first:last].sum(axis=1) for name, grid in sold.grids.items()}})
    return sums.with_columns(margin=pl.when(pl.col(COSTED) > 0).then("margin")).drop(COSTED)


def natural_year(sold: Sold, series: pl.DataFrame, year: Year, seasons: pl.DataFrame) -> Natural:
    """The year's end of each row of `series` [account_id, counted_in, region_id], by the season of its region where its own is short."""
    places = pl.DataFrame({"account_id": sold.accounts}).with_row_index("row")
    row = series.join(places, on="account_id", how="left", maintain_order="left")["row"].to_numpy()
    values, whole = _values(sold, row, series["counted_in"].to_list(), year.complete), sold.whole
    done = values[:, max(months_between(sold.span.start, year.start), 0) :].sum(axis=1)
    horizon = year.months_left
    if horizon == 0:
        return Natural(done, np.zeros(len(done)), np.zeros(len(done)), np.zeros(LEVELS), np.nan)
    known = np.maximum(_values(whole, row, series["counted_in"].to_list(), year.complete), 0.0)
    if not known.shape[1]:
        unknown = np.full(len(done), np.nan)
        return Natural(done, unknown, unknown, np.zeros(LEVELS), np.nan)
    months = [add_months(whole.span.start, step) for step in range(known.shape[1])]
    trial = rolling_origins(known, months, horizon)
    rest = best_forecast(known, months, horizon, season_of(seasons, series["region_id"]), trial)[0].sum(axis=1)
    errors = relative_errors(trial.chosen.sum(axis=2), trial.actual.sum(axis=2))
    scale = scales(errors) if len(errors) else np.full(len(done), np.nan)
    rest = np.where(_history(known) >= YEAR, rest, np.nan)
    return Natural(done, rest, scale, _shape(errors, scale), coverage(errors, INTERVAL))


def _values(sold: Sold, row: np.ndarray, counted_in: list[str], end: date) -> np.ndarray:
    length = min(months_between(sold.span.start, end), sold.span.length)
    stacked = np.stack([sold.grids[name][:, :length] for name in MEASURES])
    return stacked[[MEASURES.index(name) for name in counted_in], row]


def _history(values: np.ndarray) -> np.ndarray:
    """Months since each series' first sale."""
    bought = values > 0
    return np.where(bought.any(axis=1), values.shape[1] - np.argmax(bought, axis=1), 0)


def _shape(errors: np.ndarray, scale: np.ndarray) -> np.ndarray:
    """The errors of all series in units of their scale, at equally likely levels; a normal distribution where there are few."""
    levels = (np.arange(LEVELS) + 0.5) / LEVELS
    ratios = np.divide(errors, scale, out=np.full(errors.shape, np.nan), where=np.nan_to_num(scale) > 0)
    known = ratios[~np.isnan(ratios)]
    return np.quantile(known, levels) if len(known) >= LEAST_ERRORS else NORMAL * stats.norm.ppf(levels)


def last_day(as_of: date, to_date: date | None) -> date:
    """The last day that counts: of the data, or of the period where it ends earlier."""
    return as_of if to_date is None else min(as_of, to_date - timedelta(days=1))
