"""Growth points in what accounts buy of competitors: the headroom of their wallet (methods.md sections 6, 10).

Headroom is in units: the account's natural sales × what is not ours of its wallet ÷ what is. What the account's other growth points
explain already is not counted twice.
"""

import polars as pl

from measures.customers.share_of_wallet import wallets
from measures.seasons.natural_board import Board
from measures.thresholds import Cuts
from queries.filters import Filters
from queries.runner import Ask

KIND = "wallet"
WALLET_CUTS = ("wallet_months", "wallet_attribute", "wallet_percentile", "wallet_peers")


def wallet_points(ask: Ask, filters: Filters, board: Board, others: pl.DataFrame, cuts: Cuts) -> pl.DataFrame:
    """One growth point for each account of the board whose wallet is known or modelled, by measures.seasons.growth_points.POINTS_SCHEMA.

    `others` [account_at, headroom] are the account's other growth points.
    """
    span = board.span.last(int(cuts["wallet_months"]))
    held, _reports = wallets(ask, filters.within(span.start, span.end), span, cuts)
    won = held.filter(pl.col("own") > 0, pl.col("wallet") > pl.col("own"))
    rows = _natural(board).join(won.select("account_id", "own", "wallet", "share", "tag"), on="account_id", how="inner", maintain_order="left")
    counted = others.group_by("account_at").agg(pl.col("headroom").sum().alias("counted"))
    missing = pl.col("natural") * (pl.col("wallet") - pl.col("own")) / pl.col("own")
    found = rows.join(counted, on="account_at", how="left", maintain_order="left").with_columns(
        headroom=missing - pl.col("counted").fill_null(0.0), kind=pl.lit(KIND), probability=pl.lit(float(cuts["wallet_probability"])),
        own_share=pl.col("share"), evidence=pl.col("tag"),
    )  # fmt: skip
    return found.filter(pl.col("headroom") > 0)


def _natural(board: Board) -> pl.DataFrame:
    """The off-season's natural sales by account: account_at, account_id, natural."""
    cells = pl.DataFrame({"account_at": board.account, "natural": board.natural.sum(axis=1)}).group_by("account_at").agg(pl.col("natural").sum())
    names = board.accounts.select("account_id").with_row_index("account_at").with_columns(pl.col("account_at").cast(pl.Int64))
    return names.join(cells, on="account_at", how="inner", maintain_order="left")
