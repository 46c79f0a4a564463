"""The deals with an account and with those under it."""

import polars as pl

from measures.names import named
from queries.filters import Filters
from queries.runner import Ask

SHOWN = ("opportunity_id", "account_id", "account", "created_on", "source", "product", "expected_amount", "stage", "entered_on")


def deals(ask: Ask, filters: Filters, tree: pl.DataFrame) -> pl.DataFrame:
    """The rows of queries/accounts/deals about the accounts of the tree (account_tree.tree) with their names, the newest first."""
    found = ask("accounts/deals", filters, account_keys=tree["account_key"].to_list())
    theirs = found.lazy().join(tree.lazy().select("account_key", "account_id", "account"), on="account_key", how="inner")
    return named(ask, theirs, "products").select(SHOWN).sort("created_on", "opportunity_id", descending=[True, False])
