"""What people write about an account, a deal or a board: exceptions, actions, alarms' outcomes, versions of targets.

A record has a kind, a subject (the user's own id) and a content that its page defines. Every version is kept. Who writes over a newer
version gets ChangedMeanwhile and loses nothing. Who may see a record follows from its subject: pages show the records of the subjects
that the viewer sees.
"""

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, replace

from data.access import Viewer
from data.errors import ChangedMeanwhile
from data.journal import Journal, audit, told, utc_now, writer_name
from data.language import _

UNIVERSE = "universe"
"""The kind of records that say how many accounts there are in a region (subject: its id, empty for none) and channel."""

EVALUATION = "monthly_evaluation"
"""The kind of records that evaluate people: only those read them who see what is personal."""

COLUMNS = "record_id, version, kind, subject, content, is_open, written_by, written_at"


@dataclass(frozen=True)
class Record:
    """One version of a record; `written_at` is UTC, ISO 8601."""

    record_id: int
    version: int
    kind: str
    subject: str
    content: dict[str, object]
    is_open: bool
    written_by: str
    written_at: str


def may_read(kind: str, viewer: Viewer) -> bool:
    """Whether the viewer may read records of the kind at all."""
    return kind != EVALUATION or viewer.sees_personal


def open_records(journal: Journal, kind: str, subject: str | None = None) -> list[Record]:
    """The last versions of the kind's open records, the oldest record first; with a subject, of those about it."""
    return [record for record in all_records(journal, kind, subject) if record.is_open]


def all_records(journal: Journal, kind: str, subject: str | None = None) -> list[Record]:
    """The last versions of all records of the kind, closed ones included, the oldest record first; with a subject, of those about it."""
    with journal.reading() as connection:
        return _last_versions(connection, kind, subject)


def history(journal: Journal, record_id: int) -> list[Record]:
    """All versions of a record, the first one first."""
    with journal.reading() as connection:
        rows = connection.execute(f"select {COLUMNS} from records where record_id = ? order by version", [record_id]).fetchall()
    return [_record(row) for row in rows]


def add(journal: Journal, kind: str, subject: str, content: dict[str, object], *, by: str) -> Record:
    """Write a new record."""
    with journal.writing() as connection:
        return _write(connection, _new(connection, kind, subject, content, by), f"add {kind}")


def put(
    journal: Journal, kind: str, subject: str, seen: Record | None, content: dict[str, object], *, by: str, apart: Sequence[str] = ()
) -> Record:
    """Write the only open record of the kind on a subject: over the version that the writer saw, or new where they saw none.

    `apart`: fields of the content that tell a subject's records apart, so that it has one open record for each value of them.
    Raises ChangedMeanwhile where somebody was quicker.
    """
    if seen is not None:
        return change(journal, seen, content, by=by)
    with journal.writing() as connection:
        open_ones = [record for record in _last_versions(connection, kind, subject) if record.is_open]
        others = [record for record in open_ones if all(record.content.get(name) == content.get(name) for name in apart)]
        if others:
            raise _changed_by(others[-1])
        return _write(connection, _new(connection, kind, subject, content, by), f"add {kind}")


def change(journal: Journal, seen: Record, content: dict[str, object], *, by: str) -> Record:
    """Write the next version over the one that the writer saw. Raises ChangedMeanwhile where somebody was quicker."""
    return _over(journal, seen, replace(seen, content=content), by, f"change {seen.kind}")


def close(journal: Journal, seen: Record, *, by: str) -> Record:
    """End a record: it stays in its history. Raises ChangedMeanwhile where somebody was quicker."""
    return _over(journal, seen, replace(seen, is_open=False), by, f"close {seen.kind}")


def _over(journal: Journal, seen: Record, wanted: Record, by: str, action: str) -> Record:
    with journal.writing() as connection:
        row = connection.execute(
            f"select {COLUMNS} from records where record_id = ? order by version desc limit 1", [seen.record_id]
        ).fetchone()
        last = _record(row)
        if last.version != seen.version:
            raise _changed_by(last)
        return _write(connection, replace(wanted, version=seen.version + 1, written_by=by, written_at=utc_now()), action)


def _changed_by(last: Record) -> ChangedMeanwhile:
    return ChangedMeanwhile(
        _("Somebody changed this first"),
        _("{who} wrote version {n} at {when}; yours is not written.").format(who=writer_name(last.written_by), n=last.version, when=told(last.written_at)),
        _("Look at both, then save again."),
    )


def _last_versions(connection: sqlite3.Connection, kind: str, subject: str | None) -> list[Record]:
    about = "" if subject is None else "and subject = :subject"
    rows = connection.execute(
        f"""select {COLUMNS} from records as last where kind = :kind {about} and version =
        (select max(version) from records where record_id = last.record_id) order by record_id""",
        {"kind": kind, "subject": subject},
    ).fetchall()
    return [_record(row) for row in rows]


def _new(connection: sqlite3.Connection, kind: str, subject: str, content: dict[str, object], by: str) -> Record:
    number = connection.execute("select coalesce(max(record_id), 0) + 1 from records").fetchone()[0]
    return Record(number, 1, kind, subject, content, True, by, utc_now())


def _write(connection: sqlite3.Connection, record: Record, action: str) -> Record:
    connection.execute(
        f"insert into records ({COLUMNS}) values (?, ?, ?, ?, ?, ?, ?, ?)",
        [
            record.record_id, record.version, record.kind, record.subject, json.dumps(record.content), int(record.is_open),
            record.written_by, record.written_at,
        ],
    )  # fmt: skip
    audit(connection, record.written_by, action, record.subject, record.content)
    return record


def _record(row: tuple) -> Record:
    record_id, version, kind, subject, content, is_open, written_by, written_at = row
    return Record(record_id, version, kind, subject, json.loads(content), bool(is_open), written_by, written_at)
