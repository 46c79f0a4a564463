"""Where a value is missing nothing else travels in its place."""

from datetime import date, datetime

import pyarrow as pa
import pytest

from queries.filters import Filters
from queries.remains import blanked
from queries.runner import ask

SECRET = b"Patagon!"


def remaining(*, kind: pa.DataType, rows: int = 3) -> pa.Table:
    """One column of missing values over bytes that the memory held before."""
    held = pa.py_buffer(SECRET * rows)
    return pa.table({"day": pa.Array.from_buffers(kind, rows, [pa.py_buffer(b"\0"), held])})


@pytest.mark.parametrize("kind", [pa.date32(), pa.int64(), pa.float64(), pa.timestamp("us"), pa.bool_()])
def test_no_byte_is_left_under_a_missing_value(kind: pa.DataType) -> None:
    table = remaining(kind=kind)
    assert SECRET[:1] in table["day"].chunk(0).buffers()[1].to_pybytes()
    column = blanked(table)["day"]
    assert column.null_count == 3
    assert not any(column.chunk(0).buffers()[1].to_pybytes())


def test_what_is_known_stays_in_every_chunk_and_slice() -> None:
    whole = pa.table({
        "n": pa.chunked_array([[1, None], [3], [], [None, 5]], pa.int64()), "x": [0.5, None, None, 2.0, 3.0], "d": [date(2025, 1, 1), None, date(2025, 1, 3), None, None],
        "t": [None, datetime(2025, 1, 1), None, None, None], "b": [True, None, False, None, True], "s": ["a", None, "c", "d", None],
    })  # fmt: skip
    assert blanked(whole).to_pydict() == whole.to_pydict()
    assert blanked(whole.slice(1, 3)).to_pydict() == whole.slice(1, 3).to_pydict()
    assert blanked(whole.slice(0, 0)).num_rows == 0


def test_every_answer_is_blanked() -> None:
    class Cursor:
        """A cursor whose answer lies over what memory held, of a type that comes by way of Arrow however few rows there are."""

        description = (("day", "HUGEINT"),)

        def execute(self, *_asked: object) -> "Cursor":
            return self

        def to_arrow_table(self) -> pa.Table:
            return remaining(kind=pa.int64())

    column = ask(Cursor(), "store/generation", Filters())["day"].to_arrow()
    assert column.null_count == 3 and not any(column.buffers()[1].to_pybytes())
