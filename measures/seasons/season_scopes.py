"""The seasons of many scopes at once: monthly values, their index, and how much of it is borrowed (methods.md section 5)."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import polars as pl

from measures.history import History
from measures.month_grid import month_grid
from measures.seasons.season_choice import lent_index
from measures.seasons.season_overrides import RegionSeason
from measures.seasons.season_pooling import own_variance, pooled
from measures.seasons.seasons import LEAST_INDEX, YEAR, index_of, index_per_day, ratios_by_month
from measures.seasons.selling_days import EVERY_DAY, selling_days
from measures.thresholds import Cuts

KINDS = ("company", "region", "category", "product", "account")
LEVELS = (("region", "category"), ("product", "account"))
ABOUT_SCHEMA = {
    "scope": pl.String, "scope_kind": pl.String, "scope_id": pl.String, "scope_name": pl.String, "parent": pl.String,
}


@dataclass(frozen=True)
class Scopes:
    """One row per scope, the company first: `about` names them, `values` (scopes, months), `index` and `variance` (scopes, 12).

    `ratios` to the moving average (scopes, calendar years, 12) are what the index rests on. `basis`: own, shrunk, provisional, parent, or none where not even the company has an index (which is then NaN). `variance` is that
    of the index's logarithm. `daily` is the index per selling day. `by_hand` are the regions' seasons that somebody set, by region id.
    """

    about: pl.DataFrame
    values: np.ndarray
    ratios: np.ndarray
    span: History
    years: int
    index: np.ndarray
    basis: np.ndarray
    variance: np.ndarray
    daily: np.ndarray
    by_hand: Mapping[str, RegionSeason]

    def season_by_hand(self, row: int) -> RegionSeason | None:
        """The season that somebody set for the region of this row."""
        kind, scope_id = self.about["scope_kind"][row], self.about["scope_id"][row]
        return self.by_hand.get(scope_id) if kind == "region" else None


def scopes_of(rows: pl.DataFrame, span: History, cuts: Cuts, by_hand: Mapping[str, RegionSeason]) -> Scopes:
    """The scopes of rows of scope × month over complete months.

    `rows` has scope_kind, scope_id, scope_name, parent (the scope that it borrows from; null = the company), month and the measures.
    """
    return scopes_of_grid(*_named(rows, str(cuts["measure"]), span), span, cuts, by_hand)


def scopes_of_grid(about: pl.DataFrame, grid: np.ndarray, span: History, cuts: Cuts, by_hand: Mapping[str, RegionSeason]) -> Scopes:
    """The scopes that `about` names (by ABOUT_SCHEMA, the company first), and the measure of each by month (scopes, months)."""
    values = _begun_whole(np.maximum(grid, 0.0), about["scope_kind"])
    ratios = ratios_by_month(span.months, values, cuts["years"])
    index, basis, variance = _indices(about, values, ratios, span.months, cuts, by_hand)
    daily = _daily(about, values, span, index, cuts, by_hand)
    return Scopes(about, values, ratios, span, int(cuts["years"]), index, basis, variance, daily, by_hand)


def _named(rows: pl.DataFrame, measure: str, span: History) -> tuple[pl.DataFrame, np.ndarray]:
    """The scopes by ABOUT_SCHEMA, the company first, and the measure of each by month (scopes, months)."""
    scope = pl.when(pl.col("scope_kind") == "company").then(pl.lit("company")).otherwise(pl.format("{}:{}", "scope_kind", "scope_id"))
    named = rows.with_columns(scope=scope)
    _, grid = month_grid(named, "scope", measure, span)
    # Rows of a scope mostly stand together: the first of each such run names it, in the grid's order.
    heads = named.filter(pl.col("scope").ne_missing(pl.col("scope").shift()) | (pl.int_range(pl.len()) == 0))
    rank = pl.col("scope_kind").replace_strict(KINDS, range(len(KINDS)), return_dtype=pl.Int8)
    about = heads.unique("scope", keep="first", maintain_order=True).with_row_index("place").sort(rank, "scope_id")
    return about.select(list(ABOUT_SCHEMA)), grid[about["place"].to_numpy()]


def _begun_whole(values: np.ndarray, kinds: pl.Series) -> np.ndarray:
    """The values without the first, partial month of scopes that began later than the history did."""
    first = np.argmax(values > 0, axis=1)
    late = (first > 0) & (kinds != "company").to_numpy()
    values[late, first[late]] = 0.0
    return values


def _daily(
    about: pl.DataFrame, values: np.ndarray, span: History, index: np.ndarray, cuts: Cuts, by_hand: Mapping[str, RegionSeason]
) -> np.ndarray:
    """The index per selling day. Where no calendar is given, the months' lengths on average are all that is known of it."""
    if cuts["selling_days"] == EVERY_DAY and not cuts["holidays"]:
        return index_per_day(index)
    days = selling_days(span.months, str(cuts["selling_days"]), str(cuts["holidays"]))
    a_day = values / np.maximum(days, 1)
    return _indices(about, a_day, ratios_by_month(span.months, a_day, cuts["years"]), span.months, cuts, by_hand)[0]


def _indices(
    about: pl.DataFrame, values: np.ndarray, ratios: np.ndarray, months: list, cuts: Cuts, by_hand: Mapping[str, RegionSeason]
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    own = index_of(ratios, cuts["method"])
    index, basis = np.full((about.height, YEAR), np.nan), np.full(about.height, "none", object)
    variance = np.full(index.shape, np.nan)
    if about.is_empty() or np.isnan(own[0]).any():
        return index, basis, variance
    index[0], basis[0], variance[0] = own[0], "own", own_variance(ratios[:1])[:, None]
    parents, kinds = _parents(about), about["scope_kind"]
    for level in LEVELS:
        rows = np.flatnonzero(kinds.is_in(level))
        found = pooled(months, values[rows], _borrowed(about, index, parents, rows, by_hand), cuts["years"])
        index[rows], basis[rows], variance[rows] = found.index, found.basis, found.variance
    whole = basis == "own"
    index[whole] = own[whole]
    return index, basis, variance


def _parents(about: pl.DataFrame) -> np.ndarray:
    """The row of each scope's parent, the company's (row 0) where it has none."""
    places = about.select(parent="scope").with_row_index("place")
    found = about.select("parent").join(places, on="parent", how="left", maintain_order="left")
    return found["place"].fill_null(0).to_numpy()


def _borrowed(
    about: pl.DataFrame, index: np.ndarray, parents: np.ndarray, rows: np.ndarray, by_hand: Mapping[str, RegionSeason]
) -> np.ndarray:
    """What each of the rows may borrow (rows, 12): its parent's index, for a region with its peak where somebody set it."""
    floored = np.maximum(index[parents[rows]], LEAST_INDEX)
    lent = floored / floored.mean(axis=1, keepdims=True)
    for place in np.flatnonzero(about["scope_kind"].gather(rows) == "region").tolist():
        lent[place] = lent_index(lent[place], by_hand.get(about["scope_id"][int(rows[place])]))
    return lent
