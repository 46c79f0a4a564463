"""What came of loyalty: do accounts buy again, need more, stay longer, and answer well (source 001, product.md number 16)?

Years are twelve complete months, counted back from the end of the complete months. What an account needs is how many different products
it buys in a year, net of returns. Two years are compared among the accounts that bought in both: else who comes with few products and who goes
would look like a change of those who stay. The change has a range of 95 % (Student's t over the accounts' own changes); where zero
lies in it, chance explains it.
"""

from dataclasses import dataclass
from datetime import date

import polars as pl

from measures.customers.agreement import outcomes_of
from measures.customers.loyalty_groups import ACCOUNTS_SCHEMA, GROUPS_SCHEMA, accounts_table, answers_of, groups_table
from measures.customers.loyalty_sums import NEEDS, SUMS_SCHEMA, sums_of
from measures.customers.portfolio_quadrants import THRESHOLDS as QUADRANT_THRESHOLDS
from measures.customers.portfolio_quadrants import placed_accounts
from measures.history import History, whole_history, within
from measures.seasons.seasons import YEAR
from measures.thresholds import Cuts
from queries.filters import Filters, add_months
from queries.runner import Ask, together

THRESHOLDS = tuple(dict.fromkeys(("loyalty_by", "unanswered_outcomes", "complaint_outcomes", *QUADRANT_THRESHOLDS)))

YEARS_SCHEMA = {"year_begins": pl.Date, "year_ends": pl.Date, **SUMS_SCHEMA}
SUMMARY_SCHEMA = {
    "as_of": pl.Date, "years": pl.Int64, "loyalty_by": pl.String, **SUMS_SCHEMA, "tenure_years": pl.Float64, "since_before": pl.Int64,
    "contacts": pl.Int64, "response_rate": pl.Float64, "status": pl.String,
}


@dataclass(frozen=True)
class Loyalty:
    """`years`, the latest last; `groups` of the last year's accounts by `loyalty_by`; `loyalty` of every one of these accounts.

    `summary` has one row: the last year, and the `status` ok, no_earlier_year (nothing to compare with), no_complete_year or no_sales.
    """

    years: pl.DataFrame
    groups: pl.DataFrame
    loyalty: pl.DataFrame
    summary: pl.DataFrame


def answer(ask: Ask, filters: Filters, cuts: Cuts) -> Loyalty:
    """What came of loyalty up to the end of the complete months."""
    whole = whole_history(ask)
    until = within(whole, filters.within(None, filters.to_date)) if whole else None
    years = until.length // YEAR if until else 0
    if years == 0:
        return _empty("no_sales" if until is None else "no_complete_year")
    rows, about, answers = _asked(ask, filters, until, years, cuts)
    if rows.filter(pl.col("years_back") == 0).is_empty():
        return _empty("no_sales")
    placed = placed_accounts(ask, filters, whole, until, cuts).select("account_id", "quadrant")
    known = about.with_columns(tenure_years=_tenure(until.end), since_before=pl.col("first_month") <= whole.start)
    named = known.join(placed, on="account_id", how="left").join(answers, on="account_id", how="left")
    pairs, by = _pairs(rows), str(cuts["loyalty_by"])
    now = pairs.filter(pl.col("years_back") == 0).join(named, on="account_key", how="inner", maintain_order="left")
    return Loyalty(_years(pairs, until.end, years), groups_table(now, by), accounts_table(now), _summary(now, until.end, years, by))


def _asked(ask: Ask, filters: Filters, until: History, years: int, cuts: Cuts) -> tuple[pl.DataFrame, pl.DataFrame, pl.DataFrame]:
    """What the accounts bought in each year, who they are, and how they answered in the last one."""
    span, year = until.last(years * YEAR), until.last(YEAR)
    words = {"unanswered": outcomes_of(cuts["unanswered_outcomes"]), "complaints": outcomes_of(cuts["complaint_outcomes"])}
    return together(
        lambda: ask("customers/loyalty_years", filters.within(span.start, span.end)),
        lambda: ask("customers/account_beginnings", filters.within(None, span.end)),
        lambda: ask("customers/bases", filters.within(year.start, year.end), **words).select("account_id", "contacts", "answered", "complaints"),
    )


def _tenure(end: date) -> pl.Expr:
    return (pl.lit(end) - pl.col("first_month")).dt.total_days() / 365.25


def _pairs(rows: pl.DataFrame) -> pl.DataFrame:
    """Each account's year beside its year before: `products`, … and `products_before`, …; null in the year in which it did not buy."""
    before = rows.with_columns(pl.col("years_back") - 1).rename({need: f"{need}_before" for need in NEEDS})
    both = rows.join(before, on=("account_key", "years_back"), how="full", coalesce=True)
    return both.filter(pl.col("years_back") >= 0).sort("years_back", "account_key")


def _years(pairs: pl.DataFrame, end: date, years: int) -> pl.DataFrame:
    """YEARS_SCHEMA, the latest year last; a year in which nobody bought is there, too."""
    backs = pl.DataFrame({"years_back": list(range(years - 1, -1, -1))})
    found = backs.join(sums_of(pairs, "years_back"), on="years_back", how="left", maintain_order="left")
    dated = found.with_columns(
        pl.Series("year_begins", [add_months(end, -YEAR * (back + 1)) for back in found["years_back"]], dtype=pl.Date),
        pl.Series("year_ends", [add_months(end, -YEAR * back - 1) for back in found["years_back"]], dtype=pl.Date),
        pl.col("accounts").fill_null(0),
    )
    return dated.select(pl.col(name).cast(kind) for name, kind in YEARS_SCHEMA.items())


def _summary(now: pl.DataFrame, end: date, years: int, by: str) -> pl.DataFrame:
    sums = pl.concat([sums_of(now), answers_of(now)], how="horizontal").with_columns(
        as_of=pl.lit(end), years=years, loyalty_by=pl.lit(by), status=pl.lit("ok" if years > 1 else "no_earlier_year"),
        since_before=pl.lit(now.filter(pl.col("products").is_not_null())["since_before"].sum()),
    )
    return sums.select(pl.col(name).cast(kind) for name, kind in SUMMARY_SCHEMA.items())


def _empty(status: str) -> Loyalty:
    none = [pl.DataFrame(schema=schema) for schema in (YEARS_SCHEMA, GROUPS_SCHEMA, ACCOUNTS_SCHEMA)]
    return Loyalty(*none, pl.DataFrame([{"status": status}], schema=SUMMARY_SCHEMA))
