"""Where do deals stop, and how fast do they go (methods.md section 4)? In three views, which measures.pipeline.stage_reading tells apart.

A skipped stage counts as passed. A deal that comes back to a stage stays there anew, but has entered it once. `won` is the last
stage; lost is a way out of every stage. A deal's outcome is the stage that it is in now, so a lost deal that came back is open.

What only one view of the page needs is asked apart: PARTS.
"""

from dataclasses import dataclass
from datetime import date, timedelta

import polars as pl

from measures.pipeline import stage_outcomes, stage_tables, stage_times
from measures.pipeline.sales_model import THRESHOLDS as MODEL_THRESHOLDS
from measures.pipeline.stage_flow import EARLIER, OWN, flow
from measures.pipeline.stage_reading import DEAL_THRESHOLDS, STAGE_THRESHOLDS, Reading, reading
from measures.pipeline.survival import Survival
from measures.pipeline.velocity import change, levers, velocity
from measures.thresholds import Cuts
from queries.filters import Filters
from queries.runner import Ask, together

THRESHOLDS = ("view", *STAGE_THRESHOLDS, *DEAL_THRESHOLDS, *MODEL_THRESHOLDS, "stuck_percentile")
PARTS = ("funnel_cohorts", "funnel_deals", "funnel_losses")


@dataclass(frozen=True)
class Funnel:
    """The pipeline's tables. Money is expected_amount; a deal without one counts as 0 there.

    `summary` and `by_month` tell what became of the deals created in the period, whatever the view. The other `by_…` tables, `survival` and
    `ways_out` are of the view's deals: in a cohort those created in the period, else what was created and closed in the period and is open
    at its end. `flow` is what is open at the period's end and closed in it, now and, in a second row, a year earlier; `velocity`
    is the money per day that it makes, `velocity_change` what moved that since then. `teams` [manager_id, salesperson_id] has everybody within
    the filters who has a manager, with or without a deal. `has_ends`: some stage of the data is known to end a deal.
    """

    stages: pl.DataFrame
    summary: pl.DataFrame
    flow: pl.DataFrame
    velocity: pl.DataFrame
    levers: pl.DataFrame
    velocity_change: pl.DataFrame
    survival: pl.DataFrame
    ways_out: pl.DataFrame
    by_region: pl.DataFrame
    by_salesperson: pl.DataFrame
    by_manager: pl.DataFrame
    by_source: pl.DataFrame
    by_product: pl.DataFrame
    by_month: pl.DataFrame
    by_quarter: pl.DataFrame
    teams: pl.DataFrame
    view: str
    as_of: date | None
    has_ends: bool = True


def answer(ask: Ask, filters: Filters, cuts: Cuts) -> Funnel:
    """The funnel of the deals within the filters. Win rates are null where nothing has closed."""
    now = reading(ask, filters, cuts)
    subjects = ask("pipeline/subjects", filters)
    # While the deals are counted, which takes longest, what follows from the other questions alone is concluded.
    counted, (days, estimate), speed, moved = together(
        lambda: _counted(now, subjects), lambda: _timed(now), lambda: _speed(*_flows(now)), lambda: _moved(now, subjects)
    )
    stages, outcomes = together(lambda: _stages(now, counted, days, estimate), lambda: _outcomes(now, counted, moved))
    return Funnel(
        **stages, **outcomes, **speed, teams=_teams(subjects, filters), view=now.view, as_of=now.as_of, has_ends=bool(now.order.closed_numbers)
    )


def _counted(now: Reading, subjects: pl.DataFrame) -> pl.DataFrame:
    """The deals created in the period, counted by what became of them."""
    found = now.ask(
        "pipeline/deals", now.filters, as_of=now.as_of, maturity_days=now.windows.maturity_days, **now.order.ends
    )
    return stage_outcomes.with_outcome(found, subjects, now.order)


def _moved(now: Reading, subjects: pl.DataFrame) -> pl.DataFrame | None:
    """What was created and closed in the period and is open at its end, by whose it is; nothing in a cohort, which is counted by itself."""
    if now.view == "cohort":
        return None
    return stage_outcomes.with_subject(now.ask("pipeline/flow_subjects", now.filters, until=now.period_end, **now.order.ends), subjects, now.order)


def _timed(now: Reading) -> tuple[pl.DataFrame, Survival]:
    """How long the view's deals stay in each stage, and what that says of those that are still there."""
    days = stage_days(now)
    return days, stage_times.estimate(days)


def stage_days(now: Reading) -> pl.DataFrame:
    """How long the view's deals stay in each stage: the histogram of queries/pipeline/stage_days.sql with `stage` and `next_stage`."""
    found = now.ask(
        "pipeline/stage_days", now.filters, **now.created, entered_from=now.entered_from, until=now.until, **now.order.ends,
    )  # fmt: skip
    return found.with_columns(now.order.text_of("stage_number").alias("stage"), now.order.text_of("next_number").alias("next_stage"))


def _teams(subjects: pl.DataFrame, filters: Filters) -> pl.DataFrame:
    """Who belongs to whose team; `subjects` is queries/pipeline/subjects.sql."""
    people = subjects.filter(pl.col("breakdown") == "salesperson", pl.col("manager_id").is_not_null()).select("manager_id", salesperson_id="subject_id")
    chosen = pl.lit(True) if filters.salesperson_ids is None else pl.col("salesperson_id").is_in(list(filters.salesperson_ids))
    return people.filter(chosen).sort("manager_id", "salesperson_id")


def _flows(now: Reading) -> tuple[pl.DataFrame, pl.DataFrame | None]:
    """What is open and what closed, in the period and in the same one a year earlier."""
    before = now.filters.previous()
    start, end = (before.from_date, before.to_date - timedelta(days=1)) if before else (None, None)
    found = now.ask("pipeline/flow", now.filters, until=now.period_end, before_from=start, before_until=end, **now.order.ends)
    return flow(found, now.order, OWN), flow(found, now.order, EARLIER) if before else None


def _stages(now: Reading, counted: pl.DataFrame, days: pl.DataFrame, estimate: Survival) -> dict[str, pl.DataFrame]:
    """How deals pass the stages, and how long they take."""
    times = stage_times.times(days, now.order, float(now.cuts["stuck_percentile"]), estimate)
    return {
        "stages": _table(now, counted, days, times),
        "survival": stage_times.survival(estimate, now.order),
        "ways_out": stage_times.ways_out(days, times, now.order),
    }


def _table(now: Reading, counted: pl.DataFrame, days: pl.DataFrame, times: pl.DataFrame) -> pl.DataFrame:
    if now.view == "snapshot":
        return stage_tables.snapshot(times, now.order)
    if now.view == "transitions":
        return stage_tables.transitions(now.ask("pipeline/moves", now.filters), times, now.order)
    stuck = stage_times.stuck_by_reach(days, times, now.order)
    return stage_tables.cohort(counted.filter(pl.col("breakdown") == "stages"), times, now.order, stuck)


def _outcomes(now: Reading, counted: pl.DataFrame, moved: pl.DataFrame | None) -> dict[str, pl.DataFrame]:
    """What became of the deals created in the period, and whose the view's deals are."""
    theirs = counted if moved is None else moved
    return {
        "summary": stage_outcomes.summary(counted),
        "by_month": stage_outcomes.by_month(counted, now.windows.maturity_days, now.as_of),
        "by_quarter": stage_outcomes.by_quarter(theirs),
        **stage_outcomes.breakdowns(theirs),
    }


def _speed(own: pl.DataFrame, before: pl.DataFrame | None) -> dict[str, pl.DataFrame]:
    """The money per day, what a tenth better of each factor adds, and what moved it since a year earlier."""
    speed = velocity(own)
    spans = [own.insert_column(0, pl.lit("now").alias("span"))]
    if before is not None:
        spans.append(before.insert_column(0, pl.lit("before").alias("span")))
    moved = change(None if before is None else velocity(before), speed)
    return {"flow": pl.concat(spans), "velocity": speed, "levers": levers(speed), "velocity_change": moved}
