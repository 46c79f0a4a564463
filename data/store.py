"""The store's folder: immutable generations, the pointer to the current one, and read-only readers.

    generations/000007.duckdb   never changed after it is published; 000007.sha256 beside it
    CURRENT                     the number of the current generation, 0 for none
    journal.sqlite              what people write (data/journal.py)
    raw/                        every uploaded file as it came
    work/                       an import's temporary files
"""

import hashlib
import os
import shutil
import threading
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property, lru_cache
from pathlib import Path

import duckdb

from data.access import Viewer
from data.errors import StoreDamaged, StoreMissing
from data.language import _

DEFAULT_STORE = ".store"
STORE_VARIABLE = "CARTERA_STORE"
GENERATIONS_KEPT = 5
EMPTY = 0
LAYOUT = 6
"""What data/schema.sql and data/marts/ make. older_layouts/<layout>.sql makes what that layout lacked beside the next one."""
SCOPE = Path(__file__).parent / "scope.sql"
VIEWS = Path(__file__).parent / "views.sql"
OLDER_LAYOUTS = Path(__file__).parent / "older_layouts"
SHORT_FORMS = Path(__file__).parent / "short_forms.sql"


@dataclass(frozen=True)
class Store:
    """A store's folder. Making one touches nothing on disk."""

    root: Path

    @classmethod
    def at(cls, folder: str | os.PathLike | None = None) -> "Store":
        """The store in `folder`, else in the environment's CARTERA_STORE, else in .store/."""
        return cls(Path(folder or os.environ.get(STORE_VARIABLE) or DEFAULT_STORE).resolve())

    @property
    def generations_folder(self) -> Path:
        """Where the published generations lie."""
        return self.root / "generations"

    @property
    def work_folder(self) -> Path:
        """Where an import keeps its temporary files; made when asked for."""
        folder = self.root / "work"
        folder.mkdir(parents=True, exist_ok=True)
        return folder

    @property
    def raw_folder(self) -> Path:
        """Where uploads are kept as they came; made when asked for."""
        folder = self.root / "raw"
        folder.mkdir(parents=True, exist_ok=True)
        return folder

    @property
    def journal_path(self) -> Path:
        """The journal's file."""
        return self.root / "journal.sqlite"

    def path_of(self, number: int) -> Path:
        """The file of a generation."""
        return self.generations_folder / f"{number:06d}.duckdb"

    def checksum_path(self, number: int) -> Path:
        """The file with a generation's SHA-256."""
        return self.generations_folder / f"{number:06d}.sha256"

    def numbers(self) -> list[int]:
        """The kept generations' numbers, oldest first."""
        return sorted(int(path.stem) for path in self.generations_folder.glob("[0-9]*.duckdb"))

    def current(self) -> int | None:
        """The current generation's number, or None in an empty store."""
        try:
            text = (self.root / "CURRENT").read_text(encoding="ascii").strip()
        except FileNotFoundError:
            return None
        if not text.isdigit():
            raise StoreDamaged(
                _("The store cannot be opened"),
                _("The file CURRENT in {folder} does not name a generation.").format(folder=self.root),
                _("Restore a backup, or write the number of a file in generations/ into CURRENT."),
            )
        return int(text) or None

    def current_path(self) -> Path | None:
        """The current generation's file, or None in an empty store."""
        number = self.current()
        return None if number is None else self.path_of(number)

    def new_building_path(self) -> Path:
        """A fresh path for the generation that is being built."""
        self.generations_folder.mkdir(parents=True, exist_ok=True)
        path = self.generations_folder / f"{self._next_number():06d}.{os.getpid()}.building"
        path.unlink(missing_ok=True)
        return path

    def publish(self, building: Path) -> int:
        """Make a finished, closed file the current generation, durably, and return its number."""
        number = self._next_number()
        undone = self._undone()
        _sync(building)
        self.checksum_path(number).write_text(sha256(building) + "\n", encoding="ascii")
        building.rename(self.path_of(number))
        _sync(self.generations_folder)
        self.point_to(number)
        for gone in undone:
            self.path_of(gone).unlink(missing_ok=True)
            self.checksum_path(gone).unlink(missing_ok=True)
        self._forget_old()
        return number

    def point_to(self, number: int) -> None:
        """Move the CURRENT pointer to a kept generation: temporary file, rename, fsync of the folder."""
        if not self.path_of(number).exists():
            raise StoreMissing(
                _("Generation {n} is not there").format(n=number),
                _("The store keeps the last {n} generations.").format(n=GENERATIONS_KEPT),
            )
        self._write_pointer(number)

    def undo(self) -> int | None:
        """Point to the generation before the current one and return its number; None when the store is empty again.

        Raises StoreMissing when there is none to go back to. What is undone is forgotten when the next generation is published.
        """
        if not self.can_undo():
            raise StoreMissing(
                _("There is nothing to undo"), _("No earlier generation is kept in {folder}.").format(folder=self.root)
            )
        earlier = self.before_current()
        self._write_pointer(earlier or EMPTY)
        return earlier

    def can_undo(self) -> bool:
        """Whether there is a generation to go back to, or the current one is the store's first, before which it was empty."""
        current = self.current()
        if current is None:
            return False
        checksums = self.generations_folder.glob("[0-9]*.sha256")
        return self.before_current() is not None or min((int(path.stem) for path in checksums), default=0) == current

    def before_current(self) -> int | None:
        """The kept generation before the current one, None where there is none."""
        current = self.current() or EMPTY
        return max((number for number in self.numbers() if number < current), default=None)

    def reader(self, number: int | None = None) -> "Reader":
        """A reader of generation `number`, else of the current one. Raises StoreMissing in an empty store."""
        number = number if number is not None else self.current()
        if number is None or not self.path_of(number).exists():
            raise StoreMissing(
                _("There are no data yet"),
                _("The store in {folder} has no generation.").format(folder=self.root),
                _("Import your files, or publish the demo: python -m data demo."),
            )
        return _open_reader(self.path_of(number), number)

    def _write_pointer(self, number: int) -> None:
        temporary = self.root / "CURRENT.new"
        temporary.write_text(f"{number}\n", encoding="ascii")
        _sync(temporary)
        temporary.rename(self.root / "CURRENT")
        _sync(self.root)

    def _undone(self) -> list[int]:
        # Without a pointer nothing was undone: the file may have been lost.
        if not (self.root / "CURRENT").exists():
            return []
        return [number for number in self.numbers() if number > (self.current() or EMPTY)]

    def _next_number(self) -> int:
        return max([0, *self.numbers(), self.current() or 0]) + 1

    def _forget_old(self) -> None:
        for number in self.numbers()[:-GENERATIONS_KEPT]:
            # The checksum stays: it tells that an older generation was here, so that undo never takes the oldest kept for the first.
            self.path_of(number).unlink(missing_ok=True)

    def size(self) -> int:
        """Bytes that the store takes on disk."""
        return sum(path.stat().st_size for path in self.root.rglob("*") if path.is_file())

    def free(self) -> int:
        """Bytes free on the store's disk."""
        self.root.mkdir(parents=True, exist_ok=True)
        return shutil.disk_usage(self.root).free


class Reader:
    """One generation, attached read-only to an instance in memory that is sandboxed and locked.

    Several threads share a reader; each takes its own cursor.
    """

    def __init__(self, path: Path, number: int) -> None:
        self.number = number
        self._connection = duckdb.connect(":memory:")
        self._connection.execute(f"attach '{str(path).replace(chr(39), chr(39) * 2)}' as store (read_only)")
        layout = self._connection.execute("select layout from store.generation").fetchall()[0][0]
        older = [OLDER_LAYOUTS / f"{number:03d}.sql" for number in range(layout, LAYOUT)]
        if layout > LAYOUT or not all(script.is_file() for script in older):
            raise StoreDamaged(
                _("The store was made by another version"),
                _("Generation {n} has layout {found}; this version reads layout {known}.").format(
                    n=number, found=layout, known=LAYOUT
                ),
                _("Import your files again, or use the version that made it."),
            )
        for script in (SCOPE, *older, VIEWS, SHORT_FORMS):
            for statement in duckdb.extract_statements(script.read_text(encoding="utf-8")):
                self._connection.execute(statement)
        for setting in (
            "set threads = 2",
            "set memory_limit = '4GB'",
            "set enable_external_access = false",
            "set autoinstall_known_extensions = false",
            "set autoload_known_extensions = false",
            "set python_enable_replacements = false",
            "set lock_configuration = true",
        ):
            self._connection.execute(setting)

    @cached_property
    def as_of(self) -> date:
        """The last day that the data reach."""
        return self._connection.cursor().execute("select as_of from store.generation").fetchall()[0][0]

    @cached_property
    def first_sold_on(self) -> date | None:
        """The first day with a sale."""
        return self._connection.cursor().execute("select first_sold_on from store.generation").fetchall()[0][0]

    @cached_property
    def built_at(self) -> datetime:
        """When the generation was built: with its number it tells one store from another made anew in the same folder."""
        return self._connection.cursor().execute("select built_at from store.generation").fetchall()[0][0]

    @cached_property
    def _region_keys(self) -> dict[str, tuple[int, ...]]:
        rows = (
            self._connection.cursor()
            .execute(
                """select regions.region_id, list(tree.region_key)
                from store.region_tree as tree
                inner join store.regions as regions on regions.region_key = tree.ancestor_key
                group by all"""
            )
            .fetchall()
        )
        return {region_id: tuple(keys) for region_id, keys in rows}

    @cached_property
    def _all_region_keys(self) -> tuple[int, ...]:
        return (0, *sorted({key for keys in self._region_keys.values() for key in keys}))

    def region_ids(self) -> frozenset[str]:
        """The ids of all regions of this generation."""
        return frozenset(self._region_keys)

    def scope_keys(self, viewer: Viewer) -> tuple[int, ...]:
        """The region keys whose rows the viewer sees: a region brings the regions under it; 0 stands for rows of no region."""
        if viewer.region_ids is None:
            return self._all_region_keys
        return tuple(sorted({key for region in viewer.region_ids for key in self._region_keys.get(region, ())}))

    def cursor_for(self, viewer: Viewer, *, personal: bool = False) -> duckdb.DuckDBPyConnection:
        """A cursor that sees the viewer's rows through `visible_*` and `filtered_*`. Use it once, then drop it.

        `personal`: with people's restricted fields, for a viewer whose role may see them; to anybody else they are null all the same.
        """
        cursor = self._connection.cursor()
        keys = ", ".join(str(int(key)) for key in self.scope_keys(viewer))
        cursor.execute(f"set variable visible_region_keys = [{keys}]::integer[]")
        if personal and viewer.sees_personal:
            cursor.execute("set variable sees_personal = true")
        return cursor


_opening = threading.Lock()


def _open_reader(path: Path, number: int) -> Reader:
    # The file's identity belongs to the key: a store that was deleted and made anew has the same path.
    with _opening:
        return _cached_reader(path, number, path.stat().st_ino, path.stat().st_mtime_ns)


@lru_cache(maxsize=8)
def _cached_reader(path: Path, number: int, inode: int, changed: int) -> Reader:
    return Reader(path, number)


def sha256(path: Path) -> str:
    """A file's SHA-256, in hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
