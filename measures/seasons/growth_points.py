"""Where the gap to the target can come from: growth points of several kinds, found and ranked (methods.md section 6).

    white_space    a product that the account's like buy and it does not       measures/pipeline/peer_points.py
    below_peers    one that it buys less of than its like do                   measures/pipeline/peer_points.py
    outlets        outlets under it that do not buy yet                        measures/seasons/outlet_points.py
    wallet         what it still buys of competitors                           measures/customers/wallet_points.py

`weight` is headroom × probability: the expected volume, by which points are ranked and carry their part of the lift. Points of `outlets`
without products and of `wallet` are about all of the account's products, which share them by their natural sales.
"""

import numpy as np
import polars as pl

from measures.customers.wallet_points import WALLET_CUTS, held_wallets, wallet_points
from measures.pipeline.peer_points import peer_points
from measures.seasons.growth_reasons import with_reasons
from measures.seasons.natural_board import Board
from measures.seasons.outlet_points import OUTLET_CUTS, outlet_points
from measures.thresholds import Cuts
from queries.filters import Filters
from queries.runner import Ask, together

GROWTH_CUTS = (*OUTLET_CUTS, "wallet_probability", *WALLET_CUTS)
MOST_ROWS = 500
"""Growth points that are listed, the largest first; all count in the targets."""
# A headroom under one case is noise.
LEAST_UNITS = 1.0
ALL_PRODUCTS = -1
"""The product of a point that is about all of the account's."""

POINTS_SCHEMA = {
    "account_at": pl.Int64, "product_at": pl.Int64, "kind": pl.String, "natural": pl.Float64, "headroom": pl.Float64,
    "probability": pl.Float64, "weight": pl.Float64, "own_share": pl.Float64, "peer_share": pl.Float64, "buyers": pl.Int64,
    "peers": pl.Int64, "outlets": pl.Int64, "rate_of_sale": pl.Float64, "evidence": pl.String,
}  # fmt: skip
"""`account_at`, `product_at` are rows of the board's accounts and products; a product of −1 is all of the account's."""

SCHEMA = {
    "account_id": pl.String, "account": pl.String, "product_id": pl.String, "product": pl.String, "kind": pl.String,
    **{name: kind for name, kind in POINTS_SCHEMA.items() if name not in ("account_at", "product_at", "kind")}, "reason": pl.String,
}  # fmt: skip


def growth_points(ask: Ask, filters: Filters, board: Board, cuts: Cuts) -> pl.DataFrame:
    """Every growth point over the off-season in units, the largest weight first, by POINTS_SCHEMA."""
    alike, (outlets, held) = together(
        lambda: peer_points(board), lambda: (outlet_points(ask, filters, board, cuts), held_wallets(ask, filters, board, cuts))
    )
    near = _one_of_a_kind([_typed(alike), *([] if outlets is None else [_typed(outlets)])])
    return ranked([near, _typed(wallet_points(held, board, near, cuts))])


def ranked(found: list[pl.DataFrame]) -> pl.DataFrame:
    """Points of a case or more, the largest weight first."""
    points = pl.concat([_typed(part) for part in found]).filter(pl.col("headroom") >= LEAST_UNITS)
    return points.sort("weight", "account_at", "product_at", "kind", descending=[True, False, False, False])


def _one_of_a_kind(found: list[pl.DataFrame]) -> pl.DataFrame:
    """Of several points on one account and product the largest counts: they see the same sales from two sides."""
    return pl.concat(found).sort("weight", descending=True, maintain_order=True).unique(["account_at", "product_at"], keep="first", maintain_order=True)


def _typed(points: pl.DataFrame) -> pl.DataFrame:
    weighed = points.with_columns(weight=pl.col("headroom") * pl.col("probability"))
    given = [pl.col(name) if name in weighed.columns else pl.lit(ALL_PRODUCTS if name == "product_at" else None).alias(name) for name in POINTS_SCHEMA]
    return weighed.select(given).cast(POINTS_SCHEMA)


def named(points: pl.DataFrame, board: Board) -> pl.DataFrame:
    """The points with names instead of rows, and each one's reason in words, by SCHEMA. A point of all products has no product."""
    accounts = board.accounts[points["account_at"].to_numpy()].select("account_id", "account")
    of_all = points["product_at"] == ALL_PRODUCTS
    products = board.products[np.maximum(points["product_at"].to_numpy(), 0)].select("product_id", "product")
    products = products.with_columns(pl.when(~of_all).then(pl.col(pl.String)))
    return with_reasons(points.hstack(accounts).hstack(products)).select(list(SCHEMA))
