"""What an account would buy of a product that it lacks: the median of the ten buyers most like it, scaled to its size (methods.md section 12).

Like is the cosine of what they buy (measures/peers.py). Size is the net sales of the window: money adds up over kegs and cans.
"""

from dataclasses import dataclass

import numpy as np

from measures.peers import PEERS, bits, nearest, shared
from measures.pipeline.purchases import Purchases


@dataclass(frozen=True)
class Expected:
    """For each proposal a year's sales units and net sales, and the buyers that they are the median of; NaN without a buyer."""

    quantity: np.ndarray
    net_sales: np.ndarray
    peers: np.ndarray


def expected(found: Purchases, account: np.ndarray, product: np.ndarray) -> Expected:
    """What each `account` would buy of each `product`, both positions in `found`; product by product."""
    words, likeness_size = bits(found.bought), np.sqrt(np.maximum(found.bought.sum(axis=1), 1))
    counted = np.flatnonzero((found.quantity > 0) & (found.size[found.account] > 0))
    cells = counted[np.argsort(found.product[counted], kind="stable")]
    wanted = np.argsort(product, kind="stable")
    every = np.arange(len(found.products) + 1)
    of_cells, of_wanted = np.searchsorted(found.product[cells], every), np.searchsorted(product[wanted], every)
    values = np.full((2, len(product)), np.nan)
    peers = np.zeros(len(product), np.int64)
    for number in np.unique(product):
        rows = wanted[of_wanted[number] : of_wanted[number + 1]]
        own = cells[of_cells[number] : of_cells[number + 1]]
        if not len(own):
            continue
        buyers = found.account[own]
        alike = nearest(shared(words[account[rows]], words[buyers]) / likeness_size[buyers], PEERS)
        per_size = np.stack([found.quantity[own], found.net_sales[own]]) / found.size[buyers]
        values[:, rows] = np.median(per_size[:, alike], axis=2) * np.maximum(found.size[account[rows]], 0)
        peers[rows] = alike.shape[1]
    return Expected(*values, peers)
