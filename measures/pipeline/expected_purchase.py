"""What an account would buy of a product that it lacks: the median of the ten buyers most like it, scaled to its size (methods.md section 12).

Like is the cosine of what they buy (measures/peers.py). Size is the net sales of the window: money adds up over kegs and cans.
"""

from dataclasses import dataclass

import numpy as np

from measures.peers import alike, bits
from measures.pipeline.purchases import Purchases

MOST_BUYERS = 500
"""Of more buyers of one product these many are looked at, evenly from the smallest to the largest: enough to find ten alike among."""


@dataclass(frozen=True)
class Expected:
    """For each proposal a year's sales units and net sales, and the buyers that they are the median of; NaN without a buyer."""

    quantity: np.ndarray
    net_sales: np.ndarray
    peers: np.ndarray


def expected(found: Purchases, account: np.ndarray, product: np.ndarray) -> Expected:
    """What each `account` would buy of each `product`, both positions in `found`; product by product."""
    bought = found.bought
    words, root = bits(bought), np.sqrt(np.maximum(bought.sum(axis=1), 1))
    cells = _by_product(found)
    bounds = np.searchsorted(found.product[cells], np.arange(len(found.products) + 1))
    values, peers = np.full((2, len(product)), np.nan), np.zeros(len(product), np.int64)
    for number in np.unique(product):
        own = _spread(cells[bounds[number] : bounds[number + 1]])
        if len(own):
            rows = np.flatnonzero(product == number)
            near = alike(words, root, account[rows], found.account[own])
            values[:, rows] = _medians(found, own, near) * found.size[account[rows]]
            peers[rows] = near.shape[1]
    return Expected(*values, peers)


def _by_product(found: Purchases) -> np.ndarray:
    """The cells of buyers that have a size, by product and then from the smallest account to the largest."""
    counted = np.flatnonzero((found.quantity > 0) & (found.size[found.account] > 0))
    # One whole number per cell sorts many times faster than two columns.
    rank = np.empty(len(found.size), np.int64)
    rank[np.argsort(found.size, kind="stable")] = np.arange(len(found.size))
    return counted[np.argsort(found.product[counted].astype(np.int64) * len(rank) + rank[found.account[counted]])]


def _spread(cells: np.ndarray) -> np.ndarray:
    """At most MOST_BUYERS of the cells, evenly spread over their order."""
    return cells if len(cells) <= MOST_BUYERS else cells[np.linspace(0, len(cells) - 1, MOST_BUYERS).round().astype(int)]


def _medians(found: Purchases, own: np.ndarray, near: np.ndarray) -> np.ndarray:
    """Median quantity and net sales of the product per unit of the buyer's size, (2, proposals); `near` are places in `own`."""
    per_size = np.stack([found.quantity[own], found.net_sales[own]]) / found.size[found.account[own]]
    # Sorting ten takes a third of what np.median does: it is asked for each product.
    ranked, buyers = np.sort(per_size[:, near], axis=2), near.shape[1]
    return (ranked[:, :, (buyers - 1) // 2] + ranked[:, :, buyers // 2]) / 2
