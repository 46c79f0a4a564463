"""Decks of the whole company: the overview, and the plan of what is to be won."""

import polars as pl

from charts import labels, values
from charts.bars import bars
from charts.findings import attention
from charts.findings import overview as overview_finding
from charts.findings.team import development_plan, monthly_evaluation
from charts.team.scorecard import scorecards
from charts.trend import trend
from data.language import _
from measures.metrics import METRICS
from measures.overview import Overview
from measures.team.development_plan import DevelopmentPlan
from measures.team.monthly_evaluation import MonthlyEvaluation
from measures.thresholds import Cuts
from reports.deck import Figure, Slide

TILES = ("net_sales", "gross_margin", "volume", "active_accounts", "attainment")
NOTES = 10


def overview(answer: Overview, _cuts: Cuts) -> list[Slide]:
    """The finding with its months, the regions against last year, and what needs attention."""
    if not any(answer.monthly["net_sales"]):
        return []
    finding = overview_finding.sentence(answer)
    kpis = {row["metric"]: row for row in answer.kpis.iter_rows(named=True)}
    regions = bars(answer.by_region, name="region", key="region_id", finding=finding)
    notes = [attention.sentence(row) for row in answer.attention.head(NOTES).iter_rows(named=True)]
    return [
        Slide(finding, tuple(_figure(kpis[name]) for name in TILES), trend(answer.monthly, finding=finding)),
        Slide(_("Net sales by region against last year"), chart=regions),
        *([Slide(_("What needs attention"), table=pl.DataFrame({"sentence": notes}))] if notes else []),
    ]


def _figure(row: dict[str, object]) -> Figure:
    metric = METRICS[row["metric"]]
    change = values.changed(metric.unit, row["difference" if metric.unit == "rate" else "change_rate"])
    beside = "" if change is None else f"{change} {_('on last year')}"
    return Figure(labels.metric(row["metric"]), values.formatted(metric.unit, row["value"]), beside)


def plan(answer: DevelopmentPlan, _cuts: Cuts) -> list[Slide]:
    """The finding, and each person's plan and what was done."""
    if answer.people.is_empty():
        return []
    return [Slide(development_plan.sentence(answer), table=answer.people)]


def evaluation(answer: MonthlyEvaluation, _cuts: Cuts) -> list[Slide]:
    """The finding over everybody's scorecard, and the cards as a table."""
    if answer.people.is_empty():
        return []
    said = monthly_evaluation.sentence(answer)
    return [Slide(said, chart=scorecards(answer.people, finding=said), table=labels.worded(answer.people, "proposal"))]


SLIDES = {"overview": overview, "development_plan": plan, "monthly_evaluation": evaluation}
