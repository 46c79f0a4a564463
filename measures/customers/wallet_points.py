"""Growth points in what accounts buy of competitors: the headroom of their wallet (methods.md sections 6, 10).

Headroom is in units: the account's natural sales × what is not ours of its wallet ÷ what is. What the account's other growth points
explain already is not counted twice.
"""

import numpy as np
import polars as pl

from measures.customers.share_of_wallet import wallets
from measures.seasons.natural_board import Board
from measures.thresholds import Cuts
from queries.filters import Filters
from queries.runner import Ask

KIND = "wallet"
WALLET_CUTS = ("wallet_months", "wallet_attribute", "wallet_percentile", "wallet_peers")


def held_wallets(ask: Ask, filters: Filters, board: Board, cuts: Cuts) -> pl.DataFrame:
    """Every account's wallet in the last months before the off-season and our share of it, as measures.customers.share_of_wallet tells it."""
    span = board.span.last(int(cuts["wallet_months"]))
    return wallets(ask, filters.within(span.start, span.end), span, cuts)


def wallet_points(held: pl.DataFrame, board: Board, others: pl.DataFrame, cuts: Cuts) -> pl.DataFrame:
    """One growth point for each account of the board whose wallet is known or modelled, by measures.seasons.growth_points.POINTS_SCHEMA.

    `held` are the wallets, `others` [account_at, headroom] the account's other growth points.
    """
    won = held.filter(pl.col("own") > 0, pl.col("wallet") > pl.col("own"))
    rows = _by_account(board, others).join(won.select("account_id", "own", "wallet", "share", "tag"), on="account_id", how="inner", maintain_order="left")
    missing = pl.col("natural") * (pl.col("wallet") - pl.col("own")) / pl.col("own")
    found = rows.with_columns(
        headroom=missing - pl.col("counted"), kind=pl.lit(KIND), probability=pl.lit(float(cuts["wallet_probability"])),
        own_share=pl.col("share"), evidence=pl.col("tag"),
    )
    return found.filter(pl.col("headroom") > 0)


def _by_account(board: Board, others: pl.DataFrame) -> pl.DataFrame:
    """The board's accounts: account_at, account_id, natural (sales of the off-season), counted (headroom of other points). Summed one by one, in order."""
    sums = (board.account, board.natural.sum(axis=1)), (others["account_at"].to_numpy(), others["headroom"].to_numpy())
    natural, counted = (np.bincount(of, values, board.accounts.height) for of, values in sums)
    return board.accounts.select("account_id", account_at=pl.int_range(pl.len()), natural=natural, counted=counted)
