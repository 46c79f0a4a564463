"""Backup, restore and verification of a store."""

import json
import shutil
import tempfile
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from data.errors import StoreDamaged, StoreMissing
from data.imports import workplace
from data.journal import Journal
from data.language import _
from data.store import Store, sha256

MANIFEST = "manifest.json"
GENERATION = "generation.duckdb"
JOURNAL = "journal.sqlite"


def backup(store: Store, target: Path) -> list[str]:
    """Write the current generation, the journal and the uploads to one zip file, with a checksum of each.

    The file appears under its name only when it is whole. Returns the names inside. Raises StoreMissing in an empty store.
    """
    current = store.current_path()
    if current is None:
        raise StoreMissing(_("There is nothing to back up"), _("The store in {folder} is empty.").format(folder=store.root))
    target = target.resolve()
    target.parent.mkdir(parents=True, exist_ok=True)
    partial = target.with_name(target.name + ".partial")
    with tempfile.TemporaryDirectory(dir=store.work_folder) as folder:
        journal = Path(folder) / JOURNAL
        Journal(store.journal_path).backup_to(journal)
        members = {GENERATION: current, JOURNAL: journal} | {
            f"raw/{path.relative_to(store.raw_folder).as_posix()}": path
            for path in sorted(store.raw_folder.rglob("*"))
            if path.is_file()
        }
        manifest = {name: sha256(path) for name, path in members.items()}
        with zipfile.ZipFile(partial, "w", zipfile.ZIP_STORED) as archive:
            archive.writestr(MANIFEST, json.dumps({"made_at": _now(), "sha256": manifest}, indent=1))
            for name, path in members.items():
                archive.write(path, name)
    partial.replace(target)
    return list(members)


def restore(store: Store, source: Path) -> int:
    """Bring a backup back as a new generation and return its number.

    Every checksum is compared before anything changes. The generation before stays for undo; the journal before stays beside the
    new one as journal-before-restore-<time>.sqlite. Raises StoreDamaged or StoreMissing.
    """
    if not source.is_file():
        raise StoreMissing(_("There is no backup here"), _("{file} does not exist.").format(file=source))
    with workplace.alone(store), tempfile.TemporaryDirectory(dir=store.work_folder) as folder:
        unpacked = Path(folder)
        _unpack(source, unpacked)
        building = store.new_building_path()
        shutil.copyfile(unpacked / GENERATION, building)
        if store.journal_path.exists():
            Journal(store.journal_path).backup_to(store.root / f"journal-before-restore-{datetime.now(UTC):%Y%m%dT%H%M%S}.sqlite")
        Journal(unpacked / JOURNAL).backup_to(store.journal_path)
        if (unpacked / "raw").is_dir():
            shutil.copytree(unpacked / "raw", store.raw_folder, dirs_exist_ok=True)
        return store.publish(building)


def _unpack(source: Path, folder: Path) -> None:
    damaged = StoreDamaged(
        _("The backup is damaged"),
        _("{file} is not a whole backup of a store.").format(file=source),
        _("Nothing was changed. Use another copy."),
    )
    try:
        with zipfile.ZipFile(source) as archive:
            expected = json.loads(archive.read(MANIFEST))["sha256"]
            for name in expected:
                if not (folder / name).resolve().is_relative_to(folder.resolve()):
                    raise damaged
                archive.extract(name, folder)
    except (zipfile.BadZipFile, KeyError, ValueError, OSError) as error:
        raise damaged from error
    if {GENERATION, JOURNAL} - expected.keys() or any(sha256(folder / name) != digest for name, digest in expected.items()):
        raise damaged


def verify(store: Store) -> Iterator[tuple[str, str]]:
    """Each thing checked and what was found, "ok" or what is wrong: generations, their totals, journal, uploads."""
    if store.current() is None:
        yield "CURRENT", _("no generation yet")
    elif not store.path_of(store.current()).exists():
        yield "CURRENT", _("names generation {n}, whose file is gone").format(n=store.current())
    for number in store.numbers():
        yield store.path_of(number).name, _generation_state(store, number)
    if store.journal_path.exists():
        yield JOURNAL, Journal(store.journal_path).check()
    for path in sorted(store.root.glob("raw/*")):
        yield f"raw/{path.name}", _upload_state(path)


def _upload_state(path: Path) -> str:
    """An upload's name begins with its checksum (data/imports/run.py), so that a changed one is told from what was sent."""
    said = path.name.split("-", 1)[0]
    return "ok" if sha256(path).startswith(said) else _("the file is not what was uploaded")


def _generation_state(store: Store, number: int) -> str:
    path = store.path_of(number)
    if sha256(path) != store.checksum_path(number).read_text(encoding="ascii").strip():
        return _("the file is not what was published")
    try:
        with duckdb.connect() as con:
            con.execute(f"attach '{str(path).replace(chr(39), chr(39) * 2)}' as store (read_only)")
            lines = con.execute("select count(*), sum(net_amount) from store.order_lines").fetchall()
            marts = con.execute("select sum(line_count), sum(net_amount) from store.account_month").fetchall()
    except duckdb.Error as error:
        return str(error).splitlines()[0]
    if lines[0][0] and lines != marts:
        return _("the roll-ups do not add up to the order lines")
    return "ok"


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
