"""What came of loyalty: do accounts buy again, need more, stay longer, and answer well (source 001, coverage.md number 16)?

The last year is twelve complete months. What an account needs is how many different products it buys in a year, net of returns. It is
compared with the year before among the accounts that bought in both: else who comes with few products and who goes would look like a
change of those who stay. The change has a range of 95 % (Student's t over the accounts' own changes); where zero lies in it, chance
explains it.
"""

from dataclasses import dataclass
from datetime import date

import polars as pl

from measures.customers.agreement import outcomes_of
from measures.customers.loyalty_groups import ACCOUNTS_SCHEMA, GROUPS_SCHEMA, accounts_table, answers_of, groups_table
from measures.customers.loyalty_sums import NEEDS, SUMS_SCHEMA, sums_of
from measures.customers.portfolio_quadrants import THRESHOLDS as QUADRANT_THRESHOLDS
from measures.customers.portfolio_quadrants import begun_book
from measures.customers.quadrant_book import Book
from measures.customers.quadrants import quadrants_at
from measures.history import History, whole_history, within
from measures.seasons.seasons import YEAR
from measures.thresholds import Cuts
from measures.typed import typed
from queries.filters import Filters
from queries.runner import Ask, begin

THRESHOLDS = tuple(dict.fromkeys(("loyalty_by", "unanswered_outcomes", "complaint_outcomes", *QUADRANT_THRESHOLDS)))
PARTS = ("loyalty_years",)

SUMMARY_SCHEMA = {
    "as_of": pl.Date, "loyalty_by": pl.String, **SUMS_SCHEMA, "tenure_years": pl.Float64, "since_before": pl.Int64,
    "contacts": pl.Int64, "response_rate": pl.Float64, "status": pl.String,
}


@dataclass(frozen=True)
class Loyalty:
    """`groups` of the last year's accounts by `loyalty_by`; `loyalty` of every one of these accounts.

    `summary` has one row: the last year, and the `status` ok, no_earlier_year (nothing to compare with), no_complete_year or no_sales.
    """

    groups: pl.DataFrame
    loyalty: pl.DataFrame
    summary: pl.DataFrame


def answer(ask: Ask, filters: Filters, cuts: Cuts) -> Loyalty:
    """What came of loyalty up to the end of the complete months."""
    whole = whole_history(ask)
    until = within(whole, filters.within(None, filters.to_date)) if whole else None
    if until is None or until.length < YEAR:
        return _empty("no_sales" if until is None else "no_complete_year")
    book = begun_book(ask, filters, whole, until, cuts)
    asked = begin(lambda: _needs(ask, filters, until), lambda: _answers(ask, filters, until, cuts))
    known = _known(book(), whole, until, cuts)
    needs, answers = asked()
    about = needs.join(known, on="account_key", how="inner", maintain_order="left")
    accounts = about.join(answers, on="account_key", how="left", maintain_order="left").with_columns(
        pl.col("contacts", "answered", "complaints").fill_null(0)
    )
    if accounts["products"].count() == 0:
        return _empty("no_sales")
    by = str(cuts["loyalty_by"])
    status = "ok" if until.length >= 2 * YEAR else "no_earlier_year"
    return Loyalty(groups_table(accounts, by), accounts_table(accounts), _summary(accounts, until.end, by, status))


def _needs(ask: Ask, filters: Filters, until: History) -> pl.DataFrame:
    """By account_key: products, categories and orders of the last year and `…_before`; null in a year in which it bought nothing.

    Products without a category are of no category, as in the years' table: who buys only such has 0.
    """
    year = filters.within(until.last(YEAR).start, until.end)
    bought, orders = ask("customers/segment_products", year), ask("customers/loyalty_orders", year)
    named = bought.join(ask("store/products", Filters()).select("product_key", "category"), on="product_key", how="inner", maintain_order="left")
    now, before = pl.col("is_bought"), pl.col("was_bought")
    counted = named.group_by("account_key", maintain_order=True).agg(
        now.sum().alias("products"), pl.col("category").filter(now).drop_nulls().n_unique().alias("categories"),
        before.sum().alias("products_before"), pl.col("category").filter(before).drop_nulls().n_unique().alias("categories_before"),
    ).join(orders, on="account_key", how="left", maintain_order="left")  # fmt: skip
    bought_then = (pl.col("products_before") > 0) & (until.length >= 2 * YEAR)
    return counted.select(
        "account_key",
        *(pl.when(pl.col("products") > 0).then(_count(need)).alias(need) for need in NEEDS),
        *(pl.when(bought_then).then(_count(f"{need}_before")).alias(f"{need}_before") for need in NEEDS),
    )


def _count(name: str) -> pl.Expr:
    """A count that can be subtracted from: Polars counts in numbers that know no minus."""
    return pl.col(name).fill_null(0).cast(pl.Int64)


def _answers(ask: Ask, filters: Filters, until: History, cuts: Cuts) -> pl.DataFrame:
    """How accounts answered in the last year, by account_key; who was not met, or never said how it ended, is not there."""
    year = filters.within(until.last(YEAR).start, until.end)
    words = {"unanswered": outcomes_of(cuts["unanswered_outcomes"]), "complaints": outcomes_of(cuts["complaint_outcomes"])}
    return ask("customers/responses", year, **words)


def _known(book: Book, whole: History, until: History, cuts: Cuts) -> pl.DataFrame:
    """Who the book's accounts are, since when, and in which quadrant."""
    placed = quadrants_at(book, until, cuts).select("account_key", "quadrant")
    tenure = (pl.lit(until.end) - pl.col("first_month")).dt.total_days() / 365.25
    since = book.about.with_columns(tenure_years=tenure, since_before=pl.col("first_month") <= whole.start)
    return since.join(placed, on="account_key", how="left", maintain_order="left")


def _summary(accounts: pl.DataFrame, end: date, by: str, status: str) -> pl.DataFrame:
    sums = pl.concat([sums_of(accounts), answers_of(accounts)], how="horizontal").with_columns(
        as_of=pl.lit(end), loyalty_by=pl.lit(by), status=pl.lit(status),
        since_before=pl.lit(accounts.filter(pl.col("products").is_not_null())["since_before"].sum()),
    )
    return sums.select(typed(SUMMARY_SCHEMA))


def _empty(status: str) -> Loyalty:
    none = [pl.DataFrame(schema=schema) for schema in (GROUPS_SCHEMA, ACCOUNTS_SCHEMA)]
    return Loyalty(*none, pl.DataFrame([{"status": status}], schema=SUMMARY_SCHEMA))
