"""The bridge between two periods: the worked example, and parts that always sum."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from measures.bridge import price_volume_mix


def test_the_worked_price_volume_and_mix():
    q0, q1 = np.array([100, 50]), np.array([90, 70])
    found = price_volume_mix(q0, q0 * [10, 20], q1, q1 * [11, 19])
    assert (round(found.volume, 2), round(found.mix, 2), round(found.price, 2)) == (133.33, 166.67, 20)
    assert found.after - found.before == 320


def test_new_and_lost_items_are_bars_of_their_own():
    found = price_volume_mix([10, 0, 5, -1], [100, 0, 50, -9], [10, 4, 0, 0], [100, 80, 0, -2])
    assert (found.volume, found.mix, found.price) == (0, 0, 0)
    assert (found.new, found.lost) == (80 + 7, -50)


AMOUNT = st.tuples(*[st.integers(-50, 1000)] * 4)


@given(st.lists(AMOUNT, max_size=20))
def test_the_parts_always_sum_to_the_change(items):
    found = price_volume_mix(*np.array(items, float).reshape(-1, 4).T)
    parts = found.volume + found.mix + found.price + found.new + found.lost
    assert found.before + parts == pytest.approx(found.after, abs=1e-6)
