"""What became of alarms: precision and recall by month, from what people logged (methods.md sections 9 and 11)."""

from collections.abc import Iterable
from datetime import date

import numpy as np
import polars as pl

from data.language import mark
from data.records import Record
from measures.seasons.seasons import YEAR
from measures.typed import typed
from measures.wilson import wilson

RECORD_KIND = "early_warning"
COUNTERMEASURES = {
    "novelty": mark("Work out with them what a change would cost; offer the loyalty programme: year-end rebate, reward for cumulative volume."),
    "competitor": mark("Stress what our product does better and what it brings their own customers; add the loyalty programme."),
    "dissatisfied": mark("Find out at length what does not satisfy, pass it on to be put right, and offer the products and services that fit best."),
    "other": mark("Ask for the reason in person and write it down here."),
}
"""Causes of an unsteady account and what the source suggests against each; the last is ours."""

CAUSES = tuple(COUNTERMEASURES)
TRUE, FALSE, MISSED = "true_alarm", "false_alarm", "missed"
OUTCOMES = (TRUE, FALSE)

LOG_SCHEMA = {
    "record_id": pl.Int64, "account_id": pl.String, "kind": pl.String, "raised_on": pl.Date, "seen_on": pl.Date, "cause": pl.String,
    "countermeasure": pl.String, "owner": pl.String, "outcome": pl.String,
}
"""One row per record: the alarm (or loss without one), the month it was raised in, and the day up to which it is acknowledged."""

RECORD_SCHEMA = {
    "month": pl.Date, "alarms": pl.Int64, "true_alarms": pl.Int64, "false_alarms": pl.Int64, "missed": pl.Int64,
    "precision": pl.Float64, "precision_lo": pl.Float64, "precision_hi": pl.Float64,
    "recall": pl.Float64, "recall_lo": pl.Float64, "recall_hi": pl.Float64, "status": pl.String,
}


def log_of(records: Iterable[Record], visible: pl.Series) -> pl.DataFrame:
    """The records of the visible accounts as rows; what somebody else's version left out is null."""
    rows = [
        {"record_id": record.record_id, "account_id": record.subject}
        | {name: record.content.get(name) for name in ("kind", "cause", "countermeasure", "owner", "outcome")}
        | {name: _day(record.content.get(name)) for name in ("raised_on", "seen_on")}
        for record in records
    ]
    return pl.DataFrame(rows, schema=LOG_SCHEMA).filter(pl.col("account_id").is_in(visible.implode()))


def record_table(log: pl.DataFrame) -> pl.DataFrame:
    """Precision and recall by the month up to which the alarms were acknowledged, oldest first, with Wilson's 95 % intervals.

    Precision = true ÷ (true + false); recall = true ÷ (true + lost without an alarm). Null where nothing was logged: status `open`.
    """
    counts = log.with_columns(month=pl.col("seen_on").dt.truncate("1mo")).filter(pl.col("month").is_not_null()).group_by("month").agg(_counts())
    return _rated(counts.sort("month"))


def totals(log: pl.DataFrame, end: date) -> dict[str, object]:
    """The same over the last twelve months before `end`, as one row's values; of a month that has begun, what is over counts besides."""
    year = _last_year(log, end)
    return _rated(year.select(pl.lit(_year_start(end)).alias("month"), *_counts())).row(0, named=True)


def unannounced(accounts: pl.DataFrame, log: pl.DataFrame, queued: pl.Series, end: date) -> pl.DataFrame:
    """The `accounts` [account_id, …] that may have been lost without an alarm: none stands in the queue, and in the twelve months before
    `end` none but false ones was seen, nor was the loss logged. One loss would else lower recall as often as somebody logs it."""
    told = _last_year(log, end).filter(pl.col("outcome").ne_missing(FALSE))["account_id"]
    return accounts.filter(~pl.col("account_id").is_in(pl.concat([told, queued]).implode()))


def _last_year(log: pl.DataFrame, end: date) -> pl.DataFrame:
    return log.filter(pl.col("seen_on") >= _year_start(end), pl.col("seen_on") < end)


def _year_start(end: date) -> date:
    return date(end.year - YEAR // 12, end.month, 1)


def over_time(log: pl.DataFrame) -> pl.DataFrame:
    """The rates of the twelve months up to each month in which something was logged, oldest first, by RECORD_SCHEMA.

    A month has few alarms: a year's say more, and the way they go is seen from month to month.
    """
    months = log["seen_on"].drop_nulls().dt.truncate("1mo").unique().sort()
    rows = [_rated(_year_to(log, month)) for month in months]
    return pl.concat(rows) if rows else pl.DataFrame(schema=RECORD_SCHEMA)


def _year_to(log: pl.DataFrame, month: date) -> pl.DataFrame:
    end = pl.lit(month).dt.offset_by("1mo")
    year = log.filter(pl.col("seen_on") < end, pl.col("seen_on") >= end.dt.offset_by(f"-{YEAR}mo"))
    return year.select(pl.lit(month).alias("month"), *_counts())


def _counts() -> list[pl.Expr]:
    outcome = pl.col("outcome")
    return [
        outcome.ne_missing(MISSED).sum().cast(pl.Int64).alias("alarms"), outcome.eq(TRUE).sum().cast(pl.Int64).alias("true_alarms"),
        outcome.eq(FALSE).sum().cast(pl.Int64).alias("false_alarms"), outcome.eq(MISSED).sum().cast(pl.Int64).alias("missed"),
    ]  # fmt: skip


def _rated(counts: pl.DataFrame) -> pl.DataFrame:
    rated = counts
    for name, other in (("precision", "false_alarms"), ("recall", "missed")):
        hits, trials = counts["true_alarms"].to_numpy(), (counts["true_alarms"] + counts[other]).to_numpy()
        lo, hi = wilson(hits, trials)
        rate = np.where(trials > 0, hits / np.maximum(trials, 1), np.nan)
        rated = rated.with_columns(
            pl.Series(column, values, nan_to_null=True) for column, values in ((name, rate), (f"{name}_lo", lo), (f"{name}_hi", hi))
        )
    judged = pl.sum_horizontal("true_alarms", "false_alarms", "missed") > 0
    status = pl.when(judged).then(pl.lit("ok")).otherwise(pl.lit("open")).alias("status")
    return rated.with_columns(status).select(typed(RECORD_SCHEMA))


def _day(text: object) -> date | None:
    return date.fromisoformat(text) if isinstance(text, str) else None
