"""What did each salesperson do in the last seven days, and how far is the running month's plan? For the weekly meeting (coverage.md 44).

Expected by now is the share of the month's weekdays that are gone. The days are the last ones with data, whatever the period.
"""

from dataclasses import dataclass
from datetime import date, timedelta

import polars as pl

from measures.pipeline.sales_model import words
from measures.seasons.running_period import weekdays
from measures.team.person_months import ABOUT
from measures.team.plans_done import plans_done
from measures.thresholds import Cuts
from measures.typed import typed
from queries.filters import Filters, add_months
from queries.runner import Ask

THRESHOLDS = ("order_days", "ordered_outcomes", "alive_days", "alive_window", "week_behind")

IDLE, BEHIND, ON_PLAN, NO_PLAN = "no_visit", "behind", "on_plan", "no_plan"
DAYS = 7
"""Of the week that the meeting looks back on."""
WEEK_SCHEMA = {
    "salesperson_id": pl.String, "salesperson": pl.String, "region": pl.String, "visits": pl.Int64, "strikes": pl.Int64, "strike_rate": pl.Float64,
    "month_visits": pl.Int64, "planned_visits": pl.Float64, "expected_rate": pl.Float64, "visit_pace": pl.Float64,
    "month_developments": pl.Int64, "planned_developments": pl.Float64, "week_verdict": pl.String,
}  # fmt: skip


@dataclass(frozen=True)
class TeamWeek:
    """`week`: who is furthest behind first, of everybody who has a plan in the running month or visited in the last seven days.

    `team` has one row: the days, all together, and how many are behind or made no visit.
    """

    week: pl.DataFrame
    team: pl.DataFrame


def answer(ask: Ask, filters: Filters, cuts: Cuts) -> TeamWeek:
    """The last seven days with data and the month in which they end; the filters by region and person apply."""
    known = ask("store/generation", Filters())
    as_of = None if known.is_empty() else known["as_of"].item()
    if as_of is None:
        return _told(pl.DataFrame(schema=WEEK_SCHEMA), None)
    scope, end = Filters(region_ids=filters.region_ids, salesperson_ids=filters.salesperson_ids), as_of + timedelta(days=1)
    last = scope.within(end - timedelta(days=DAYS), end)
    visited = ask("team/strikes", last, order_days=int(cuts["order_days"]), ordered_words=words(cuts["ordered_outcomes"]))
    plans = plans_done(ask, scope.within(as_of.replace(day=1), end), cuts, end)
    return _told(_week(visited, plans, as_of, float(cuts["week_behind"])), as_of)


def expected(as_of: date) -> float:
    """Which share of the running month's weekdays is over at the end of the day."""
    month = as_of.replace(day=1)
    return weekdays(month, as_of + timedelta(days=1)) / weekdays(month, add_months(month, 1))


def _week(visited: pl.DataFrame, plans: pl.DataFrame, as_of: date, behind: float) -> pl.DataFrame:
    """WEEK_SCHEMA from the visits of the week and the running month's plans with what belongs to them."""
    done = visited.group_by("salesperson_id").agg(pl.col("visits", "strikes").sum())
    asked = plans.group_by("salesperson_id").agg(
        pl.col("visits").sum().alias("month_visits"), pl.col("planned_visits").sum(), pl.col("developments").sum().alias("month_developments"),
        pl.col("planned_developments").sum(),
    )  # fmt: skip
    people = pl.concat([frame.select("salesperson_id", *ABOUT) for frame in (plans, visited)]).unique("salesperson_id", keep="first", maintain_order=True)
    rows = people.join(done, on="salesperson_id", how="left", maintain_order="left").join(asked, on="salesperson_id", how="left", maintain_order="left")
    due = pl.col("planned_visits") * pl.col("expected_rate")
    paced = rows.with_columns(pl.col("visits", "strikes").fill_null(0), expected_rate=pl.lit(expected(as_of))).with_columns(
        strike_rate=pl.when(pl.col("visits") > 0).then(pl.col("strikes") / pl.col("visits")), visit_pace=pl.when(due > 0).then(pl.col("month_visits") / due)
    )
    verdict = (
        pl.when(pl.col("visits") == 0).then(pl.lit(IDLE)).when(pl.col("visit_pace").is_null()).then(pl.lit(NO_PLAN))
        .when(pl.col("visit_pace") < behind).then(pl.lit(BEHIND)).otherwise(pl.lit(ON_PLAN))
    )  # fmt: skip
    ranked = paced.with_columns(week_verdict=verdict).sort("visit_pace", "salesperson", "salesperson_id", nulls_last=True)
    return ranked.select(typed(WEEK_SCHEMA))


def _told(week: pl.DataFrame, as_of: date | None) -> TeamWeek:
    sums = {name: int(week[name].sum()) for name in ("visits", "strikes", "month_visits", "month_developments")}
    about = {
        "from_day": as_of - timedelta(days=DAYS - 1) if as_of else None, "as_of": as_of, "people": week.height, **sums,
        "planned_visits": week["planned_visits"].sum(), "planned_developments": week["planned_developments"].sum(), "expected_rate": expected(as_of) if as_of else None,
        "idle": int((week["week_verdict"] == IDLE).sum()), "behind": int((week["week_verdict"] == BEHIND).sum()),
    }  # fmt: skip
    return TeamWeek(week, pl.DataFrame([about], schema_overrides={"from_day": pl.Date, "as_of": pl.Date, "expected_rate": pl.Float64}))
