"""PATHs of the user → the files to read, each with its kind, checksum and the name that people see."""

import fnmatch
import shutil
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from data.errors import ImportRefused
from data.language import _, format_number

KINDS = {".csv": "text", ".tsv": "text", ".tab": "text", ".txt": "text", ".xlsx": "sheet", ".parquet": "parquet"}
"""Accepted name endings."""

MEGABYTE = 1_000_000
ZIP_TOTAL_LIMIT = 8_000 * MEGABYTE
"""Unpacked bytes of one zip: ten million order lines are about 700 MB."""
ZIP_RATIO_LIMIT = 200
"""Unpacked ÷ packed of one member above 10 MB: sales files pack 5–30 times, bombs above 1,000."""
ZIP_RATIO_FROM = 10 * MEGABYTE
ZIP_MEMBERS_LIMIT = 20_000
ENCRYPTED = 0x1
SHEET_MARK = " › "
"""Between a workbook's name and its sheet's."""
NAMED = 5
"""So many of the files that were passed over are named with the reason."""


@dataclass(frozen=True)
class SourceFile:
    """A file to read. `name` is what people see: relative to the folder or the zip that was given.

    `sheet` is the sheet of a workbook that holds several tables, each of which is read as a file: book.xlsx › Accounts.
    """

    path: Path
    name: str
    kind: str
    sheet: str | None = None

    def of_sheet(self, sheet: str) -> "SourceFile":
        """One sheet of this workbook."""
        return SourceFile(self.path, f"{self.name}{SHEET_MARK}{sheet}", self.kind, sheet)


def expand(paths: Iterable[str | Path], unpack_into: Path) -> tuple[list[SourceFile], list[str]]:
    """The files behind `paths` (files, folders, zips), in the order of their names, and the names that were passed over.

    Raises ImportRefused for a path that does not exist, an ending that is not read, a zip that is broken or too big.
    """
    found: list[SourceFile] = []
    ignored: list[str] = []
    paths = [Path(path) for path in paths]
    for number, path in enumerate(paths):
        _take(path, unpack_into / f"zip{number}", found, ignored)
    if not found:
        raise ImportRefused(
            _("There is nothing to import"),
            " ".join([_("No CSV, TSV, TXT, XLSX or Parquet file was found."), *_why_not([*paths, *unpack_into.glob("zip*")], ignored)]),
            _("Name a file, a folder or a zip that holds such files."),
        )
    return _with_distinct_names(found), ignored


def _why_not(folders: list[Path], ignored: list[str]) -> list[str]:
    """Of the first files that were passed over: the name, and why nothing was read from it."""
    return [_("{name}: {why}.").format(name=name, why=_reason(folders, name)) for name in ignored[:NAMED]]


def _reason(folders: list[Path], name: str) -> str:
    suffix = PurePosixPath(name).suffix.lower()
    if suffix == ".xls":
        return _("an old .xls workbook, which is not read: open it and save it as .xlsx")
    if suffix != ".zip":
        return _("this kind of file is not read")
    if any(zipfile.is_zipfile(folder / name) for folder in folders):
        return _("a zip within a folder is not opened: import it by itself")
    return _("it is damaged or not a zip")


def _take(path: Path, unpack_into: Path, found: list[SourceFile], ignored: list[str]) -> None:
    if path.is_dir():
        _take_folder(path, "", found, ignored)
    elif not path.exists():
        raise ImportRefused(_("The file was not found"), str(path), _("Check the path and its spelling."))
    elif path.suffix.lower() == ".zip":
        _unpack(path, unpack_into)
        _take_folder(unpack_into, "", found, ignored)
    else:
        found.append(SourceFile(path, path.name, _kind_of(path)))


def _take_folder(folder: Path, prefix: str, found: list[SourceFile], ignored: list[str]) -> None:
    for path in sorted(_visible_files(folder)):
        shown = prefix + path.relative_to(folder).as_posix()
        kind = KINDS.get(path.suffix.lower())
        if kind:
            found.append(SourceFile(path, shown, kind))
        else:
            ignored.append(shown)


def _visible_files(folder: Path) -> Iterator[Path]:
    for path in folder.rglob("*"):
        parts = path.relative_to(folder).parts
        hidden = any(part.startswith((".", "~$")) or part == "__MACOSX" for part in parts)
        if path.is_file() and not path.is_symlink() and not hidden:
            yield path


def _kind_of(path: Path) -> str:
    kind = KINDS.get(path.suffix.lower())
    if kind:
        return kind
    raise ImportRefused(
        _("This kind of file is not read"),
        _("{name} ends in “{suffix}”.").format(name=path.name, suffix=path.suffix or "–"),
        _("Save it as CSV (UTF-8), XLSX or Parquet, and import that. Old .xls files: open and save as .xlsx."),
    )


def _with_distinct_names(found: list[SourceFile]) -> list[SourceFile]:
    names = [file.name for file in found]
    return [
        file if names.count(file.name) == 1 else SourceFile(file.path, f"{file.path.parent.name}/{file.name}", file.kind)
        for file in found
    ]


def _unpack(path: Path, into: Path) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            members = [member for member in archive.infolist() if not member.is_dir()]
            check_zip_directory(path.name, members)
            for member in members:
                _unpack_member(archive, member, into)
    except (zipfile.BadZipFile, EOFError, NotImplementedError, OSError) as error:
        raise ImportRefused(
            _("The zip cannot be opened"),
            _("{name} is damaged or not a zip.").format(name=path.name),
            _("Make it again, or import the files without a zip."),
        ) from error


def check_zip_directory(shown: str, members: list[zipfile.ZipInfo]) -> None:
    """Refuse, before anything is unpacked, what cannot be a sender's files: too much, too dense, encrypted, leading outside."""
    total = sum(member.file_size for member in members)
    if total > ZIP_TOTAL_LIMIT or len(members) > ZIP_MEMBERS_LIMIT:
        _refuse_zip(
            shown,
            _("it would unpack to {size} MB in {n} files").format(
                size=format_number(total / MEGABYTE), n=format_number(len(members))
            ),
        )
    for member in members:
        if member.file_size > ZIP_RATIO_FROM and member.file_size > ZIP_RATIO_LIMIT * max(member.compress_size, 1):
            _refuse_zip(shown, _("{name} unpacks to more than {n} times its size").format(name=member.filename, n=ZIP_RATIO_LIMIT))
        if member.flag_bits & ENCRYPTED:
            _refuse_zip(shown, _("{name} is encrypted").format(name=member.filename))
        if leads_outside(member.filename):
            _refuse_zip(shown, _("{name} leads outside of the zip").format(name=member.filename))


def leads_outside(member: str) -> bool:
    """Whether a member's path is absolute or climbs out of the archive."""
    path = PurePosixPath(member.replace("\\", "/"))
    return path.is_absolute() or ".." in path.parts or ":" in path.parts[0]


def _refuse_zip(shown: str, why: str) -> None:
    raise ImportRefused(
        _("The zip was not unpacked"),
        _("{name}: {why}.").format(name=shown, why=why),
        _("Unpack it yourself, look at what it holds, and import the files."),
    )


def _unpack_member(archive: zipfile.ZipFile, member: zipfile.ZipInfo, into: Path) -> None:
    target = into / member.filename.replace("\\", "/")
    target.parent.mkdir(parents=True, exist_ok=True)
    with archive.open(member) as source, target.open("wb") as copy:
        shutil.copyfileobj(source, copy, MEGABYTE)


def matches(shown: str, pattern: str) -> bool:
    """Whether a file's name, or its last part, fits a pattern such as sales_*.csv, whatever the case."""
    lowered = pattern.lower()
    return any(fnmatch.fnmatchcase(part.lower(), lowered) for part in (shown, PurePosixPath(shown).name))
