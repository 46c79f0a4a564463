"""The steps with a future customer (source 003): file → needs → tailored pack → contact → value → trust, and how fresh its file is.

The source names the steps; what shows in the data that one is done is ours:

    file      a person is on record, and where the account is
    needs     it is rated by enough of the rubric, or somebody reported what it buys of others
    pack      a deal was opened: there is something made for it to offer
    contact   it answered: a two-way contact
    value     a deal came to the second half of the stages: what we offer was put before it
    trust     it came of itself, or a deal came to the last stage or was won

A step done out of turn counts as done; the next step is the first that is not. People set steps that the data don't see.
"""

from datetime import date

import numpy as np
import polars as pl

from measures.by_code import added, coded
from measures.pipeline.stage_order import StageOrder
from measures.typed import typed

STEPS = ("file", "needs", "pack", "contact", "value", "trust")
SCHEMA = {
    "account_id": pl.String, "account": pl.String, "region": pl.String, "step": pl.String, "position": pl.Int64, "is_done": pl.Boolean,
    "done_on": pl.Date, "seen_in": pl.String,
}  # fmt: skip
TOTALS_SCHEMA = {"step": pl.String, "position": pl.Int64, "done": pl.Int64, "waiting": pl.Int64, "stale": pl.Int64, "expected_contribution": pl.Float64}
HAND = "hand"
TOUCHES = ("last_scored_on", "last_report", "last_event_on", "last_touch_on", "hand_written_on")
"""Days on which something in a file was renewed."""


def stage_marks(order: StageOrder) -> dict[str, int]:
    """From which stage on an offer has been put before the customer, and which one is near the end; 1 is the first."""
    return {"offer_from": max(len(order.stages) // 2 + 1, 1), "near_from": max(len(order.stages), 2)}


def steps(prospects: pl.DataFrame, by_hand: pl.DataFrame) -> pl.DataFrame:
    """By SCHEMA, six rows per prospect in the order of its rows; `by_hand` is measures.pipeline.prospect_journal.STEPS_SCHEMA.

    `seen_in` says what shows it: contacts, scores, wallet, deals, activities or hand; null where the step is not done.
    """
    parts = pl.concat([_of(prospects, step, position) for position, step in enumerate(STEPS, start=1)], rechunk=True)
    # One step of all after the other becomes all steps of one after the other: to sort so many rows, or to pick them out of six pieces,
    # takes several times as long.
    told = parts[np.arange(parts.height).reshape(len(STEPS), -1).T.ravel()]
    rows = told.join(by_hand, on=["account_id", "step"], how="left", maintain_order="left") if by_hand.height else _without(told, by_hand)
    set_by_hand = pl.col("by_hand").is_not_null()
    settled = rows.with_columns(
        pl.coalesce("by_hand", "is_done").alias("is_done"),
        pl.when(set_by_hand).then(pl.col("hand_on")).otherwise(pl.col("done_on")).alias("done_on"),
        pl.when(set_by_hand & pl.col("by_hand")).then(pl.lit(HAND)).when(~set_by_hand & pl.col("is_done")).then(pl.col("seen_in")).alias("seen_in"),
    )
    return settled.select(typed(SCHEMA))


def with_progress(prospects: pl.DataFrame, found: pl.DataFrame, renewed: pl.DataFrame, until: date) -> pl.DataFrame:
    """The prospects with next_step (null when all are done), steps_done and file_age_days (null where nothing was ever written).

    `found` are the `steps` of the same rows, `renewed` when people last wrote about them [account_id, hand_written_on].
    """
    done = found["is_done"].to_numpy().reshape(-1, len(STEPS))
    following = pl.Series([*STEPS, None], dtype=pl.String).gather(np.where(done.all(axis=1), len(STEPS), done.argmin(axis=1)))
    progress = prospects.with_columns(following.alias("next_step"), pl.Series("steps_done", done.sum(axis=1), pl.Int64))
    joined = progress.join(renewed, on="account_id", how="left", maintain_order="left")
    age = (pl.lit(until) - pl.max_horizontal(*TOUCHES)).dt.total_days().clip(lower_bound=0).alias("file_age_days")
    return joined.with_columns(age)


def is_stale(file_days: int) -> pl.Expr:
    """Whether a file is older than so many days, or was never written."""
    return (pl.col("file_age_days").fill_null(file_days + 1) > file_days).alias("is_stale")


def totals(prospects: pl.DataFrame, found: pl.DataFrame) -> pl.DataFrame:
    """By TOTALS_SCHEMA, one row per step: who has done it, and who waits for it as the next one with what they may bring.

    `found` are the `steps` of the same prospects, in whatever order these are.
    """
    done = found["is_done"].to_numpy().reshape(-1, len(STEPS)).sum(axis=0)
    place = coded(prospects["next_step"], STEPS)
    table = pl.DataFrame(
        {
            "step": STEPS, "position": range(1, len(STEPS) + 1), "done": done, "waiting": added(place, STEPS),
            "stale": added(place, STEPS, prospects["is_stale"]), "expected_contribution": added(place, STEPS, prospects["expected_contribution"]),
        }
    )  # fmt: skip
    return table.select(typed(TOTALS_SCHEMA))


def _without(rows: pl.DataFrame, by_hand: pl.DataFrame) -> pl.DataFrame:
    """What a join gives while nobody has set a step."""
    return rows.with_columns(pl.lit(None, kind).alias(name) for name, kind in by_hand.schema.items() if name not in rows.columns)


def _of(prospects: pl.DataFrame, step: str, position: int) -> pl.DataFrame:
    """What the data show of one step."""
    done, day, seen = _evidence(step)
    return prospects.select(
        "account_id", "account", "region", pl.lit(step).alias("step"), pl.lit(position).alias("position"), done.fill_null(False).alias("is_done"),
        pl.when(done).then(day).cast(pl.Date).alias("done_on"), seen.alias("seen_in"),
    )  # fmt: skip


def _evidence(step: str) -> tuple[pl.Expr, pl.Expr, pl.Expr]:
    """Whether a step is done, since when, and which table shows it; contacts carry no date."""
    if step == "file":
        return (pl.col("contacts") > 0) & pl.col("is_placed"), pl.lit(None, pl.Date), pl.lit("contacts")
    if step == "trust":
        return _either("own_on", "activities", "near_on", "stage_events")
    if step == "needs":
        return _either("first_rated_on", "prospect_scores", "first_report", "wallet", also=pl.col("status") == "rated")
    name, table = {"pack": ("first_deal_on", "opportunities"), "contact": ("first_answer_on", "activities"), "value": ("offered_on", "stage_events")}[step]
    return pl.col(name).is_not_null(), pl.col(name), pl.lit(table)


def _either(one: str, table: str, other: str, other_table: str, also: pl.Expr | None = None) -> tuple[pl.Expr, pl.Expr, pl.Expr]:
    """A step that two days show, the earlier one counting; `also` shows it without a day."""
    done = pl.col(one).is_not_null() | pl.col(other).is_not_null() | (pl.lit(False) if also is None else also)
    is_other = pl.col(other).is_not_null() & (pl.col(one).is_null() | (pl.col(other) < pl.col(one)))
    return done, pl.min_horizontal(one, other), pl.when(is_other).then(pl.lit(other_table)).otherwise(pl.lit(table))
