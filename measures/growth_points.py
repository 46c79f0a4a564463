"""Where the gap to the target can come from: products that an account's like buy more of than it does (methods.md sections 6, 12).

An account's peers are the ten whose choice of products over the last twelve months is most like its own (cosine). A product
counts where at least five of them buy it. What the account could buy is the median share that these give the product,
times the account's own natural sales; headroom is that less what it buys naturally.

    white_space    the account does not buy the product
    below_peers    it does, but gives it a smaller share than its peers do

`weight` is headroom × the share of the peers who buy the product: the ranking's measure, not a forecast.
"""

import numpy as np
import polars as pl

from measures.natural_board import Board

PEERS = 10
LEAST_BUYERS = 5
MOST_ROWS = 500
# Accounts compared at once: bounds the memory of 2,000 accounts × 10 peers × 120 products.
BLOCK = 256
SCHEMA = {
    "account_id": pl.String, "account": pl.String, "product_id": pl.String, "product": pl.String, "kind": pl.String,
    "natural": pl.Float64, "headroom": pl.Float64, "probability": pl.Float64, "weight": pl.Float64,
}


def growth_points(board: Board) -> pl.DataFrame:
    """Every growth point over the off-season in units, the largest weight first, by SCHEMA."""
    natural = np.zeros((board.accounts.height, board.products.height))
    natural[board.account, board.product] = board.natural.sum(axis=1)
    bought = np.zeros(natural.shape, bool)
    bought[board.account, board.product] = board.recent > 0
    account, product, potential, chance = _potentials(natural, bought)
    headroom = potential - natural[account, product]
    kept = headroom > 0
    account, product, headroom, chance = (of[kept] for of in (account, product, headroom, chance))
    kinds = np.where(bought[account, product], "below_peers", "white_space").astype(object)
    found = pl.DataFrame(
        {"kind": kinds, "natural": natural[account, product], "headroom": headroom, "probability": chance, "weight": headroom * chance},
        schema={name: SCHEMA[name] for name in ("kind", "natural", "headroom", "probability", "weight")},
    )
    named = found.hstack(board.accounts[account].select("account_id", "account")).hstack(board.products[product].select("product_id", "product"))
    return named.sort("weight", "account_id", "product_id", descending=[True, False, False]).select(list(SCHEMA))


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


def _potentials(natural: np.ndarray, bought: np.ndarray) -> tuple[np.ndarray, ...]:
    """Account, product, natural sales at the peers' median share, and share of peers who buy it, where enough of them do."""
    parts = [_potentials_of(natural, bought, slice(at, at + BLOCK)) for at in range(0, len(natural), BLOCK)]
    return tuple(np.concatenate(of) for of in zip(*parts, strict=True)) if parts else (*(np.zeros(0, int),) * 2, *(np.zeros(0),) * 2)


def _potentials_of(natural: np.ndarray, bought: np.ndarray, rows: slice) -> tuple[np.ndarray, ...]:
    near = peers(bought, rows)
    buyers = bought[near].sum(axis=1)
    total = natural.sum(axis=1)
    account, product = np.nonzero((buyers >= LEAST_BUYERS) & (total[rows] > 0)[:, None])
    alike = near[account]
    share = natural[alike, product[:, None]] / np.maximum(total[alike], 1e-12)
    median = _median_of(share, bought[alike, product[:, None]])
    account = account + rows.start
    return account, product, median * total[account], buyers[account - rows.start, product] / max(near.shape[1], 1)


def _median_of(values: np.ndarray, counted: np.ndarray) -> np.ndarray:
    """The median of each row's counted values, (rows, n) → (rows,); every row has one at least. Masked medians take five times as long."""
    ranked = np.sort(np.where(counted, values, np.inf), axis=1)
    count = counted.sum(axis=1)
    rows = np.arange(len(values))
    return (ranked[rows, (count - 1) // 2] + ranked[rows, count // 2]) / 2
