"""Growth points from an account's like: products that they buy more of than it does (methods.md sections 6, 12).

An account's peers are the ten whose choice of products over the last twelve months is most like its own (cosine). A product
counts where at least five of them buy it. What the account could buy is the median share that these give the product,
times the account's own natural sales; headroom is that less what it buys naturally.

    white_space    the account does not buy the product
    below_peers    it does, but gives it a smaller share than its peers do

The probability is the share of the peers who buy the product.
"""

import numpy as np
import polars as pl

from measures.natural_board import Board

PEERS = 10
LEAST_BUYERS = 5
# Accounts compared at once: bounds the memory of 2,000 accounts × 10 peers × 120 products.
BLOCK = 256


def peer_points(board: Board) -> pl.DataFrame:
    """Every such growth point of the off-season, in units, by measures.growth_points.POINTS_SCHEMA; in no order."""
    natural = np.zeros((board.accounts.height, board.products.height))
    natural[board.account, board.product] = board.natural.sum(axis=1)
    bought = np.zeros(natural.shape, bool)
    bought[board.account, board.product] = board.recent > 0
    account, product, share, buyers, peers = _shares(natural, bought)
    total = natural.sum(axis=1)[account]
    own = natural[account, product]
    headroom = share * total - own
    kind = np.where(bought[account, product], "below_peers", "white_space").astype(object)
    found = {
        "account_at": account, "product_at": product, "kind": kind, "natural": own, "headroom": headroom,
        "probability": buyers / np.maximum(peers, 1), "own_share": own / np.maximum(total, 1e-12), "peer_share": share,
        "buyers": buyers, "peers": peers,
    }
    return pl.DataFrame(found).filter(pl.col("headroom") > 0)


def peers(bought: np.ndarray, rows: slice) -> np.ndarray:
    """The ten accounts most like each of `rows`, (rows, ≤ 10): cosine of what they buy; equal ones by their order."""
    chosen = bought.astype(float)
    size = np.sqrt(chosen.sum(axis=1))
    unit = chosen / np.maximum(size, 1.0)[:, None]
    likeness = unit[rows] @ unit.T
    likeness[np.arange(len(likeness)), np.arange(len(bought))[rows]] = -1.0
    count = min(PEERS, len(bought) - 1)
    # Likeness and then order in one whole number: no two are equal, so that ten can be taken without sorting all.
    rank = -np.round(likeness * 1e9).astype(np.int64) * len(bought) + np.arange(len(bought))
    nearest = np.argpartition(rank, count - 1, axis=1)[:, :count] if count else np.zeros((len(rank), 0), np.int64)
    return np.take_along_axis(nearest, np.take_along_axis(rank, nearest, axis=1).argsort(axis=1), axis=1)


def _shares(natural: np.ndarray, bought: np.ndarray) -> tuple[np.ndarray, ...]:
    """Account, product, the peers' median share, how many peers buy it and how many there are, where enough of them do."""
    parts = [_shares_of(natural, bought, slice(at, at + BLOCK)) for at in range(0, len(natural), BLOCK)]
    return tuple(np.concatenate(of) for of in zip(*parts, strict=True)) if parts else tuple(np.zeros(0, kind) for kind in (int, int, float, int, int))


def _shares_of(natural: np.ndarray, bought: np.ndarray, rows: slice) -> tuple[np.ndarray, ...]:
    near = peers(bought, rows)
    buyers = bought[near].sum(axis=1)
    total = natural.sum(axis=1)
    account, product = np.nonzero((buyers >= LEAST_BUYERS) & (total[rows] > 0)[:, None])
    alike = near[account]
    share = natural[alike, product[:, None]] / np.maximum(total[alike], 1e-12)
    median = _median_of(share, bought[alike, product[:, None]])
    return account + rows.start, product, median, buyers[account, product], np.full(len(account), near.shape[1])


def _median_of(values: np.ndarray, counted: np.ndarray) -> np.ndarray:
    """The median of each row's counted values, (rows, n) → (rows,); every row has one at least. Masked medians take five times as long."""
    ranked = np.sort(np.where(counted, values, np.inf), axis=1)
    count = counted.sum(axis=1)
    rows = np.arange(len(values))
    return (ranked[rows, (count - 1) // 2] + ranked[rows, count // 2]) / 2
