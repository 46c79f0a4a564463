"""What people write about a prospect: scores of their own with a reason, steps that the data don't see, why it has not signed.

One open record per account and topic; its content is {"topic": …} and

    scores      scores {indicator's code: 0–100}, reason
    steps       steps {step: day on which it was done, or null = not done}, note
    obstacle    obstacle (text), note
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import polars as pl

from data.records import Record
from measures.pipeline.prospect_scores import SCHEMA as SCORES_SCHEMA

RECORD_KIND = "prospect"
SCORES, STEPS_TOPIC, OBSTACLE = "scores", "steps", "obstacle"
STEPS_SCHEMA = {"account_id": pl.String, "step": pl.String, "by_hand": pl.Boolean, "hand_on": pl.Date, "written_on": pl.Date}
OBSTACLES_SCHEMA = {"account_id": pl.String, "obstacle": pl.String, "written_on": pl.Date}
OVERRIDES_SCHEMA = {
    "account_id": pl.String, "indicator": pl.String, "own_score": pl.Float64, "reason": pl.String, "written_by": pl.String,
    "written_on": pl.Date,
}  # fmt: skip


@dataclass(frozen=True)
class Written:
    """`scores` as measures.pipeline.prospect_scores.SCHEMA; `overrides` the same with who and why; `steps` and `obstacles` of accounts."""

    scores: pl.DataFrame
    overrides: pl.DataFrame
    steps: pl.DataFrame
    obstacles: pl.DataFrame

    @property
    def renewed(self) -> pl.DataFrame:
        """When people last wrote anything about an account: account_id, hand_written_on."""
        days = pl.concat([frame.select("account_id", "written_on") for frame in (self.overrides, self.steps, self.obstacles)])
        return days.group_by("account_id").agg(pl.col("written_on").max().alias("hand_written_on"))

    @property
    def key(self) -> tuple[object, ...]:
        """All that is written, as rows: what tells it from other things that were written."""
        return tuple(frame.rows() for frame in (self.scores, self.overrides, self.steps, self.obstacles))

    def about(self, shown: pl.Series, rated: pl.Series) -> "Written":
        """Only what is written about accounts that the viewer sees: scores of `rated` ones too, for chances are learnt from all of them."""
        frames = (self.overrides, self.steps, self.obstacles)
        return Written(_of(self.scores, pl.concat([shown, rated])), *(_of(frame, shown) for frame in frames))


def nothing() -> Written:
    """Empty tables: what the journal holds before anybody wrote anything."""
    schemas = (SCORES_SCHEMA, OVERRIDES_SCHEMA, STEPS_SCHEMA, OBSTACLES_SCHEMA)
    return Written(*(pl.DataFrame(schema=schema) for schema in schemas))


def written(records: Iterable[Record], until: date, *, is_last: bool) -> Written:
    """The open records as frames, as they were known on `until`.

    `is_last`: it is the last day of the data, so that what was written since counts as well. Of several records on one account and topic
    the last one counts.
    """
    found = {(record.subject, record.content.get("topic")): record for record in records if record.is_open and (is_last or _day(record) <= until)}
    scores, overrides, steps, obstacles = [], [], [], []
    for (account_id, topic), record in found.items():
        day, content = _day(record), record.content
        if topic == SCORES:
            scores += [(account_id, code, score, min(day, until), True) for code, score in content["scores"].items()]
            overrides += [(account_id, code, score, content.get("reason"), record.written_by, day) for code, score in content["scores"].items()]
        elif topic == STEPS_TOPIC:
            steps += [(account_id, step, done is not None, done and date.fromisoformat(done), day) for step, done in content["steps"].items()]
        elif topic == OBSTACLE:
            obstacles.append((account_id, content["obstacle"], day))
    rows = ((scores, SCORES_SCHEMA), (overrides, OVERRIDES_SCHEMA), (steps, STEPS_SCHEMA), (obstacles, OBSTACLES_SCHEMA))
    return Written(*(pl.DataFrame(part, schema=schema, orient="row") for part, schema in rows))


def _day(record: Record) -> date:
    return date.fromisoformat(record.written_at[:10])


def _of(frame: pl.DataFrame, accounts: pl.Series) -> pl.DataFrame:
    return frame if frame.is_empty() else frame.filter(pl.col("account_id").is_in(accounts.unique().implode()))
