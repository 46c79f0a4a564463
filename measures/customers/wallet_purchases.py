"""What accounts bought of us and of others over a span of months: what a share of wallet rests on (methods.md section 10)."""

from dataclasses import replace

import polars as pl

from measures.history import History
from measures.names import named
from queries.filters import Filters
from queries.runner import Ask, together

SIZE_UNDER = "accounts_under"
"""The size of an account by the accounts directly under it: the only one that is asked for apart."""


def known_purchases(ask: Ask, filters: Filters, span: History, attribute: str = "") -> pl.DataFrame:
    """What accounts bought of us (`own`) and of others (`known`) over the span; `filters` are over the span.

    One row per account with a sale or a statement in it, by the store's key: who they are, `is_under`, `credit_limit`, reported_months,
    last_report, `source` of the largest amount; accounts_under where it is the attribute. `known` is null without any report; `own` is not
    below zero, and null where another account supplies this one.
    """
    anywhere = replace(filters, region_ids=None, account_ids=None)
    accounts, sold, stated = together(
        lambda: _accounts(ask, filters), lambda: ask("customers/wallet_sales", anywhere),
        lambda: _reported(ask, ask("customers/wallet_stated", filters), filters),
    )
    found = accounts.lazy().join(sold.lazy(), on="account_key", how="left").join(stated.lazy(), on="account_key", how="left")
    asked_for = pl.col("own").is_not_null() | (pl.col("reported_months").is_not_null() & pl.col("is_theirs"))
    shown = named(ask, found.filter(asked_for).sort("account_key").with_columns(pl.col("reported_months").fill_null(0)), "regions")
    own = pl.when(pl.col("own").is_not_null() | ~pl.col("is_under")).then(pl.col("own").fill_null(0.0).clip(lower_bound=0.0))
    known = pl.when(pl.col("reported_months") > 0).then(pl.col("reported_amount") / pl.col("reported_months") * span.length)
    bought = shown.with_columns(own.alias("own"), known.alias("known")).drop("reported_amount", "is_theirs")
    return _with_those_under(ask, bought, filters) if attribute == SIZE_UNDER else bought


def _accounts(ask: Ask, filters: Filters) -> pl.DataFrame:
    """The accounts of the filters' regions and accounts, `is_theirs` telling those of its salespeople; what they are is asked once for all filters."""
    accounts = ask("customers/wallet_accounts", Filters())
    if filters.region_ids is not None or filters.account_ids is not None:
        accounts = accounts.join(ask("store/account_keys", filters), on="account_key", how="semi", maintain_order="left")
    people = filters.salesperson_ids
    is_theirs = pl.lit(value=True) if people is None else pl.col("salesperson_id").is_in(list(people))
    return accounts.with_columns(is_theirs.alias("is_theirs")).drop("salesperson_id")


def _reported(ask: Ask, stated: pl.DataFrame, filters: Filters) -> pl.DataFrame:
    """By account: the months with a report, the last one, the source of the largest amount (of equal ones the first by name), and what is
    reported of the filters' categories: a product filter keeps those of its products."""
    counted = pl.lit(value=True) if filters.categories is None and filters.product_ids is None else pl.col("category").is_in(_categories(ask, filters))
    largest_first = stated.sort("amount", "source", descending=[True, False], nulls_last=True)
    return largest_first.group_by("account_key", maintain_order=True).agg(
        pl.col("month").n_unique().cast(pl.Int64).alias("reported_months"), pl.col("month").max().alias("last_report"),
        pl.col("source").drop_nulls().first(),
        pl.col("amount").filter(counted).sum().cast(pl.Float64).alias("reported_amount"),
    )  # fmt: skip


def _categories(ask: Ask, filters: Filters) -> list[str]:
    products = ask("store/products", Filters())
    chosen = [
        pl.col(name).is_in(list(wanted))
        for name, wanted in (("category", filters.categories), ("product_id", filters.product_ids)) if wanted is not None
    ]
    return products.filter(chosen)["category"].drop_nulls().unique().to_list()


def _with_those_under(ask: Ask, bought: pl.DataFrame, filters: Filters) -> pl.DataFrame:
    below = ask("customers/wallet_below", filters)
    return bought.join(below, on="account_key", how="left", maintain_order="left").with_columns(pl.col(SIZE_UNDER).fill_null(0.0))
