"""Which accounts are most valuable, which can grow, which cost more than they bring? (methods.md section 3, source 004)

    actual value     margin of twelve months − cost to serve
    strategic value  actual value + what competitors sell the account × its margin rate × the chance of winning it

    below_zero     actual value < 0 and strategic value ≤ 0: exclude, unless it is a strategic exception
    invest_to_fix  actual value < 0 < strategic value
    MVC            the accounts that bring the first 80 % of all positive actual value: strengthen
    MGC            of the others, those among the 20 % with the largest strategic − actual value: develop
    migrator       all the others

A part of the value pyramid that is asked apart. An account's potential is known only where somebody noted what others sell it; without
that its strategic value is its actual one, and `potential_status` says so. Where too few costs are known, or nothing was sold net of
returns, nobody is classed.
"""

from dataclasses import dataclass
from datetime import date

import polars as pl

from measures.customers.cost_to_serve import COST_PARTS, cost_to_serve, served
from measures.customers.quadrants import cost_coverage
from measures.customers.ranking import exact_units, high_contribution
from measures.history import whole_history, within
from measures.periods import YEAR
from measures.thresholds import Cuts
from measures.typed import typed
from queries.filters import Filters, add_months
from queries.runner import Ask

THRESHOLDS = ("mvc_share", "mgc_share", "headroom_probability", "hour_cost", "delivery_cost", "capital_rate", "cost_coverage")
CLASSES = ("MVC", "MGC", "migrator", "invest_to_fix", "below_zero")
UNCLASSED = "unclassed"
NOTHING_SOLD, MISSING_COST = "insufficient", "missing_cost"
"""Why nobody is classed: nothing was sold beyond what was returned, or too few costs are known."""

VALUE_CLASSES_SCHEMA = {
    "account_id": pl.String, "account": pl.String, "kind": pl.String, "region": pl.String, "value_class": pl.String,
    "av": pl.Float64, "sv": pl.Float64, "margin": pl.Float64, "cost_to_serve": pl.Float64, **dict.fromkeys(COST_PARTS, pl.Float64),
    "headroom_value": pl.Float64, "net_sales": pl.Float64, "potential": pl.Float64, "potential_status": pl.String,
    "growth_rate": pl.Float64, "status": pl.String, "strategic": pl.String,
}
BESIDE_SCHEMA = {"account_key": pl.Int32, "reference_value": pl.Float64, "credit_limit": pl.Float64}
"""What `classes` knows of the accounts besides, for answers that take them up."""
SUMS = ("net_sales", "margin", "cost_to_serve", *COST_PARTS, "av", "headroom_value", "sv")
TOTALS_SCHEMA = {"value_class": pl.String, "accounts": pl.Int64, **dict.fromkeys(SUMS, pl.Float64)}
Basis = tuple[date | int | float | str | None, ...]
BASIS_SCHEMA = {"from_date": pl.Date, "to_date": pl.Date, "months": pl.Int64, "cost_coverage": pl.Float64, "status": pl.String}


@dataclass(frozen=True)
class ValueClasses:
    """`value_classes` by falling actual value; `value_class_totals` (five classes, and `unclassed` where somebody is); `value_basis`."""

    value_classes: pl.DataFrame
    value_class_totals: pl.DataFrame
    value_basis: pl.DataFrame


def answer(ask: Ask, filters: Filters, cuts: Cuts) -> ValueClasses:
    """The accounts that bought in the twelve complete months up to the period's end."""
    rows, basis = classes(ask, filters, cuts)
    shown = rows.select(typed(VALUE_CLASSES_SCHEMA))
    return ValueClasses(shown, totals(shown), pl.DataFrame([basis], schema=BASIS_SCHEMA, orient="row"))


def classes(ask: Ask, filters: Filters, cuts: Cuts) -> tuple[pl.DataFrame, Basis]:
    """Those accounts with their class and all that it rests on, and the row of BASIS_SCHEMA: for answers that take them up."""
    whole = whole_history(ask)
    until = within(whole, filters.within(None, filters.to_date)) if whole else None
    if until is None or until.length == 0:
        return _empty(), (None, None, 0, None, NOTHING_SOLD)
    year = filters.within(add_months(until.end, -YEAR), until.end)
    rows = served(ask, year)
    coverage, status = _basis(rows, until.length, cuts)
    if rows.is_empty():
        return _empty(), (year.from_date, year.to_date, until.last(YEAR).length, coverage, status)
    valued = with_values(cost_to_serve(rows, ask("customers/rebate_schemes", filters), cuts), cuts, status)
    return classed(valued, cuts), (year.from_date, year.to_date, until.last(YEAR).length, coverage, status)


def _basis(rows: pl.DataFrame, months: int, cuts: Cuts) -> tuple[float | None, str]:
    """The share of net sales with a known cost, null where there are none, and the status of the values."""
    if exact_units(rows["net_sales"]).sum() <= 0:
        return None, NOTHING_SOLD
    coverage = cost_coverage(rows)
    return coverage, MISSING_COST if coverage < cuts["cost_coverage"] else "provisional" if months < YEAR else "ok"


def with_values(rows: pl.DataFrame, cuts: Cuts, status: str = "ok") -> pl.DataFrame:
    """Rows [margin, net_sales, cost_to_serve, competitor_amount, competitor_months, …] with actual and strategic value.

    What competitors sell is noted for single months: their mean month counts twelve times.
    """
    own_rate = pl.when(pl.col("net_sales") > 0).then(pl.col("margin") / pl.col("net_sales"))
    elsewhere = pl.when(pl.col("competitor_months") > 0).then(pl.col("competitor_amount") / pl.col("competitor_months") * YEAR)
    has_margin = pl.col("margin").is_not_null()
    av = pl.when(pl.lit(status not in (MISSING_COST, NOTHING_SOLD)) & has_margin).then(pl.col("margin") - pl.col("cost_to_serve"))
    headroom = (elsewhere.clip(0) * own_rate.clip(0) * float(cuts["headroom_probability"])).fill_null(0.0)
    return rows.with_columns(
        av=av,
        potential=pl.col("net_sales") + elsewhere,
        potential_status=pl.when(elsewhere.is_not_null()).then(pl.lit("ok")).otherwise(pl.lit("insufficient")),
        headroom_value=headroom,
        sv=av + headroom,
        growth_rate=pl.when(pl.col("previous_sales") > 0).then(pl.col("net_sales") / pl.col("previous_sales") - 1),
        status=pl.when(has_margin).then(pl.lit(status)).otherwise(pl.lit(MISSING_COST)),
    )


def classed(rows: pl.DataFrame, cuts: Cuts) -> pl.DataFrame:
    """Rows [account_id, av, sv, …] with `value_class`, null where the actual value is not known; by falling actual value."""
    known = rows.with_columns(pl.col("av").fill_null(0.0).alias("ranked_value"))
    ranked = high_contribution(known, "ranked_value", cut=float(cuts["mvc_share"]))
    growing = _is_growing(float(cuts["mgc_share"]))
    av, sv = pl.col("av"), pl.col("sv")
    value_class = (
        pl.when(av.is_null()).then(None)
        .when((av < 0) & (sv <= 0)).then(pl.lit("below_zero"))
        .when(av < 0).then(pl.lit("invest_to_fix"))
        .when(pl.col("is_high").fill_null(False)).then(pl.lit("MVC"))
        .when(growing).then(pl.lit("MGC"))
        .otherwise(pl.lit("migrator"))
    )  # fmt: skip
    return ranked.with_columns(value_class=value_class).sort("av", "account_id", descending=[True, False], nulls_last=True)


def _is_growing(share: float) -> pl.Expr:
    """Whether strategic − actual value is positive and among the largest: fewer than `share` of the known accounts are before it."""
    gap = (pl.col("sv") - pl.col("av")).fill_null(0.0).round(4)
    before = gap.rank("min", descending=True) - 1
    return (gap > 0) & (before < share * pl.max_horizontal(pl.col("av").count(), 1))


def totals(rows: pl.DataFrame) -> pl.DataFrame:
    """Accounts and sums per class, the five always; a sum is null where nothing of it is known."""
    named = rows.with_columns(pl.col("value_class").fill_null(UNCLASSED))
    sums = named.group_by("value_class", maintain_order=True).agg(
        pl.len().alias("accounts"), *(pl.when(pl.col(name).count() > 0).then(pl.col(name).sum()).alias(name) for name in SUMS)
    )
    order = pl.DataFrame({"value_class": [*CLASSES, UNCLASSED]})
    joined = order.join(sums, on="value_class", how="left", maintain_order="left")
    shown = joined.filter(pl.col("value_class").is_in(CLASSES) | pl.col("accounts").is_not_null())
    return shown.with_columns(pl.col("accounts").fill_null(0)).select(typed(TOTALS_SCHEMA))


def _empty() -> pl.DataFrame:
    return pl.DataFrame(schema=VALUE_CLASSES_SCHEMA | BESIDE_SCHEMA)
