"""What an account would buy of a product that it lacks: the median of the ten buyers most like it, scaled to its size (methods.md section 12).

Like is the cosine of what they buy (measures/peers.py); equal ones are taken evenly from small to large. Size is the net sales
of the window: money adds up over kegs and cans.
"""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from measures.peers import PEERS, Alike, median_of
from measures.pipeline.purchases import Purchases
from measures.sorting import order_by

MOST_BUYERS = 150
"""Of more buyers of one product these many are looked at, evenly from the smallest to the largest. Ten alike among them foretell what a known
buyer takes as well as ten among all (Online Retail: half of the estimates are within a factor of 2.05; 2.11 with 500 and with all)."""

NOBODY = -1
"""Stands for no buyer: no position is below zero."""


@dataclass(frozen=True)
class Expected:
    """For each proposal a year's sales units and net sales, and the buyers that they are the median of; NaN without a buyer."""

    quantity: np.ndarray
    net_sales: np.ndarray
    peers: np.ndarray


@dataclass(frozen=True)
class Buyers:
    """Who buys each product, of whom the like of an account are found: `cells` by product, product p's between `bounds` p and p + 1."""

    alike: Alike
    cells: np.ndarray
    bounds: np.ndarray


def buyers_of(found: Purchases) -> Buyers:
    """The buyers that have a size, whoever is looked for."""
    cells = _by_product(found)
    return Buyers(Alike(found.bought), cells, np.searchsorted(found.product[cells], np.arange(len(found.products) + 1)))


def expected(found: Purchases, buyers: Buyers, account: np.ndarray, product: np.ndarray) -> Expected:
    """What each `account` would buy of each `product`, both positions in `found`; `buyers` are its buyers."""
    near = _alike_buyers(found, buyers, account, product)
    peers = (near != NOBODY).sum(axis=1)
    rated = np.flatnonzero(peers)
    values, near = np.full((2, len(product)), np.nan), near[rated]
    for row, of in zip(values, (found.quantity, found.net_sales), strict=True):
        row[rated] = median_of(_per_size(found, of)[near], peers[rated]) * found.size[account[rated]]
    return Expected(*values, peers)


def _per_size(found: Purchases, of: np.ndarray) -> np.ndarray:
    """Each cell's units or net sales by the size of its account; infinite without a size, and as the last one, which NOBODY finds."""
    size = found.size[found.account]
    return np.append(np.divide(of, size, out=np.full(len(of), np.inf), where=size > 0), np.inf)


def _alike_buyers(found: Purchases, buyers: Buyers, account: np.ndarray, product: np.ndarray) -> np.ndarray:
    """The cells of the ten buyers of each product that are most like the account, (proposals, 10); NOBODY where it has fewer.

    Equal ones by the order of `_interleaved`.
    """
    alike, cells, bounds = buyers.alike, buyers.cells, buyers.bounds
    near = np.full((len(product), PEERS), NOBODY)
    order = order_by(product)
    ends = np.searchsorted(product[order], np.arange(len(found.products) + 1))

    for number in np.flatnonzero((np.diff(ends) > 0) & (np.diff(bounds) > 0)).tolist():
        own, rows = _spread(cells[bounds[number] : bounds[number + 1]]), order[ends[number] : ends[number + 1]]
        chosen = own[alike.nearest(account[rows], found.account[own])]
        near[rows, : chosen.shape[1]] = chosen
    return near


def _by_product(found: Purchases) -> np.ndarray:
    """The cells of buyers that have a size, by product and then from the smallest account to the largest."""
    counted = np.flatnonzero((found.quantity > 0) & (found.size[found.account] > 0))
    rank = np.empty(len(found.size), np.int64)
    rank[np.argsort(found.size, kind="stable")] = np.arange(len(found.size))
    return counted[order_by(found.product[counted], rank[found.account[counted]])]


def _spread(cells: np.ndarray) -> np.ndarray:
    """At most MOST_BUYERS of the cells, evenly spread over their order, and interleaved."""
    even = cells if len(cells) <= MOST_BUYERS else cells[np.linspace(0, len(cells) - 1, MOST_BUYERS).round().astype(int)]
    return even[_interleaved(len(even))]


@lru_cache(maxsize=256)
def _interleaved(count: int) -> np.ndarray:
    """Positions under `count` by their reversed bits, of eight 0, 4, 2, 6, 1, 5, 3, 7: the first few of them lie evenly, however few they are.

    In the order of their sizes, the smallest of equally alike buyers would speak for all of them.
    """
    order = np.zeros(1, np.int64)
    while len(order) < count:
        order = np.concatenate([2 * order, 2 * order + 1])
    return order[order < count]
