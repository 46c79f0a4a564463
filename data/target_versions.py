"""Versions of a target board in the journal: who saved which targets and why, what was approved, what is frozen.

A version is one transaction: whole or not there. It holds the rows (account × product) that it changed, so that two people who change
different rows both keep their work. Who changes a row that somebody else has changed since gets RowsChangedMeanwhile, which carries both,
and nothing is written. Readers pass the accounts that they see, and get no row and no version of others.
"""

import json
import sqlite3
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from data.access import Viewer
from data.errors import AccessDenied, BadRequest, ChangedMeanwhile
from data.journal import Journal, audit, told, utc_now, writer_name
from data.language import _

APPROVED, FROZEN, OPENED = "approved", "frozen", "opened"
Row = tuple[str, str]
"""account_id, product_id."""
Units = tuple[int, ...]
"""Whole cases month by month."""
Rows = dict[Row, Units]


@dataclass(frozen=True)
class Version:
    """One saved version of a board; `about` is what it rests on (the requirement, thresholds), `rows` how many rows it changed."""

    board: str
    version: int
    reason: str
    about: dict[str, object]
    based_on: int
    saved_by: str
    saved_at: str
    rows: int


@dataclass(frozen=True)
class Mark:
    """Somebody approved, froze or opened a version; `region_ids` None is the whole company. `mark_id` rises with each mark of any board."""

    version: int
    mark: str
    region_ids: tuple[str, ...] | None
    note: str
    marked_by: str
    marked_at: str
    mark_id: int


class RowsChangedMeanwhile(ChangedMeanwhile):
    """Rows that the writer changed were changed by others since: `theirs` and `mine` by row, and who wrote theirs."""

    def __init__(self, who: str, when: str, version: int, theirs: dict[Row, Units], mine: dict[Row, Units]) -> None:
        super().__init__(
            _("Somebody changed the same targets first"),
            _("{who} saved version {n} at {when}, with {rows} of the rows that you changed; yours are not written.").format(
                who=writer_name(who), n=version, when=told(when), rows=len(theirs)
            ),
            _("Look at both, then take theirs or save yours over them."),
        )
        self.theirs, self.mine = theirs, mine


def save(
    journal: Journal, board: str, rows: Mapping[Row, Units], *, viewer: Viewer, accounts: Collection[str], seen: int, reason: str,
    about: Mapping[str, object],
) -> Version:  # fmt: skip
    """Write the rows that differ from version `seen` (0 = none) as the next version.

    `accounts` are those that the viewer sees. Raises AccessDenied for a row of another account or a frozen board, BadRequest without a
    reason or a change, RowsChangedMeanwhile where others changed one of these rows after `seen`.
    """
    if not reason.strip():
        raise BadRequest(_("A version needs a reason"), _("Whoever reads it next year must know why it was made."), _("Write one sentence."))
    if any(account not in accounts for account, _product in rows):
        raise AccessDenied(_("These targets are not yours"), _("A version holds the accounts that its writer sees."), _("Take the others out."))
    with journal.writing() as connection:
        _refuse_frozen(connection, board)
        known = _rows_at(connection, board, seen)
        changed = {row: tuple(units) for row, units in rows.items() if known.get(row) != tuple(units)}
        if not changed:
            raise BadRequest(_("Nothing has changed"), _("These are the targets of version {n}.").format(n=seen))
        _refuse_overwriting(connection, board, seen, changed)
        return _write(connection, board, changed, viewer.email, seen, reason.strip(), dict(about))


def versions(journal: Journal, board: str, accounts: Collection[str] | None) -> list[Version]:
    """The board's versions that hold a row of these accounts (None = of all), the oldest first."""
    with journal.reading() as connection:
        found = connection.execute(
            """select versions.version, reason, about, based_on, saved_by, saved_at, count(*) from target_versions as versions
            inner join target_rows as rows on rows.board = versions.board and rows.version = versions.version
            where versions.board = ? and (? is null or rows.account_id in (select value from json_each(?)))
            group by versions.version order by versions.version""",
            [board, *_listed(accounts)],
        ).fetchall()
    return [Version(board, row[0], row[1], json.loads(row[2]), *row[3:]) for row in found]


def heads(journal: Journal) -> tuple[tuple[str, int], ...]:
    """Every board with the number of its last version: while these are the same, no version has changed."""
    with journal.reading() as connection:
        return tuple(connection.execute("select board, max(version) from target_versions group by board order by board").fetchall())


def boards(journal: Journal, accounts: Collection[str] | None) -> list[str]:
    """The boards that hold a row of these accounts (None = of all), in the order of their months."""
    with journal.reading() as connection:
        found = connection.execute(
            "select distinct board from target_rows where ? is null or account_id in (select value from json_each(?)) order by board",
            _listed(accounts),
        ).fetchall()
    return [board for (board,) in found]


def rows_at(journal: Journal, board: str, version: int, accounts: Collection[str] | None) -> dict[Row, Units]:
    """The board's rows as they are in that version, of these accounts (None = of all)."""
    with journal.reading() as connection:
        return _rows_at(connection, board, version, accounts)


def latest(journal: Journal, board: str) -> int:
    """The number of the board's last version, whoever saved it; 0 where there is none."""
    with journal.reading() as connection:
        return _latest(connection, board)


def marks(journal: Journal, board: str) -> list[Mark]:
    """What was approved, frozen and opened, the oldest first."""
    with journal.reading() as connection:
        found = connection.execute(
            "select version, mark, region_ids, note, marked_by, marked_at, mark_id from target_marks where board = ? order by mark_id", [board]
        ).fetchall()
    return [Mark(row[0], row[1], None if row[2] is None else tuple(json.loads(row[2])), *row[3:]) for row in found]


def frozen(found: list[Mark]) -> Mark | None:
    """The mark that froze the board, None while it is open."""
    last = [mark for mark in found if mark.mark in (FROZEN, OPENED)][-1:]
    return last[0] if last and last[0].mark == FROZEN else None


def approve(journal: Journal, board: str, version: int, *, viewer: Viewer, accounts: Collection[str] | None = None, note: str = "") -> None:
    """Approve the part of a version that the viewer sees: `accounts` (None = all).

    Raises AccessDenied for a role that may not, ChangedMeanwhile where a newer version changed one of these accounts.
    """
    if viewer.role not in ("manager", "lead"):
        raise AccessDenied(_("Only a manager or a lead approves targets"), _("You may look at them and save versions."))
    _mark(journal, board, version, APPROVED, viewer, note, accounts)


def freeze(journal: Journal, board: str, version: int, *, viewer: Viewer, note: str = "") -> None:
    """End a board's editing at its last version. Raises AccessDenied unless the viewer is a manager, ChangedMeanwhile for an older version."""
    _require_manager(viewer)
    _mark(journal, board, version, FROZEN, viewer, note)


def reopen(journal: Journal, board: str, version: int, *, viewer: Viewer, note: str) -> None:
    """Let a frozen board be edited again, with the reason. Raises AccessDenied and BadRequest."""
    _require_manager(viewer)
    if not note.strip():
        raise BadRequest(_("Opening a frozen board needs a reason"), _("Whoever signed it must know why it changes."), _("Write one sentence."))
    _mark(journal, board, version, OPENED, viewer, note.strip())


def _require_manager(viewer: Viewer) -> None:
    if not viewer.may_change:
        raise AccessDenied(_("Only a manager freezes or opens a board"), _("A lead approves the part of their regions."))


def _mark(
    journal: Journal, board: str, version: int, mark: str, viewer: Viewer, note: str, accounts: Collection[str] | None = None
) -> None:
    with journal.writing() as connection:
        last = connection.execute(
            """select coalesce(max(version), 0) from target_rows
            where board = ? and (? is null or account_id in (select value from json_each(?)))""",
            [board, *_listed(accounts)],
        ).fetchone()[0]
        if version != last or version == 0:
            raise ChangedMeanwhile(
                _("There is a newer version"), _("The last version is {n}, not {seen}.").format(n=last, seen=version), _("Look at it first.")
            )
        regions = None if viewer.region_ids is None else json.dumps(list(viewer.region_ids))
        connection.execute(
            "insert into target_marks (board, version, mark, region_ids, note, marked_by, marked_at) values (?, ?, ?, ?, ?, ?, ?)",
            [board, version, mark, regions, note, viewer.email, utc_now()],
        )
        audit(connection, viewer.email, f"{mark} targets", board, {"version": version, "note": note})


def _write(
    connection: sqlite3.Connection, board: str, changed: dict[Row, Units], by: str, seen: int, reason: str, about: dict[str, object]
) -> Version:
    number, now = _latest(connection, board) + 1, utc_now()
    connection.execute(
        "insert into target_versions values (?, ?, ?, ?, ?, ?, ?)", [board, number, reason, json.dumps(about, default=str), seen, by, now]
    )
    # All rows as one JSON text, which SQLite takes apart: a board of 240,000 rows is written in half the time of a statement for each.
    connection.execute(
        "insert into target_rows select ?, ?, json_extract(value, '$[0]'), json_extract(value, '$[1]'), json_extract(value, '$[2]') from json_each(?)",
        [board, number, json.dumps([(*row, units) for row, units in changed.items()])],
    )
    audit(connection, by, "save targets", board, {"version": number, "rows": len(changed), "reason": reason})
    return Version(board, number, reason, about, seen, by, now, len(changed))


def _refuse_frozen(connection: sqlite3.Connection, board: str) -> None:
    row = connection.execute(
        "select mark, marked_by, marked_at from target_marks where board = ? and mark != ? order by mark_id desc limit 1", [board, APPROVED]
    ).fetchone()
    if row and row[0] == FROZEN:
        raise AccessDenied(
            _("The board is frozen"), _("{who} froze it at {when}.").format(who=writer_name(row[1]), when=told(row[2])), _("Ask a manager to open it again.")
        )


def _refuse_overwriting(connection: sqlite3.Connection, board: str, seen: int, changed: dict[Row, Units]) -> None:
    newer = connection.execute(
        """select account_id, product_id, units, rows.version, saved_by, saved_at from target_rows as rows
        inner join target_versions as versions on versions.board = rows.board and versions.version = rows.version
        where rows.board = ? and rows.version > ? order by rows.version""",
        [board, seen],
    ).fetchall()
    hit = [row for row in newer if (row[0], row[1]) in changed and tuple(json.loads(row[2])) != changed[row[0], row[1]]]
    if hit:
        theirs = {(row[0], row[1]): tuple(json.loads(row[2])) for row in hit}
        _account, _product, _units, version, who, when = hit[-1]
        raise RowsChangedMeanwhile(who, when, version, theirs, {row: changed[row] for row in theirs})


def _rows_at(connection: sqlite3.Connection, board: str, version: int, accounts: Collection[str] | None = None) -> dict[Row, Units]:
    found = connection.execute(
        """select account_id, product_id, units, max(version) from target_rows
        where board = ? and version <= ? and (? is null or account_id in (select value from json_each(?)))
        group by account_id, product_id""",
        [board, version, *_listed(accounts)],
    ).fetchall()
    return {(account, product): tuple(json.loads(units)) for account, product, units, _version in found}


def _latest(connection: sqlite3.Connection, board: str) -> int:
    return connection.execute("select coalesce(max(version), 0) from target_versions where board = ?", [board]).fetchone()[0]


def _listed(accounts: Collection[str] | None) -> list[str | None]:
    text = None if accounts is None else json.dumps(sorted(accounts))
    return [text, text]
