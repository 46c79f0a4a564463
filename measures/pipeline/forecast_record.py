"""How former quarters' forecasts turned out, each made again from what was known on the quarter's first day.

The stage of every deal on that day, the win rates of the deals closed before it and the usual days until a win are as they were; the amount
and the expected close are today's, since the data keep no history of these. A forecast is compared with what came in of the deals that were open
then: won by the quarter's end, whatever became of them later. `actual` has the deals created later too, which no forecast of open deals can
know, less the quarter's own wins that were opened again in it: never less than what came in of the open ones.
"""

from datetime import date

import numpy as np
import polars as pl

from measures.pipeline.forecast_odds import Closed, WonStays, placed_closes, positions, probabilities, usual_days
from measures.pipeline.forecast_simulation import ranges
from measures.pipeline.quarter_stays import QuarterDeals
from measures.pipeline.stage_order import StageOrder
from measures.pipeline.stage_outcomes import with_end
from measures.typed import typed
from queries.filters import add_months

QUARTERS = 8
"""Two years of forecasts beside what came: enough to see a habit, recent enough to be today's."""
LEAST_CLOSED = 20
"""Closed deals under which the stated prior, ten deals' weight, still makes more than a third of a rate: the quarter is provisional."""
SCHEMA = {
    "quarter": pl.Date, "n": pl.Int64, "weighted": pl.Float64, "p10": pl.Float64, "p90": pl.Float64, "actual_of_open": pl.Float64,
    "forecast_error": pl.Float64, "is_within": pl.Boolean, "actual": pl.Float64, "closed_before": pl.Int64, "status": pl.String,
}  # fmt: skip


def quarter_starts(until: date) -> list[date]:
    """The first days of the last QUARTERS quarters that are over on the day `until`, the oldest first."""
    following = add_months(until, 1)
    ended = until if following.day == 1 and until.month % 3 == 0 and (following - until).days == 1 else None
    this = date(until.year, (until.month - 1) // 3 * 3 + 1, 1)
    last = this if ended else add_months(this, -3)
    return [add_months(last, -3 * step) for step in range(QUARTERS - 1, -1, -1)]


def record(found: QuarterDeals, closings: pl.DataFrame, closed: Closed, won: WonStays, order: StageOrder, prior: float) -> pl.DataFrame:
    """One row per quarter with a deal open at its start. `closings` is queries/pipeline/closings.sql.

    `status` is provisional where fewer than twenty deals had closed before; forecast_error is null where nothing was forecast.
    """
    starts = found.starts
    if not starts:
        return pl.DataFrame(schema=SCHEMA)
    known = [probabilities(closed, start, prior) for start in starts]
    amounts, chances, is_due = _forecasts(found, np.array([rates for rates, _won, _closed in known]), won, order)
    low, high = (bound[:-1] for bound in ranges(amounts, chances, found.quarter, len(starts)))
    quarters = pl.DataFrame(
        {
            "quarter": starts, "p10": low, "p90": high, "closed_before": [int(total[0]) for _rates, _won, total in known],
            "weighted": np.bincount(found.quarter, amounts * chances, len(starts)), "n": np.bincount(found.quarter, is_due, len(starts)),
            "actual_of_open": np.bincount(found.quarter, found.value * found.is_won, len(starts)),
        }
    )  # fmt: skip
    return _compared(quarters.join(_won(closings, order), on="quarter", how="left"))


def _forecasts(found: QuarterDeals, rates: np.ndarray, won: WonStays, order: StageOrder) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Of every deal and quarter the amount (0 unless due in the quarter), the chance as known then, and whether it was due.

    `rates` are the chances, quarters × stages.
    """
    at, quarter = positions(found.stage_number, order), found.quarter
    firsts, ends = (np.array([add_months(start, months) for start in found.starts], "datetime64[D]") for months in (0, 3))
    days = np.array([usual_days(won, start) for start in found.starts])
    is_due = placed_closes(found.expected_close_on, found.entered_on, firsts[quarter], days[quarter, at]) < ends[quarter]
    return np.where(is_due, found.value, 0.0), rates[quarter, at], is_due


def _won(closings: pl.DataFrame, order: StageOrder) -> pl.DataFrame:
    """What was won in each quarter of all deals, less what was opened again in it; a win of an earlier quarter was that quarter's."""
    quarter = pl.col("month").dt.truncate("1q")
    won = with_end(closings, order).filter(pl.col("outcome") == "won", pl.col("closed_month").dt.truncate("1q") == quarter)
    return won.group_by(quarter.alias("quarter")).agg(pl.col("value").sum().alias("actual"))


def _compared(rows: pl.DataFrame) -> pl.DataFrame:
    came, weighted = pl.col("actual_of_open"), pl.col("weighted")
    return rows.with_columns(
        pl.col("actual").fill_null(0.0),
        pl.when(weighted > 0).then(came / weighted - 1).alias("forecast_error"),
        came.is_between(pl.col("p10"), pl.col("p90")).alias("is_within"),
        pl.when(pl.col("closed_before") >= LEAST_CLOSED).then(pl.lit("ok")).otherwise(pl.lit("provisional")).alias("status"),
    ).select(typed(SCHEMA)).sort("quarter")  # fmt: skip
