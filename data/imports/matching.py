"""Which file is which table: by a mapping's sections, else by the names of the file and of its columns.

Without a mapping a file is taken only when every required column is found without doubt; else the refusal says what was
understood and what is nearest. `suggest` goes further, for a person who looks at it: by names and by content.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import PurePosixPath

from rapidfuzz import fuzz, process

from data.contract import DIMENSIONS, TABLES, Column, Table
from data.errors import ImportRefused
from data.imports.files import SHEET_MARK
from data.imports.heading_words import ID_WORDS, LINE_WORDS, LINKS, NUMBER_SIGN, TABLE_WORDS
from data.imports.mapping import Mapping, load, shipped_names
from data.imports.mapping_parts import Section, Source
from data.language import _

LINE_ID, ROW_ID = "transaction_id", "row_id"
"""The column that a sender's lines may lack, and the answer that numbers them: transaction_id = row_id."""

TYPO_SIMILARITY = 90
"""A heading this close to a column's own name (0–100) is the same word with a slip of a letter; below it, we ask."""

MOST_HEADINGS = 0.6
"""Without a telling file name, a table found by aliases must explain this share of the headings: order lines that name their
products are not a list of products."""


@dataclass(frozen=True)
class Match:
    """How a file's headings fit a table: contract column → heading, and what stands in the way."""

    table: str
    columns: dict[str, str]
    missing: tuple[str, ...]
    doubtful: tuple[tuple[str, tuple[str, ...]], ...]

    @property
    def is_complete(self) -> bool:
        """Whether every required column was found without doubt."""
        return not self.missing

    @property
    def is_sure(self) -> bool:
        """Whether every required column carries the contract's own name."""
        return all(name in self.columns and normal(self.columns[name]) == normal(name) for name in TABLES[self.table].required_columns)

    @property
    def own_names(self) -> int:
        """How many columns carry exactly the contract's name."""
        return sum(normal(column) == normal(heading) for column, heading in self.columns.items())


@lru_cache(maxsize=50_000)
def normal(heading: str) -> str:
    """A heading for comparison: lower case, no accents, words parted by one space. "N.º_Cliente (ERP)" → "no cliente erp"."""
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", NUMBER_SIGN.sub("no ", heading))
    plain = unicodedata.normalize("NFKD", spaced).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", " ", plain).strip()


def _without_unit(heading: str) -> str:
    return normal(re.sub(r"[(\[].*?[)\]]", "", heading)) or normal(heading)


def _without_links(heading: str) -> str:
    """ "Fecha de la factura" → "fecha factura": the words without those that only join them, and without a unit in brackets."""
    return " ".join(word for word in _without_unit(heading).split() if word not in LINKS) or normal(heading)


def _without_code(heading: str) -> str:
    """ "Código de artículo" → "articulo": what the identifier is of."""
    kept = [word for word in normal(heading).split() if word not in ID_WORDS and word not in LINKS]
    return " ".join(kept) or normal(heading)


def _of_a_line(heading: str) -> str:
    """ "Order Lines/Quantity" → "quantity": what programs that write paths say of an order's lines."""
    above, _slash, last = heading.rpartition("/")
    return normal(last) if LINE_WORDS & set(normal(above).split()) else normal(heading)


def match_table(table: Table, header: Sequence[str]) -> Match:
    """Fit headings to a table's columns: own names first, then aliases, then slips of a letter; each heading once."""
    times = Counter(filter(None, header))
    free = {heading for heading, n in times.items() if n == 1}
    twice = set(times) - free
    columns: dict[str, str] = {}
    doubtful: dict[str, tuple[str, ...]] = {}
    for step in (_own_name, _alias, _slip):
        for column in (column for column in table.columns if column.name not in columns):
            found = _identifying(column.name, step(column.name, column.aliases, free))
            if len(found) == 1 and column.name not in doubtful:
                columns[column.name] = found[0]
                free.discard(found[0])
            elif len(found) > 1:
                doubtful[column.name] = tuple(found)
    for column in table.columns:
        named_twice = _own_name(column.name, (), twice)
        if named_twice and column.name not in columns:
            doubtful[column.name] = tuple(named_twice * 2)
    missing = tuple(name for name in table.required_columns if name not in columns)
    return Match(table.name, columns, missing, tuple(doubtful.items()))


def _identifying(name: str, found: list[str]) -> list[str]:
    """Of several headings for an id the one that says it is one: "Código cliente" beside "Cliente"; else all of them."""
    coded = [heading for heading in found if _says_id(heading)] if name.endswith("_id") and len(found) > 1 else []
    return coded if len(coded) == 1 else found


def _says_id(heading: str) -> bool:
    """Whether a word of a heading is one for an identifier, or ends in it: Nº de cliente, Kundennummer."""
    return any(word in ID_WORDS or word.endswith(("nummer", "nr")) for word in normal(heading).split())


def _own_name(name: str, aliases: tuple[str, ...], free: set[str]) -> list[str]:
    return sorted(heading for heading in free if normal(heading) == normal(name))


def _alias(name: str, aliases: tuple[str, ...], free: set[str]) -> list[str]:
    known = {read(alias) for alias in (*aliases, name) for read in (normal, _without_links)}
    readings = (normal, _without_unit, _without_links, _of_a_line, *([_without_code] if name.endswith("_id") else []))
    return sorted(heading for heading in free if any(read(heading) in known for read in readings))


def _slip(name: str, aliases: tuple[str, ...], free: set[str]) -> list[str]:
    return sorted(heading for heading in free if len(name) > 4 and fuzz.ratio(normal(heading), normal(name)) >= TYPO_SIMILARITY)


def table_of_name(file: str) -> str | None:
    """The table that a file's name says: transactions_2025.csv, Ventas enero.xlsx. The longest word that fits wins.

    A sheet's own name says it first: book.xlsx › Customers.
    """
    book, _mark, sheet = file.partition(SHEET_MARK)
    return (_table_of_stem(sheet) if sheet else None) or _table_of_stem(PurePosixPath(book).stem)


def _table_of_stem(name: str) -> str | None:
    stem = f" {normal(name)} "
    found = [(len(word), name) for name in TABLES for word in (normal(name), *TABLE_WORDS[name]) if f" {word} " in stem]
    return max(found)[1] if found else None


def section_for(file: str, header: Sequence[str], *, numbered: bool = False) -> Section:
    """The section for a file without a mapping. Raises ImportRefused when it is not clear which table, or which columns.

    `numbered`: lines without an id of their own go by their file and row.
    """
    by_name = table_of_name(file)
    if by_name:
        match = match_named(by_name, header)
        if match.is_complete:
            return _section(match)
        if numbered and match.missing == (LINE_ID,) and LINE_ID not in dict(match.doubtful):
            section = _section(match)
            return replace(section, columns={LINE_ID: Source(how="row_id")} | section.columns)
        return _refuse_columns(file, header, match)
    best = _best_by_headings(header)
    if best is None:
        matches = [match_table(table, header) for table in TABLES.values()]
        nearest = max(matches, key=lambda match: (len(match.columns) - 2 * len(match.missing), match.own_names))
        return _refuse_columns(file, header, nearest) if nearest.columns or nearest.doubtful else _refuse_unknown(file, header)
    return _section(best)


def match_named(table: str, header: Sequence[str]) -> Match:
    """Fit the headings of a file that is named after a table."""
    return _named_by_code(match_table(TABLES[table], header), header)


def _named_by_code(match: Match, header: Sequence[str]) -> Match:
    """In a file named after a list (Clientes.xlsx) a heading that only says "Código" is the list's own key.

    Beside it "Producto" is the product's name, though it would be its key if it stood alone.
    """
    table = TABLES[match.table]
    key, taken = table.key[0], match.columns.get(table.key[0])
    bare = [heading for heading in header if normal(heading).split() and set(normal(heading).split()) <= ID_WORDS]
    if match.table not in DIMENSIONS or len(bare) != 1 or bare[0] in match.columns.values() or (taken and _says_id(taken)):
        return match
    columns = match.columns | {key: bare[0]}
    label = table.column[table.required_columns[1]]
    if taken and label.name not in columns and _names(label, taken):
        columns[label.name] = taken
    columns = {column.name: columns[column.name] for column in table.columns if column.name in columns}
    return replace(match, columns=columns, missing=tuple(name for name in table.required_columns if name not in columns))


def _names(column: Column, heading: str) -> bool:
    return any(step(column.name, column.aliases, {heading}) for step in (_own_name, _alias))


def _best_by_headings(header: Sequence[str]) -> Match | None:
    """The only table whose required columns are all there; by other words only where they explain most of the file."""
    matches = [match_table(table, header) for table in TABLES.values()]
    complete = [
        match for match in matches if match.is_complete and (match.is_sure or len(match.columns) >= MOST_HEADINGS * len(header))
    ]
    ranked = sorted(complete, key=lambda match: (match.is_sure, match.own_names))
    if len(ranked) > 1 and (ranked[-1].is_sure, ranked[-1].own_names) == (ranked[-2].is_sure, ranked[-2].own_names):
        return None
    return ranked[-1] if ranked else None


def is_table(file: str, header: Sequence[str]) -> bool:
    """Whether a sheet is one of our tables: its headings are clear, or its name is a table's word and nothing else."""
    name = re.sub(r"\d+", " ", normal(file.partition(SHEET_MARK)[2])).strip()
    if any(name in (normal(table), *TABLE_WORDS[table]) for table in TABLES):
        return True
    try:
        return bool(section_for(file, header))
    except ImportRefused:
        return False


def is_sure(file: str, header: Sequence[str]) -> bool:
    """Whether a file speaks the contract's own language, so that no other reading need be tried."""
    by_name = table_of_name(file)
    matches = [match_table(TABLES[by_name], header)] if by_name else [match_table(table, header) for table in TABLES.values()]
    return any(match.is_complete and match.is_sure for match in matches)


def _section(match: Match) -> Section:
    return Section(match.table, {column: Source(columns=(heading,)) for column, heading in match.columns.items()})


def _refuse_columns(file: str, header: Sequence[str], match: Match) -> Section:
    understood = ", ".join(f"{column} = “{heading}”" for column, heading in match.columns.items()) or "–"
    lines = [_("{file} looks most like the table “{table}”. Understood: {columns}.").format(file=file, table=match.table, columns=understood)]
    doubtful = dict(match.doubtful)
    for column in match.missing:
        lines.append(_missing_line(column, doubtful.get(column, ()), header, match))
    if not match.missing:
        lines.append(
            _("These {n} of its {all} headings do not tell the table for sure: name the file after its table ({table}.csv) if it is that.").format(
                n=len(match.columns), all=len(header), table=match.table
            )
        )
    raise ImportRefused(
        _("The columns of {file} are not clear").format(file=file),
        " ".join(lines),
        _("Rename the headings as docs/data-format.md lists them, or say which is which in a mapping (--mapping FILE)."),
    )


def _refuse_unknown(file: str, header: Sequence[str]) -> Section:
    raise ImportRefused(
        _("The columns of {file} are not clear").format(file=file),
        _("{file}: none of its headings is known: {headings}.").format(file=file, headings=", ".join(filter(None, header)) or "–"),
        _("Rename the headings as docs/data-format.md lists them, or say which is which in a mapping (--mapping FILE)."),
    )


def _missing_line(column: str, doubtful: tuple[str, ...], header: Sequence[str], match: Match) -> str:
    if doubtful:
        return _("“{column}” could be any of: {headings}.").format(column=column, headings=", ".join(doubtful))
    if column == LINE_ID:
        return _("“transaction_id” was not found: where lines have no number of their own, --answer transaction_id=row_id numbers them.")
    free = [heading for heading in header if heading and heading not in match.columns.values()]
    nearest = [found[0] for found in process.extract(column, free, processor=normal, limit=2, score_cutoff=50)]
    if nearest:
        return _("“{column}” was not found; nearest: {headings}.").format(column=column, headings=", ".join(nearest))
    return _("“{column}” was not found among: {headings}.").format(column=column, headings=", ".join(free) or "–")


def shipped_for(named_headers: Sequence[tuple[str, Sequence[str]]]) -> Mapping | None:
    """The shipped mapping that reads one of the files by name and columns, when nothing else explains them."""
    for name in shipped_names():
        mapping = load(name)
        if any(section.fits(file, header) for section in mapping.sections if section.file for file, header in named_headers):
            return mapping
    return None
