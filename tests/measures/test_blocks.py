"""Blocks of rows that are worked on at the same time."""

import numpy as np
import pytest

from measures.blocks import blocks, each


def test_blocks_cover_every_row_once():
    rows = np.arange(5)
    assert [rows[block].tolist() for block in blocks(5, 2)] == [[0, 1], [2, 3], [4]]
    assert blocks(0, 2) == []


def test_what_the_blocks_give_keeps_their_order():
    assert each(lambda part: part**2, list(range(100))) == [part**2 for part in range(100)]


def test_an_error_in_a_block_is_raised():
    with pytest.raises(ZeroDivisionError):
        each(lambda part: 1 / part, [1, 0])


def test_blocks_inside_blocks_are_worked_on():
    def nested(part: int) -> list[int]:
        return each(lambda inner: part * inner, [1, 2])

    assert each(nested, [1, 10, 100]) == [[1, 2], [10, 20], [100, 200]]
