"""The parts of a mapping: where one column's values come from, and one table out of a kind of file."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from data.imports import files


@dataclass(frozen=True)
class Lookup:
    """A value looked up in another file: the row whose `key` column holds the source's text, its `value` column."""

    file: str
    key: str
    value: str
    optional: bool = False


@dataclass(frozen=True)
class Source:
    """Where one column's values come from. `how` is column, join, multiply, constant or row_id.

    `factors` are the constant numbers of a multiplication.
    """

    how: str = "column"
    columns: tuple[str, ...] = ()
    factors: tuple[str, ...] = ()
    constant: str | None = None
    separator: str = "-"
    format: str | None = None
    values: tuple[tuple[str, str], ...] = ()
    default: str | None = None
    empty: tuple[str, ...] = ()
    lookup: tuple[Lookup, ...] = ()
    otherwise: "Source | None" = None

    @property
    def needed(self) -> tuple[str, ...]:
        """The source columns that the file must have."""
        return self.columns + (self.otherwise.needed if self.otherwise else ())

    @property
    def lookups(self) -> tuple[Lookup, ...]:
        """Every lookup, those of the alternative too."""
        return self.lookup + (self.otherwise.lookups if self.otherwise else ())


@dataclass(frozen=True)
class Section:
    """One [[tables]] entry: a table of the contract out of a kind of file.

    `fill_down` are the source columns whose blank cells take the value above; None where nothing is said of it.
    """

    table: str
    columns: dict[str, Source]
    file: str | None = None
    sheet: str | None = None
    distinct: bool = False
    where: tuple[tuple[str, tuple[str, ...]], ...] = ()
    without: tuple[tuple[str, tuple[str, ...]], ...] = ()
    present: tuple[str, ...] = ()
    formats: dict[str, str] = field(default_factory=dict)
    fill_down: tuple[str, ...] | None = None

    @property
    def needed(self) -> tuple[str, ...]:
        """The source columns that the file must have, each once."""
        columns = [column for source in self.columns.values() for column in source.needed]
        return tuple(dict.fromkeys([*columns, *(column for column, _values in (*self.where, *self.without)), *self.present, *(self.fill_down or ())]))

    def fits(self, file: str, header: Sequence[str]) -> bool:
        """Whether this section reads a file: its name fits the pattern, and every needed column is there once."""
        if self.file and file and not files.matches(file, self.file):
            return False
        return self.finds_columns(header)

    def finds_columns(self, header: Sequence[str]) -> bool:
        """Whether every needed column is in the header, once."""
        return all(list(header).count(column) == 1 for column in self.needed)
