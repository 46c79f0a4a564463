"""Loyalty by group, and of every account."""

import polars as pl

from measures.customers.loyalty_sums import SUMS_SCHEMA, sums_of
from measures.typed import typed

GROUPS_SCHEMA = {
    "group": pl.String, **SUMS_SCHEMA, "tenure_years": pl.Float64, "contacts": pl.Int64, "response_rate": pl.Float64,
}  # fmt: skip
ACCOUNTS_SCHEMA = {
    "account_id": pl.String, "account": pl.String, "region": pl.String, "quadrant": pl.String,
    "products_before": pl.Int64, "products": pl.Int64, "needs_change": pl.Int64, "categories_before": pl.Int64, "categories": pl.Int64,
    "orders_before": pl.Int64, "orders": pl.Int64, "tenure_years": pl.Float64, "since_before": pl.Boolean,
    "contacts": pl.Int64, "response_rate": pl.Float64,
}  # fmt: skip

EARLIER = "since_before"
"""The group of accounts that bought in the data's first month already: for how long, nobody knows."""


def groups_table(accounts: pl.DataFrame, by: str) -> pl.DataFrame:
    """GROUPS_SCHEMA by quadrant, region or tenure ("1" = in its first year), the most accounts first; null where it is not known.

    Who stopped buying has no quadrant: by quadrant nobody knows who was kept.
    """
    tenure = pl.when("since_before").then(pl.lit(EARLIER)).otherwise((pl.col("tenure_years").floor() + 1).cast(pl.Int64).cast(pl.String))
    grouped = accounts.with_columns(group=tenure if by == "tenure" else pl.col(by))
    found = sums_of(grouped, "group").join(answers_of(grouped, "group"), on="group", how="left", nulls_equal=True, maintain_order="left")
    if by == "quadrant":
        lost = ("accounts_before", "kept_accounts", "retention_rate", "retention_low", "retention_high")
        found = found.with_columns(pl.lit(None).alias(name) for name in lost)
    ordered = found.filter(pl.col("accounts") > 0).sort("accounts", "group", descending=[True, False], nulls_last=True)
    return ordered.select(typed(GROUPS_SCHEMA))


def answers_of(accounts: pl.DataFrame, *by: str) -> pl.DataFrame:
    """How long the accounts that buy have been customers, on the mean, and the share of contacts that were answered without a complaint."""
    buys = pl.col("products").is_not_null()
    contacts, answered = (pl.col(name).filter(buys).sum() for name in ("contacts", "answered"))
    sums = (
        pl.col("tenure_years").filter(buys).mean(), contacts.alias("contacts"),
        pl.when(contacts > 0).then(answered / contacts).alias("response_rate"),
    )  # fmt: skip
    return accounts.group_by(*by, maintain_order=True).agg(*sums) if by else accounts.select(*sums)


def accounts_table(accounts: pl.DataFrame) -> pl.DataFrame:
    """ACCOUNTS_SCHEMA of those that bought in the last year; who needs most products fewer comes first, who is new last."""
    told = accounts.filter(pl.col("products").is_not_null()).with_columns(
        needs_change=pl.col("products") - pl.col("products_before"),
        response_rate=pl.when(pl.col("contacts") > 0).then(pl.col("answered") / pl.col("contacts")),
    )
    ordered = told.sort("needs_change", "account_id", nulls_last=True)
    return ordered.select(typed(ACCOUNTS_SCHEMA))
