"""What a missing value's place in memory says: nothing.

Where a number or a day is missing, DuckDB hands over the bytes that its memory held before: of other rows, of other viewers too. They are not
shown, but they travel to the browser with the rest of the column.
"""

import pyarrow as pa

WIDEST = 32
"""Bytes of the widest number, a decimal of 76 digits."""


def blanked(table: pa.Table) -> pa.Table:
    """The same table with zeros under the missing values of columns of fixed width; a missing text has no bytes of its own."""
    for place, field in enumerate(table.schema):
        column = table.column(place)
        if column.null_count and pa.types.is_primitive(field.type):
            table = table.set_column(place, field, pa.chunked_array([_blanked(chunk) for chunk in column.chunks], field.type))
    return table


def _blanked(chunk: pa.Array) -> pa.Array:
    if not chunk.null_count:
        return chunk
    # Not pa.scalar(0, …): it imports pandas, which takes longer than the first page's questions.
    zero = pa.Array.from_buffers(chunk.type, 1, [None, pa.py_buffer(bytes(WIDEST))])[0]
    known, values = chunk.is_valid(), chunk.fill_null(zero)
    return pa.Array.from_buffers(chunk.type, len(chunk), [known.buffers()[1], values.buffers()[1]])
