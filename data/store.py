"""The store's folder: immutable generations, and the pointer to the current one.

    generations/000007.duckdb   never changed after it is published; 000007.sha256 beside it
    CURRENT                     the number of the current generation, 0 for none
    journal.sqlite              what people write (data/journal.py)
    raw/                        every uploaded file as it came
    work/                       an import's temporary files
    rejected.parquet            the rows of the latest import if it rejected them all, and so published nothing
"""

import hashlib
import os
import shutil
from dataclasses import dataclass
from pathlib import Path

from data.errors import StoreDamaged, StoreMissing
from data.language import _
from data.place import DEFAULT_STORE, STORE_VARIABLE
from data.reader import Reader, open_reader

GENERATIONS_KEPT = 5
EMPTY = 0


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

    @property
    def rejected_path(self) -> Path:
        """The rows of the latest import, if it rejected them all."""
        return self.root / "rejected.parquet"

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

    def reader(self, number: int | None = None) -> Reader:
        """A reader of generation `number`, else of the current one. Raises StoreMissing in an empty store."""
        number = number if number is not None else self.current()
        if number is None or not self.path_of(number).exists():
            raise StoreMissing(
                _("There are no data yet"),
                _("The store in {folder} has no generation.").format(folder=self.root),
                _("Import your files, or publish the demo: python -m data demo."),
            )
        return open_reader(self.path_of(number), number)

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
