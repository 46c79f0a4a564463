"""Files of one shape → one raw table in the work database: every cell as written, one more column that says which file.

The columns are c0, c1, … in the header's order, whatever the headings say. A row's rowid is its place in the file, from which
`row_number` computes the row that a person sees in a spreadsheet (the header is row 1). Lines that do not have the header's
columns go to a table of their own, whole.
"""

from dataclasses import dataclass, field
from pathlib import Path

import duckdb
import polars as pl

from data.errors import ImportRefused
from data.imports import merged, places, quoting, sheets, text
from data.imports.files import SourceFile
from data.language import _, format_number, ngettext

INSTANT = "TIMESTAMP WITH TIME ZONE"
NESTED = "NESTED"
MOST_COLUMNS = 1_000
"""No list or ledger is wider; what is, is a sheet on its side."""

MALFORMED_LIMIT = 0.5
"""A text file of which more than this share of lines does not fit its header was taken apart wrongly."""


@dataclass(frozen=True)
class Opened:
    """A file whose shape is known. `path` is what DuckDB reads: the file itself, a clean copy, or a sheet as Parquet.

    `zones` are (column, time zone) of instants: the day of a sale is the day where its clock stood. `spans` are a sheet's merged ranges over
    several rows below its header: the column, the first and the last row, each from 0. `nulls` counts the NUL bytes that were left out.
    """

    source: SourceFile
    path: Path
    sha256: str
    header: tuple[str, ...]
    types: tuple[str, ...]
    layout: text.Layout | None = None
    encoding: str = ""
    first_row: int = 2
    left_out: tuple[int, ...] = ()
    odd_blanks: bool = True
    zones: tuple[tuple[str, str], ...] = ()
    spans: tuple[merged.Span, ...] = ()
    nulls: int = 0

    @property
    def shape(self) -> tuple[object, ...]:
        """Files of equal shape are read together."""
        return (self.header, self.types, self.layout, self.zones)


@dataclass(frozen=True)
class Raw:
    """A raw table: files of one shape read together. `number` names it; `malformed` counts its unreadable lines.

    `clean` are the places of text columns whose cells have no blanks around them and need no trimming. Rows without any value
    (";;;;" at the end of an export) are blank lines, not rows.
    """

    number: int
    files: tuple[Opened, ...]
    has_shifts: bool = False
    malformed: dict[int, int] = field(default_factory=dict)
    clean: frozenset[int] = frozenset()
    has_empty_rows: bool = False

    @property
    def table(self) -> str:
        """The table's name in the work database."""
        return f"raw_{self.number}"

    @property
    def header(self) -> tuple[str, ...]:
        """The headings as written."""
        return self.files[0].header

    @property
    def types(self) -> tuple[str, ...]:
        """The columns' DuckDB types."""
        return self.files[0].types

    @property
    def shown(self) -> str:
        """The files' name for reports: the first, and how many more."""
        more = len(self.files) - 1
        name = self.files[0].source.name
        return name if not more else ngettext("{name} and {n} more file", "{name} and {n} more files", more).format(name=name, n=more)


def open_file(con: duckdb.DuckDBPyConnection, file: SourceFile, work: Path, sheet: str | None = None) -> Opened:
    """Find out a file's shape. Raises ImportRefused for a file that is empty, damaged, far too wide or not what its ending says."""
    opened = _open_text(file, work) if file.kind == "text" else _open_typed(con, file, work, sheet)
    if len(opened.header) > MOST_COLUMNS:
        raise ImportRefused(
            _("The file has too many columns"),
            _("{name} has {n} columns; up to {most} are read.").format(name=file.name, n=format_number(len(opened.header)), most=format_number(MOST_COLUMNS)),
            _("Export only those that docs/data-format.md lists. Where months or products stand side by side, export them below each other."),
        )
    return opened


def _open_typed(con: duckdb.DuckDBPyConnection, file: SourceFile, work: Path, sheet: str | None) -> Opened:
    found = _checksum(file)
    path, above, spans = file.path, -1, ()
    if file.kind == "sheet":
        path = work / f"{found[:16]}-{_slug(sheet)}.parquet"
        above = sheets.to_parquet(file.path, file.name, path, sheet)
        spans = merged.spans(file.path, sheet)
    header, types = _parquet_shape(con, path, file.name)
    zones = _zones(con, path, header, types)
    below = tuple((place, first - above - 2, last - above - 2) for place, first, last in spans if first > above + 1 and place < len(header))
    return Opened(file, path, found, header, tuple(map(_stored_type, types)), first_row=above + 2, zones=zones, spans=below)


def _slug(sheet: str | None) -> str:
    return "".join(character if character.isalnum() else "_" for character in sheet or "first")


def _checksum(file: SourceFile) -> str:
    if not file.path.stat().st_size:
        text.refuse_empty(file.name)
    return text.checksum(file.path)


def _open_text(file: SourceFile, work: Path) -> Opened:
    found = text.examine(file.path, file.name)
    path, encoding, left_out, nulls = file.path, found.encoding, [], 0
    if found.needs_cleaning:
        path, encoding = work / f"{found.sha256[:16]}.clean.csv", "utf-8"
        left_out, nulls = text.clean(file.path, found.encoding, path)
    layout = text.layout(path, file.name, encoding)
    above = sum(1 for place in left_out if place <= layout.skip + 1)
    types = ("VARCHAR",) * len(layout.header)
    first_row = layout.skip + 2 + above
    shown_out = tuple(left_out[above:])
    return Opened(file, path, found.sha256, layout.header, types, layout, found.encoding, first_row, shown_out, found.odd_blanks, nulls=nulls)


def _parquet_shape(con: duckdb.DuckDBPyConnection, path: Path, shown: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    try:
        rows = con.execute("describe select * from read_parquet($path)", {"path": str(path)}).fetchall()
    except duckdb.Error as error:
        raise ImportRefused(
            _("The Parquet file cannot be read"),
            _("{name} is damaged or not Parquet.").format(name=shown),
            _("Write it again, or export it as CSV (UTF-8)."),
        ) from error
    return tuple(row[0] for row in rows), tuple(row[1] for row in rows)


def _zones(con: duckdb.DuckDBPyConnection, path: Path, header: tuple[str, ...], types: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """The time zone that each column of instants was written in; UTC where the file names none that is known here."""
    instants = [name for name, kind in zip(header, types, strict=True) if kind == INSTANT]
    if not instants:
        return ()
    written = {name: getattr(kind, "time_zone", None) for name, kind in pl.read_parquet_schema(path).items()}
    known = {row[0] for row in con.execute("select name from pg_timezone_names()").fetchall()}
    return tuple((name, written[name] if written.get(name) in known else "UTC") for name in instants)


def _stored_type(duckdb_type: str) -> str:
    """The type that a column keeps: numbers, days, instants and flags; lists and records are NESTED, anything else becomes text, pictures nothing."""
    base = duckdb_type.split("(")[0]
    if base.startswith(("STRUCT", "MAP", "UNION", "VARIANT")) or duckdb_type.endswith("]"):
        return NESTED
    whole = ("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT", "HUGEINT", "UHUGEINT")
    if base in (*whole, "DATE", "BOOLEAN", "DOUBLE", "BLOB") or (base == "DECIMAL" and not duckdb_type.endswith("]")):
        return duckdb_type
    if base.startswith("TIMESTAMP"):
        return "TIMESTAMP"
    return "DOUBLE" if base == "FLOAT" else "VARCHAR"


def read(con: duckdb.DuckDBPyConnection, number: int, files: list[Opened]) -> Raw:
    """Read files of one shape into the table raw_<number>, and their unreadable lines into malformed_<number>."""
    raw = Raw(number, tuple(files))
    con.execute(f"create or replace table malformed_{number} (file_index integer, row_number bigint, line varchar)")
    if raw.files[0].layout is None:
        _read_parquet(con, raw)
        return _located(con, raw)
    _read_text(con, raw)
    _keep_malformed(con, raw)
    located = _located(con, raw)
    _refuse_misread(con, located)
    return located


def _file_index(con: duckdb.DuckDBPyConnection, raw: Raw) -> str:
    if len(raw.files) == 1:
        return "0::integer"
    con.execute(f"create or replace type files_{raw.number} as enum ({quoting.texts(str(file.path) for file in raw.files)})")
    return f"enum_code(filename::files_{raw.number})::integer"


def _read_parquet(con: duckdb.DuckDBPyConnection, raw: Raw) -> None:
    zones = dict(raw.files[0].zones)
    kept = (_kept_cell(name, kind, zones.get(name)) for name, kind in zip(raw.header, raw.types, strict=True))
    columns = ", ".join(f"{cell} as c{place}" for place, cell in enumerate(kept))
    paths = f"[{quoting.texts(str(file.path) for file in raw.files)}]"
    con.execute(
        f"create or replace table {raw.table} as select {_file_index(con, raw)} as file_index, {columns} "
        f"from read_parquet({paths}, filename=true)"
    )


def _kept_cell(name: str, kind: str, zone: str | None) -> str:
    column = quoting.name(name)
    if zone:
        return f"timezone({quoting.text(zone)}, {column})"
    if kind == "BLOB":
        return "null::varchar"
    if kind == NESTED:
        return f"{column}::varchar"
    return f"case when isfinite({column}::double) then {column}::double end" if kind == "DOUBLE" else f"{column}::{kind}"


def _read_text(con: duckdb.DuckDBPyConnection, raw: Raw) -> None:
    try:
        con.execute(_csv_query(con, raw, strict=True))
    except duckdb.InvalidInputException:
        _read_leniently(con, raw)


def _read_leniently(con: duckdb.DuckDBPyConnection, raw: Raw) -> None:
    try:
        con.execute(_csv_query(con, raw, strict=False))
    except duckdb.InvalidInputException as error:
        raise ImportRefused(
            _("The file cannot be taken apart"),
            _("{name}: its quotes or line ends do not follow the rules of CSV.").format(name=raw.shown),
            _("Open it in your spreadsheet program and save it again as CSV (UTF-8)."),
        ) from error


def _csv_query(con: duckdb.DuckDBPyConnection, raw: Raw, *, strict: bool) -> str:
    layout = raw.files[0].layout
    con.execute(f"drop table if exists reject_errors_{raw.number}; drop table if exists reject_scans_{raw.number}")
    names = ", ".join(f"'c{place}': 'VARCHAR'" for place in range(len(layout.header)))
    columns = ", ".join(f"c{place}" for place in range(len(layout.header)))
    paths = f"[{quoting.texts(str(file.path) for file in raw.files)}]"
    return (
        f"create or replace table {raw.table} as select {_file_index(con, raw)} as file_index, {columns} from read_csv({paths}, "
        f"auto_detect=false, columns={{{names}}}, header=true, skip={layout.skip}, delim={quoting.text(layout.separator)}, "
        f"quote='\"', escape='\"', strict_mode={str(strict).lower()}, filename=true, store_rejects=true, "
        f"rejects_table='reject_errors_{raw.number}', rejects_scan='reject_scans_{raw.number}')"
    )


def _keep_malformed(con: duckdb.DuckDBPyConnection, raw: Raw) -> None:
    """Keep every unreadable line. An open quote swallows the lines behind it: each of them is a line of its own here."""
    con.execute(
        f"""insert into malformed_{raw.number}
        with lines as (
            select distinct errors.file_id, errors.line, trim(errors.csv_line, chr(10) || chr(13)) as line_text
            from reject_errors_{raw.number} as errors
        ), pieces as (
            select file_id, line, string_split(line_text, chr(10)) as parts from lines
        )
        select file_id::integer, line + place - 1, rtrim(part, chr(13))
        from (select file_id, line, unnest(parts) as part, generate_subscripts(parts, 1) as place from pieces)
        where part <> ''"""
    )


def _located(con: duckdb.DuckDBPyConnection, raw: Raw) -> Raw:
    counts = con.execute(f"select file_index, count(*)::bigint from malformed_{raw.number} group by file_index").fetchall()
    files = [(file.first_row, file.left_out) for file in raw.files]
    has_shifts = places.locate(con, raw.number, files)
    clean, has_empty_rows = _surveyed(con, raw)
    return Raw(raw.number, raw.files, has_shifts, dict(counts), clean, has_empty_rows)


def _surveyed(con: duckdb.DuckDBPyConnection, raw: Raw) -> tuple[frozenset[int], bool]:
    """Which text columns need no trimming, and whether there are rows without any value."""
    simple = not any(file.odd_blanks for file in raw.files)
    texts = [place for place, kind in enumerate(raw.types) if kind == "VARCHAR" and simple]
    tests = [f"count(*) filter (where {quoting.has_spaces_around(f'c{place}')})" for place in texts]
    counts = con.execute(f"select {', '.join([*tests, 'count(*)'])} from {raw.table}").fetchall()[0]
    empty = " and ".join(f"c{place} is null" for place in range(len(raw.header)))
    empty_rows = con.execute(f"select count(*) from {raw.table} where {empty}").fetchall()[0][0]
    return frozenset(place for place, rows in zip(texts, counts, strict=False) if not rows), bool(empty_rows)


def _refuse_misread(con: duckdb.DuckDBPyConnection, raw: Raw) -> None:
    bad = sum(raw.malformed.values())
    if not bad:
        return
    good = con.execute(f"select count(*) from {raw.table}").fetchall()[0][0]
    if bad > 5 and bad > MALFORMED_LIMIT * (good + bad):
        raise ImportRefused(
            _("Most lines do not fit the header"),
            _("{name}: {bad} of {all} lines have more or fewer columns than its header.").format(name=raw.shown, bad=bad, all=good + bad),
            _("Look at the file in an editor: is the header in its place, are texts with separators in quotes?"),
        )
