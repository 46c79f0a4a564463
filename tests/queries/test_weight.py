"""What something made of answers weighs is what its frames and arrays hold."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import polars as pl

from queries.weight import bytes_of

FRAME, ARRAY = pl.DataFrame({"figure": [1, 2, 3]}), np.zeros(10)


@dataclass(frozen=True)
class Pair:
    frame: pl.DataFrame
    others: tuple[object, ...]


class Named(NamedTuple):
    array: np.ndarray
    name: str


def test_frames_columns_and_arrays_weigh_wherever_they_stand() -> None:
    thing = Pair(FRAME, (Named(ARRAY, "cells"), {"column": FRAME["figure"]}, [ARRAY]))
    assert bytes_of(thing) == 24 + 80 + 24 + 80


def test_texts_numbers_and_nothing_weigh_nothing() -> None:
    assert bytes_of(("text", 5, None, Pair)) == 0
