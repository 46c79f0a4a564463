"""Where do deals stop? The pipeline from its stage events (methods.md section 4), in three views:

    cohort       the deals created in the period, followed to the last day of the data
    snapshot     what is open at the period's end; counts and value, never called conversion
    transitions  the moves that deals made in the period

A skipped stage counts as passed. A deal that comes back to a stage stays there anew, but has entered it once. `won` is the last
stage; lost is a way out of every stage. A deal's outcome is the stage that it is in now, so a lost deal that came back is open.
"""

from dataclasses import dataclass
from datetime import date, timedelta

import polars as pl

from measures import stage_tables
from measures.metrics import ratio
from measures.stage_order import StageOrder, stage_order
from measures.thresholds import Cuts
from queries.filters import Filters
from queries.runner import Ask

THRESHOLDS = ("view", "stage_order", "maturity_days", "stuck_percentile")
DEALS_PER_STAGE = 500
COUNTS = ("created", "won", "lost", "open", "won_value", "lost_value", "open_value")


@dataclass(frozen=True)
class Funnel:
    """The pipeline's tables. Money is expected_amount; a deal without one counts as 0 there.

    `summary` and the `by_…` tables tell what became of the deals created in the period, whatever the view.
    """

    stages: pl.DataFrame
    summary: pl.DataFrame
    by_region: pl.DataFrame
    by_salesperson: pl.DataFrame
    by_source: pl.DataFrame
    cohorts: pl.DataFrame
    deals: pl.DataFrame
    view: str
    as_of: date | None


def answer(ask: Ask, filters: Filters, cuts: Cuts) -> Funnel:
    """The funnel of the deals within the filters. Win rates are null where nothing has closed."""
    order = stage_order(ask("pipeline/stage_order", filters), str(cuts["stage_order"]))
    as_of = _as_of(ask, filters, order)
    counted = _counted(ask, filters, cuts, order, as_of)
    return Funnel(
        stages=_stages(ask, filters, cuts, order, as_of, counted),
        summary=_summary(counted),
        by_region=_by(counted, "region").rename({"subject_id": "region_id", "subject": "region"}),
        by_salesperson=_by(counted, "salesperson").rename({"subject_id": "salesperson_id", "subject": "salesperson"}),
        by_source=_by(counted, "source").rename({"subject": "source"}).drop("subject_id"),
        cohorts=_cohorts(counted, int(cuts["maturity_days"]), as_of),
        deals=_deals(ask, filters, cuts, order, as_of),
        view=str(cuts["view"]),
        as_of=as_of,
    )


def _as_of(ask: Ask, filters: Filters, order: StageOrder) -> date | None:
    """The last day of the data: deals may be newer than the last sale."""
    found = [*ask("store/generation", filters)["as_of"], order.last_on]
    return max((day for day in found if day is not None), default=None)


def _until(filters: Filters, view: str, as_of: date | None) -> date | None:
    """The last day that the view looks at: a cohort is followed to the end of the data, the others end with the period."""
    if view == "cohort" or filters.to_date is None or as_of is None:
        return as_of
    return min(as_of, filters.to_date - timedelta(days=1))


def _counted(ask: Ask, filters: Filters, cuts: Cuts, order: StageOrder, as_of: date | None) -> pl.DataFrame:
    """Deals by breakdown and subject, with their outcome and how far they came."""
    found = ask("pipeline/deals", filters, as_of=as_of, maturity_days=cuts["maturity_days"])
    ends = found["last_stage"].to_list()
    return found.with_columns(
        pl.Series("outcome", [order.outcome(end) for end in ends], pl.String),
        pl.Series("reach", [order.reach(mask or 0, end) for mask, end in zip(found["stage_mask"], ends, strict=True)], pl.Int64),
    )


def _stages(
    ask: Ask, filters: Filters, cuts: Cuts, order: StageOrder, as_of: date | None, counted: pl.DataFrame
) -> pl.DataFrame:
    view = str(cuts["view"])
    cohort = view == "cohort"
    days = ask(
        "pipeline/stage_days", filters,
        created_from=filters.from_date if cohort else None,
        created_to=filters.to_date if cohort else None,
        entered_from=filters.from_date if view == "transitions" else None,
        until=_until(filters, view, as_of), closed=order.closed,
    )  # fmt: skip
    times = stage_tables.times(days, order, float(cuts["stuck_percentile"]))
    if view == "snapshot":
        return stage_tables.snapshot(times, order)
    if view == "transitions":
        return stage_tables.transitions(ask("pipeline/moves", filters), times, order)
    return stage_tables.cohort(counted.filter(pl.col("breakdown") == "stages"), times, order)


def _deals(ask: Ask, filters: Filters, cuts: Cuts, order: StageOrder, as_of: date | None) -> pl.DataFrame:
    view = str(cuts["view"])
    return ask(
        "pipeline/deal_list", filters,
        created_from=filters.from_date if view == "cohort" else None,
        created_to=filters.to_date, until=_until(filters, view, as_of), is_open_only=view != "cohort",
        closed=order.closed, most=DEALS_PER_STAGE,
    )  # fmt: skip


def _outcomes() -> list[pl.Expr]:
    """Counts and values per outcome, of rows of (outcome, deals, value)."""

    def total(column: str, outcome: str) -> pl.Expr:
        return pl.col(column).filter(pl.col("outcome") == outcome).sum()

    return [
        pl.col("deals").sum().alias("created"),
        *(total("deals", name).alias(name) for name in ("won", "lost", "open")),
        *(total("value", name).alias(f"{name}_value") for name in ("won", "lost", "open")),
        total("valued_deals", "lost").alias("valued_lost"),
        total("days", "won").alias("days"),
        total("in_time", "won").alias("won_in_time"),
    ]


def _rates() -> list[pl.Expr]:
    """Win rates by number and by value. By value it is null where deals were lost but none of them says for how much."""
    closed, closed_value = pl.col("won") + pl.col("lost"), pl.col("won_value") + pl.col("lost_value")
    priced = (closed_value > 0) & ((pl.col("lost") == 0) | (pl.col("valued_lost") > 0))
    return [
        pl.when(closed > 0).then(pl.col("won") / closed).alias("win_rate"),
        pl.when(priced).then(pl.col("won_value") / closed_value).alias("win_rate_by_value"),
    ]


def _by(counted: pl.DataFrame, breakdown: str) -> pl.DataFrame:
    """One row per subject, the largest won value first."""
    rows = counted.filter(pl.col("breakdown") == breakdown).group_by("subject_id", "subject").agg(_outcomes())
    shown = rows.with_columns(_rates()).select("subject_id", "subject", *COUNTS, "win_rate", "win_rate_by_value")
    return shown.sort("won_value", "created", "subject_id", descending=[True, True, False])


def _summary(counted: pl.DataFrame) -> pl.DataFrame:
    """One row: the deals created in the period, with the mean days from creation to win and the velocity.

    velocity = open deals × win rate × mean won value ÷ cycle days: money per day that the open pipeline yields.
    """
    rows = counted.filter(pl.col("breakdown") == "month").select(_outcomes()).with_columns(_rates())
    cycle = pl.when(pl.col("won") > 0).then(pl.col("days") / pl.col("won")).alias("cycle_days")
    shown = rows.select(*COUNTS, "win_rate", "win_rate_by_value", cycle)
    row = shown.row(0, named=True)
    mean_value = ratio(row["won_value"], row["won"])
    known = row["win_rate"] is not None and mean_value is not None
    velocity = ratio(row["open"] * row["win_rate"] * mean_value, row["cycle_days"]) if known else None
    return shown.with_columns(pl.lit(velocity, pl.Float64).alias("velocity"))


def _cohorts(counted: pl.DataFrame, maturity_days: int, as_of: date | None) -> pl.DataFrame:
    """One row per month of creation; `is_mature` once its last deal has had the days of maturity."""
    rows = counted.filter(pl.col("breakdown") == "month").group_by("month").agg(_outcomes()).with_columns(_rates())
    youngest = pl.col("month").dt.month_end() + pl.duration(days=maturity_days)
    return rows.select(
        "month", *COUNTS, "win_rate", "won_in_time",
        (pl.col("won_in_time") / pl.col("created")).alias("won_in_time_rate"),
        (youngest <= pl.lit(as_of, pl.Date)).alias("is_mature"),
    ).sort("month")  # fmt: skip
