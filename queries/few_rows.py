"""A result of a few rows as a frame, row by row.

DuckDB hands a result over as Arrow by a statement of its own, which takes as long as running a small question does.
"""

import duckdb
import polars as pl

FEW = 100
"""Under so many rows it is quicker to take them one by one."""

_TYPES: dict[str, pl.DataType] = {
    "BIGINT": pl.Int64(), "INTEGER": pl.Int32(), "DOUBLE": pl.Float64(), "VARCHAR": pl.String(), "DATE": pl.Date(), "BOOLEAN": pl.Boolean(),
}  # fmt: skip
"""The types of columns that are taken so, and those that they have as Arrow; a frame's types must not depend on its rows."""


def few_rows(cursor: duckdb.DuckDBPyConnection) -> pl.DataFrame | None:
    """The rows of the cursor's result as they come by way of Arrow; None, with the result untouched, where a column has another type."""
    schema = {column[0]: _TYPES.get(str(column[1])) for column in cursor.description}
    if None in schema.values():
        return None
    return pl.DataFrame(cursor.fetchall(), schema=schema, orient="row")
