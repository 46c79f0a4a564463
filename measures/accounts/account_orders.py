"""The last order lines of an account and of those under it."""

import polars as pl

from measures.names import named
from queries.filters import Filters
from queries.runner import Ask

SHOWN = (
    "transaction_id", "order_id", "sold_on", "account_id", "account", "product_id", "product", "salesperson", "quantity", "net_amount",
    "cost_amount", "programme",
)  # fmt: skip


def last_orders(ask: Ask, filters: Filters, tree: pl.DataFrame, most: int) -> pl.DataFrame:
    """The rows of queries/accounts/order_lines, the newest first, with the names of what they speak of."""
    lines = ask("accounts/order_lines", filters, most=most)
    theirs = lines.lazy().join(tree.lazy().select("account_key", "account_id", "account"), on="account_key", how="left", maintain_order="left")
    return named(ask, theirs, "products", "salespeople", "programmes").select(SHOWN)
