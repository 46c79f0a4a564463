"""What people write: settings, users, mappings, import history and the audit, in one SQLite file; records have a module of their own.

Writes are durable (WAL, synchronous=FULL, BEGIN IMMEDIATE). A row that people edit has a version: who saves over a
newer one gets ChangedMeanwhile and loses nothing.
"""

import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from data.access import ROLES, Viewer
from data.errors import AccessDenied, BadRequest, ChangedMeanwhile, StoreDamaged
from data.language import _, format_instant, mark

MIGRATIONS = Path(__file__).parent / "migrations"
LOCAL_EMAIL = "local"
LOCAL_NAME = mark("This computer")
OF_SETTING = "from audit where subject = ? and action in ('save setting', 'reset setting')"


def writer_name(email: str) -> str:
    """Who wrote something, as people read it: the e-mail, and words for who works alone on this computer."""
    return _(LOCAL_NAME) if email == LOCAL_EMAIL else email


def told(moment: str) -> str:
    """An instant that the journal holds (UTC, ISO 8601), as people read it."""
    return format_instant(datetime.fromisoformat(moment))


@dataclass(frozen=True)
class Setting:
    """A setting as it was last saved."""

    name: str
    value: object
    version: int
    changed_by: str
    changed_at: str


class Journal:
    """The journal of one store. Each call opens the file, so that threads and processes share nothing."""

    def __init__(self, path: Path) -> None:
        self.path = path
        path.parent.mkdir(parents=True, exist_ok=True)
        self._migrate()

    # Settings

    def settings(self) -> dict[str, Setting]:
        """Every saved setting by name."""
        with self.reading() as connection:
            rows = connection.execute("select name, value, version, changed_by, changed_at from settings").fetchall()
        return {row[0]: Setting(row[0], json.loads(row[1]), *row[2:]) for row in rows}

    def setting_values(self) -> dict[str, object]:
        """Every saved setting's value by name."""
        return {name: setting.value for name, setting in self.settings().items()}

    def save_setting(
        self, name: str, value: object, *, by: str, seen_version: int = 0, called: str = "", worded: Callable[[object], str] = str
    ) -> Setting:
        """Save a setting over the version that the writer saw (0 = none yet). Raises ChangedMeanwhile, whose text calls the setting `called`
        and says its value as `worded` does."""
        with self.writing() as connection:
            before = _standing(connection, name, seen_version, called, worded)
            saved = Setting(name, value, _next_version(connection, name), by, utc_now())
            connection.execute(
                """insert into settings values (?, ?, ?, ?, ?) on conflict (name) do update set
                value = excluded.value, version = excluded.version, changed_by = excluded.changed_by, changed_at = excluded.changed_at""",
                [name, json.dumps(value), saved.version, by, saved.changed_at],
            )
            audit(connection, by, "save setting", name, {"from": before, "to": value})
        return saved

    def forget_setting(self, name: str, *, by: str, seen_version: int, called: str = "", worded: Callable[[object], str] = str) -> None:
        """Return a setting to its default. Raises ChangedMeanwhile as save_setting does."""
        with self.writing() as connection:
            _standing(connection, name, seen_version, called, worded)
            connection.execute("delete from settings where name = ?", [name])
            audit(connection, by, "reset setting", name, {})

    # Users

    def users(self) -> list[Viewer]:
        """All users in the order of their email."""
        with self.reading() as connection:
            rows = connection.execute("select email, name, role, region_ids from users order by email").fetchall()
        return [_viewer(row) for row in rows]

    def viewer(self, email: str) -> Viewer:
        """The user of that email. Raises AccessDenied for a stranger."""
        with self.reading() as connection:
            row = connection.execute(
                "select email, name, role, region_ids from users where lower(email) = lower(?)", [email]
            ).fetchone()
        if row is None:
            raise AccessDenied(
                _("You have no access yet"),
                _("Nobody with the address {email} is in the list of users.").format(email=email),
                _("Ask a manager to add you: python -m data user {email} --role lead --region REGION.").format(email=email),
            )
        return _viewer(row)

    def save_user(self, viewer: Viewer, *, by: str) -> None:
        """Add a user or replace one. Raises BadRequest for an unknown role."""
        if viewer.role not in ROLES:
            raise BadRequest(
                _("There is no role {role}").format(role=viewer.role),
                _("The roles are: {roles}.").format(roles=", ".join(ROLES)),
            )
        regions = None if viewer.region_ids is None else json.dumps(list(viewer.region_ids))
        with self.writing() as connection:
            connection.execute(
                """insert into users values (?, ?, ?, ?, 1, ?) on conflict (email) do update set
                name = excluded.name, role = excluded.role, region_ids = excluded.region_ids,
                version = users.version + 1, changed_at = excluded.changed_at""",
                [viewer.email, viewer.name, viewer.role, regions, utc_now()],
            )
            audit(connection, by, "save user", viewer.email, {"role": viewer.role, "region_ids": viewer.region_ids})

    def remove_user(self, email: str, *, by: str) -> None:
        """Remove a user; their open pages show nothing from the next click on."""
        with self.writing() as connection:
            connection.execute("delete from users where lower(email) = lower(?)", [email])
            audit(connection, by, "remove user", email, {})

    # Mappings

    def mappings(self) -> list[tuple[str, str, str]]:
        """All saved mappings as (sender, name, TOML), in the order of sender and name."""
        with self.reading() as connection:
            return connection.execute("select sender, name, toml from mappings order by sender, name").fetchall()

    def save_mapping(self, sender: str, name: str, toml: str, *, by: str) -> None:
        """Keep a mapping under its sender's name, replacing the one of the same name."""
        with self.writing() as connection:
            connection.execute(
                """insert into mappings values (?, ?, ?, 1, ?, ?) on conflict (sender, name) do update set
                toml = excluded.toml, version = mappings.version + 1,
                changed_by = excluded.changed_by, changed_at = excluded.changed_at""",
                [sender, name, toml, by, utc_now()],
            )
            audit(connection, by, "save mapping", f"{sender}/{name}", {})

    # Imports

    def record_import(self, generation: int | None, outcome: str, summary: dict, *, by: str) -> None:
        """Write one line of the import history."""
        with self.writing() as connection:
            connection.execute(
                "insert into imports (generation, outcome, summary, imported_by, imported_at) values (?, ?, ?, ?, ?)",
                [generation, outcome, json.dumps(summary, default=str), by, utc_now()],
            )

    def imports(self, limit: int = 50) -> list[dict]:
        """The latest imports, newest first: import_id, generation, outcome, summary, imported_by, imported_at."""
        with self.reading() as connection:
            rows = connection.execute(
                """select import_id, generation, outcome, summary, imported_by, imported_at
                from imports order by import_id desc limit ?""",
                [limit],
            ).fetchall()
        names = ("import_id", "generation", "outcome", "summary", "imported_by", "imported_at")
        return [dict(zip(names, row, strict=True)) | {"summary": json.loads(row[3])} for row in rows]

    # The audit

    def audit(self, limit: int = 200) -> list[tuple[str, str, str, str]]:
        """The latest changes as (when, who, action, subject), newest first."""
        with self.reading() as connection:
            return connection.execute(
                "select happened_at, actor, action, subject from audit order by audit_id desc limit ?", [limit]
            ).fetchall()

    # The file

    def backup_to(self, path: Path) -> None:
        """Copy the journal, whole and consistent, while others may write."""
        with closing(sqlite3.connect(self.path)) as source, closing(sqlite3.connect(path)) as target:
            source.backup(target)

    def check(self) -> str:
        """SQLite's own word on the file: "ok" or what is broken."""
        with self.reading() as connection:
            return connection.execute("pragma integrity_check").fetchone()[0]

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """A connection to read by, closed afterwards."""
        with closing(sqlite3.connect(self.path, timeout=10)) as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """A connection inside one transaction: committed at the end, rolled back by an error."""
        with closing(sqlite3.connect(self.path, timeout=10, isolation_level=None)) as connection:
            connection.execute("pragma synchronous = full")
            connection.execute("begin immediate")
            try:
                yield connection
            except BaseException:
                connection.execute("rollback")
                raise
            connection.execute("commit")

    def _migrate(self) -> None:
        with closing(sqlite3.connect(self.path, timeout=10, isolation_level=None)) as connection:
            done = connection.execute("pragma user_version").fetchone()[0]
            pending = self._pending(done)
            if not pending:
                return
            connection.execute("pragma journal_mode = wal")
        for path in pending:
            self._apply(path)

    def _pending(self, done: int) -> list[Path]:
        """The migrations after the first `done`. Raises StoreDamaged where a later version applied more than there are."""
        known = sorted(MIGRATIONS.glob("*.sql"))
        if done > len(known):
            raise StoreDamaged(
                _("The store was made by another version"),
                _("{file} has layout {found}; this version reads layout {known}.").format(file=self.path.name, found=done, known=len(known)),
                _("Use the version that wrote it last, or restore an older backup."),
            )
        return [path for path in known if int(path.name[:3]) > done]

    def _apply(self, path: Path) -> None:
        number = int(path.name[:3])
        with self.writing() as connection:
            if connection.execute("pragma user_version").fetchone()[0] >= number:
                return
            for statement in _statements(path.read_text(encoding="utf-8")):
                connection.execute(statement)
            if number == 1:
                connection.execute(
                    "insert into users values (?, ?, 'manager', null, 1, ?)", [LOCAL_EMAIL, LOCAL_NAME, utc_now()]
                )
            connection.execute(f"pragma user_version = {number}")


def _statements(script: str) -> list[str]:
    bare = "\n".join(line.split("--")[0] for line in script.splitlines())
    return [statement for statement in bare.split(";") if statement.strip()]


def _standing(connection: sqlite3.Connection, name: str, seen_version: int, called: str, worded: Callable[[object], str]) -> object:
    """The setting's value, None where it has none. Raises ChangedMeanwhile where it is not the version that was seen."""
    row = connection.execute("select value, version from settings where name = ?", [name]).fetchone()
    if (row[1] if row else 0) == seen_version:
        return json.loads(row[0]) if row else None
    detail, who, when = connection.execute(f"select detail, actor, happened_at {OF_SETTING} order by audit_id desc limit 1", [name]).fetchone()
    given, words = json.loads(detail), {"who": writer_name(who), "name": called or name, "when": told(when)}
    raise ChangedMeanwhile(
        _("Somebody changed this first"),
        _("{who} saved “{name}” as {value} at {when}.").format(value=worded(given["to"]), **words)
        if "to" in given
        else _("{who} put “{name}” back to its default at {when}.").format(**words),
        _("Look at both values, then try again."),
    )


def _next_version(connection: sqlite3.Connection, name: str) -> int:
    """A number that the setting never had: between two of its values it may have been without one."""
    return connection.execute(f"select count(*) {OF_SETTING}", [name]).fetchone()[0] + 1


def _viewer(row: tuple) -> Viewer:
    email, name, role, regions = row
    return Viewer(email, name, role, None if regions is None else tuple(json.loads(regions)))


def audit(connection: sqlite3.Connection, actor: str, action: str, subject: str, detail: dict) -> None:
    """Write one line of the audit inside the caller's transaction."""
    connection.execute(
        "insert into audit (happened_at, actor, action, subject, detail) values (?, ?, ?, ?, ?)",
        [utc_now(), actor, action, subject, json.dumps(detail, default=str)],
    )


def utc_now() -> str:
    """This instant in UTC, ISO 8601."""
    return datetime.now(UTC).isoformat(timespec="seconds")
