"""What was planned to be visited and won, what was done, and what is worth winning next? (coverage.md 14, 38, 42, 43)

Plans are by month, person, area and kind. A visit or an opening belongs to the plan of its person and month whose kind and area it fits. A new
wholesaler or outlet still buys where it ordered, or a visit ended with an order, from day `alive_days` on; where nobody looked in
`alive_window` days nothing is said. Only complete months are judged.
"""

from dataclasses import dataclass
from datetime import date, timedelta

import polars as pl

from measures.history import whole_history
from measures.pipeline.sales_model import words
from measures.team.candidate_ranks import candidates
from measures.team.channel_tree import channel
from measures.team.plan_matches import matched
from measures.team.plan_tables import areas, developments, months, people, summary
from measures.thresholds import Cuts
from queries.filters import Filters, add_months
from queries.runner import Ask, together

THRESHOLDS = ("alive_days", "alive_window", "ordered_outcomes", "plan_limits", "managed_levels", "outstanding_percentile", "candidate_months")


@dataclass(frozen=True)
class DevelopmentPlan:
    """`people` by adherence, the lowest first; `areas`; `months`, those to come too; `developments`, the newest first.

    `channel` is every path from us to an account with the levels that we manage, `candidates` what is worth winning, best first within its kind.
    `summary` has one row.
    """

    people: pl.DataFrame
    areas: pl.DataFrame
    months: pl.DataFrame
    developments: pl.DataFrame
    channel: pl.DataFrame
    candidates: pl.DataFrame
    summary: pl.DataFrame


def answer(ask: Ask, filters: Filters, cuts: Cuts) -> DevelopmentPlan:
    """The plans whose months lie in the period; candidates and channel at its end."""
    history = whole_history(ask)
    end = history.end if history else None
    until = min(filters.to_date or date.max, end) if end else None
    reach = filters.within(add_months(until, -int(cuts["candidate_months"])), until) if until else None
    ordered = words(cuts["ordered_outcomes"])
    found, levels, opened, visits, planned = together(
        lambda: ask("team/candidates", reach, ordered_words=ordered) if reach else None,
        lambda: ask("team/channel", filters),
        lambda: ask(
            "team/developments", filters, alive_days=int(cuts["alive_days"]), alive_window=int(cuts["alive_window"]), ordered_words=ordered
        ),
        lambda: ask("team/visits", filters),
        lambda: ask("team/plans", filters),
    )
    plans = planned.with_row_index("plan_id")
    won = developments(opened, end, int(cuts["alive_days"]) + int(cuts["alive_window"]))
    rows = matched(plans, visits, "visits")
    rows = matched(rows, won.with_columns(pl.col("opened_on").dt.truncate("1mo").alias("month"), developments=pl.lit(1)), "developments")
    rows = rows.with_columns(is_over=pl.col("month") < pl.lit(end, pl.Date))
    judged = rows.filter("is_over")
    by_person = people(judged, _over(visits, end), _over(won, end), float(cuts["plan_limits"]))
    ranked = candidates(found, float(cuts["outstanding_percentile"]))
    tree = channel(levels, int(cuts["managed_levels"]))
    return DevelopmentPlan(
        by_person, areas(judged), months(rows, visits, won), won, tree, ranked, summary(judged, won, ranked, tree, end, has_plans=_has_plans(ask, plans)),
    )  # fmt: skip


def _over(rows: pl.DataFrame, end: date | None) -> pl.DataFrame:
    """The rows of complete months."""
    day = "month" if "month" in rows.columns else "opened_on"
    return rows.filter(pl.col(day) < (end or date.min + timedelta(days=1)))


def _has_plans(ask: Ask, plans: pl.DataFrame) -> bool:
    """Whether the store has any plan that the viewer sees, whatever the filters."""
    return not plans.is_empty() or not ask("team/plans", Filters()).is_empty()
