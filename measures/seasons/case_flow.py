"""Whole numbers that flow through a network within limits: the exact last resort of rounding (used by measures/seasons/case_board.py).

Cells, margins that lie in one another, and other such margins across them are a network: what goes into a cell's one margin comes out of
its other. Where values that are not whole keep all limits, whole ones do too, so that a board of two such families of margins can always
be rounded with each within one case. Found from a board that nearly holds by rerouting what is too much (maximum flow, scipy).
"""

from typing import NamedTuple

import numpy as np
from scipy import sparse
from scipy.sparse import csgraph


class Arcs(NamedTuple):
    """Arcs by number, all (arcs,) whole: from node `tail` to node `head`, what flows in each, and its limits. No two join the same nodes."""

    tail: np.ndarray
    head: np.ndarray
    flow: np.ndarray
    low: np.ndarray
    high: np.ndarray


def joined(parts: list[Arcs]) -> Arcs:
    """Several sets of arcs as one set, in the order given."""
    return Arcs(*(np.concatenate(of).astype(np.int64) for of in zip(*parts, strict=True)))


def rerouted(arcs: Arcs) -> np.ndarray | None:
    """The flow within all limits that leaves each node's balance as it is, (arcs,); None where there is none."""
    kept = np.clip(arcs.flow, arcs.low, arcs.high)
    nodes = int(max(arcs.tail.max(), arcs.head.max())) + 1
    surplus = np.zeros(nodes, np.int64)
    np.add.at(surplus, arcs.head, kept - arcs.flow)
    np.subtract.at(surplus, arcs.tail, kept - arcs.flow)
    # What a node takes in less than before it has to give less, and the reverse.
    more, less = np.flatnonzero(surplus > 0), np.flatnonzero(surplus < 0)
    source, sink = nodes, nodes + 1
    into = np.concatenate([arcs.tail, arcs.head, np.full(len(more), source), less])
    out_of = np.concatenate([arcs.head, arcs.tail, more, np.full(len(less), sink)])
    room = np.concatenate([arcs.high - kept, kept - arcs.low, surplus[more], -surplus[less]])
    network = sparse.csr_array((room.astype(np.int32), (into, out_of)), shape=(nodes + 2, nodes + 2))
    found = csgraph.maximum_flow(network, source, sink)
    if found.flow_value < surplus[more].sum():
        return None
    return kept + np.asarray(found.flow[arcs.tail, arcs.head]).ravel().astype(np.int64)
