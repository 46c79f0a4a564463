"""The funnel's table of stages in its three views, from counts of deals and the times in stage (measures.pipeline.stage_times)."""

from collections.abc import Callable

import polars as pl

from measures.pipeline.stage_order import WON, StageOrder
from measures.typed import typed

MONEY_DECIMALS = 4
"""Of the store's money: a difference of two sums has no more."""

SCHEMA = {
    "stage": pl.String,
    "position": pl.Int64,
    "entered": pl.Int64,
    "reached_next": pl.Int64,
    "conversion_rate": pl.Float64,
    "median_days": pl.Float64,
    "median_lo": pl.Float64,
    "median_hi": pl.Float64,
    "value": pl.Float64,
    "open": pl.Int64,
    "lost_here": pl.Int64,
    "returned": pl.Int64,
    "stuck": pl.Int64,
    "stuck_days": pl.Float64,
    "dropped": pl.Int64,
    "dropped_value": pl.Float64,
    "value_conversion_rate": pl.Float64,
    "is_mature": pl.Boolean,
    "mature_entered": pl.Int64,
    "mature_value": pl.Float64,
    "mature_conversion_rate": pl.Float64,
}
"""The columns of every view; what a view does not speak of is null there.

entered, reached_next, open, lost_here: deals. value: of the deals entered. median_days: half had left the stage by then, with its
95 % interval. stuck: open deals that have been in the stage longer than stuck_days; in a cohort, of the deals that count as open here,
wherever they wait now. dropped: deals that entered and have not gone on. value_conversion_rate: conversion_rate of the money.
mature_…: of the deals old enough.
"""


def cohort(reached: pl.DataFrame, times: pl.DataFrame, order: StageOrder, stuck: dict[int, int]) -> pl.DataFrame:
    """How far the cohort's deals came: entered = reached_next + lost_here + open in every stage before won.

    `reached` has reach, is_mature, outcome, deals and value. A deal is counted lost, open or stuck at the furthest stage that it reached,
    even if it had gone back from there, so that the columns add up. `stuck` is `stuck_by_reach`.
    """

    def row(stage: str, position: int) -> dict[str, object]:
        inside = reached.filter(pl.col("reach") >= position)
        here, beyond = inside.filter(pl.col("reach") == position), inside.filter(pl.col("reach") > position)
        mature = inside.filter("is_mature")
        is_won = stage == WON and position == order.won_position
        return {
            "entered": _deals(inside),
            "reached_next": None if is_won else _deals(beyond),
            "conversion_rate": None if is_won else _share(_deals(beyond), _deals(inside)),
            "value": float(inside["value"].sum()),
            "open": _deals(here.filter(pl.col("outcome") == "open")),
            "lost_here": _deals(here.filter(pl.col("outcome") == "lost")),
            "stuck": None if is_won else stuck.get(position, 0),
            "dropped": None if is_won else _deals(here),
            "dropped_value": None if is_won else float(here["value"].sum()),
            "value_conversion_rate": None if is_won else _share(beyond["value"].sum(), inside["value"].sum()),
            "is_mature": bool(inside["is_mature"].all()),
            "mature_entered": _deals(mature),
            "mature_value": float(mature["value"].sum()),
            "mature_conversion_rate": None if is_won else _share(_deals(mature.filter(pl.col("reach") > position)), _deals(mature)),
        }

    return _table(row, times.drop("open", "open_value", "stuck"), order)


def snapshot(times: pl.DataFrame, order: StageOrder) -> pl.DataFrame:
    """What is open in each stage: `entered` and `open` are the deals in it, `value` is theirs. There is no conversion here."""
    counts = {stage: (deals, value) for stage, deals, value in times.select("stage", "open", "open_value").iter_rows()}

    def row(stage: str, position: int) -> dict[str, object]:
        deals, value = counts[stage]
        return {"entered": deals, "open": deals, "value": value}

    return _table(row, times.drop("open", "open_value"), order, with_won=False)


def transitions(moves: pl.DataFrame, times: pl.DataFrame, order: StageOrder) -> pl.DataFrame:
    """The moves of the period: entered and left, forward (`reached_next`), out (`lost_here`) and back (`returned`).

    conversion_rate is forward ÷ all moves out of the stage in the period. `open` is who entered in the period and is still there. From one
    word for won to another is no move.
    """
    positions = {stage: number for number, stage in enumerate(order.stages, start=1)} | dict.fromkeys(order.won, order.won_position)
    placed = moves.with_columns(
        pl.col("next_stage").replace_strict(positions, default=0, return_dtype=pl.Int64).alias("to"),
        pl.col("stage").replace_strict(positions, default=None, return_dtype=pl.Int64).alias("from"),
        pl.col("next_stage").is_in(list(order.lost)).alias("is_lost"),
    ).filter(pl.col("from").ne_missing(pl.col("to")))
    still = dict(times.select("stage", "open").iter_rows())

    def row(stage: str, position: int) -> dict[str, object]:
        into, out = placed.filter(pl.col("to") == position), placed.filter(pl.col("from") == position)
        forward, lost = out.filter(pl.col("to") > position), out.filter("is_lost")
        is_won = position == order.won_position
        return {
            "entered": _moves(into),
            "reached_next": None if is_won else _moves(forward),
            "conversion_rate": None if is_won else _share(_moves(forward), _moves(out)),
            "value": float(into["value"].sum()),
            "open": still.get(stage),
            "lost_here": _moves(lost),
            "returned": _moves(out) - _moves(forward) - _moves(lost),
            "dropped": None if is_won else _moves(out) - _moves(forward),
            "dropped_value": None if is_won else round(float(out["value"].sum() - forward["value"].sum()), MONEY_DECIMALS),
            "value_conversion_rate": None if is_won else _share(forward["value"].sum(), out["value"].sum()),
        }

    return _table(row, times.drop("open", "open_value"), order)


def _table(
    row: Callable[[str, int], dict[str, object]], times: pl.DataFrame, order: StageOrder, with_won: bool = True
) -> pl.DataFrame:
    """One row per stage in order, with the times in it; won comes last. Empty without any stage."""
    stages = [*order.stages, WON] if with_won and order.stages else list(order.stages)
    rows = [{"stage": stage, "position": number} | row(stage, number) for number, stage in enumerate(stages, start=1)]
    known = [name for name in SCHEMA if name not in times.columns or name == "stage"]
    frame = pl.DataFrame(rows, schema={name: SCHEMA[name] for name in known})
    return frame.join(times, on="stage", how="left", maintain_order="left").select(typed(SCHEMA))


def _deals(frame: pl.DataFrame) -> int:
    return int(frame["deals"].sum())


def _moves(frame: pl.DataFrame) -> int:
    return int(frame["moves"].sum())


def _share(part: float, whole: float) -> float | None:
    return part / whole if whole else None
