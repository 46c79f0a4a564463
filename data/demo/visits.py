"""How often each buyer is visited: more the larger it is, as diligent as its salesperson is."""

import numpy as np

from data.demo.buyers import BUYERS, Buyers
from data.demo.chance import stream
from data.demo.people import Force
from data.demo.rhythm import is_buying
from data.demo.span import MONTHS

SIZE_CLASSES = ((0.20, 3.0), (0.50, 1.6), (1.00, 0.6))
"""(Share of the buyers, from the largest down; visits a month)."""


def _rate(buyers: Buyers) -> np.ndarray:
    rank = np.argsort(np.argsort(-buyers.size, kind="stable"), kind="stable") / BUYERS
    edges = np.array([edge for edge, _ in SIZE_CLASSES])
    return np.array([rate for _, rate in SIZE_CLASSES])[np.searchsorted(edges, rank, side="right")]


def make_visits(seed: int, force: Force, buyers: Buyers) -> np.ndarray:
    """Visits to each buyer in each month, buyers × months; a lost buyer is seen for three months more."""
    rng = stream(seed, "visits")
    active = is_buying(buyers)
    near = active.copy()
    for months in (1, 2, 3):
        near[:, months:] |= active[:, :-months]
    rate = _rate(buyers)[:, None] * force.diligence[buyers.owner] / force.diligence.mean()
    return np.where(near, rng.poisson(rate, (BUYERS, MONTHS)), 0)
