"""Where a raw row stands in its file: rowid → the row that a person sees in a spreadsheet (the header is row 1).

Three small tables per raw table: places_n (each file's first row), shifts_n (by how much the lines left out push the rows after
them), and the row numbers of malformed_n put right.
"""

import duckdb
import polars as pl

Files = list[tuple[int, tuple[int, ...]]]
"""Per file: the first row below the header, and the places of empty lines that were left out."""


def locate(con: duckdb.DuckDBPyConnection, number: int, files: Files) -> bool:
    """Write the tables of places for raw_<number>; whether any row is shifted."""
    _restore_row_numbers(con, number, files)
    firsts = dict(con.execute(f"select file_index, min(rowid) from raw_{number} group by file_index").fetchall())
    con.execute(f"create or replace table places_{number} (file_index integer, first_rowid bigint, first_row bigint)")
    con.executemany(
        f"insert into places_{number} values (?, ?, ?)",
        [(index, firsts.get(index, 0), first_row) for index, (first_row, _left_out) in enumerate(files)],
    )
    shifts = _shifts(con, number, files)
    _write(con, f"shifts_{number}", shifts)
    return shifts.height > 0


def _write(con: duckdb.DuckDBPyConnection, table: str, frame: pl.DataFrame) -> None:
    con.register("frame_to_write", frame)
    con.execute(f"create or replace table {table} as select * from frame_to_write")
    con.unregister("frame_to_write")


def _restore_row_numbers(con: duckdb.DuckDBPyConnection, number: int, files: Files) -> None:
    """Malformed lines of a clean copy: count the empty lines in again that the copy left out."""
    blanks = {
        (index, place - before): before + 1 for index, (_first, left_out) in enumerate(files) for before, place in enumerate(left_out)
    }
    if not blanks:
        return
    _write(con, "blanks", _places_frame([(index, place, shift) for (index, place), shift in blanks.items()]))
    con.execute(
        f"""create or replace table malformed_{number} as
        select bad.file_index, bad.row_number + coalesce(blanks.shift, 0) as row_number, bad.line
        from malformed_{number} as bad
        asof left join blanks on blanks.file_index = bad.file_index and bad.row_number >= blanks.from_place"""
    )


def _places_frame(rows: list[tuple[int, int, int]]) -> pl.DataFrame:
    schema = {"file_index": pl.Int32, "from_place": pl.Int64, "shift": pl.Int64}
    return pl.DataFrame(rows, schema=schema, orient="row")


def _shifts(con: duckdb.DuckDBPyConnection, number: int, files: Files) -> pl.DataFrame:
    missing = [(index, place) for index, (_first, left_out) in enumerate(files) for place in left_out]
    missing += con.execute(f"select file_index, row_number from malformed_{number}").fetchall()
    shifts: dict[tuple[int, int], int] = {}
    seen: dict[int, int] = {}
    for index, place in sorted(missing):
        before = seen.get(index, 0)
        # Neighbours that are left out share a place: the last, with the greatest shift, counts.
        shifts[index, place - files[index][0] - before] = before + 1
        seen[index] = before + 1
    return _places_frame([(index, place, shift) for (index, place), shift in shifts.items()])


def row_number(number: int, has_shifts: bool, row: str = "r") -> tuple[str, str]:
    """The expression of the row number that a person sees, and the joins that it needs after `from raw_n as r`."""
    joins = f" inner join places_{number} as place on place.file_index = {row}.file_index"
    seen = f"{row}.rowid - place.first_rowid + place.first_row"
    if not has_shifts:
        return seen, joins
    joins += (
        f" asof left join shifts_{number} as shifted on shifted.file_index = {row}.file_index "
        f"and {row}.rowid - place.first_rowid >= shifted.from_place"
    )
    return f"{seen} + coalesce(shifted.shift, 0)", joins
