"""The seasons of many scopes at once: monthly values, their index, and how much of it is borrowed (methods.md section 5)."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import polars as pl

from measures.history import History
from measures.month_grid import month_grid
from measures.season_pooling import pooled_indices
from measures.seasons import YEAR, index_of, ratios_by_month
from measures.thresholds import Cuts

KINDS = ("company", "region", "category", "product")
# A month without any sale has index 0, whose logarithm no scope could borrow.
LEAST_INDEX = 0.01
ABOUT_SCHEMA = {
    "scope": pl.String,
    "scope_kind": pl.String,
    "scope_id": pl.String,
    "scope_name": pl.String,
    "category": pl.String,
}


@dataclass(frozen=True)
class Scopes:
    """One row per scope, the company first: `about` names them, `values` (scopes, months), `index` (scopes, 12).

    `basis`: own, shrunk, provisional, parent, or none where not even the company has an index (which is then NaN).
    """

    about: pl.DataFrame
    values: np.ndarray
    span: History
    years: int
    index: np.ndarray
    basis: np.ndarray

    @cached_property
    def ratios(self) -> np.ndarray:
        """Ratios to the moving average (scopes, calendar years, 12) that the index rests on."""
        return ratios_by_month(self.span.months, self.values, self.years)


def scopes_of(rows: pl.DataFrame, span: History, cuts: Cuts) -> Scopes:
    """The scopes of rows of scope × month (queries/seasons/sales_by_scope) over complete months."""
    named = rows.with_columns(
        scope=pl.when(pl.col("scope_kind") == "company")
        .then(pl.lit("company"))
        .otherwise(pl.format("{}:{}", "scope_kind", "scope_id")),
        rank=pl.col("scope_kind").replace_strict(KINDS, range(len(KINDS)), return_dtype=pl.Int8),
    ).sort("rank", "scope_id", "month")
    about = named.unique("scope", keep="first", maintain_order=True).select(list(ABOUT_SCHEMA))
    _, grid = month_grid(named, "scope", str(cuts["measure"]), span)
    values = _begun_whole(np.maximum(grid, 0.0), about["scope_kind"])
    index, basis = _indices(about, values, span.months, cuts)
    return Scopes(about, values, span, int(cuts["years"]), index, basis)


def _begun_whole(values: np.ndarray, kinds: pl.Series) -> np.ndarray:
    """The values without the first, partial month of scopes that began later than the history did."""
    first = np.argmax(values > 0, axis=1)
    late = (first > 0) & (kinds != "company").to_numpy()
    values[late, first[late]] = 0.0
    return values


def _indices(about: pl.DataFrame, values: np.ndarray, months: list, cuts: Cuts) -> tuple[np.ndarray, np.ndarray]:
    own = index_of(ratios_by_month(months, values, cuts["years"]), cuts["method"])
    index, basis = np.full((about.height, YEAR), np.nan), np.full(about.height, "none", object)
    if about.is_empty() or np.isnan(own[0]).any():
        return index, basis
    index[0], basis[0] = own[0], "own"
    parents, kinds = _parents(about), about["scope_kind"]
    for rows in (np.flatnonzero(kinds.is_in(["region", "category"])), np.flatnonzero(kinds == "product")):
        index[rows], basis[rows] = pooled_indices(months, values[rows], _borrowable(index[parents[rows]]), cuts["years"])
    whole = basis == "own"
    index[whole] = own[whole]
    return index, basis


def _parents(about: pl.DataFrame) -> np.ndarray:
    """The row of each scope's parent: a product's category where it has one, else the company (row 0)."""
    categories = about.with_row_index("parent").filter(scope_kind="category").select("parent", category="scope_id")
    found = about.select("category").join(categories, on="category", how="left", maintain_order="left")
    return found["parent"].fill_null(0).to_numpy()


def _borrowable(index: np.ndarray) -> np.ndarray:
    floored = np.maximum(index, LEAST_INDEX)
    return floored / floored.mean(axis=1, keepdims=True)
