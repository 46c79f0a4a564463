"""How many people do the accounts need, and is the work shared fairly? A 1:1, B 1:2, C 1:3–5 (methods.md section 8).

The date is the end of the complete months of the data, or of the period where it ends earlier; the period's beginning plays no part.
Classes, calls and hours are of the twelve months before it; quadrants are those of portfolio_quadrants at that date. People there are
the owners of at least one account; an account without sales counts for the workload if it was called on.
"""

from dataclasses import dataclass
from datetime import date

import polars as pl

from measures.customers import portfolio_quadrants
from measures.customers.coverage_hours import hours
from measures.customers.coverage_need import WITHOUT_SALES, calls_per_account, regions, summary, workload
from measures.customers.quadrants import quadrants_at
from measures.customers.ranking import abc
from measures.customers.territories import territories
from measures.history import History, whole_history, within
from measures.seasons.seasons import YEAR
from measures.thresholds import Cuts
from measures.typed import typed
from queries.filters import Filters
from queries.runner import Ask, begin

QUICK_THRESHOLDS = (
    "coverage_a", "coverage_b", "coverage_c_low", "coverage_c_high", "calls_a", "calls_b", "calls_c", "calls_other", "calls_per_person",
    "hours_ei", "hours_eii", "hours_eiii", "hours_eiv", "territory_band", "abc_a", "abc_b",
)  # fmt: skip
THRESHOLDS = (*QUICK_THRESHOLDS, *portfolio_quadrants.THRESHOLDS)

ACCOUNTS_SCHEMA = {
    "account_id": pl.String, "account": pl.String, "kind": pl.String, "region_id": pl.String, "region": pl.String,
    "salesperson_id": pl.String, "salesperson": pl.String, "role": pl.String, "is_leader": pl.Boolean,
    "abc": pl.String, "quadrant": pl.String, "net_sales": pl.Float64, "potential": pl.Float64,
    "calls_needed": pl.Float64, "calls": pl.Int64, "activities": pl.Int64, "timed": pl.Int64, "hours": pl.Float64,
}  # fmt: skip


@dataclass(frozen=True)
class Coverage:
    """`summary`: A, B, C and total. `regions`, `workload` (calls a month), `hours` (by quadrant), `territories`, and the `accounts`.

    `accounts` are those with a class and those without sales that were called on; `calls_needed` is a month's, `calls` and `hours`
    those of the twelve months up to `as_of` (exclusive; None without a complete month). Potential is their own net sales and what
    competitors are known to sell them.
    """

    summary: pl.DataFrame
    regions: pl.DataFrame
    workload: pl.DataFrame
    hours: pl.DataFrame
    territories: pl.DataFrame
    accounts: pl.DataFrame
    as_of: date | None


@dataclass(frozen=True)
class Ground:
    """Accounts with owner, calls, hours and quadrant before anything is judged; over so many months up to `as_of`."""

    accounts: pl.DataFrame
    months: int
    as_of: date | None


def answer(ask: Ask, filters: Filters, cuts: Cuts) -> Coverage:
    """Coverage at the end of the complete months."""
    return from_ground(ground(ask, filters, cuts), cuts)


def ground(ask: Ask, filters: Filters, cuts: Cuts) -> Ground:
    """The accounts, people and visits of the store, which do not depend on the quick thresholds."""
    whole = whole_history(ask)
    until = within(whole, filters.within(None, filters.to_date)) if whole else None
    if until is None or until.length == 0:
        return Ground(pl.DataFrame(schema=ACCOUNTS_SCHEMA), 1, None)
    year = until.last(YEAR)
    book = portfolio_quadrants.begun_book(ask, filters, whole, until, cuts)
    owned = begin(lambda: ask("customers/coverage_accounts", filters.within(year.start, year.end)))
    placed = quadrants_at(book(), until, cuts).select("account_id", "quadrant", "net_sales")
    joined = owned()[0].join(placed, on="account_id", how="left", maintain_order="left")
    return Ground(joined.with_columns(_potential(year)), year.length, until.end)


def from_ground(found: Ground, cuts: Cuts) -> Coverage:
    """Coverage, workload and territories out of `ground`."""
    accounts = classed(found.accounts, cuts)
    return Coverage(
        summary(accounts, cuts), regions(accounts, cuts), workload(accounts, cuts, found.months), hours(accounts, cuts),
        territories(accounts, float(cuts["territory_band"])), accounts, found.as_of,
    )  # fmt: skip


def classed(accounts: pl.DataFrame, cuts: Cuts) -> pl.DataFrame:
    """The accounts that somebody must look after, with their class and the calls that they ask for, by ACCOUNTS_SCHEMA."""
    ranked = abc(accounts, cuts=(float(cuts["abc_a"]), float(cuts["abc_b"])))
    kept = ranked.with_columns(pl.col("abc").fill_null(WITHOUT_SALES)).filter(
        (pl.col("abc") != WITHOUT_SALES) | (pl.col("activities") > 0) | pl.col("quadrant").is_not_null()
    )
    called = kept.with_columns(calls_per_account(cuts).alias("calls_needed"), pl.col("is_leader").fill_null(False))
    return called.select(typed(ACCOUNTS_SCHEMA))


def _potential(year: History) -> pl.Expr:
    """Own net sales and the competitors' of the mean reported month, over the year."""
    reported = pl.when(pl.col("reported_months") > 0).then(pl.col("competitor_amount") / pl.col("reported_months") * year.length)
    return (pl.col("net_sales").fill_null(0.0).clip(lower_bound=0.0) + reported.fill_null(0.0)).alias("potential")
