"""When does each account have its peak and its off-season? Its own seasonal index, drawn to its region's (methods.md section 5).

Asked apart from measures/seasons/seasonality.py, whose tables these have: accounts are many, and a page shows them when somebody looks. What an
account's own data do not say is its region's, and a region's the company's; `basis` and the interval say how much that is.
"""

from dataclasses import dataclass

import polars as pl

from measures.history import history
from measures.seasons.regions_by_hand import regions_by_hand
from measures.seasons.season_scopes import scopes_of
from measures.seasons.seasonality import INDEX_SCHEMA, SEASON_SCHEMA, index_table, season_table
from measures.seasons.seasonality import THRESHOLDS as SEASON_THRESHOLDS
from measures.thresholds import Cuts
from queries.filters import Filters
from queries.runner import Ask

THRESHOLDS = SEASON_THRESHOLDS
MEASURES = ("quantity", "net_sales")


@dataclass(frozen=True)
class AccountSeasons:
    """`account_index`: twelve rows per account with a sale. `account_season`: one row per account, the largest first."""

    account_index: pl.DataFrame
    account_season: pl.DataFrame


def answer(ask: Ask, filters: Filters, cuts: Cuts) -> AccountSeasons:
    """The accounts' seasons within the filters, from the same months as the company's."""
    span = history(ask, filters)
    rows = ask("seasons/account_months", filters.within(span.start, span.end)) if span and span.length else None
    if rows is None or rows.is_empty():
        return AccountSeasons(pl.DataFrame(schema=INDEX_SCHEMA), pl.DataFrame(schema=SEASON_SCHEMA))
    scopes = scopes_of(as_scopes(rows), span, cuts, regions_by_hand(ask, cuts))
    season = season_table(scopes, cuts)
    order = _by_size(rows, str(cuts["measure"]))
    index = index_table(scopes, season, cuts)
    return AccountSeasons(*(order.join(table, left_on="account_id", right_on="scope_id", how="inner", maintain_order="left").select(
        pl.col("account_id").alias(name) if name == "scope_id" else pl.col(name) for name in schema
    ) for table, schema in ((_accounts(index), INDEX_SCHEMA), (_accounts(season), SEASON_SCHEMA))))  # fmt: skip


def as_scopes(rows: pl.DataFrame) -> pl.DataFrame:
    """Rows of account × month as scopes: the accounts, their regions and all of them together."""
    region = pl.col("region_id")
    whole = rows.group_by("month").agg(pl.col(MEASURES).sum()).with_columns(scope_kind=pl.lit("company"), scope_id=pl.lit(""))
    regions = rows.filter(region.is_not_null()).group_by(scope_id=region, month="month").agg(pl.col(MEASURES).sum())
    accounts = rows.select(
        "month", *MEASURES, scope_kind=pl.lit("account"), scope_id="account_id", scope_name="account", parent=pl.concat_str(pl.lit("region:"), region)
    )
    named = pl.concat([whole, regions.with_columns(scope_kind=pl.lit("region")), accounts], how="diagonal_relaxed")
    return named.with_columns(pl.col("scope_name").fill_null(pl.col("scope_id")))


def _accounts(table: pl.DataFrame) -> pl.DataFrame:
    return table.filter(pl.col("scope_kind") == "account")


def _by_size(rows: pl.DataFrame, measure: str) -> pl.DataFrame:
    sums = rows.group_by("account_id").agg(pl.col(measure).sum())
    return sums.sort(measure, "account_id", descending=[True, False]).select("account_id")
