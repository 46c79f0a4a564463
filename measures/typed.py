"""A table's columns as its schema has them: what every answer's tables are cut to before they leave."""

from collections.abc import Mapping

import polars as pl


def typed(schema: Mapping[str, pl.DataType]) -> list[pl.Expr]:
    """The schema's columns, in its order and of its types, for `frame.select`."""
    return [pl.col(name).cast(kind) for name, kind in schema.items()]
