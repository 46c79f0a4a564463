"""Names and texts written into the import's SQL, whose columns are only known at run time."""

from collections.abc import Iterable

BLANKS = "' \t\r\n' || chr(160) || chr(8239) || chr(65279)"
"""What is trimmed from both ends of a cell: spaces, tabs, line ends, no-break spaces, byte-order marks."""


def name(text: str) -> str:
    """An identifier in double quotes."""
    return '"' + text.replace('"', '""') + '"'


def text(value: str) -> str:
    """A text literal in single quotes."""
    return "'" + value.replace("'", "''") + "'"


def texts(values: Iterable[str]) -> str:
    """A comma-separated list of text literals."""
    return ", ".join(text(value) for value in values)


def trimmed(column: str) -> str:
    """A cell's text without blanks around it, null where nothing is left."""
    return f"nullif(trim({column}, {BLANKS}), '')"


def has_spaces_around(column: str) -> str:
    """The test of a cell with spaces around it: far cheaper than comparing the cell with its trimmed self."""
    return f"starts_with({column}, ' ') or ends_with({column}, ' ')"
