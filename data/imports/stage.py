"""Checked parts and the rows of the store that stay → the schema `staged`, from which build.py makes the generation.

Dimensions become tables: a later file updates the rows of the same key, and an empty cell erases nothing. Facts become views
over the raw rows and the previous generation: their text is converted once, when the build reads it.
"""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

import duckdb

from data.contract import DIMENSIONS, INFERRED, TABLES, Table
from data.contract.table_words import table_text
from data.imports import check, quoting, rejected_rows
from data.imports.frames import REJECTED_ROWS, SOURCES, create_staged_table, sql_type
from data.imports.part import Part
from data.imports.result import FileResult
from data.imports.shape import Shaper
from data.imports.ticker import Progress
from data.language import _, format_number, ngettext

# As far up as data/schema.sql climbs: a longer circle is none to what is summed there.
_CIRCLES = """with recursive climbed as (
        select account_id, parent_account_id as above, 1 as depth from staged.accounts where parent_account_id is not null
        union all
        select climbed.account_id, accounts.parent_account_id, climbed.depth + 1
        from climbed
        inner join staged.accounts as accounts on accounts.account_id = climbed.above
        where climbed.above <> climbed.account_id and accounts.parent_account_id is not null and climbed.depth < 20
    )
    select distinct account_id from climbed where above = account_id order by account_id"""


@dataclass(frozen=True)
class Origin:
    """A file that feeds a table: its key in the store and what the store remembers of it."""

    source_key: int
    sender: str
    file: str
    table: str
    sha256: str
    mapping: str


@dataclass
class Stage:
    """What is staged. `replaced` are the keys of the store's sources whose rows this import brings anew."""

    con: duckdb.DuckDBPyConnection
    has_previous: bool
    replaced: frozenset[int] = frozenset()
    notices: list[str] = field(default_factory=list)

    def previous(self, table: Table) -> str:
        """The table's columns as the previous generation has them; one of an older layout lacks some, which are null."""
        query = "select column_name from duckdb_columns() where database_name = 'previous' and table_name = $name"
        there = {row[0] for row in self.con.execute(query, {"name": table.name}).fetchall()}
        return ", ".join(
            quoting.name(column.name) if column.name in there else f"null::{sql_type(column)} as {quoting.name(column.name)}"
            for column in table.columns
        )

    def stays(self, alias: str = "") -> str:
        """The condition of a previous row that stays."""
        keys = ", ".join(map(str, sorted(self.replaced))) or "-1"
        return f"{alias}source_key not in ({keys})"


def stage(state: Stage, parts: list[tuple[Part, Shaper]], origins: list[Origin], progress: Progress) -> tuple[FileResult, ...]:
    """Check every part and fill `staged`. Returns the counts per file and table, in the contract's order."""
    con = state.con
    con.execute("create schema if not exists staged")
    con.execute(SOURCES)
    con.execute(REJECTED_ROWS)
    for position, table in enumerate(TABLES.values()):
        progress(position / len(TABLES), _("Checking {table}").format(table=table_text(table.name)))
        own = [(part, shaper) for part, shaper in parts if part.table is table]
        for part, shaper in own:
            check.find_bad_values(con, part, shaper)
        _check_references(state, [part for part, _shaper in own])
        stage_table = _stage_dimension if table.name in DIMENSIONS else _stage_facts
        stage_table(state, table, [part for part, _shaper in own])
    for table in INFERRED:
        _infer(state, TABLES[table])
    _notice_unknown_parents(state)
    _notice_circles(state)
    return _keep_accounts(state, [part for part, _shaper in parts], origins)


def _check_references(state: Stage, parts: list[Part]) -> None:
    known = {}
    for parent in check.REFUSED_REFERENCES:
        exists = state.con.execute(
            "select count(*) from information_schema.tables where table_schema = 'staged' and table_name = $name", {"name": parent}
        ).fetchall()[0][0]
        if exists:
            known[parent] = f"select {TABLES[parent].key[0]} from staged.{parent}"
    for part in parts:
        check.find_unknown_references(state.con, part, known)


def _columns(table: Table) -> str:
    return ", ".join(quoting.name(column.name) for column in table.columns)


def _stage_dimension(state: Stage, table: Table, parts: list[Part]) -> None:
    for part in parts:
        if not part.section.distinct:
            check.find_duplicates(state.con, [part], None, within_file=True)
    key = table.key[0]
    rows = [f"select {_columns(table)}, source_key, {position}::bigint * 1000000000000 + rid as place from ({_with_rid(part)})" for position, part in enumerate(parts, 1)]
    if state.has_previous:
        rows.insert(0, f"select {state.previous(table)}, source_key, -1::bigint as place from previous.{table.name} where {state.stays()}")
        rows.insert(0, _retained(state, table, parts))
    if not rows:
        state.con.execute(create_staged_table(table))
        return
    merged = ", ".join(f"arg_max({quoting.name(column.name)}, place) as {quoting.name(column.name)}" for column in table.columns if column.name != key)
    state.con.execute(
        f"create table staged.{table.name} as select {_columns(table)}, source_key from (select {key}, {merged}, "
        f"arg_max(source_key, place) as source_key from ({' union all '.join(rows)}) group by {key})"
    )


def _with_rid(part: Part) -> str:
    return f"select {part.stored_columns()}, {part.source_key} as source_key, r.rowid as rid {part.good}"


def _retained(state: Stage, table: Table, parts: list[Part]) -> str:
    """The rows that a corrected file no longer lists although rows that stay refer to them: they stay too."""
    key = table.key[0]
    references = [
        f"select {column.name} as id from previous.{other.name} where {state.stays()}"
        for other in TABLES.values()
        for column in other.columns
        if column.refers_to == table.name
    ]
    listed = f"select source_key from previous.sources where table_name = {quoting.text(table.name)}"
    kept = (
        f"previous.{table.name} where not ({state.stays()}) and source_key in ({listed}) "
        f"and {key} in ({' union all '.join(references)})"
    )
    new = " union all ".join(f"select {key} from ({_with_rid(part)})" for part in parts)
    gone = f"{kept} and {key} not in ({new})" if parts else kept
    rows = state.con.execute(f"select count(*) from {gone}").fetchall()[0][0] if state.replaced else 0
    if rows:
        state.notices.append(
            ngettext(
                "{n} row of the table “{table}” is no longer in the corrected file, but other rows refer to it: it stays.",
                "{n} rows of the table “{table}” are no longer in the corrected file, but other rows refer to them: they stay.",
                rows,
            ).format(n=format_number(rows), table=table_text(table.name))
        )
    return f"select {state.previous(table)}, source_key, -2::bigint as place from {gone}"


def _stage_facts(state: Stage, table: Table, parts: list[Part]) -> None:
    check.find_duplicates(state.con, parts, _previous_keys(state, table) if state.has_previous else None)
    rows = [part.selected() for part in parts]
    if state.has_previous:
        rows.insert(0, f"select {state.previous(table)}, source_key from previous.{table.name} where {state.stays()}")
    if state.replaced and table.name in check.REFUSED_REFERENCES:
        rows.insert(0, f"select {_columns(table)}, source_key from ({_retained(state, table, parts)})")
    if rows:
        state.con.execute(f"create view staged.{table.name} as {' union all '.join(rows)}")
    else:
        state.con.execute(create_staged_table(table))


def _previous_keys(state: Stage, table: Table) -> str | None:
    if not table.key:
        return None
    keys = ", ".join(f"old.{name}" for name in table.key)
    return (
        f"select {keys}, sources.file_name as file from previous.{table.name} as old "
        f"left join previous.sources as sources on sources.source_key = old.source_key where {state.stays('old.')}"
    )


def _infer(state: Stage, table: Table) -> None:
    """Add the members of an optional dimension that others name, but no file lists."""
    named = [
        f"select {column.name} as id, source_key from staged.{other.name} where {column.name} is not null"
        for other in TABLES.values()
        for column in other.columns
        if column.refers_to == table.name
    ]
    key, label = table.key[0], table.required_columns[1]
    added = state.con.execute(
        f"""insert into staged.{table.name} ({key}, {label}, source_key)
        select id, id, min(source_key) from ({" union all ".join(named)})
        where id not in (select {key} from staged.{table.name}) group by id returning {key}"""
    ).fetchall()
    if added:
        state.notices.append(
            ngettext(
                "{n} id of the table “{table}” is named, but no file lists it; it is added under its id: {ids}",
                "{n} ids of the table “{table}” are named, but no file lists them; they are added under their ids: {ids}",
                len(added),
            ).format(n=format_number(len(added)), table=table_text(table.name), ids=_some([row[0] for row in added]))
        )


def _some(ids: list[str]) -> str:
    return ", ".join(sorted(ids)[:5]) + (" …" if len(ids) > 5 else "")


def _notice_unknown_parents(state: Stage) -> None:
    ids = state.con.execute(
        "select distinct parent_account_id from staged.accounts where parent_account_id is not null "
        "and parent_account_id not in (select account_id from staged.accounts)"
    ).fetchall()
    if ids:
        state.notices.append(
            ngettext(
                "{n} parent account is not among the accounts; its text is kept: {ids}",
                "{n} parent accounts are not among the accounts; their texts are kept: {ids}",
                len(ids),
            ).format(n=format_number(len(ids)), ids=_some([row[0] for row in ids]))
        )


def _notice_circles(state: Stage) -> None:
    """Name the accounts that their own parents lead back to: none of them is above the others, and each is summed with all of them."""
    ids = state.con.execute(_CIRCLES).fetchall()
    if ids:
        state.notices.append(
            ngettext(
                "{n} account stands under itself, by its own parents: what lies under it can't be told. Mend its parent_account_id: {ids}",
                "{n} accounts stand under themselves, by their own parents: what lies under them can't be told. Mend their parent_account_id: {ids}",
                len(ids),
            ).format(n=format_number(len(ids)), ids=_some([row[0] for row in ids]))
        )


def _keep_accounts(state: Stage, parts: list[Part], origins: list[Origin]) -> tuple[FileResult, ...]:
    """Fill staged.rejected_rows and staged.sources; rows in = loaded + rejected for every file and table."""
    con = state.con
    if state.has_previous:
        con.execute(f"insert into staged.rejected_rows select * from previous.rejected_rows where {state.stays()}")
        con.execute(f"insert into staged.sources select * from previous.sources where {state.stays()}")
    con.execute("create or replace temp table rows_read (source_key integer, n bigint)")
    malformed_done: set[tuple[int, str]] = set()
    for part in parts:
        con.execute(f"insert into rows_read select {part.source_key}, count(*) from {part.rows} where {part.condition} group by all")
        rejected_rows.keep_rejected(con, part)
        if not _is_beside_lines(part, parts) and (part.raw.number, part.table.name) not in malformed_done:
            malformed_done.add((part.raw.number, part.table.name))
            rejected_rows.keep_malformed(con, part)
    derived = {key for part in parts if part.section.distinct for key in part.source_keys.values()}
    derived -= {key for part in parts if not part.section.distinct for key in part.source_keys.values()}
    return tuple(replace(_count(con, origin), derived=origin.source_key in derived) for origin in origins)


def _is_beside_lines(part: Part, parts: list[Part]) -> bool:
    """Whether a part only folds rows that another part of the same file reads one by one: a malformed line is kept there."""
    return part.section.distinct and any(other.raw is part.raw and not other.section.distinct for other in parts)


def _count(con: duckdb.DuckDBPyConnection, origin: Origin) -> FileResult:
    rows, rejected = con.execute(
        "select (select coalesce(sum(n), 0)::bigint from rows_read where source_key = $key), "
        "(select count(*) from staged.rejected_rows where source_key = $key)",
        {"key": origin.source_key},
    ).fetchall()[0]
    con.execute(
        "insert into staged.sources values ($key, $sender, $file, $table, $sha256, $mapping, $at, $rows, $loaded, $rejected)",
        {
            "key": origin.source_key,
            "sender": origin.sender,
            "file": origin.file,
            "table": origin.table,
            "sha256": origin.sha256,
            "mapping": origin.mapping,
            "at": datetime.now(UTC).replace(tzinfo=None),
            "rows": rows,
            "loaded": rows - rejected,
            "rejected": rejected,
        },
    )
    return FileResult(origin.file, origin.table, rows, rows - rejected, rejected)
