"""What a deal's stage says about its end: the win rate from each stage as known on a day, and the days that a win still takes.

The win rate from a stage is (won + 10 × p0) ÷ (closed + 10) of the closed deals that had reached it, a skipped stage counting as
passed; p0 is the company's own rate, itself mixed with the stated prior at the weight of ten deals. Open deals are not counted: they
are not lost.
"""

from dataclasses import dataclass
from datetime import date

import numpy as np
import polars as pl

from measures.pipeline.class_rate import class_rate
from measures.pipeline.stage_order import StageOrder
from measures.pipeline.stage_outcomes import with_end, with_reach

USUAL_DAYS = 30
"""Days until a win while nothing has been won yet."""


@dataclass(frozen=True)
class Closed:
    """Closed deals by month: `won` and `lost` are arrays months × (stages + 1), cumulated over the furthest stages downwards.

    Column 0 counts all, column s those that reached stage s or further. A deal that is opened again is taken off in the month in which it
    is: the months before a day sum to what was closed on it.
    """

    months: np.ndarray
    won: np.ndarray
    lost: np.ndarray


def closed_deals(found: pl.DataFrame, order: StageOrder) -> Closed:
    """Rows of queries/pipeline/closings.sql, counted by month and by the furthest stage that a deal reached."""
    placed = with_end(found, order).with_columns(
        with_reach(order, pl.col("stage_mask"), pl.col("last_number")).fill_null(0).clip(0, len(order.stages)).alias("reach")
    )
    months = np.unique(placed["month"].to_numpy().astype("datetime64[M]"))
    shape = (len(months), len(order.stages) + 1)
    won, lost = (_counted(placed.filter(pl.col("outcome") == end), months, shape) for end in ("won", "lost"))
    return Closed(months, won, lost)


@dataclass(frozen=True)
class WonStays:
    """How long won deals stayed in each stage, by the month of the win: arrays months × (stages + 1), column 0 for texts that are no stage."""

    months: np.ndarray
    stays: np.ndarray
    days: np.ndarray


def won_stays(found: pl.DataFrame, order: StageOrder) -> WonStays:
    """Rows of queries/pipeline/won_days.sql, summed by the month of the win and by stage."""
    months, at = np.unique(found["month"].to_numpy().astype("datetime64[M]"), return_inverse=True)
    stages = positions(found["stage_number"].to_numpy(), order)
    sums = np.zeros((2, len(months), len(order.stages) + 1), dtype=np.int64)
    for place, name in enumerate(("stays", "days")):
        np.add.at(sums[place], (at, stages), found[name].to_numpy())
    return WonStays(months, *sums)


def _counted(rows: pl.DataFrame, months: np.ndarray, shape: tuple[int, int]) -> np.ndarray:
    counts = np.zeros(shape, dtype=np.int64)
    at = np.searchsorted(months, rows["month"].to_numpy().astype("datetime64[M]"))
    np.add.at(counts, (at, rows["reach"].to_numpy()), rows["deals"].to_numpy())
    return counts[:, ::-1].cumsum(axis=1)[:, ::-1]


def probabilities(closed: Closed, before: date | None, prior: float) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """(probability, won, closed) per stage, element 0 for a deal without a stage; from deals closed in months before `before`."""
    known = closed.months < np.datetime64(before, "M") if before else np.full(len(closed.months), True)
    won, lost = closed.won[known].sum(axis=0), closed.lost[known].sum(axis=0)
    total = won + lost
    overall = float(class_rate(won[0], total[0], prior))
    rate = class_rate(won, total, overall)
    rate[0] = overall
    return rate, won, total


def usual_days(won: WonStays, before: date | None = None) -> np.ndarray:
    """Mean days to a win from the beginning of each stage, element 0 for a deal without one: the means of the stages still to come.

    The months before `before` count. A stage that no won deal has seen takes no time; without any, USUAL_DAYS.
    """
    known = won.months < np.datetime64(before, "M") if before else np.full(len(won.months), True)
    stays, days = won.stays[known].sum(axis=0), won.days[known].sum(axis=0)
    if not (stays > 0).any():
        return np.full(len(stays), float(USUAL_DAYS))
    each = np.divide(days, stays, out=np.zeros(len(stays)), where=stays > 0)[1:]
    ahead = each[::-1].cumsum()[::-1]
    return np.maximum(np.concatenate([ahead[:1], ahead]) if len(ahead) else np.array([USUAL_DAYS]), 1.0)


def positions(stages: np.ndarray, order: StageOrder) -> np.ndarray:
    """Each stage's place in the order, from 1, of the store's numbers of stages; 0 for a number that is none of them."""
    numbers = order.stage_numbers
    places = np.zeros(max(stages.max(initial=0), *numbers, 0) + 1, dtype=np.int64)
    places[numbers] = np.arange(1, len(numbers) + 1)
    return places[stages]


def placed_closes(expected: np.ndarray, entered: np.ndarray, at: date | np.ndarray, days: np.ndarray) -> np.ndarray:
    """The day of closing: an expected close that is missing or over on the day `at` (or each row's own day) is moved.

    It moves to when the deal would be won after the usual `days` from its stage; one that has waited longer is given as long again as it
    has waited: the longer a deal has stood still, the longer it will.
    """
    closes = expected.astype("datetime64[D]")
    today = np.broadcast_to(np.asarray(at, "datetime64[D]"), closes.shape)
    # A missing day is neither before nor after another.
    moved = np.flatnonzero(~(closes >= today))
    since, start = entered[moved].astype("datetime64[D]"), today[moved]
    waited = np.where(np.isnat(since), 0, (start - since).astype(np.int64))
    usual = np.maximum(np.rint(days[moved]).astype(np.int64), 1)
    closes[moved] = start + np.where(waited < usual, usual - waited, waited)
    return closes
