"""Whom to call before they are gone? A queue of alarms, risk × margin, cut to what the team can look into (methods.md section 11).

Distributors and wholesalers are tested by their months (CUSUM), outlets by the pause since their last order; where an account has no
such kind, or its kind's test says nothing about it, its rhythm decides, and `basis` says so. Risk is the chance that the alarm is no
mere noise times the part of the purchases that is missing; the score is risk × the margin of the last twelve months.

The months are complete ones; pauses run up to the last day of the data. Region, account and salesperson filters choose who is shown;
the season and the company's month are those of all that the viewer sees. What people logged comes from the journal (`with_records`).
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import polars as pl

from data.records import Record
from measures.customers import warning_watch
from measures.customers.falling import chance_of, crossing, cusum, onset
from measures.customers.warning_record import LOG_SCHEMA, RECORD_KIND, RECORD_SCHEMA, log_of, record_table
from measures.customers.warning_sentences import FALL, SILENCE, with_sentences
from measures.customers.warning_series import SERIES_SCHEMA, series_of
from measures.customers.warning_watch import Watch, watched
from measures.history import months_between
from measures.seasons.seasons import YEAR
from measures.thresholds import Cuts
from measures.typed import typed
from queries.filters import Filters, add_months, end_of_complete_months
from queries.runner import Ask

QUICK_THRESHOLDS = ("alarm_h", "alarm_k", "alarm_clip", "silence_odds", "alarm_capacity")
THRESHOLDS = (*QUICK_THRESHOLDS, *warning_watch.THRESHOLDS)
RECORDS = RECORD_KIND

QUEUE_SCHEMA = {
    "rank": pl.Int64, "account_id": pl.String, "account": pl.String, "account_kind": pl.String, "region_id": pl.String, "region": pl.String,
    "kind": pl.String, "basis": pl.String, "since": pl.Date, "raised_on": pl.Date,
    "score": pl.Float64, "risk": pl.Float64, "chance": pl.Float64, "missing_rate": pl.Float64, "margin": pl.Float64,
    "cusum": pl.Float64, "months_below": pl.Int64, "months_without": pl.Int64, "bought": pl.Float64, "expected": pl.Float64,
    "pause_days": pl.Int64, "usual_days": pl.Float64, "orders": pl.Int64, "shape": pl.Float64, "status": pl.String, "sentence": pl.String,
}
SUMMARY_SCHEMA = {
    "as_of": pl.Date, "until": pl.Date, "alarms": pl.Int64, "queued": pl.Int64, "margin_at_risk": pl.Float64, "queued_margin_at_risk": pl.Float64,
    "watched": pl.Int64, "watched_falls": pl.Int64, "watched_silences": pl.Int64, "by_rhythm": pl.Int64, "unwatched": pl.Int64,
    "acknowledged": pl.Int64, "worth_basis": pl.String, "worth_reason": pl.String, "season_known": pl.Boolean,
}


@dataclass(frozen=True)
class EarlyWarnings:
    """`queue` by falling score, no longer than the capacity; `series` for the small charts of its alarms; `record` by month.

    In the queue, `margin` is the last twelve months' (net sales where `summary` says so), `since` the first month below or the last
    order, `raised_on` when the threshold was passed (null for a silence), `chance` how likely noise alone looks like this.
    `summary` has one row, none without sales. `log` is what people had written by then, `watch` what the answer rests on.
    """

    queue: pl.DataFrame
    series: pl.DataFrame
    record: pl.DataFrame
    summary: pl.DataFrame
    log: pl.DataFrame
    watch: Watch | None


def ground(ask: Ask, filters: Filters, cuts: Cuts) -> Watch | None:
    """The tests of all accounts, which depend neither on the quick thresholds nor on what people wrote."""
    return watched(ask, filters, cuts)


def from_ground(watch: Watch | None, cuts: Cuts) -> EarlyWarnings:
    """The queue out of `ground`, before what people acknowledged is taken out (`with_records`)."""
    return considered(watch, pl.DataFrame(schema=LOG_SCHEMA), cuts)


def answer(ask: Ask, filters: Filters, cuts: Cuts) -> EarlyWarnings:
    """The queue as of the end of the period."""
    return from_ground(ground(ask, filters, cuts), cuts)


def with_records(found: EarlyWarnings, records: Iterable[Record], cuts: Cuts) -> EarlyWarnings:
    """The same answer with what people logged: acknowledged alarms leave the queue until they rise anew."""
    return noted(found.watch, records, cuts)


def noted(watch: Watch | None, records: Iterable[Record], cuts: Cuts) -> EarlyWarnings:
    """`with_records` straight out of `ground`: the queue is not worked out without them first."""
    visible = watch.accounts["account_id"] if watch else pl.Series([], dtype=pl.String)
    return considered(watch, log_of(records, visible), cuts)


def considered(watch: Watch | None, logged: pl.DataFrame, cuts: Cuts) -> EarlyWarnings:
    """The answer from its ground and what was logged (LOG_SCHEMA); sentences are in the language of who asks."""
    if watch is None:
        return EarlyWarnings(*(pl.DataFrame(schema=kind) for kind in (QUEUE_SCHEMA, SERIES_SCHEMA, RECORD_SCHEMA, SUMMARY_SCHEMA)), logged, None)
    # An earlier day is answered with what was known then: what was acknowledged later was an alarm still.
    log = logged.filter((pl.col("seen_on") < watch.until).fill_null(True))
    seen = log.drop_nulls("seen_on").group_by("account_id", "kind").agg(pl.col("seen_on").max())
    sums = _sums(watch, seen, cuts)
    alarms = _ranked(pl.concat([_falls(watch, sums, cuts), _silences(watch, seen, cuts)], how="diagonal_relaxed"), watch)
    queue = with_sentences(alarms.head(int(cuts["alarm_capacity"])))
    shaped = queue.select(typed(QUEUE_SCHEMA))
    summary = _summary(watch, alarms, shaped, log)
    return EarlyWarnings(shaped, series_of(watch, shaped, sums), record_table(log), summary, log, watch)


def _sums(watch: Watch, seen: pl.DataFrame, cuts: Cuts) -> np.ndarray:
    return cusum(watch.falls.surprise.z, cuts["alarm_k"], cuts["alarm_clip"], _acknowledged(watch, seen))


def _acknowledged(watch: Watch, seen: pl.DataFrame) -> np.ndarray:
    """The last complete month's column on the day each account's fall was acknowledged; −1 for none."""
    days = watch.falls.account_id.to_frame("account_id").join(
        seen.filter(pl.col("kind") == FALL), on="account_id", how="left", maintain_order="left"
    )
    known = {day: months_between(watch.falls.span.start, end_of_complete_months(day)) - 1 for day in days["seen_on"].drop_nulls().unique()}
    return days["seen_on"].replace_strict(known, default=-1, return_dtype=pl.Int64).to_numpy()


def _falls(watch: Watch, sums: np.ndarray, cuts: Cuts) -> pl.DataFrame:
    """The accounts whose sum is above h at the end of the complete months."""
    falls, months = watch.falls, watch.falls.volumes.shape[1]
    rows = np.flatnonzero(sums[:, -1] > cuts["alarm_h"]) if months else np.array([], int)
    begun = onset(sums[rows])
    inside = (np.arange(months) >= begun[:, None]) & ~np.isnan(falls.volumes[rows])
    bought, expected = (np.where(inside, of[rows], 0.0).sum(axis=1) for of in (falls.volumes, falls.surprise.expected))
    span = falls.span.months
    return pl.DataFrame(
        {
            "account_id": falls.account_id.gather(rows), "kind": [FALL] * len(rows), "since": [span[at] for at in begun],
            "raised_on": [span[at] for at in crossing(sums[rows], begun, cuts["alarm_h"])],
            "chance": chance_of(sums[rows, -1], cuts["alarm_k"]), "missing_rate": np.clip(1 - bought / expected, 0.0, 1.0), "cusum": sums[rows, -1],
            "months_below": inside.sum(axis=1), "months_without": (inside & (falls.volumes[rows] <= 0)).sum(axis=1),
            "bought": bought, "expected": expected,
            "status": np.where(watch.season_known & (falls.months_known[rows] >= 2 * YEAR), "ok", "provisional"),
        },
        schema_overrides={"kind": pl.String, "since": pl.Date, "raised_on": pl.Date, "status": pl.String},
    )


def _silences(watch: Watch, seen: pl.DataFrame, cuts: Cuts) -> pl.DataFrame:
    """The accounts whose pause is too unlikely; an acknowledged pause stays quiet until they order again."""
    acknowledged = seen.filter(pl.col("kind") == SILENCE).select("account_id", "seen_on")
    silent = watch.silences.filter(pl.col("chance") < 1 / cuts["silence_odds"]).join(acknowledged, on="account_id", how="left", maintain_order="left")
    known = pl.when(pl.col("shape").is_not_null()).then(pl.lit("ok")).otherwise(pl.lit("provisional"))
    return silent.filter(pl.col("seen_on").is_null() | (pl.col("last_on") > pl.col("seen_on"))).select(
        "account_id", "pause_days", "usual_days", "orders", "shape", "chance", kind=pl.lit(SILENCE), since="last_on",
        raised_on=pl.lit(watch.end).dt.offset_by("-1mo"), missing_rate=pl.lit(1.0), status=known,
    )  # fmt: skip


def _ranked(alarms: pl.DataFrame, watch: Watch) -> pl.DataFrame:
    """The alarms of the filters' accounts that are worth something, by falling score."""
    about = watch.accounts.select("account_id", "account", "region_id", "region", "basis", account_kind="kind", margin="worth")
    risk = (1 - pl.col("chance")) * pl.col("missing_rate")
    shown = alarms.join(about, on="account_id", how="inner", maintain_order="left").filter(pl.col("margin") > 0)
    scored = shown.with_columns(risk=risk).with_columns(score=pl.col("risk") * pl.col("margin"))
    return scored.sort(["score", "account_id"], descending=[True, False]).with_columns(rank=pl.int_range(1, pl.len() + 1))


def _summary(watch: Watch, alarms: pl.DataFrame, queue: pl.DataFrame, log: pl.DataFrame) -> pl.DataFrame:
    tests = watch.accounts["test"]
    values = (
        watch.today, add_months(watch.end, -1), alarms.height, queue.height, alarms["score"].sum(), queue["score"].sum(),
        int((tests != "none").sum()), int((tests == FALL).sum()), int((tests == SILENCE).sum()),
        watch.accounts.filter((pl.col("test") != "none") & (pl.col("basis") == "rhythm")).height, int((tests == "none").sum()),
        log.filter(pl.col("outcome").is_null()).height, watch.worth_basis, watch.worth_reason, watch.season_known,
    )  # fmt: skip
    return pl.DataFrame([values], schema=SUMMARY_SCHEMA, orient="row")
