"""What will the next peak sell, how sure is that, and what did such forecasts miss before? (methods.md section 7)

The natural forecast per distributor, product and month of the next peak. Its total has an interval, never the sum of monthly bounds,
from the errors of the same forecast at six earlier dates; where it did worse than seasonal naive, that is used and said. Each
distributor is planned for its own region's peak (`peak_by`).
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import ClassVar

import numpy as np
import polars as pl

from data.records import Record
from measures.seasons.peak_board import FORECAST_SCHEMA, PeakBoard, peak_board
from measures.seasons.peak_levels import account_levels, levels, region_places, tested_of
from measures.seasons.peak_plans import PLAN_SCHEMA, RECORD_KIND, plan_table
from measures.seasons.peak_tables import (
    BACKTEST_SCHEMA,
    LEVEL_SCHEMA,
    MONTHS_SCHEMA,
    PEAKS_SCHEMA,
    SEASON_SCHEMA,
    TRIAL_SCHEMA,
    account_money,
    backtest_row,
    level_table,
    month_rows,
    named_regions,
    peak_rows,
    season_row,
    trial_rows,
)
from measures.seasons.row_peaks import began_since
from measures.thresholds import Cuts
from queries.filters import Filters
from queries.runner import Ask

QUICK_THRESHOLDS = ("interval",)
THRESHOLDS = (
    *QUICK_THRESHOLDS, "board_accounts", "peak_by", "years", "window", "method", "off_season_cut", "peak_start", "off_season_start", "off_season_months", "region_seasons",
)  # fmt: skip
RECORDS = RECORD_KIND
@dataclass(frozen=True)
class PeakForecast:
    """`forecast` adds up to `season`'s total, which has one row; `backtest` is of all distributors' months together.

    `by_account` and `by_region` have the same for each, `trials` the earlier forecasts of the season's total, `peaks` earlier whole peaks
    and the next one, `months` the history and the forecast month by month. `plans` is what was agreed (from the journal). All are empty
    without a peak to plan for. `board` is what they rest on.
    """

    TABLES: ClassVar[tuple[str, ...]] = ("forecast", "season", "backtest", "by_account", "by_region", "trials", "peaks", "months", "plans")
    season: pl.DataFrame
    backtest: pl.DataFrame
    by_account: pl.DataFrame
    by_region: pl.DataFrame
    trials: pl.DataFrame
    peaks: pl.DataFrame
    months: pl.DataFrame
    plans: pl.DataFrame
    board: PeakBoard | None

    @property
    def forecast(self) -> pl.DataFrame:
        """The forecast of every account and product of the board, with last peak and range."""
        return self.board.rows if self.board and len(self.board.account) else pl.DataFrame(schema=FORECAST_SCHEMA)


def ground(ask: Ask, filters: Filters, cuts: Cuts) -> PeakBoard | None:
    """The forecasts, now and at earlier dates, whatever the interval's share."""
    return peak_board(ask, filters, cuts)


def answer(ask: Ask, filters: Filters, cuts: Cuts) -> PeakForecast:
    """The next peak at the end of the complete months within the period."""
    return from_ground(ground(ask, filters, cuts), cuts)


def from_ground(board: PeakBoard | None, cuts: Cuts) -> PeakForecast:
    """The tables and the range out of `ground`; only the quick thresholds matter here."""
    schemas = (SEASON_SCHEMA, BACKTEST_SCHEMA, LEVEL_SCHEMA, LEVEL_SCHEMA, TRIAL_SCHEMA, PEAKS_SCHEMA, MONTHS_SCHEMA, PLAN_SCHEMA)
    if board is None or not len(board.account):
        return PeakForecast(*(pl.DataFrame(schema=schema) for schema in schemas), board)
    share = float(cuts["interval"])
    tested = tested_of(board)
    company = levels(board, tested, np.zeros(board.accounts.height, int), np.zeros(board.tested.height, int), share)
    regions, own, tested_own = region_places(board)
    by_region, by_account = levels(board, tested, own, tested_own, share), account_levels(board, tested, share)
    names = pl.DataFrame({"id": regions, "name": regions, "region": regions}, schema=dict.fromkeys(("id", "name", "region"), pl.String))
    about = board.accounts.select(id="account_id", name="account", region="region")
    money = account_money(board)
    season = season_row(board, company, float(money.sum()), share)
    return PeakForecast(
        season, backtest_row(board, company, share), level_table(about, by_account, board.peaks, money, board.method, began_since(board.sales[board.place], board.peaks, board.span)),
        level_table(named_regions(names, board), by_region, board.peaks.of(np.unique(own, return_index=True)[1]), np.bincount(own, money, len(regions))),
        trial_rows(board, company, share), peak_rows(board, season), month_rows(board), pl.DataFrame(schema=PLAN_SCHEMA), board,
    )  # fmt: skip


def with_records(found: PeakForecast, records: Iterable[Record], cuts: Cuts) -> PeakForecast:
    """The same answer with the plans that people wrote for the next peak of accounts that the viewer sees."""
    written = list(records)
    return replace(found, plans=plan_table(written, found.by_account, found.forecast)) if written else found
