"""How much memory something made of answers holds: what the cache adds up."""

from dataclasses import fields, is_dataclass

import numpy as np
import polars as pl


def bytes_of(thing: object) -> int:
    """Bytes of the frames, columns and arrays in it, in whatever tuples, lists, mappings and dataclasses they stand; of all else nothing.

    What stands in it twice counts twice.
    """
    if isinstance(thing, pl.DataFrame | pl.Series):
        return thing.estimated_size()
    if isinstance(thing, np.ndarray):
        return thing.nbytes
    return sum(bytes_of(part) for part in _parts(thing))


def _parts(thing: object) -> list[object]:
    if isinstance(thing, tuple | list):
        return list(thing)
    if isinstance(thing, dict):
        return list(thing.values())
    if is_dataclass(thing) and not isinstance(thing, type):
        return [getattr(thing, field.name) for field in fields(thing)]
    return []
