"""How former quarters' forecasts turned out, each made again from what was known on the quarter's first day.

The stage of every deal on that day, the win rates of the deals closed before it and the usual days until a win are as they were; the amount
and the expected close are today's, since the data keep no history of these. A forecast is compared with what came in of the deals that were open
then: won by the quarter's end, whatever became of them later. `actual` has the deals created later too, which no forecast of open deals can
know, less the wins that were opened again in the quarter.
"""

from dataclasses import dataclass
from datetime import date

import numpy as np
import polars as pl

from measures.pipeline.forecast_odds import Closed, numbered_positions, placed_closes, probabilities, usual_days
from measures.pipeline.forecast_simulation import ranges
from measures.pipeline.stage_order import StageOrder
from measures.pipeline.stage_outcomes import with_end
from queries.filters import add_months

QUARTERS = 8
LEAST_CLOSED = 20
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


def record(
    found: pl.DataFrame, closings: pl.DataFrame, closed: Closed, won_days: pl.DataFrame, order: StageOrder, starts: list[date], prior: float
) -> pl.DataFrame:
    """One row per quarter with a deal open at its start. `found` is queries/pipeline/open_at.sql, `closings` closings.sql,
    `won_days` won_days.sql.

    `status` is provisional where fewer than twenty deals had closed before; forecast_error is null where nothing was forecast.
    """
    if found.is_empty():
        return pl.DataFrame(schema=SCHEMA)
    known_days = set(found["day"].unique())
    opened = [start for start in starts if start in known_days]
    rows = _forecasts(found.filter(pl.col("day").is_in(opened)), closed, won_days, order, opened, prior)
    low, high = (bound[:-1] for bound in ranges(rows.amounts, rows.chances, rows.quarter, len(opened)))
    stated = np.bincount(rows.quarter, rows.amounts * rows.chances, len(opened))
    known = [int(probabilities(closed, start, prior)[2][0]) for start in opened]
    quarters = pl.DataFrame(
        {"quarter": opened, "p10": low, "p90": high, "closed_before": known, "weighted": stated, "n": np.bincount(rows.quarter, rows.is_due, len(opened))}
    )
    return _compared(quarters.join(_came(found), on="quarter", how="left").join(_won(closings, order), on="quarter", how="left"))


@dataclass(frozen=True)
class _Deals:
    """One element per deal and quarter on whose first day it was open: amount (0 unless due in the quarter), chance as known then, is_due."""

    quarter: np.ndarray
    amounts: np.ndarray
    chances: np.ndarray
    is_due: np.ndarray


def _forecasts(found: pl.DataFrame, closed: Closed, won_days: pl.DataFrame, order: StageOrder, starts: list[date], prior: float) -> _Deals:
    """The deals of all quarters at once, in the order of `found`; `starts` are the days in it, in order."""
    at, today = numbered_positions(found["stage_number"], order), found["day"].to_numpy().astype("datetime64[D]")
    firsts = np.array(starts, "datetime64[D]")
    quarter = np.searchsorted(firsts, today)
    ends = np.array([add_months(start, 3) for start in starts], "datetime64[D]")
    days = np.array([usual_days(won_days, order, start) for start in starts])[quarter, at]
    is_due = placed_closes(found["expected_close_on"], found["entered_on"], today, days) < ends[quarter]
    chances = np.array([probabilities(closed, start, prior)[0] for start in starts])[quarter, at]
    amounts = np.where(is_due, found["value"].fill_null(0.0).to_numpy(), 0.0)
    return _Deals(quarter, amounts, chances, is_due)


def _came(found: pl.DataFrame) -> pl.DataFrame:
    """What was won in each quarter of the deals that were open at its start."""
    return found.group_by(pl.col("day").alias("quarter")).agg(pl.col("value").filter("is_won").sum().alias("actual_of_open"))


def _won(closings: pl.DataFrame, order: StageOrder) -> pl.DataFrame:
    """What was won in each quarter of all deals."""
    won = with_end(closings, order).filter(pl.col("outcome") == "won")
    return won.group_by(pl.col("month").dt.truncate("1q").alias("quarter")).agg(pl.col("value").sum().alias("actual"))


def _compared(rows: pl.DataFrame) -> pl.DataFrame:
    came, weighted = pl.col("actual_of_open"), pl.col("weighted")
    return rows.with_columns(
        pl.col("actual").fill_null(0.0),
        pl.when(weighted > 0).then(came / weighted - 1).alias("forecast_error"),
        came.is_between(pl.col("p10"), pl.col("p90")).alias("is_within"),
        pl.when(pl.col("closed_before") >= LEAST_CLOSED).then(pl.lit("ok")).otherwise(pl.lit("provisional")).alias("status"),
    ).select(pl.col(name).cast(kind) for name, kind in SCHEMA.items()).sort("quarter")  # fmt: skip
