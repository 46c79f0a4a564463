"""How did each salesperson's month go against what was agreed, what does that pay, and what was signed? (coverage.md 21, 44; methods.md section 9)

Score: attainment, new accounts that still buy against those planned, adherence to planned visits, strike rate. New accounts are judged once all
of their month are old enough, three months of them together. The limits of chance are drawn around each person's own plan, so that nobody's judgement depends
on whom else the reader sees.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

import polars as pl

from data.records import EVALUATION, Record
from measures.history import months_between, whole_history
from measures.pipeline.sales_model import words
from measures.team.evaluations import EVALUATION_SCHEMA, evaluation_table
from measures.team.person_months import CARD_SCHEMA, KEPT_MONTHS, cards, kept_month
from measures.team.plans_done import plans_done
from measures.team.scorecard import INDICATORS, PENALTY, REVIEW, REWARD, RUNNING, proposed, scored
from measures.thresholds import Cuts
from measures.typed import typed
from queries.filters import Filters, add_months
from queries.runner import Ask, together

THRESHOLDS = (
    "evaluated_month", "weight_attainment", "weight_kept", "weight_adherence", "weight_strikes", "least_indicators", "strike_goal", "indicator_cap", "order_days", "ordered_outcomes",
    "alive_days", "alive_window", "plan_limits", "payout_from", "payout_first", "payout_slope", "payout_cap",
)  # fmt: skip
RECORDS = EVALUATION
PARTS = ("team_week",)
SCORED_SCHEMA = {
    **CARD_SCHEMA, **{f"{name}_points": pl.Float64 for name in INDICATORS}, "indicators": pl.Int64, "evaluation_score": pl.Float64, "payout": pl.Float64, "chance": pl.Float64,
    "chance_running": pl.Float64, "proposal": pl.String,
}  # fmt: skip
MOST_MONTHS = 36
"""Scorecards that are shown at once: three years."""


@dataclass(frozen=True)
class MonthlyEvaluation:
    """`scorecards` of all complete months of the period, `people` of the evaluated month, the highest score first.

    `evaluations` is what was written down; `summary` has one row.
    """

    people: pl.DataFrame
    scorecards: pl.DataFrame
    evaluations: pl.DataFrame
    summary: pl.DataFrame


def answer(ask: Ask, filters: Filters, cuts: Cuts) -> MonthlyEvaluation:
    """The period's complete months, at most the last MOST_MONTHS of them; the filters by account and product do not apply."""
    history = whole_history(ask)
    scope = Filters(filters.from_date, filters.to_date, filters.region_ids, salesperson_ids=filters.salesperson_ids)
    months = _months(history.end, scope) if history else []
    found = _scorecards(ask, scope, months, cuts) if months else pl.DataFrame(schema=SCORED_SCHEMA)
    month = _evaluated(cuts, months)
    people = _ranked(found, month)
    nothing = pl.DataFrame(schema=EVALUATION_SCHEMA)
    return MonthlyEvaluation(people, found, nothing, _summary(people, nothing, month, len(months)))


def with_records(found: MonthlyEvaluation, records: Iterable[Record], cuts: Cuts) -> MonthlyEvaluation:
    """The same with what was written about the people and months that the reader sees."""
    written = evaluation_table(records, found.scorecards)
    row = found.summary.row(0, named=True)
    return replace(found, evaluations=written, summary=_summary(found.people, written, row["month"], row["months"]))


def of_month(found: MonthlyEvaluation, month: date) -> MonthlyEvaluation:
    """The same about another month of its scorecards."""
    people = _ranked(found.scorecards, month)
    return replace(found, people=people, summary=_summary(people, found.evaluations, month, found.summary["months"].item()))


def _ranked(scorecards: pl.DataFrame, month: date | None) -> pl.DataFrame:
    of_then = scorecards.filter(pl.col("month") == pl.lit(month, pl.Date))
    return of_then.sort("evaluation_score", "salesperson", "salesperson_id", descending=[True, False, False], nulls_last=True)


def _months(end: date, scope: Filters) -> list[date]:
    """The complete months of the period, at most MOST_MONTHS."""
    until = min(end, (scope.to_date or end).replace(day=1))
    start = max(scope.from_date or date.min, add_months(until, -MOST_MONTHS))
    first = start if start.day == 1 else add_months(start, 1)
    return [add_months(first, step) for step in range(max(0, months_between(first, until)))]


def _evaluated(cuts: Cuts, months: list[date]) -> date | None:
    """The month that was chosen, if it is complete and of the period; else the last one."""
    chosen = date.fromisoformat(str(cuts["evaluated_month"])).replace(day=1) if cuts["evaluated_month"] else None
    return chosen if chosen in months else months[-1] if months else None


def _scorecards(ask: Ask, scope: Filters, months: list[date], cuts: Cuts) -> pl.DataFrame:
    days = int(cuts["alive_days"]) + int(cuts["alive_window"])
    until = add_months(months[-1], 1)
    # The first card looks back on the plans of the months before it, and judges the accounts of still earlier ones.
    wide = [add_months(months[0], step) for step in range(1 - RUNNING, 0)] + months
    first_kept = add_months(kept_month(months[0], days), 1 - KEPT_MONTHS)
    own, early = scope.within(wide[0], until), scope.within(min(first_kept, wide[0]), until)
    ordered = words(cuts["ordered_outcomes"])
    strikes, plans, sales, targets = together(
        lambda: ask("team/strikes", own, order_days=int(cuts["order_days"]), ordered_words=ordered), lambda: plans_done(ask, early, cuts, until),
        lambda: ask("team/person_sales", own), lambda: ask("team/person_targets", own),
    )  # fmt: skip
    rows = cards(sales, targets, plans, strikes, wide, days, float(cuts["strike_goal"]))
    judged = proposed(scored(rows, cuts.as_dict()), float(cuts["plan_limits"]))
    return judged.filter(pl.col("month").is_in(months)).select(typed(SCORED_SCHEMA))


def _summary(people: pl.DataFrame, written: pl.DataFrame, month: date | None, months: int) -> pl.DataFrame:
    """The evaluated month: what was agreed and done by all together, how many are proposed what, how many are signed."""
    sums = {name: people[name].sum() for name in ("target_amount", "planned_visits", "visits_kept", "planned_developments", "developments", "kept_planned", "kept", "visits_all", "strikes")}
    aimed = people.filter(pl.col("target_amount") > 0)
    signed = written.filter((pl.col("month") == month) & pl.col("is_signed")) if month else written
    about = {
        "month": month, "months": months, "people": people.height, "scored": people["evaluation_score"].count(), "evaluation_score": people["evaluation_score"].median(),
        "net_sales": aimed["net_sales"].sum(), **sums, "attainment": _of(aimed["net_sales"].sum(), sums["target_amount"]), "adherence": _of(sums["visits_kept"], sums["planned_visits"]),
        "kept_rate": _of(sums["kept"], sums["kept_planned"]), "strike_rate": _of(sums["strikes"], sums["visits_all"]),
        **{f"proposed_{code}": int((people["proposal"] == code).sum()) for code in (REWARD, REVIEW, PENALTY)}, "signed": signed.height,
    }  # fmt: skip
    schema = {"month": pl.Date, "evaluation_score": pl.Float64, **dict.fromkeys(("attainment", "adherence", "kept_rate", "strike_rate"), pl.Float64)}
    return pl.DataFrame([about], schema_overrides=schema)


def _of(made: float, asked: float) -> float | None:
    return made / asked if asked else None
