"""When does each account have its peak and its off-season? Its own seasonal index, drawn to its region's (methods.md section 5).

Asked apart from measures/seasons/seasonality.py, whose tables these have: accounts are many, and a page shows them when somebody looks. What an
account's own data do not say is its region's, and a region's the company's; `basis` and the interval say how much that is.
"""

from dataclasses import dataclass

import numpy as np
import polars as pl

from measures.history import History, history
from measures.month_grid import month_grid, places
from measures.seasons.regions_by_hand import regions_by_hand
from measures.seasons.season_scopes import ABOUT_SCHEMA, scopes_of_grid
from measures.seasons.seasonality import INDEX_SCHEMA, SEASON_SCHEMA, index_table, season_table
from measures.seasons.seasonality import THRESHOLDS as SEASON_THRESHOLDS
from measures.thresholds import Cuts
from queries.filters import Filters
from queries.runner import Ask, together

THRESHOLDS = SEASON_THRESHOLDS


@dataclass(frozen=True)
class AccountSeasons:
    """`account_index`: twelve rows per account with a sale. `account_season`: one row per account, the largest first."""

    account_index: pl.DataFrame
    account_season: pl.DataFrame


def answer(ask: Ask, filters: Filters, cuts: Cuts) -> AccountSeasons:
    """The accounts' seasons within the filters, from the same months as the company's."""
    span = history(ask, filters)
    if span is None or span.length == 0:
        return _empty()
    rows, accounts = together(
        lambda: ask("seasons/account_months", filters.within(span.start, span.end)), lambda: ask("seasons/board_accounts", filters)
    )
    if rows.is_empty():
        return _empty()
    about, grid = _with_sums(rows, accounts, str(cuts["measure"]), span)
    scopes = scopes_of_grid(about, grid, span, cuts, regions_by_hand(ask, cuts))
    season, rows = season_table(scopes, cuts), _by_size(about, grid)
    return AccountSeasons(index_table(scopes, season, cuts, rows), season[rows])


def _empty() -> AccountSeasons:
    return AccountSeasons(pl.DataFrame(schema=INDEX_SCHEMA), pl.DataFrame(schema=SEASON_SCHEMA))


def _with_sums(rows: pl.DataFrame, accounts: pl.DataFrame, measure: str, span: History) -> tuple[pl.DataFrame, np.ndarray]:
    """All together, the regions and the accounts of rows of account × month, by ABOUT_SCHEMA, and the measure of each by month.

    `accounts` names the rows' account_key.
    """
    keys, grid = month_grid(rows, "account_key", measure, span)
    told = keys.to_frame().join(accounts, on="account_key", how="left", maintain_order="left")
    regions, place = places(told["region_id"])
    shape = (len(regions), grid.shape[1])
    sums = np.bincount((place[:, None] * shape[1] + np.arange(shape[1])).ravel(), grid.ravel(), shape[0] * shape[1]).reshape(shape)
    own = told.select(
        scope_kind=pl.lit("account"), scope_id="account_id", scope_name="account", parent=pl.concat_str(pl.lit("region:"), "region_id"),
        order=pl.int_range(pl.len()) + 1 + len(regions),
    )  # fmt: skip
    above = pl.DataFrame({"scope_kind": "region", "scope_id": regions, "scope_name": regions, "order": np.arange(len(regions)) + 1})
    about = pl.concat([above.drop_nulls("scope_id").sort("scope_id"), own.sort("scope_id")], how="diagonal_relaxed")
    scope = pl.concat_str("scope_kind", pl.lit(":"), "scope_id")
    company = pl.DataFrame({"scope": "company", "scope_kind": "company", "scope_id": "", "scope_name": "", "order": 0})
    named = pl.concat([company, about.with_columns(scope=scope)], how="diagonal_relaxed")
    return named.select(list(ABOUT_SCHEMA)), np.vstack([grid.sum(axis=0), sums, grid])[named["order"].to_numpy()]


def _by_size(about: pl.DataFrame, grid: np.ndarray) -> np.ndarray:
    """The rows of the accounts, the largest first."""
    sums = about.select("scope_kind", "scope_id", size=pl.Series(grid.sum(axis=1))).with_row_index("row")
    ordered = sums.filter(pl.col("scope_kind") == "account").sort("size", "scope_id", descending=[True, False])
    return ordered["row"].to_numpy()
