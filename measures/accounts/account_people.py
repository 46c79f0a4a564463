"""The people at an account."""

import polars as pl

from measures.accounts.account_tree import own_key
from queries.filters import Filters
from queries.runner import Ask


def contacts_of(ask: Ask, filters: Filters, tree: pl.DataFrame) -> pl.DataFrame:
    """The rows of queries/accounts/contacts of the account itself, decision makers first."""
    found = ask("accounts/contacts", filters, account_key=own_key(tree))
    decides = pl.col("role") == "decision maker"
    return found.sort(decides, "name", "contact_id", descending=[True, False, False], nulls_last=True)
