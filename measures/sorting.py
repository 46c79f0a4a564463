"""The order of rows by whole numbers, such as positions and keys."""

import numpy as np


def order_by(*keys: np.ndarray) -> np.ndarray:
    """The rows' positions by whole numbers from 0, the first key before the next; equal rows stay as they came.

    Kept as short as they are: numpy sorts numbers of 16 bits in linear time, several times as fast as longer ones.
    """
    return np.lexsort([key.astype(np.min_scalar_type(int(key.max(initial=0)))) for key in reversed(keys)])
