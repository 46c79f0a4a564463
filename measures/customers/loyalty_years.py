"""How many different products accounts need from year to year, and who bought again: loyalty's years, one by one.

Years are twelve complete months, counted back from the end of the complete months; each is compared with the one before it as
measures/customers/loyalty.py compares the last two.
"""

from dataclasses import dataclass
from datetime import date

import polars as pl

from measures.customers.loyalty_sums import NEEDS, SUMS_SCHEMA, sums_of
from measures.history import whole_history, within
from measures.seasons.seasons import YEAR
from measures.thresholds import Cuts
from measures.typed import typed
from queries.filters import Filters, add_months
from queries.runner import Ask

THRESHOLDS = ()
YEARS_SCHEMA = {"year_begins": pl.Date, "year_ends": pl.Date, **SUMS_SCHEMA}


@dataclass(frozen=True)
class LoyaltyYears:
    """`years`, the latest last, from their first month to their last; none without a complete year."""

    years: pl.DataFrame


def answer(ask: Ask, filters: Filters, cuts: Cuts) -> LoyaltyYears:
    """The years up to the end of the complete months."""
    whole = whole_history(ask)
    until = within(whole, filters.within(None, filters.to_date)) if whole else None
    years = until.length // YEAR if until else 0
    if years == 0:
        return LoyaltyYears(pl.DataFrame(schema=YEARS_SCHEMA))
    span = until.last(years * YEAR)
    return LoyaltyYears(_years(_pairs(ask("customers/loyalty_years", filters.within(span.start, span.end))), until.end, years))


def _pairs(rows: pl.DataFrame) -> pl.DataFrame:
    """Each account's year beside its year before: `products`, … and `products_before`, …; null in the year in which it did not buy."""
    before = rows.with_columns(pl.col("years_back") - 1).rename({need: f"{need}_before" for need in NEEDS})
    both = rows.join(before, on=("account_key", "years_back"), how="full", coalesce=True)
    return both.filter(pl.col("years_back") >= 0).sort("years_back", "account_key")


def _years(pairs: pl.DataFrame, end: date, years: int) -> pl.DataFrame:
    """YEARS_SCHEMA; a year in which nobody bought is there, too."""
    backs = pl.DataFrame({"years_back": list(range(years - 1, -1, -1))})
    found = backs.join(sums_of(pairs, "years_back"), on="years_back", how="left", maintain_order="left")
    dated = found.with_columns(
        pl.Series("year_begins", [add_months(end, -YEAR * (back + 1)) for back in found["years_back"]], dtype=pl.Date),
        pl.Series("year_ends", [add_months(end, -YEAR * back - 1) for back in found["years_back"]], dtype=pl.Date),
        pl.col("accounts").fill_null(0),
    )
    return dated.select(typed(YEARS_SCHEMA))
