"""Which sources of leads are worth their work? Deals, wins, money and the contacts that they took (source 003: sources of information).

The deals are those created in the period, followed to the last day of the data, as in the funnel's cohort. What their contacts cost is the
activities' stated cost and their hours at the hourly rate; where the store keeps neither it is unknown, not 0.
"""

from dataclasses import dataclass

import polars as pl

from measures.pipeline.deals_by_source import deals_by_source
from measures.pipeline.named_sources import named_sources
from measures.pipeline.source_costs import source_costs
from measures.pipeline.stage_outcomes import sums
from measures.pipeline.stage_reading import STAGE_THRESHOLDS, reading
from measures.thresholds import Cuts
from measures.typed import typed
from queries.filters import Filters
from queries.runner import Ask, together

THRESHOLDS = (*STAGE_THRESHOLDS, "hour_cost")

SOURCES_SCHEMA = {
    "source": pl.String, "created": pl.Int64, "won": pl.Int64, "lost": pl.Int64, "open": pl.Int64, "win_rate": pl.Float64,
    "won_value": pl.Float64, "open_value": pl.Float64, "value_per_deal": pl.Float64, "cycle_days": pl.Float64, "opening_wins": pl.Int64,
    "contacts": pl.Float64, "contact_cost": pl.Float64, "cost_per_win": pl.Float64, "value_per_cost": pl.Float64,
}  # fmt: skip
SUMMARY_SCHEMA = {"sources": pl.Int64, "created": pl.Int64, "sourced": pl.Int64, "win_rate": pl.Float64, "contact_cost": pl.Float64}


@dataclass(frozen=True)
class WhiteSpaceSources:
    """`sources`: one row per source, the most won value first; deals without one are a row without a name. `source_summary`: one row."""

    sources: pl.DataFrame
    source_summary: pl.DataFrame


def answer(ask: Ask, filters: Filters, cuts: Cuts) -> WhiteSpaceSources:
    """The sources of the deals created in the period."""
    now = reading(ask, filters, cuts)
    deals, business, contacts = together(
        lambda: ask("pipeline/source_deals", filters, **now.order.ends),
        lambda: ask("pipeline/first_business", filters, won=now.order.won_numbers),
        lambda: ask("pipeline/contact_costs", filters),
    )
    counted = deals_by_source(deals, business, now.order)
    named, costs = (named_sources(ask, filters, rows) for rows in (counted, source_costs(deals, contacts, now.order, now.as_of)))
    rows = yields(named, costs, float(cuts["hour_cost"]))
    return WhiteSpaceSources(rows, _summary(rows))


def yields(deals: pl.DataFrame, costs: pl.DataFrame, hour_cost: float) -> pl.DataFrame:
    """Rows of measures/pipeline/deals_by_source.py and of source_costs.py, named, by source as SOURCES_SCHEMA says."""
    is_new_win = (pl.col("outcome") == "won") & ~pl.col("is_renewal")
    counted = deals.group_by("source").agg(*sums(), pl.col("deals").filter(is_new_win).sum().alias("opening_wins"))
    spent = costs.group_by("source").agg(pl.when(pl.col(name).count() > 0).then(pl.col(name).sum()) for name in ("cost", "hours", "contacts"))
    known = spent.select("source", "contacts", contact_cost=_cost(spent, hour_cost))
    joined = counted.join(known, on="source", how="left", nulls_equal=True)
    won, closed, cost = pl.col("won"), pl.col("won") + pl.col("lost"), pl.col("contact_cost")
    rated = joined.with_columns(
        win_rate=pl.when(closed > 0).then(won / closed),
        value_per_deal=pl.col("won_value") / pl.col("created"), cycle_days=pl.when(won > 0).then(pl.col("days") / won),
        cost_per_win=pl.when(won > 0).then(cost / won), value_per_cost=pl.when(cost > 0).then(pl.col("won_value") / cost),
    )  # fmt: skip
    ranked = rated.sort("won_value", "created", "source", descending=[True, True, False], nulls_last=True)
    return ranked.select(typed(SOURCES_SCHEMA))


def _cost(costs: pl.DataFrame, hour_cost: float) -> pl.Expr:
    """Stated cost and hours at their rate; null where the store states no cost and no hour has a price."""
    time = pl.col("hours").fill_null(0.0) * hour_cost
    is_known = costs["cost"].count() > 0 or (hour_cost > 0 and costs["hours"].count() > 0)
    return pl.col("cost").fill_null(0.0) + time if is_known else pl.lit(None, pl.Float64)


def _summary(rows: pl.DataFrame) -> pl.DataFrame:
    closed = rows["won"].sum() + rows["lost"].sum()
    named = rows.filter(pl.col("source").is_not_null())
    cost = rows["contact_cost"].sum() if rows["contact_cost"].count() else None
    row = (named.height, rows["created"].sum(), named["created"].sum(), rows["won"].sum() / closed if closed else None, cost)
    return pl.DataFrame([row], schema=SUMMARY_SCHEMA, orient="row")
