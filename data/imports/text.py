"""Text files: one pass over the bytes (checksum, encoding, line ends), then separator and header from the first records.

DuckDB reads clean UTF-8 fastest. What is not clean (another encoding, NUL bytes, mixed line ends, empty lines in between)
is written once more as clean UTF-8; empty lines that were left out are remembered, so that row numbers stay the user's.
"""

import codecs
import csv
import hashlib
import io
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from data.errors import ImportRefused
from data.language import _

CHUNK = 1 << 22
SAMPLE = 1 << 18
SEPARATORS = (",", ";", "\t", "|")
BYTE_ORDER_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
EIGHT_BIT = ["cp1252", "cp850", "mac_roman"]
"""Western encodings of office programs that are told apart; Windows' (cp1252) wins a tie. A sender of Central European or other
files saves them as UTF-8."""
ODD_BLANKS = (b"\xc2\xa0", b"\xe2\x80\xaf", b"\xef\xbb\xbf", b"\xa0")
TEXT_CONTROLS = frozenset(b"\t\n\r\f\x1a\x1b")
MAX_CONTROL_SHARE = 0.05
"""A text file has next to no control characters; a program or a picture with a .csv ending is full of them."""


@dataclass(frozen=True)
class Bytes:
    """What the pass over the bytes found. `odd_blanks`: there are tabs or no-break spaces that may stand around a value."""

    sha256: str
    encoding: str
    needs_cleaning: bool
    size: int
    odd_blanks: bool


@dataclass(frozen=True)
class Layout:
    """How a text file is laid out. `skip` lines lie above the header."""

    separator: str
    header: tuple[str, ...]
    skip: int


def examine(path: Path, shown: str) -> Bytes:
    """Read the whole file once: SHA-256, encoding, and whether it must be rewritten before DuckDB reads it."""
    digest, decoder = hashlib.sha256(), codecs.getincrementaldecoder("utf-8")()
    valid, dirty, size, crlf, line_feeds, tail = True, False, 0, 0, 0, b""
    head, odd_blanks = b"", False
    for chunk in _chunks(path):
        head = head or chunk[:SAMPLE]
        digest.update(chunk)
        size += len(chunk)
        odd_blanks = odd_blanks or b"\t" in chunk or (not chunk.isascii() and any(blank in chunk for blank in ODD_BLANKS))
        if valid and not (chunk.isascii() and not decoder.getstate()[0]):
            valid = _decodes(decoder, chunk)
        # Cheap tests first: most files have no carriage return, and counting line ends costs as much as the checksum.
        joined = tail[-3:] + (chunk if len(chunk) == CHUNK else chunk.rstrip(b"\r\n"))
        dirty = dirty or b"\0" in chunk or b"\n\n" in joined
        if b"\r" in joined:
            dirty = dirty or b"\n\r\n" in joined
            crlf += chunk.count(b"\r\n") + (tail[-1:] == b"\r" and chunk[:1] == b"\n")
            line_feeds += chunk.count(b"\n")
        else:
            line_feeds += b"\n" in chunk
        tail = chunk
    if not size or not head.strip(b" \t\r\n\0\xef\xbb\xbf"):
        refuse_empty(shown)
    encoding = _encoding(head, tail, valid and _ends_complete(decoder), path, shown)
    mixed = 0 < crlf < line_feeds
    return Bytes(digest.hexdigest(), encoding, dirty or mixed or not encoding.startswith("utf-8"), size, odd_blanks)


def checksum(path: Path) -> str:
    """SHA-256 of a file's bytes, in hexadecimal."""
    digest = hashlib.sha256()
    for chunk in _chunks(path):
        digest.update(chunk)
    return digest.hexdigest()


def _chunks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            yield chunk


def _decodes(decoder: codecs.IncrementalDecoder, chunk: bytes) -> bool:
    try:
        decoder.decode(chunk)
    except UnicodeDecodeError:
        return False
    return True


def _ends_complete(decoder: codecs.IncrementalDecoder) -> bool:
    return not decoder.getstate()[0]


def refuse_empty(shown: str) -> None:
    """Refuse a file that holds nothing."""
    raise ImportRefused(
        _("The file is empty"),
        _("{name} holds nothing.").format(name=shown),
        _("Export it again, and look at it in an editor before you import it."),
    )


def _encoding(head: bytes, tail: bytes, is_utf8: bool, path: Path, shown: str) -> str:
    for mark, encoding in BYTE_ORDER_MARKS:
        if head.startswith(mark):
            return encoding
    if head.count(b"\0") > len(head) // 5:
        return _utf16_without_mark(head, shown)
    _refuse_binary(head, shown)
    return "utf-8" if is_utf8 else _eight_bit(path)


def _utf16_without_mark(head: bytes, shown: str) -> str:
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if max(even, odd) > 4 * min(even, odd):
        return "utf-16-le" if odd > even else "utf-16-be"
    raise _not_text(shown)


def _refuse_binary(head: bytes, shown: str) -> None:
    controls = sum(byte < 32 and byte not in TEXT_CONTROLS for byte in head)
    if controls > len(head) * MAX_CONTROL_SHARE or head.startswith((b"PK\x03\x04", b"%PDF", b"PAR1", b"\x1f\x8b")):
        raise _not_text(shown)


def _not_text(shown: str) -> ImportRefused:
    return ImportRefused(
        _("The file is not text"),
        _("{name} has the ending of a text file, but holds something else.").format(name=shown),
        _("If it is a workbook, give it its own ending (.xlsx); else export it again as CSV (UTF-8)."),
    )


USUAL = dict.fromkeys("áéíóúüñçàèìòùâêîôûäëïöãõåæøßœ€ºª°", 1.0) | dict.fromkeys("ÁÉÍÓÚÜÑÇÀÈÌÒÙÂÊÎÔÛÄËÏÖÃÕÅÆØ¿¡·«»“”‘’–—£", 0.5)
"""What Western business text holds beyond ASCII, by how usual it is: small letters far more than capitals and quotes."""


BESIDE_A_FIGURE = re.compile(rb"(?<![A-Za-z\x80-\xff])[\x80-\xff](?= ?-?\d)|(?:(?<=\d)|(?<=\d ))[\x80-\xff](?![A-Za-z\x80-\xff])")
"""Where the sign of a currency stands: £31.75, 31.75 €; no letter stands so by itself."""
CURRENCIES, SURE = "€£¥", 1.5
"""A price list's £ is the only sign of a British file that DOS would read as ú: beside a figure it counts more than a letter."""


def _eight_bit(path: Path) -> str:
    lines = list(_lines_with_accents(path))
    high = Counter(byte for line in lines for byte in line if byte > 127)
    signs = Counter(found[0] for line in lines for found in BESIDE_A_FIGURE.findall(line))
    best = max(EIGHT_BIT, key=lambda encoding: _usualness(high, encoding) + _currencies(signs, encoding))
    return best if _decodable(path, best) else "latin-1"


def _usualness(high: Counter[int], encoding: str) -> float:
    """How much Western text the bytes above 127 make in an encoding.

    A statistical guess needs more text than an export with three accents has; which letters the few bytes make decides better.
    """
    return sum(count * USUAL.get(bytes([byte]).decode(encoding, errors="replace"), -0.5) for byte, count in high.items())


def _currencies(signs: Counter[int], encoding: str) -> float:
    return SURE * sum(count for byte, count in signs.items() if bytes([byte]).decode(encoding, errors="replace") in CURRENCIES)


def _lines_with_accents(path: Path) -> Iterator[bytes]:
    """Up to a sample's size of the lines that decide the encoding: those with bytes above 127."""
    taken = 0
    with path.open("rb") as file:
        for line in file:
            if not line.isascii():
                taken += len(line)
                yield line
            if taken > SAMPLE:
                return


def _decodable(path: Path, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    return all(_decodes(decoder, chunk) for chunk in _chunks(path))


def clean(path: Path, encoding: str, target: Path) -> tuple[list[int], int]:
    """Write `path` as UTF-8 with \\n line ends, without NULs and empty lines; return the places of the empty lines and the number of NULs left out.

    A place is the record's number from 1 as a spreadsheet counts: a quoted cell may hold line ends and still is one record.
    """
    left_out: list[int] = []
    nulls, record, inside = 0, 0, False
    with path.open(encoding=encoding, newline=None, errors="replace") as source, target.open("w", encoding="utf-8", newline="") as copy:
        for line in source:
            record += not inside
            if "\0" in line:
                nulls += line.count("\0")
                line = line.replace("\0", "")
            if not inside and not line.strip():
                left_out.append(record)
                continue
            inside ^= line.count('"') % 2 == 1
            copy.write(line.removeprefix("\ufeff") if record == 1 else line)
    return left_out, nulls


def layout(path: Path, shown: str, encoding: str) -> Layout:
    """Separator, header and the lines above it, from the first records of a file (after `clean`: of the clean copy)."""
    sample = _sample(path, encoding)
    skip = 1 if sample.lower().startswith("sep=") else 0
    named = sample[4:5] if skip else None
    body = sample.split("\n", skip)[-1]
    separator, records = _best_separator(body, named)
    width = Counter(len(record) for record in records if any(record)).most_common(1)[0][0]
    above = next((i for i, record in enumerate(records) if _is_header(record, width)), 0)
    header = tuple(cell.strip().strip("\ufeff") for cell in records[above])
    if not any(header):
        refuse_empty(shown)
    return Layout(separator, header, skip + above)


def _sample(path: Path, encoding: str) -> str:
    with path.open("rb") as file:
        head = file.read(SAMPLE)
    whole = len(head) < SAMPLE
    text = head.decode(encoding, errors="ignore").replace("\r\n", "\n").replace("\r", "\n").removeprefix("\ufeff")
    return text if whole or "\n" not in text else text[: text.rindex("\n")]


def _best_separator(body: str, named: str | None) -> tuple[str, list[list[str]]]:
    tried = [(separator, _records(body, separator)) for separator in (named or "".join(SEPARATORS))]
    return max(tried, key=lambda pair: _agreement(pair[1]))


def _records(body: str, separator: str) -> list[list[str]]:
    reader = csv.reader(io.StringIO(body), delimiter=separator)
    records = []
    try:
        for record in reader:
            records.append(record)
            if len(records) == 200:
                break
    except csv.Error:
        return records or [[body]]
    return records or [[""]]


def _agreement(records: list[list[str]]) -> tuple[float, int]:
    """How well a separator fits: the share of records with the commonest width, then that width. Width 1 never wins."""
    widths = Counter(len(record) for record in records if any(record))
    width, count = widths.most_common(1)[0] if widths else (1, 0)
    return (0.0, 0) if width < 2 else (round(count / sum(widths.values()), 1), width)


def _is_header(record: list[str], width: int) -> bool:
    return len(record) >= min(width, 2) and sum(bool(cell.strip()) for cell in record) >= (width + 1) // 2
