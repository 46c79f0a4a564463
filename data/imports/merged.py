"""Merged cells of a workbook: a range over several rows holds its value in the first row only, and the reader does not tell the ranges.

The sheet's XML is searched as a stream of bytes: nothing of it is kept or expanded.
"""

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from xml.sax.saxutils import unescape

PIECE, OVERLAP = 1 << 20, 1 << 10
RANGE = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z]+)(\d+):[A-Z]+(\d+)"')
CELL = re.compile(rb'<(?:\w+:)?c\s[^>]*?r="([A-Z]+)\d+"[^>/]*>')

Span = tuple[int, int, int]
"""A merged range over several rows: its first column among those that hold values (from 0), its first and its last row (from 1)."""


def spans(path: Path, sheet: str | None) -> tuple[Span, ...]:
    """The merged ranges of the named sheet (else the first) that reach over several rows."""
    with zipfile.ZipFile(path) as book:
        part = _part(book, sheet)
        if part not in book.namelist():
            return ()
        found = {found for piece in _pieces(book, part) for found in RANGE.findall(piece)}
        tall = sorted((_number(column), int(first), int(last)) for column, first, last in found if first != last)
        if not tall:
            return ()
        left = min(_number(column) for piece in _pieces(book, part) for column in set(CELL.findall(piece)))
    return tuple((column - left, first, last) for column, first, last in tall)


def _part(book: zipfile.ZipFile, sheet: str | None) -> str:
    """The member of the zip that holds a sheet: its name leads to an id, the id to a path."""
    index = book.read("xl/workbook.xml").decode("utf-8", "replace")
    entries = [_attributes(entry) for entry in re.findall(r"<(?:\w+:)?sheet\s([^>]*)>", index)]
    entry = next((entry for entry in entries if sheet in (None, entry.get("name"))), {})
    links = map(_attributes, re.findall(r"<Relationship\s([^>]*)>", book.read("xl/_rels/workbook.xml.rels").decode("utf-8", "replace")))
    target = next((link.get("Target", "") for link in links if link.get("Id") == entry.get("id")), "")
    return target.removeprefix("/") if target.startswith("/") else f"xl/{target}"


def _attributes(text: str) -> dict[str, str]:
    return {name.rpartition(":")[2]: unescape(value, {"&quot;": '"', "&apos;": "'"}) for name, value in re.findall(r'([\w:]+)="([^"]*)"', text)}


def _pieces(book: zipfile.ZipFile, part: str) -> Iterator[bytes]:
    """The member's bytes in pieces, each with the end of the one before: a tag that is cut is whole in the next."""
    tail = b""
    with book.open(part) as stream:
        while piece := stream.read(PIECE):
            yield tail + piece
            tail = piece[-OVERLAP:]


def _number(letters: bytes) -> int:
    """A column's letters as a number: A is 1, AB is 28."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
