"""Rows that are not loaded are kept whole in staged.rejected_rows, with where they stand and why."""

import duckdb

from data.imports import places, quoting, read
from data.imports.part import Part


def keep_rejected(con: duckdb.DuckDBPyConnection, part: Part) -> None:
    """The part's rows that cannot be loaded, whole, each once with all its reasons."""
    names = quoting.texts(file.source.name for file in part.raw.files)
    number, joins = places.row_number(part.raw.number, part.raw.has_shifts, "o")
    con.execute(
        f"""insert into staged.rejected_rows
        with errors as (
            select rid, list_sort(list_distinct(list(code))) as reasons,
                string_agg(column_name || ': ' || coalesce(value, '–'), '; ') as detail
            from {part.bad} group by rid
        ), located as (
            select errors.reasons, errors.detail, {part.origin} as origin, {part.source_key} as source_key
            from errors inner join {part.rows} on r.rowid = errors.rid
        )
        select located.source_key, {quoting.text(part.table.name)}, [{names}][o.file_index + 1], {number},
            located.reasons, located.detail, {_row_json(part.raw)}
        from located inner join {part.raw.table} as o on o.rowid = located.origin{joins} order by located.origin"""
    )


def _row_json(raw: read.Raw) -> str:
    seen: dict[str, int] = {}
    pairs = []
    for place, heading in enumerate(raw.header):
        label = heading or f"column {place + 1}"
        seen[label.lower()] = seen.get(label.lower(), 0) + 1
        label = label if seen[label.lower()] == 1 else f"{label} ({seen[label.lower()]})"
        pairs.append(f"{quoting.name(label)} := o.c{place}")
    return f"to_json(struct_pack({', '.join(pairs)}))::varchar"


def keep_malformed(con: duckdb.DuckDBPyConnection, part: Part) -> None:
    """The lines of the part's files that do not fit their headings, as they stand."""
    wanted = {index for index, key in part.source_keys.items() if part.raw.malformed.get(index)}
    if not wanted:
        return
    names = quoting.texts(file.source.name for file in part.raw.files)
    chosen = ", ".join(map(str, wanted))
    con.execute(
        f"""insert into staged.rejected_rows
        select {part.source_key}, {quoting.text(part.table.name)}, [{names}][r.file_index + 1], r.row_number, ['malformed_row'],
            r.line, to_json({{'line': r.line}})::varchar
        from malformed_{part.raw.number} as r where r.file_index in ({chosen})"""
    )
    con.execute(
        f"insert into rows_read select {part.source_key}, count(*) from malformed_{part.raw.number} as r "
        f"where r.file_index in ({chosen}) group by all"
    )
