"""What an import tells: the reasons, the questions, the counts."""

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from data.language import _, mark

REASONS: dict[str, str] = {
    "malformed_row": mark("the line does not have the columns of the header"),
    "missing_value": mark("a required value is missing"),
    "not_a_number": mark("text where a number is expected"),
    "not_a_date": mark("text where a date is expected"),
    "impossible_date": mark("a date that does not exist, or not between 1900 and 2100"),
    "future_date": mark("a date in the future: more than a month after the import, or a day of a deal or a score more than a day after it"),
    "not_a_flag": mark("neither yes nor no"),
    "out_of_range": mark("a number outside of its range"),
    "unknown_choice": mark("a value that is not one of the allowed ones (translate it with `values` in a mapping)"),
    "totals_row": mark("a total of other rows, not one of the list"),
    "duplicate_id": mark("an id that was already used"),
    "unknown_account": mark("an account that no file lists"),
    "unknown_product": mark("a product that no file lists"),
    "unknown_opportunity": mark("an opportunity that no file lists"),
}
"""Why a row can be rejected: code → words."""

PASSING_REASONS = ("unknown_account", "unknown_product", "unknown_opportunity", "future_date")
"""Reasons that pass when the missing rows arrive, or the day comes."""


def reason_text(code: str) -> str:
    """The words of a reason code in the reader's language."""
    return _(REASONS[code]) if code in REASONS else code


@dataclass(frozen=True)
class Reading:
    """One way to read an ambiguous column: the word for `formats`, and what an example becomes."""

    format: str
    becomes: str


@dataclass(frozen=True)
class Question:
    """A column that can be read in more than one way; only the user knows."""

    file: str
    column: str
    example: str
    readings: tuple[Reading, ...]
    note: str = ""

    @property
    def message(self) -> str:
        """The question in one sentence."""
        ways = _(" or ").join(f"{reading.format} ({reading.becomes})" for reading in self.readings)
        asked = _("{file}, column “{column}”: is {example} to be read as {ways}?").format(
            file=self.file, column=self.column, example=self.example, ways=ways
        )
        return f"{asked} {self.note}".strip()

    @property
    def remedy(self) -> str:
        """The mapping lines that answer it."""
        return f'[formats]\n"{self.column}" = "{self.readings[0].format}"'


@dataclass(frozen=True)
class Recognised:
    """How a source column is read: the file (or the first of several), the format's name, an example and what it becomes.

    `currency` is the sign or code that stands beside its numbers.
    """

    file: str
    column: str
    kind: str
    format: str
    example: str
    becomes: str
    currency: str = ""


@dataclass(frozen=True)
class FileResult:
    """Rows of one file for one table. rows_in = rows_loaded + rows_rejected, always.

    `derived`: the file lists no such rows; they are the distinct ids of its lines (accounts out of order lines).
    """

    file: str
    table: str
    rows_in: int
    rows_loaded: int
    rows_rejected: int
    status: str = "loaded"
    derived: bool = False


def loads_nothing(files: Sequence[FileResult]) -> bool:
    """Whether every row that these files bring anew is rejected; what is derived from rejected lines does not count."""
    new = [file for file in files if file.status == "loaded"]
    counted = [file for file in new if not file.derived] or new
    return any(file.rows_rejected for file in counted) and not any(file.rows_loaded for file in counted)


@dataclass(frozen=True)
class ImportResult:
    """What an import did. `outcome` is loaded, already_loaded or refused (then the store is untouched): with questions that must be
    answered, or, without any, because every row was rejected.

    `reasons` has (table, reason code, rows); a row with two reasons counts under both. `months` is a frame
    [month, before, after] of net sales. `currency` is the money's code by the mapping or by the files, "" where neither says it.
    """

    outcome: str
    files: tuple[FileResult, ...] = ()
    recognised: tuple[Recognised, ...] = ()
    questions: tuple[Question, ...] = ()
    notices: tuple[str, ...] = ()
    reasons: tuple[tuple[str, str, int], ...] = ()
    generation: int | None = None
    months: pl.DataFrame | None = None
    currency: str = ""

    @property
    def is_all_rejected(self) -> bool:
        """Whether nothing was published because no row could be loaded; the rows are kept with their reasons."""
        return self.outcome == "refused" and bool(self.files)

    @property
    def rows_in(self) -> int:
        """Rows read, derived ones not counted."""
        return sum(file.rows_in for file in self.files if not file.derived)

    @property
    def rows_loaded(self) -> int:
        """Rows loaded, derived ones not counted."""
        return sum(file.rows_loaded for file in self.files if not file.derived)

    @property
    def rows_rejected(self) -> int:
        """Rows rejected, derived ones not counted."""
        return sum(file.rows_rejected for file in self.files if not file.derived)


@dataclass(frozen=True)
class Preview:
    """What an import would do: the first rows per table as they will be read, and every error counted.

    `rejected` are the first rows that would be rejected, whole and with their reasons, as a store keeps them.
    """

    frames: dict[str, pl.DataFrame]
    files: tuple[FileResult, ...] = ()
    recognised: tuple[Recognised, ...] = ()
    questions: tuple[Question, ...] = ()
    notices: tuple[str, ...] = ()
    reasons: tuple[tuple[str, str, int], ...] = ()
    rejected: pl.DataFrame | None = None
