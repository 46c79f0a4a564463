"""What a prospect may bring: potential × target share of wallet × margin rate, a year if it is won (methods.md section 2).

Where nobody reported what it buys, the amount of its open deals stands for what we would sell; where there is none either, what the middle
customer of its kind buys of us. Where too few costs are known, or there is no margin, contribution is measured in net sales.
"""

from dataclasses import dataclass

import polars as pl

from measures.customers.quadrants import contribution_basis
from measures.customers.ranking import high_alike
from measures.seasons.seasons import YEAR
from measures.thresholds import Cuts

REPORTED, DEALS, SIMILAR, UNKNOWN = "reported", "deals", "similar", "unknown"
THRESHOLDS = ("prospect_cut", "target_wallet", "similar_percentile", "wallet_peers", "wallet_months", "cost_coverage")
NO_SALES = "no_sales"
MONTHS_OF_DELAY = 12
"""A month without the account costs a twelfth of its year."""


@dataclass(frozen=True)
class Yield:
    """What a unit of new sales brings: `rate` of margin (1 where `basis` is net_sales), and why the basis is what it is."""

    rate: float
    basis: str
    reason: str


def yield_of(customers: pl.DataFrame, cuts: Cuts) -> Yield:
    """The margin rate of the customers' year; `customers` is queries/pipeline/customer_year.sql."""
    total = customers["net_sales"].sum() if customers.height else 0.0
    if total <= 0:
        return Yield(1.0, "net_sales", NO_SALES)
    basis, reason = contribution_basis(customers, cuts)
    return Yield(customers["margin"].sum() / total if basis == "margin" else 1.0, basis, reason)


def with_value(prospects: pl.DataFrame, customers: pl.DataFrame, brings: Yield, cuts: Cuts) -> pl.DataFrame:
    """Prospects [kind, reported, reported_months, open_value] with potential, potential_basis, expected_sales and expected_contribution.

    `potential` is what it buys of everybody in a year, null where only its deals or similar customers speak; `delay_cost` is a month's
    contribution.
    """
    similar = _similar(customers, cuts)
    joined = prospects.join(similar, on="kind", how="left", maintain_order="left")
    potential = pl.when(pl.col("reported_months") > 0).then(pl.col("reported") / pl.col("reported_months") * YEAR)
    told = joined.with_columns(potential.alias("potential"), pl.when(pl.col("open_value") > 0).then(pl.col("open_value")).alias("dealt"))
    basis = pl.when(pl.col("potential").is_not_null()).then(pl.lit(REPORTED)).when(pl.col("dealt").is_not_null()).then(pl.lit(DEALS))
    valued = told.with_columns(
        basis.when(pl.col("similar").is_not_null()).then(pl.lit(SIMILAR)).otherwise(pl.lit(UNKNOWN)).alias("potential_basis"),
        pl.coalesce(pl.col("potential") * float(cuts["target_wallet"]), "dealt", "similar").alias("expected_sales"),
    )
    contribution = pl.col("expected_sales") * brings.rate
    return valued.with_columns(contribution.alias("expected_contribution"), (contribution / MONTHS_OF_DELAY).alias("delay_cost")).drop("similar", "dealt")


def with_high(prospects: pl.DataFrame, cuts: Cuts) -> pl.DataFrame:
    """The prospects with `is_high`: those that hold the first part of what all may bring; null where nothing is known of it.

    Equal contributions are all high if the first of them is: many prospects are taken for the same similar customer, and an id
    tells nothing about who is worth more.
    """
    is_high = high_alike(prospects["expected_contribution"], float(cuts["prospect_cut"]))
    return prospects.with_columns(is_high=pl.when(pl.col("expected_contribution").is_not_null()).then(is_high))


def quadrant_of(cuts: Cuts) -> pl.Expr:
    """PI high contribution and high intention, PII high contribution, PIII high intention, PIV neither; null where one is not known."""
    high, keen = pl.col("is_high"), pl.col("probability") >= float(cuts["intention_cut"])
    found = pl.when(high & keen).then(pl.lit("PI")).when(high).then(pl.lit("PII")).when(keen).then(pl.lit("PIII")).otherwise(pl.lit("PIV"))
    return pl.when(high.is_not_null() & pl.col("probability").is_not_null()).then(found)


def _similar(customers: pl.DataFrame, cuts: Cuts) -> pl.DataFrame:
    """What the customer at the percentile of each kind bought, where there are enough of them."""
    bought = customers.filter(pl.col("net_sales") > 0).group_by("kind").agg(
        pl.col("net_sales").quantile(float(cuts["similar_percentile"]), "linear").alias("similar"), pl.len().alias("peers")
    )
    return bought.filter(pl.col("peers") >= int(cuts["wallet_peers"])).select("kind", "similar")
