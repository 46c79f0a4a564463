"""Sums of loyalty over accounts: who bought again, and what the accounts that bought in both years need."""

import numpy as np
import polars as pl
from scipy import stats

from measures.typed import typed
from measures.wilson import wilson

NEEDS = ("products", "categories", "orders")
"""What an account needs in a year: of each, `products_per_account` is the mean now and `products_before` that of the year before."""

SUMS_SCHEMA = {
    "accounts": pl.Int64, "accounts_before": pl.Int64, "kept_accounts": pl.Int64,
    "retention_rate": pl.Float64, "retention_low": pl.Float64, "retention_high": pl.Float64,
    **{name: pl.Float64 for need in NEEDS for name in (f"{need}_per_account", f"{need}_before")},
    "needs_change": pl.Float64, "needs_change_low": pl.Float64, "needs_change_high": pl.Float64,
}  # fmt: skip

LEVEL = 0.95
"""How often the range of a mean change holds it, as everywhere (Wilson)."""


def sums_of(pairs: pl.DataFrame, *by: str) -> pl.DataFrame:
    """SUMS_SCHEMA of accounts with their needs of a year and `…_before`, by these columns; one row without any.

    Null needs say that the account bought nothing in that year. Means and change are those of accounts that bought in both; without a
    year before they are null. `needs_change` is the mean change of products with its range of 95 %.
    """
    now, before = pl.col("products").is_not_null(), pl.col("products_before").is_not_null()
    both, change = now & before, (pl.col("products") - pl.col("products_before"))
    sums = (
        now.sum().alias("accounts"), before.sum().alias("accounts_before"), both.sum().alias("kept_accounts"),
        *(pl.col(need).filter(both).mean().alias(f"{need}_per_account") for need in NEEDS),
        *(pl.col(f"{need}_before").filter(both).mean() for need in NEEDS),
        change.filter(both).mean().alias("needs_change"), change.filter(both).std().alias("spread"),
    )  # fmt: skip
    found = pairs.group_by(*by, maintain_order=True).agg(*sums) if by else pairs.select(*sums)
    ranged = found.with_columns(*_retention(found), *_change(found))
    return ranged.select(*by, *typed(SUMS_SCHEMA))


def _retention(found: pl.DataFrame) -> list[pl.Series]:
    kept, before = found["kept_accounts"].to_numpy(), found["accounts_before"].to_numpy()
    rate = np.divide(kept, before, out=np.full(len(kept), np.nan), where=before > 0)
    names = ("retention_rate", "retention_low", "retention_high")
    return [pl.Series(name, values, nan_to_null=True) for name, values in zip(names, (rate, *wilson(kept, before)), strict=True)]


def _change(found: pl.DataFrame) -> list[pl.Series]:
    """The range of the mean change; null for a single account."""
    many, spread = found["kept_accounts"].to_numpy(), found["spread"].fill_null(np.nan).to_numpy()
    half = stats.t.ppf((1 + LEVEL) / 2, np.maximum(many - 1, 1)) * spread / np.sqrt(np.maximum(many, 1))
    mean = found["needs_change"].fill_null(np.nan).to_numpy()
    return [pl.Series(f"needs_change_{side}", mean + sign * half, nan_to_null=True) for side, sign in (("low", -1), ("high", 1))]
