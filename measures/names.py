"""What the store's integers stand for: each kind of name is asked once per generation and scope, so that no question joins it."""

import polars as pl

from queries.filters import Filters
from queries.runner import Ask

KEYS = {
    "account_descriptions": "account_key", "regions": "region_key", "salespeople": "salesperson_key", "products": "product_key", "programmes": "programme_key",
}  # fmt: skip
"""The questions queries/store/ that tell names, and the column by which they do."""


def named(ask: Ask, rows: pl.DataFrame | pl.LazyFrame, *kinds: str) -> pl.DataFrame:
    """The rows, in their order, with the columns of queries/store/<kind> for its key; null where the viewer doesn't see what it stands for."""
    told = rows.lazy()
    for kind in kinds:
        told = told.join(ask(f"store/{kind}", Filters()).lazy(), on=KEYS[kind], how="left", maintain_order="left")
    # The engine that polars chooses by itself streams, which takes twice as long for an account's few rows.
    return told.collect(engine="in-memory")
