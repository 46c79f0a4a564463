"""Which accounts to consolidate, recover, promote or liquidate? EI–EIV by contribution × stability (methods.md section 1).

The date is the end of the complete months of the data, or of the period where it ends earlier; the period's beginning plays no
part. Contribution covers the twelve months before it, stability `stability_months`; within the dead band around the stability cut an
account keeps the side on which it was (`hysteresis`, 0 for none). Region, account, product and salesperson
filters choose whose contribution adds up to 1; the season that is taken out is that of everything the viewer sees (of the
filtered products), since one account's own season would swallow its variation.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

import numpy as np
import polars as pl

from measures.by_code import added, coded
from measures.customers.account_months import money_by_month, units_by_month
from measures.customers.quadrant_book import Book, book_of
from measures.customers.quadrant_moves import MIGRATION_SCHEMA, TRANSITIONS_SCHEMA, migration, transitions, with_previous
from measures.customers.quadrant_path import PATH_MONTHS
from measures.customers.quadrant_tails import TAILS_SCHEMA, tails
from measures.customers.quadrants import contribution_basis, cost_coverage, quadrants_at, quadrants_of
from measures.customers.stability import natural_break
from measures.history import History, whole_history, within
from measures.seasons.company_season import company_index
from measures.seasons.seasons import YEAR
from measures.thresholds import Cuts
from measures.typed import filled, typed
from queries.filters import Filters, add_months
from queries.runner import Ask, begin

THRESHOLDS = (
    "contribution_share", "stability_cut", "stability_months", "hysteresis", "amplitude_tau", "least_months", "full_months", "borderline_doubt",
    "cost_coverage", "tail_accounts",
)  # fmt: skip
QUADRANTS = ("EI", "EII", "EIII", "EIV")
UNCLASSIFIED = "none"
NO_SALES, NO_COMPLETE_MONTH = "no_sales", "no_complete_month"

ACCOUNTS_SCHEMA = {
    "account_id": pl.String, "account": pl.String, "kind": pl.String, "region_id": pl.String, "region": pl.String,
    "contribution": pl.Float64, "cumulative_share_before": pl.Float64, "is_high": pl.Boolean,
    "stability_cv": pl.Float64, "standard_error": pl.Float64, "p_stable": pl.Float64, "is_borderline": pl.Boolean,
    "status": pl.String, "quadrant": pl.String, "quadrant_by_cut": pl.String, "is_held": pl.Boolean, "previous_quadrant": pl.String,
    "net_sales": pl.Float64, "margin": pl.Float64, "quantity": pl.Float64,
    "months": pl.Int64, "active_share": pl.Float64, "amplitude": pl.Float64, "basis": pl.Int64, "raw_cv": pl.Float64,
}
QUADRANTS_SCHEMA = {
    "quadrant": pl.String, "accounts": pl.Int64, "net_sales": pl.Float64, "share": pl.Float64, "contribution": pl.Float64, "borderline": pl.Int64,
}
SUMMARY_SCHEMA = {
    "as_of": pl.Date, "contribution_from": pl.Date, "stability_from": pl.Date, "accounts": pl.Int64, "net_sales": pl.Float64,
    "contribution_basis": pl.String, "basis_reason": pl.String, "cost_coverage": pl.Float64, "season_known": pl.Boolean,
    "contribution_cut": pl.Float64, "contribution_median": pl.Float64, "contribution_break": pl.Float64,
    "stability_cut": pl.Float64, "stability_break": pl.Float64,
    "status": pl.String,
}


def _none(schema: dict[str, pl.DataType]) -> object:
    return field(default_factory=lambda: pl.DataFrame(schema=schema))


@dataclass(frozen=True)
class PortfolioQuadrants:
    """`accounts` by falling contribution; `quadrants` (EI…EIV, and `none` for those not classified); `migration` over a year.

    `summary` has one row: the date (`as_of` is the first day after it), what contribution is measured in, and the cuts with the
    natural breaks beside them. `contribution_cut` is the smallest contribution that is still high. `status` is ok, or why there is
    nothing: `no_sales` in the last twelve complete months, or `no_complete_month` yet.
    `transitions` is the migration as a matrix whose rows sum to 1, `tails` where the largest accounts stood month by month.
    """

    accounts: pl.DataFrame
    quadrants: pl.DataFrame
    migration: pl.DataFrame
    summary: pl.DataFrame
    transitions: pl.DataFrame = _none(TRANSITIONS_SCHEMA)
    tails: pl.DataFrame = _none(TAILS_SCHEMA)


def answer(ask: Ask, filters: Filters, cuts: Cuts) -> PortfolioQuadrants:
    """The quadrants at the end of the complete months, and a year earlier where the data reach that far."""
    whole = whole_history(ask)
    until = within(whole, filters.within(None, filters.to_date)) if whole else None
    if until is None or until.length == 0:
        return _empty(NO_SALES if until is None else NO_COMPLETE_MONTH)
    book = quadrant_book(ask, filters, whole, until, cuts, years=2)
    earlier = History(until.start, add_months(until.end, -YEAR))
    now, *before = quadrants_of(book, (until, earlier) if earlier.length > 0 else (until,), cuts)
    if now.is_empty():
        return _empty(NO_SALES)
    previous = before[0] if before else now.clear()
    moves = migration(now, previous)
    accounts = with_previous(now, previous).select(typed(ACCOUNTS_SCHEMA))
    summary = _summary(accounts, now, book, until, cuts)
    points = tails(book, now, until, summary["contribution_basis"].item(), cuts)
    return PortfolioQuadrants(accounts, quadrant_table(accounts), moves, summary, transitions(moves), points)


def quadrant_table(accounts: pl.DataFrame) -> pl.DataFrame:
    """Accounts, net sales, their share and the contribution of each quadrant; EI–EIV always, `none` where somebody is."""
    rows = (*QUADRANTS, UNCLASSIFIED)
    place = coded(filled(accounts["quadrant"], UNCLASSIFIED), rows)
    counted, total = added(place, rows), accounts["net_sales"].sum()
    net_sales, contribution, borderline = (added(place, rows, accounts[name]) for name in ("net_sales", "contribution", "is_borderline"))
    columns = {
        "quadrant": rows, "accounts": counted, "net_sales": net_sales, "share": net_sales / total if total > 0 else None,
        "contribution": contribution, "borderline": borderline,
    }  # fmt: skip
    table = pl.DataFrame(columns).select(typed(QUADRANTS_SCHEMA))
    return table if counted[-1] else table.head(len(QUADRANTS))


def placed_accounts(ask: Ask, filters: Filters, whole: History, until: History, cuts: Cuts) -> pl.DataFrame:
    """The accounts with their quadrant at the end of `until` alone, by measures.customers.quadrants.quadrants_at: for answers that take it up."""
    return quadrants_at(quadrant_book(ask, filters, whole, until, cuts), until, cuts)


def quadrant_book(ask: Ask, filters: Filters, whole: History, until: History, cuts: Cuts, years: int = 1) -> Book:
    """What the filters' accounts bought in the months that their way to today's quadrants rests on, and earned in the last `years`.

    Two years tell of the quadrants a year ago, too.
    """
    return begun_book(ask, filters, whole, until, cuts, years)()


def begun_book(ask: Ask, filters: Filters, whole: History, until: History, cuts: Cuts, years: int = 1) -> Callable[[], Book]:
    """`quadrant_book` with its questions begun; what is returned waits for them. What is begun after it is asked while the quadrants are worked out."""
    span, money_span = until.last(int(cuts["stability_months"]) + PATH_MONTHS), until.last(years * YEAR)
    asked = begin(
        lambda: units_by_month(ask, filters.within(None, span.end)),
        lambda: money_by_month(ask, filters.within(money_span.start, money_span.end)),
        lambda: company_index(ask, filters, until),
    )

    def made() -> Book:
        (about, units), money, index = asked()
        return book_of(about, (span, units), (money_span, money), whole, index)

    return made


def _summary(accounts: pl.DataFrame, now: pl.DataFrame, book: Book, until: History, cuts: Cuts) -> pl.DataFrame:
    ranked = accounts.filter(pl.col("is_high").is_not_null())
    row: tuple[date | int | float | str | bool | None, ...] = (
        until.end, until.last(YEAR).start, until.last(int(cuts["stability_months"])).start, accounts.height, accounts["net_sales"].sum(),
        *contribution_basis(now, cuts), cost_coverage(now), book.index is not None,
        ranked.filter("is_high")["contribution"].min(), ranked["contribution"].median(), _break(ranked["contribution"]),
        cuts["stability_cut"], _break(accounts["stability_cv"]), "ok",
    )
    return pl.DataFrame([row], schema=SUMMARY_SCHEMA, orient="row")


def _break(values: pl.Series) -> float | None:
    found = natural_break(values.drop_nulls().to_numpy())
    return None if np.isnan(found) else found


def _empty(status: str) -> PortfolioQuadrants:
    accounts = pl.DataFrame(schema=ACCOUNTS_SCHEMA)
    summary = pl.DataFrame([{"status": status}], schema=SUMMARY_SCHEMA)
    return PortfolioQuadrants(accounts, quadrant_table(accounts), pl.DataFrame(schema=MIGRATION_SCHEMA), summary)
