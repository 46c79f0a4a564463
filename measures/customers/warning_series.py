"""What the small charts draw: a fall's months beside the expected, or a silence's pauses beside the usual ones."""

import numpy as np
import polars as pl

from measures.customers.warning_sentences import FALL, SILENCE
from measures.customers.warning_watch import Watch
from measures.typed import framed, typed

SERIES_SCHEMA = {
    "account_id": pl.String, "kind": pl.String, "month": pl.Date, "bought": pl.Float64, "expected": pl.Float64, "cusum": pl.Float64,
    "is_below": pl.Boolean, "pause_days": pl.Int64, "pauses": pl.Int64, "is_open": pl.Boolean,
}


def series_of(watch: Watch, queue: pl.DataFrame, sums: np.ndarray) -> pl.DataFrame:
    """For each fall of the queue its months (bought, expected, sum; `is_below` since it began), for each silence its pauses by length.

    `is_open` marks the pause that is still running.
    """
    both = pl.concat([_months(watch, queue, sums), _pauses(watch, queue)], how="diagonal_relaxed")
    return both.select(typed(SERIES_SCHEMA))


def _months(watch: Watch, queue: pl.DataFrame, sums: np.ndarray) -> pl.DataFrame:
    fallen = queue.filter(pl.col("kind") == FALL).select("account_id", "since")
    places = watch.falls.account_id.to_frame("account_id").with_row_index("place")
    chosen = fallen.join(places, on="account_id", how="left", maintain_order="left")
    rows, months = chosen["place"].to_numpy(), watch.falls.span.months
    each = np.repeat(np.arange(len(rows)), len(months))
    long = framed(
        {
            "account_id": chosen["account_id"].gather(each), "month": pl.Series(months * len(rows), dtype=pl.Date), "since": chosen["since"].gather(each),
            "bought": watch.falls.volumes[rows].ravel(), "expected": watch.falls.surprise.expected[rows].ravel(), "cusum": sums[rows].ravel(),
        }
    )  # fmt: skip
    return long.filter(pl.col("bought").is_not_null()).with_columns(kind=pl.lit(FALL), is_below=pl.col("month") >= pl.col("since"))


def _pauses(watch: Watch, queue: pl.DataFrame) -> pl.DataFrame:
    silent = queue.filter(pl.col("kind") == SILENCE)
    usual = watch.lengths.filter(pl.col("account_id").is_in(silent["account_id"].implode()) & pl.col("pause_days").is_not_null())
    closed = usual.select("account_id", "pause_days", pauses="orders", is_open=pl.lit(False))
    running = silent.select("account_id", "pause_days", pauses=pl.lit(1, pl.Int64), is_open=pl.lit(True))
    return pl.concat([closed, running]).with_columns(kind=pl.lit(SILENCE))
