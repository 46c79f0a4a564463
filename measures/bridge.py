"""What moved net sales from one period to the next: price, volume, mix, new and lost (methods.md section 6)."""

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Bridge:
    """From the net sales before to those after: `before` + volume + mix + price + new + lost = `after`."""

    before: float
    volume: float
    mix: float
    price: float
    new: float
    lost: float
    after: float


def price_volume_mix(
    quantity_before: np.ndarray, amount_before: np.ndarray, quantity_after: np.ndarray, amount_after: np.ndarray
) -> Bridge:
    """The change of net sales between two periods, item by item (items,), in parts that sum exactly.

    Volume = (Q1 − Q0)·mean price before; mix = sum((q1 − Q1·s0)·p0), s0 an item's share of Q0; price = sum(q1·(p1 − p0)).
    Items without a positive quantity in one of the periods have no price to compare: they are new or lost.
    """
    given = (np.asarray(of, float) for of in (quantity_before, amount_before, quantity_after, amount_after))
    q0, a0, q1, a1 = given
    both = (q0 > 0) & (q1 > 0)
    only_after = ~both & ((q1 > 0) | (q0 <= 0))
    total0, total1 = q0[both].sum(), q1[both].sum()
    kept0, kept1 = a0[both].sum(), a1[both].sum()
    at_old_prices = (q1[both] * a0[both] / q0[both]).sum()
    same_mix = kept0 * total1 / total0 if total0 > 0 else 0.0
    change = a1 - a0
    return Bridge(
        before=float(a0.sum()),
        volume=float(same_mix - kept0),
        mix=float(at_old_prices - same_mix),
        price=float(kept1 - at_old_prices),
        new=float(change[only_after].sum()),
        lost=float(change[~both & ~only_after].sum()),
        after=float(a1.sum()),
    )
