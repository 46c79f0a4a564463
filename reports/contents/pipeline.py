"""Decks about the pipeline: funnel, life cycle, forecast, prospects, white space."""

import polars as pl

from charts.findings.pipeline import funnel as funnel_finding
from charts.findings.pipeline import life_cycle as life_finding
from charts.findings.pipeline import pipeline_forecast as forecast_finding
from charts.findings.pipeline import prospects as prospects_finding
from charts.findings.pipeline import white_space as space_finding
from charts.pipeline.forecast import forecast
from charts.pipeline.funnel import funnel as funnel_chart
from charts.pipeline.life_cycle import life_cycle as life_chart
from charts.pipeline.prospects import prospects as prospects_chart
from charts.pipeline.universe import universe
from data.language import _
from measures.pipeline.funnel import Funnel
from measures.pipeline.life_cycle import LifeCycle
from measures.pipeline.pipeline_forecast import PipelineForecast
from measures.pipeline.prospects import Prospects
from measures.pipeline.white_space import WhiteSpace
from measures.thresholds import Cuts
from reports.deck import Slide

PROSPECTS = ("account", "quadrant", "expected_contribution", "probability", "sentence")


def funnel(answer: Funnel, _cuts: Cuts) -> list[Slide]:
    """The stages in the view that was asked for."""
    if answer.stages.is_empty():
        return []
    finding = funnel_finding.sentence(answer)
    return [Slide(finding, chart=funnel_chart(answer.stages, view=answer.view, finding=finding))]


def life_cycle(answer: LifeCycle, _cuts: Cuts) -> list[Slide]:
    """The nine stages before and after the period."""
    if answer.life_cycle.is_empty():
        return []
    finding = life_finding.sentence(answer)
    return [Slide(finding, chart=life_chart(answer.life_cycle, finding=finding))]


def pipeline_forecast(answer: PipelineForecast, _cuts: Cuts) -> list[Slide]:
    """The months with their intervals."""
    if answer.stages.is_empty() or not answer.summary["n"].item():
        return []
    finding = forecast_finding.sentence(answer)
    return [Slide(finding, chart=forecast(answer.months, finding=finding))]


def prospects(answer: Prospects, cuts: Cuts) -> list[Slide]:
    """The map of prospects, and the first of the list with what drives them."""
    if answer.prospects.is_empty():
        return []
    finding = prospects_finding.sentence(answer)
    listed = Slide(finding, table=answer.prospects.select(name for name in PROSPECTS if name in answer.prospects.columns))
    if not answer.summary["placed"].item():
        return [listed]
    limits = {name.upper(): float(cuts[f"class_{name}_from"]) for name in "cba"}
    figure = prospects_chart(answer.prospects, quadrants=answer.quadrants, intention_cut=float(cuts["intention_cut"]), class_cuts=limits, finding=finding)
    return [Slide(finding, chart=figure), listed]


def white_space(answer: WhiteSpace, _cuts: Cuts) -> list[Slide]:
    """Universe and penetration by region."""
    if answer.by_region.is_empty():
        return []
    finding = space_finding.sentence(answer)
    named = answer.by_region.with_columns(pl.col("region").fill_null(_("No region")).alias("shown"))
    return [Slide(finding, chart=universe(named, key="region_id", name="shown", finding=finding))]


SLIDES = {
    "funnel": funnel, "life_cycle": life_cycle, "pipeline_forecast": pipeline_forecast, "prospects": prospects, "white_space": white_space,
}  # fmt: skip
