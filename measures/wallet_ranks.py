"""Shares from ranks: where nobody knows volumes, somebody may know our place among the account's suppliers (methods.md section 10)."""

from collections.abc import Mapping
from dataclasses import replace

import polars as pl

from measures.share_of_wallet import ACCOUNTS_SCHEMA, ShareOfWallet, placed_accounts, summary
from measures.thresholds import Cuts
from measures.wallet import RANKED, rank_share
from measures.wallet_tables import strategies

Rank = tuple[int, int]
"""Our place among the account's suppliers, and how many these are."""


def with_ranks(answer: ShareOfWallet, ranks: Mapping[str, Rank], cuts: Cuts) -> ShareOfWallet:
    """The answer with the shares of the accounts in `ranks` (by account_id) that buy from us and whose competitors' volumes are unknown.

    Such a share replaces a modelled one: somebody who knows the account beats a percentile of its peers. Wallet = own ÷ share.
    """
    shares = {account: rank_share(*rank) for account, rank in ranks.items()}
    held = pl.DataFrame({"account_id": list(shares), "by_rank": list(shares.values())}, schema={"account_id": pl.String, "by_rank": pl.Float64})
    joined = answer.accounts.join(held, on="account_id", how="left", maintain_order="left")
    used = pl.col("by_rank").is_not_null() & pl.col("known").is_null() & (pl.col("own") > 0)
    if not joined.select(used.any()).item():
        return answer
    share = pl.col("by_rank")
    changed = {"share": share, "share_low": share, "share_high": share, "wallet": pl.col("own") / share, "tag": pl.lit(RANKED)}
    rated = joined.with_columns(pl.when(used).then(value).otherwise(pl.col(name)).alias(name) for name, value in changed.items())
    season_known = bool(answer.summary["season_known"].item())
    placed = placed_accounts(rated.select(set(ACCOUNTS_SCHEMA) - {"is_large", "headroom"}), cuts, season_known=season_known)
    return replace(
        answer, accounts=placed, strategies=strategies(placed),
        summary=summary(placed, answer.summary["as_of"].item(), answer.summary["wallet_from"].item(), season_known=season_known),
    )  # fmt: skip
