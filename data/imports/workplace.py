"""Where an import works: alone in its store, in a folder and a database of its own."""

import errno
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from data.errors import ImportRefused
from data.imports import quoting
from data.language import _
from data.store import Store

MEMORY_LIMIT = "2500MB"
"""DuckDB's share; with Python and the reader's buffers an import stays under 4 GB."""
THREADS = 2


@contextmanager
def room(store: Store) -> Iterator[None]:
    """What happens within needs space on a disk that can be written: where there is none, an ImportRefused says so."""
    try:
        yield
    except (OSError, duckdb.IOException, duckdb.OutOfMemoryException, sqlite3.OperationalError) as error:
        if _is(error, errno.ENOSPC, "no space left", "disk is full", "max_temp_directory_size"):
            raise ImportRefused(
                _("The disk is full"),
                _("There is no room left beside the store in {folder}. Nothing was changed.").format(folder=store.root),
                _("Free some space (an import needs several times the size of its files), then try again."),
            ) from error
        if _is(error, errno.EROFS, "read-only", "readonly", "permission denied", "unable to open database file"):
            raise ImportRefused(
                _("The store cannot be written"),
                _("{folder} or a file in it is read-only for this user. Nothing was changed.").format(folder=store.root),
                _("Give the user the right to write there, or choose another folder (--store, CARTERA_STORE)."),
            ) from error
        raise


def _is(error: Exception, number: int, *words: str) -> bool:
    return getattr(error, "errno", None) == number or any(word in str(error).lower() for word in words)


@contextmanager
def alone(store: Store) -> Iterator[None]:
    """Two imports at once would each build on the same generation, and one would be lost: the second is refused."""
    lock = sqlite3.connect(store.work_folder / "import.lock", timeout=0, isolation_level=None)
    try:
        lock.execute("begin exclusive")
    except sqlite3.OperationalError as error:
        lock.close()
        if error.sqlite_errorcode != sqlite3.SQLITE_BUSY:
            raise
        raise ImportRefused(
            _("Another import is running"), _("The store takes one import at a time."), _("Wait until it has finished, then try again.")
        ) from error
    try:
        yield
    finally:
        lock.close()


def undo(store: Store) -> int | None:
    """Store.undo, but not while an import runs: it builds on what would be undone, and would bring it back."""
    with alone(store):
        return store.undo()


@contextmanager
def folder(store: Store) -> Iterator[Path]:
    """A folder for an import's temporary files, gone at the end. Who works here is alone: older ones were left by imports that were killed."""
    for left in store.work_folder.glob("import-*/"):
        shutil.rmtree(left, ignore_errors=True)
    for left in store.generations_folder.glob("*.building*"):
        left.unlink(missing_ok=True)
    made = Path(tempfile.mkdtemp(prefix="import-", dir=store.work_folder))
    try:
        yield made
    finally:
        shutil.rmtree(made, ignore_errors=True)


@contextmanager
def database(work: Path, store: Store) -> Iterator[duckdb.DuckDBPyConnection]:
    """The work database, with the current generation attached as `previous`."""
    con = duckdb.connect(str(work / "work.duckdb"))
    try:
        con.execute(f"set threads = {THREADS}; set memory_limit = '{MEMORY_LIMIT}'; set temp_directory = {quoting.text(str(work / 'spill'))}")
        # Without its progress bar DuckDB does not tell how far a statement is, and the page's bar would stand still.
        con.execute("set enable_progress_bar = true; set enable_progress_bar_print = false")
        con.execute("set autoinstall_known_extensions = false; set autoload_known_extensions = false")
        con.execute("set python_enable_replacements = false")
        current = store.current_path()
        if current:
            con.execute(f"attach {quoting.text(str(current))} as previous (read_only)")
        yield con
    finally:
        con.close()
