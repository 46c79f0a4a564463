"""A mapping: which file holds which table, and which of its columns becomes which column of the contract.

    name = "sales system"                       # how it is called
    sender = "North office"                     # whose files it reads (optional)
    currency = "USD"                            # the money's ISO 4217 code, taken where the store has none yet (optional)

    fill_down = ["Invoice", "Date"]             # optional: blank cells of these columns take the value above; [] fills nothing

    [formats]                                   # how source columns are written, where they do not say it themselves
    "Date" = "DD/MM/YYYY"

    [[tables]]
    table = "transactions"                      # a table of the contract
    file = "sales*.csv"                         # optional: else every file that has the columns
    [tables.columns]
    sold_on = "Date"                            # a source column, or a table as below
    account_id = { source = "Cust", values = { "C 1" = "C1" } }
    net_amount = { multiply = ["Quantity", "Price"] }

docs/data-format.md tells every word. Reading and writing TOML are each other's inverse.
"""

import hashlib
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import tomlkit
from rapidfuzz import process

from data.contract import TABLES
from data.errors import ImportRefused
from data.imports import money
from data.imports.mapping_dict import section_dict, without_empty
from data.imports.mapping_parts import Lookup, Section, Source
from data.language import _

SHIPPED = Path(__file__).parents[1] / "mappings"
SOURCE_WORDS = ("source", "join", "separator", "multiply", "constant", "row_id", "format", "values", "default", "empty", "lookup", "otherwise")
SECTION_WORDS = ("table", "file", "sheet", "columns", "distinct", "where", "except", "present", "formats", "fill_down")
MAPPING_WORDS = ("name", "sender", "currency", "formats", "tables", "about", "fill_down")


@dataclass(frozen=True)
class Mapping:
    """A whole mapping. `sections` may be empty: then it only says formats, and files are matched by their headings."""

    name: str
    sections: tuple[Section, ...] = ()
    sender: str = ""
    formats: dict[str, str] = field(default_factory=dict)
    currency: str = ""
    fill_down: tuple[str, ...] | None = None

    @property
    def signature(self) -> str:
        """Name and a digest of the content: a changed mapping reads a file anew."""
        return f"{self.name}:{hashlib.sha256(self.to_toml().encode()).hexdigest()[:8]}"

    def header_matches(self, header: tuple[str, ...], file: str = "") -> bool:
        """Whether a file with these headings is one that this mapping reads."""
        return any(section.fits(file, header) for section in self.sections)

    def to_toml(self) -> str:
        """The mapping as TOML text."""
        entry: dict[str, Any] = {"name": self.name, "sender": self.sender, "currency": self.currency, "formats": dict(self.formats)}
        said = {} if self.fill_down is None else {"fill_down": list(self.fill_down)}
        return tomlkit.dumps(said | without_empty(entry | {"tables": [section_dict(section) for section in self.sections]}))

    @classmethod
    def from_toml(cls, text: str, name: str = "mapping") -> "Mapping":
        """The mapping of a TOML text. Raises ImportRefused, saying where, for what is not a mapping."""
        try:
            return from_dict(tomllib.loads(text), name)
        except tomllib.TOMLDecodeError as error:
            raise _refused(name, _("it is not TOML: {error}").format(error=error)) from error


def shipped_names() -> list[str]:
    """The names of the mappings that come with the product."""
    return sorted(path.stem for path in SHIPPED.glob("*.toml"))


def load(word: str | Path) -> Mapping:
    """The mapping of a shipped name or of a TOML file. Raises ImportRefused when there is none."""
    path = SHIPPED / f"{word}.toml" if str(word) in shipped_names() else Path(word)
    if not path.is_file():
        raise ImportRefused(
            _("The mapping was not found"),
            str(word),
            _("Name a TOML file, or one of the mappings that come with it: {names}.").format(names=", ".join(shipped_names())),
        )
    try:
        return Mapping.from_toml(path.read_text(encoding="utf-8-sig"), path.stem)
    except UnicodeDecodeError as error:
        raise _refused(path.name, _("it is not UTF-8 text")) from error


def _refused(name: str, why: str) -> ImportRefused:
    return ImportRefused(
        _("The mapping cannot be used"), f"{name}: {why}.", _("docs/data-format.md tells how a mapping is written; nothing was imported.")
    )


def from_dict(content: dict[str, Any], name: str = "mapping") -> Mapping:
    """The mapping of parsed TOML. Raises ImportRefused for unknown words, tables and columns, with the nearest known one."""
    _known(name, content, MAPPING_WORDS, _("the mapping"))
    sections = tuple(_section(name, entry) for entry in _list(name, content.get("tables", []), "tables"))
    formats = _texts(name, content.get("formats", {}), "formats")
    currency = _currency(name, str(content.get("currency", "")))
    return Mapping(str(content.get("name", name)), sections, str(content.get("sender", "")), formats, currency, _fill_down(name, content))


def _known(name: str, found: Any, words: tuple[str, ...], where: str) -> None:
    if not isinstance(found, dict):
        raise _refused(name, _("{where} must be a table of names and values").format(where=where))
    for word in found:
        if word not in words:
            nearest = process.extractOne(str(word), words)
            raise _refused(name, _("“{word}” is not known in {where}; did you mean “{nearest}”?").format(word=word, where=where, nearest=nearest[0]))


def _currency(name: str, written: str) -> str:
    """The code of the mapping's currency; "" where it names none."""
    code = money.code_written(written)
    if written.strip() and not code:
        raise _refused(name, _("“{written}” is no currency; write its ISO 4217 code, such as EUR").format(written=written))
    return code


def _list(name: str, found: Any, where: str) -> list[Any]:
    if not isinstance(found, list):
        raise _refused(name, _("{where} must be a list").format(where=where))
    return found


def _texts(name: str, found: Any, where: str) -> dict[str, str]:
    if not isinstance(found, dict):
        raise _refused(name, _("{where} must be a table of names and values").format(where=where))
    return {str(key): str(value) for key, value in found.items()}


def _section(name: str, entry: Any) -> Section:
    _known(name, entry, SECTION_WORDS, "[[tables]]")
    table = str(entry.get("table", ""))
    if table not in TABLES:
        raise _refused(name, _("there is no table “{table}”; the tables are: {tables}").format(table=table, tables=", ".join(TABLES)))
    columns = entry.get("columns", {})
    _known(name, columns, tuple(TABLES[table].column), f"{table}.columns")
    sources = {column: _source(name, f"{table}.{column}", found) for column, found in columns.items()}
    _refuse_missing(name, table, sources)
    return Section(
        table,
        sources,
        entry.get("file"),
        entry.get("sheet"),
        bool(entry.get("distinct", False)),
        _filter(name, entry, "where"),
        _filter(name, entry, "except"),
        tuple(map(str, _list(name, entry.get("present", []), "present"))),
        _texts(name, entry.get("formats", {}), "formats"),
        _fill_down(name, entry),
    )


def _fill_down(name: str, entry: dict[str, Any]) -> tuple[str, ...] | None:
    return tuple(map(str, _list(name, entry["fill_down"], "fill_down"))) if "fill_down" in entry else None


def _filter(name: str, entry: dict[str, Any], word: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    found = entry.get(word, {})
    _known(name, found, tuple(found), word)
    return tuple((column, tuple(map(str, _list(name, values, word)))) for column, values in found.items())


def _refuse_missing(name: str, table: str, sources: dict[str, Source]) -> None:
    missing = [column for column in TABLES[table].required_columns if column not in sources]
    if missing:
        raise _refused(name, _("{table} needs the columns: {columns}").format(table=table, columns=", ".join(missing)))


def _source(name: str, where: str, found: Any) -> Source:
    if isinstance(found, str):
        return Source(columns=(found,))
    _known(name, found, SOURCE_WORDS, where)
    how = [word for word in ("source", "join", "multiply", "constant", "row_id") if word in found]
    if len(how) != 1:
        raise _refused(name, _("{where} needs exactly one of source, join, multiply, constant, row_id").format(where=where))
    return Source(
        "column" if how[0] == "source" else how[0],
        _source_columns(name, where, how[0], found),
        tuple(str(factor) for factor in found.get("multiply", ()) if not isinstance(factor, str)),
        _constant(found.get("constant")),
        str(found.get("separator", "-")),
        found.get("format"),
        tuple(_texts(name, found.get("values", {}), where).items()),
        _constant(found.get("default")),
        tuple(map(str, _list(name, found.get("empty", []), where))),
        _lookups(name, where, found.get("lookup", [])),
        _source(name, where, found["otherwise"]) if "otherwise" in found else None,
    )


def _source_columns(name: str, where: str, how: str, found: dict[str, Any]) -> tuple[str, ...]:
    if how == "source":
        return (str(found["source"]),)
    columns = _list(name, found[how], where) if how in ("join", "multiply") else []
    return tuple(column for column in columns if isinstance(column, str))


def _constant(found: Any) -> str | None:
    if isinstance(found, bool):
        return "yes" if found else "no"
    return None if found is None else str(found)


def _lookups(name: str, where: str, found: Any) -> tuple[Lookup, ...]:
    entries = [found] if isinstance(found, dict) else _list(name, found, where)
    for entry in entries:
        _known(name, entry, ("file", "key", "value", "optional"), f"{where}.lookup")
        if not {"file", "key", "value"} <= set(entry):
            raise _refused(name, _("{where}: a lookup needs file, key and value").format(where=where))
    return tuple(Lookup(str(e["file"]), str(e["key"]), str(e["value"]), bool(e.get("optional", False))) for e in entries)
