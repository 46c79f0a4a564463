"""How former quarters' forecasts turned out, each made again from what was known on the quarter's first day.

The stage of every deal on that day and the win rates of the deals closed before it are as they were; the amount and the expected close
are today's, since the data keep no history of these. A forecast is compared with what came in of the deals that were open then;
`actual` has the deals created later too, which no forecast of open deals can know.
"""

from datetime import date

import numpy as np
import polars as pl

from measures.pipeline.forecast_odds import Closed, placed_closes, positions, probabilities
from measures.pipeline.forecast_simulation import range_of, simulated
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
    found: pl.DataFrame, closings: pl.DataFrame, closed: Closed, days: np.ndarray, order: StageOrder, starts: list[date], prior: float
) -> pl.DataFrame:
    """One row per quarter with a deal open at its start. `found` is queries/pipeline/open_at.sql, `closings` closings.sql.

    `status` is provisional where fewer than twenty deals had closed before; forecast_error is null where nothing was forecast.
    """
    known_days = set(found["day"].unique())
    opened = [start for start in starts if start in known_days]
    parts = [_forecast(found.filter(pl.col("day") == start), closed, days, order, start, prior) for start in opened]
    if not parts:
        return pl.DataFrame(schema=SCHEMA)
    rows = pl.concat(parts)
    quarters = pl.DataFrame({"quarter": opened}).with_row_index("place")
    groups = rows.join(quarters, on="quarter", how="left", maintain_order="left")["place"].cast(pl.Int64).to_numpy()
    low, high = range_of(simulated(rows["amount"].to_numpy(), rows["probability"].to_numpy(), groups, len(opened)))
    sums = rows.group_by("quarter").agg(pl.col("is_due").sum().alias("n"), (pl.col("amount") * pl.col("probability")).sum().alias("weighted"))
    known = [int(probabilities(closed, start, prior)[2][0]) for start in opened]
    return _compared(
        quarters.with_columns(pl.Series("p10", low), pl.Series("p90", high), pl.Series("closed_before", known, dtype=pl.Int64))
        .join(sums, on="quarter", how="left").join(_came(found), on="quarter", how="left").join(_won(closings, order), on="quarter", how="left")
    )  # fmt: skip


def _forecast(rows: pl.DataFrame, closed: Closed, days: np.ndarray, order: StageOrder, start: date, prior: float) -> pl.DataFrame:
    """One row per deal open on the quarter's first day: amount (0 unless due in the quarter), probability as known then, is_due."""
    at = positions(rows["stage"], order)
    closes = placed_closes(rows["expected_close_on"], rows["entered_on"], start, days[at])
    due = closes < np.datetime64(add_months(start, 3), "D")
    count = rows["deals"].to_numpy()
    amounts = np.where(due, rows["value"].fill_null(0.0).to_numpy(), 0.0)
    chances = probabilities(closed, start, prior)[0][at]
    columns = {"amount": np.repeat(amounts, count), "probability": np.repeat(chances, count), "is_due": np.repeat(due, count)}
    return pl.DataFrame(columns).with_columns(pl.lit(start).alias("quarter"))


def _came(found: pl.DataFrame) -> pl.DataFrame:
    """What was won in each quarter of the deals that were open at its start."""
    value = (pl.col("value").fill_null(0.0) * pl.col("deals")).filter("is_won").sum()
    return found.group_by(pl.col("day").alias("quarter")).agg(value.alias("actual_of_open"))


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
