"""The account that is asked for and the accounts under it: who they are, and what each of them bought by month."""

import polars as pl

from queries.filters import Filters
from queries.runner import Ask

NO_KEY = 0
"""No account has this key: what is asked for it finds nothing."""
SHOWN = ("account_id", "account", "kind", "city", "parent_account_id", "opened_on", "depth")


def tree(ask: Ask, filters: Filters) -> pl.DataFrame:
    """The rows of queries/accounts/tree with their depth, the nearest first; empty where the viewer doesn't see the account."""
    found = ask("accounts/tree", filters)
    if found.height <= 1:
        return found.with_columns(pl.lit(0, pl.Int64).alias("depth"))
    own = found.filter(pl.col("account_id").is_in(list(filters.account_ids)))["account_key"].item()
    depths = ask("accounts/depths", filters, account_key=own)
    return found.join(depths, on="account_key", how="left").sort("depth", "account_id")


def own_key(found: pl.DataFrame) -> int:
    """The store's integer of the account itself; NO_KEY where it is out of sight."""
    return found["account_key"][0] if found.height else NO_KEY


def months(ask: Ask, filters: Filters, found: pl.DataFrame) -> pl.DataFrame:
    """What each account of the tree bought in each month within the filters, the nearest account first, month after month.

    An account without a sale has one row without a month.
    """
    bought = ask("accounts/months", filters).lazy().sort("month")
    shown = found.lazy().select("account_key", *SHOWN)
    return shown.join(bought, on="account_key", how="left", maintain_order="left_right").drop("account_key").collect(engine="in-memory")
