"""Shares from ranks: where nobody knows volumes, somebody may know our place among the account's suppliers (methods.md section 10)."""

from collections.abc import Iterable, Mapping

import polars as pl

from data.records import Record
from measures.customers.wallet import RANKED, rank_share

RANK_KIND = "supplier_rank"

Rank = tuple[int, int]
"""Our place among the account's suppliers, and how many these are."""


def ranks_of(records: Iterable[Record], visible: pl.Series) -> dict[str, Rank]:
    """The open ranks of the visible accounts, by account_id."""
    seen = set(visible)
    return {record.subject: (record.content["rank"], record.content["suppliers"]) for record in records if record.is_open and record.subject in seen}


def ranked(accounts: pl.DataFrame, ranks: Mapping[str, Rank]) -> pl.DataFrame | None:
    """The accounts with the shares of those in `ranks` that buy from us and whose competitors' volumes are unknown; None without any.

    Such a share replaces a modelled one: somebody who knows the account beats a percentile of its peers. Wallet = own ÷ share.
    """
    shares = {account: rank_share(*rank) for account, rank in ranks.items()}
    held = pl.DataFrame({"account_id": list(shares), "by_rank": list(shares.values())}, schema={"account_id": pl.String, "by_rank": pl.Float64})
    joined = accounts.join(held, on="account_id", how="left", maintain_order="left")
    used = pl.col("by_rank").is_not_null() & pl.col("known").is_null() & (pl.col("own") > 0)
    if not joined.select(used.any()).item():
        return None
    share = pl.col("by_rank")
    changed = {"share": share, "share_low": share, "share_high": share, "wallet": pl.col("own") / share, "tag": pl.lit(RANKED)}
    rated = joined.with_columns(pl.when(used).then(value).otherwise(pl.col(name)).alias(name) for name, value in changed.items())
    return rated.drop("by_rank", "is_large", "headroom")
