"""Growth points from an account's like: products that they buy more of than it does (methods.md sections 6, 12).

An account is compared with its own kind: distributors and direct customers together, wholesalers among themselves, outlets among themselves.
Its peers are the ten of them whose choice of products over the last twelve months is most like its own (cosine). A product
counts where at least five of them buy it. What the account could buy is the median share that these give the product,
times the account's own natural sales; headroom is that less what it buys naturally.

    white_space    the account does not buy the product
    below_peers    it does, but gives it a smaller share than its peers do

The probability is the share of the peers who buy the product.
"""

import numpy as np
import polars as pl

from measures.peers import LEAST_BUYERS, median_of, peers
from measures.seasons.natural_board import BOARD_KINDS, Board

# Accounts compared at once: bounds the memory of 2,000 accounts × 10 peers × 120 products.
BLOCK = 256


def peer_points(board: Board) -> pl.DataFrame:
    """Every such growth point of the off-season, in units, by measures.seasons.growth_points.POINTS_SCHEMA; in no order."""
    natural = np.zeros((board.accounts.height, board.products.height))
    natural[board.account, board.product] = board.natural.sum(axis=1)
    bought = np.zeros(natural.shape, bool)
    bought[board.account, board.product] = board.recent > 0
    account, product, share, buyers, peers = _shares(natural, bought, alike_kinds(board.accounts["kind"]))
    total = natural.sum(axis=1)[account]
    own = natural[account, product]
    headroom = share * total - own
    kinds = pl.Series(["white_space", "below_peers"])
    found = {
        "account_at": account, "product_at": product, "kind": kinds.gather(bought[account, product].astype(np.int64)), "natural": own, "headroom": headroom,
        "probability": buyers / np.maximum(peers, 1), "own_share": own / np.maximum(total, 1e-12), "peer_share": share,
        "buyers": buyers, "peers": peers,
    }
    return pl.DataFrame(found).filter(pl.col("headroom") > 0)


def alike_kinds(kinds: pl.Series) -> list[np.ndarray]:
    """The accounts' rows by kind; those who resell or are served directly are one."""
    groups = kinds.fill_null("").replace(dict.fromkeys(BOARD_KINDS, BOARD_KINDS[0])).to_numpy()
    return [np.flatnonzero(groups == group) for group in np.unique(groups)]


def _shares(natural: np.ndarray, bought: np.ndarray, kinds: list[np.ndarray]) -> tuple[np.ndarray, ...]:
    """Account, product, the peers' median share, how many peers buy it and how many there are, where enough of them do."""
    none = tuple(np.zeros(0, kind) for kind in (int, int, float, int, int))
    parts = [none]
    for rows in kinds:
        total = natural[rows].sum(axis=1)
        share = np.where(bought[rows], natural[rows] / np.maximum(total, 1e-12)[:, None], np.inf)
        near = peers(bought[rows], np.arange(len(rows)))
        blocks = [_shares_of(share, total > 0, near, at) for at in range(0, len(rows), BLOCK)]
        parts += [(rows[account], *rest) for account, *rest in blocks]
    return tuple(np.concatenate(of) for of in zip(*parts, strict=True))


def _shares_of(share: np.ndarray, sells: np.ndarray, near: np.ndarray, start: int) -> tuple[np.ndarray, ...]:
    """Of the accounts from `start` on; `share` (accounts, products) is infinite where an account does not buy a product."""
    near, sells = near[start : start + BLOCK], sells[start : start + BLOCK]
    buyers = np.isfinite(share)[near].sum(axis=1)
    account, product = np.nonzero((buyers >= LEAST_BUYERS) & sells[:, None])
    count = buyers[account, product]
    median = median_of(share[near[account], product[:, None]], count)
    return account + start, product, median, count, np.full(len(account), near.shape[1])
