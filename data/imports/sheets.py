"""Workbooks: the zip directory is checked, then a child process with a memory limit and a time-out turns a sheet into Parquet.

A small .xlsx can inflate to gigabytes; in a child process that ends the child, not the dashboard.
"""

import json
import re
import subprocess
import sys
import zipfile
from pathlib import Path

from data.errors import ImportRefused
from data.language import _

MEGABYTE = 1_000_000
UNPACKED_LIMIT = 1_000 * MEGABYTE
RATIO_LIMIT = 150
"""Unpacked ÷ packed of the whole workbook above 50 MB unpacked: real sheets pack 5–30 times."""
RATIO_FROM = 50 * MEGABYTE
MEMORY_LIMIT = 3_000 * MEGABYTE
SECONDS_LIMIT = 300
COMPOUND_FILE = bytes.fromhex("d0cf11e0a1b11ae1")
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
"""What Office names the part of a compound file that holds the workbook itself where a password protects it."""

OPEN = """
import sys
try:
    import resource
    resource.setrlimit(resource.RLIMIT_AS, (int(sys.argv[1]), int(sys.argv[1])))
except ImportError:
    pass
import fastexcel
book = fastexcel.read_excel(sys.argv[2])
"""
"""How both programs begin: their first arguments are the limit of memory and the workbook."""

READ = OPEN + """
import polars
wanted = sys.argv[4] or book.sheet_names[0]
if wanted not in book.sheet_names:
    print(", ".join(book.sheet_names))
    sys.exit(4)
head = book.load_sheet(wanted, header_row=None, skip_rows=0, n_rows=50, dtypes="string").to_polars()
widths = [sum(bool(cell and cell.strip()) for cell in row) for row in head.rows()]
if not any(widths):
    sys.exit(5)
header_row = next(row for row, width in enumerate(widths) if 2 * width >= max(widths))
typed = polars.read_excel(
    sys.argv[2], sheet_name=wanted, infer_schema_length=None, drop_empty_rows=False, drop_empty_cols=False,
    read_options={"header_row": header_row}, raise_if_empty=False,
)
typed.write_parquet(sys.argv[3])
print(header_row)
"""
"""Writes one sheet as Parquet and prints the row of its headings, counted from the sheet's top (skip_rows=0), not from its first value."""

LIST = OPEN + """
import json
sheets = [book.load_sheet(name, header_row=None, n_rows=50, dtypes="string") for name in book.sheet_names]
found = [sheet.name for sheet in sheets if sheet.visible == "visible" and sheet.width > 1 and sheet.height > 1]
print(json.dumps([] if found == book.sheet_names[:1] else found))
"""
"""Prints the sheets that are shown and may hold a table (more than one column and row); none where it is only the first."""


def tables(path: Path, shown: str) -> list[str]:
    """The names of a workbook's sheets that may hold a table; empty where it is only the first, which needs no name.

    Raises ImportRefused for a workbook that is damaged or too big.
    """
    _check_directory(path, shown)
    with zipfile.ZipFile(path) as archive:
        try:
            index = archive.read("xl/workbook.xml")
        except KeyError:
            return []
    if len(re.findall(rb"<(?:\w+:)?sheet\s", index)) < 2:
        return []
    done = _run([sys.executable, "-c", LIST, str(MEMORY_LIMIT), str(path)], shown)
    return json.loads(done.stdout) if done.returncode == 0 else []


def to_parquet(path: Path, shown: str, target: Path, sheet: str | None = None) -> int:
    """Write a workbook's first sheet, or the named one, to `target` with dates and numbers as they are.

    Returns how many rows lie above the header.

    Raises ImportRefused for a workbook that is damaged, too big, empty, or lacks the sheet.
    """
    _check_directory(path, shown)
    command = [sys.executable, "-c", READ, str(MEMORY_LIMIT), str(path), str(target), sheet or ""]
    done = _run(command, shown)
    if done.returncode == 4:
        raise _refusal(shown, _("it has no sheet “{sheet}”, only: {names}").format(sheet=sheet, names=done.stdout.strip()))
    if done.returncode == 5:
        raise _refusal(shown, _("its first sheet is empty"))
    if done.returncode != 0:
        raise _refusal(shown, _("it is damaged or too large to be read"))
    return int(done.stdout.split()[-1])


def _run(command: list[str], shown: str) -> subprocess.CompletedProcess[str]:
    try:
        return subprocess.run(command, capture_output=True, text=True, timeout=SECONDS_LIMIT, check=False)
    except subprocess.TimeoutExpired as error:
        raise _refusal(shown, _("reading took more than {n} seconds").format(n=SECONDS_LIMIT)) from error


def _check_directory(path: Path, shown: str) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, OSError) as error:
        raise _refusal(shown, _why_no_zip(path)) from error
    total = sum(member.file_size for member in members)
    packed = max(sum(member.compress_size for member in members), 1)
    if total > UNPACKED_LIMIT or (total > RATIO_FROM and total > RATIO_LIMIT * packed):
        raise _refusal(shown, _("it would unpack to {n} MB").format(n=total // MEGABYTE))


def _why_no_zip(path: Path) -> str:
    """A workbook under a password, or of the years before 2007, is a compound file instead of a zip."""
    content = path.read_bytes()
    if not content.startswith(COMPOUND_FILE):
        return _("it is not a workbook, or it is damaged")
    return _("it is protected by a password") if ENCRYPTED in content else _("it is an old .xls workbook under a new name")


def _refusal(shown: str, why: str) -> ImportRefused:
    return ImportRefused(
        _("The workbook cannot be read"),
        _("{name}: {why}.").format(name=shown, why=why),
        _("Open it in your spreadsheet program and save the sheet as CSV (UTF-8), then import that."),
    )
