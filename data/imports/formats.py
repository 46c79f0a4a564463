"""Recognition: how a whole column is read, decided on every value of it, never on a guess.

`recognise` looks at each column of dates, months, numbers and flags and answers with a format (dates.Dates, numbers.Numbers,
Flags), or with a Question where the column has two readings. The word of a mapping wins over what the column says.
"""

from dataclasses import dataclass, replace

import duckdb

from data.errors import ImportRefused
from data.imports import dates, numbers, quoting
from data.imports.result import Question, Reading
from data.language import _

CONTRADICTION_SHARE = 0.05
"""Of the decisive rows: fewer than this against the rest are errors of single rows, more are a question."""
YES = ("1", "y", "yes", "true", "t", "si", "sí", "s", "x", "verdadero", "v")
NO = ("0", "n", "no", "false", "f", "falso")


@dataclass(frozen=True)
class Flags:
    """Yes and no, in English and Spanish."""

    shown: str = "yes/no"
    has_missing_words: bool = False

    def sql(self, cell: str, kind: str) -> str:
        """The expression of the flag of a trimmed cell; null where it is neither."""
        return f"case when lower({cell}) in ({quoting.texts(YES)}) then true when lower({cell}) in ({quoting.texts(NO)}) then false end"


@dataclass(frozen=True)
class Texts:
    """Identifiers and texts. `whole`: every value is a whole number written with .0 (17850.0), and is read without it."""

    whole: bool = False
    shown: str = ""
    has_missing_words: bool = False

    def sql(self, cell: str, kind: str) -> str:
        """The expression of the text of a trimmed cell."""
        return f"regexp_replace({cell}, '\\.0$', '')" if self.whole else cell


Format = dates.Dates | numbers.Numbers | Flags | Texts


def recognise(
    con: duckdb.DuckDBPyConnection, values: str, kind: str, word: str | None, file: str, column: str, maximum: float | None = None
) -> Format | Question:
    """The format of a column whose distinct values are the table `values` (value text, n rows), or the question it leaves.

    `word` is what the mapping says, such as DD/MM/YYYY or 1.234,56. Raises ImportRefused for a word that means nothing.
    """
    if kind == "flag":
        return replace(Flags(), has_missing_words=_has_missing_words(con, values))
    if kind in ("date", "month"):
        found = _dates(con, values, kind, word, file, column)
    else:
        found = _numbers(con, values, word, file, column, maximum)
    return found if isinstance(found, Question) else replace(found, has_missing_words=_has_missing_words(con, values))


def _has_missing_words(con: duckdb.DuckDBPyConnection, values: str) -> bool:
    return bool(con.execute(f"select count(*) from {values} where lower(value) in ({quoting.texts(numbers.MISSING)})").fetchall()[0][0])


def _refuse_word(word: str, file: str, column: str, known: object) -> None:
    raise ImportRefused(
        _("The mapping names a format that is not known"),
        _("{file}, column “{column}”: “{word}”.").format(file=file, column=column, word=word),
        _("Use one of: {known}.").format(known=", ".join(known)),
    )


def date_word(word: str) -> str:
    """A mapping's word for a date format in its canonical spelling: dd.mm.yyyy → DD/MM/YYYY."""
    canonical = word.strip().upper().replace("AAAA", "YYYY").replace("AA", "YY")
    if canonical.startswith("YYYY"):
        return "YYYYMMDD" if canonical == "YYYYMMDD" else canonical.replace("/", "-").replace(".", "-")
    return canonical.replace("-", "/").replace(".", "/")


def _dates(con: duckdb.DuckDBPyConnection, values: str, kind: str, word: str | None, file: str, column: str) -> dates.Dates | Question:
    found = dates.evidence(con, values, kind)
    forms = _forms(found, word)
    order, short = _said(word, file, column, kind)
    if "numeric" not in forms or order:
        return dates.Dates(forms, order, short, _shown(forms, order, short, found))
    question = _date_question(found, file, column)
    if question:
        return question
    order = "mdy" if found.month_first > found.day_first else "dmy"
    return dates.Dates(forms, order, False, _shown(forms, order, False, found))


def _said(word: str | None, file: str, column: str, kind: str) -> tuple[str, bool]:
    if not word:
        return "", False
    canonical = date_word(word)
    if canonical in dates.WORDS:
        return dates.WORDS[canonical]
    if kind == "month" and canonical in ("YYYY-MM", "MM/YYYY", "YYYYMM", "MON YYYY"):
        return "", False
    if canonical in ("D MON YYYY", "MON D, YYYY"):
        return "", False
    _refuse_word(word, file, column, [*dates.WORDS, "D Mon YYYY", "YYYY-MM"])
    return "", False


def _forms(found: dates.Evidence, word: str | None) -> tuple[str, ...]:
    """The forms that occur. Bare digits are serials or compact dates only where half of the column, or the mapping, says so."""
    said = date_word(word) if word else ""
    bare = {"serial": "EXCEL", "compact": "YYYYMMDD", "compact_month": "YYYYMM"}
    return tuple(
        form
        for form, rows in found.by_form.items()
        if rows and (form not in bare or said == bare[form] or 2 * rows >= found.rows)
    )


def _shown(forms: tuple[str, ...], order: str, short: bool, found: dates.Evidence) -> str:
    year = "YY" if short else "YYYY"
    parts = ("MM", "DD", year) if order == "mdy" else ("DD", "MM", year)
    names = [found.separator.join(parts) if form == "numeric" else dates.SHOWN[form] for form in forms]
    return " / ".join(names)


def _date_question(found: dates.Evidence, file: str, column: str) -> Question | None:
    decisive = found.day_first + found.month_first
    contradicting = min(found.day_first, found.month_first)
    if found.two_digit_years:
        return _two_ways(file, column, found.short_example or "", "YY", _("The years have two digits: only you know the century and the order."))
    if not decisive and found.ambiguous:
        return _two_ways(file, column, found.example or "", "YYYY", "")
    if contradicting and contradicting >= CONTRADICTION_SHARE * decisive:
        note = _("{day} rows can only have the day first, {month} only the month.").format(day=found.day_first, month=found.month_first)
        return _two_ways(file, column, found.example or "12/31/2026", "YYYY", note)
    return None


def _two_ways(file: str, column: str, example: str, year: str, note: str) -> Question:
    parts = example.replace(".", "/").replace("-", "/").split(" ")[0].split("/")
    first, second, last = (parts + ["", "", ""])[:3]
    last = f"20{last}" if len(last) == 2 and int(last) < dates.CENTURY_TURNS else f"19{last}" if len(last) == 2 else last
    readings = (
        Reading(f"DD/MM/{year}", f"{last}-{second:0>2}-{first:0>2}"),
        Reading(f"MM/DD/{year}", f"{last}-{first:0>2}-{second:0>2}"),
    )
    return Question(file, column, example, readings, note)


def _numbers(
    con: duckdb.DuckDBPyConnection, values: str, word: str | None, file: str, column: str, maximum: float | None
) -> numbers.Numbers | Question:
    found = numbers.evidence(con, values)
    _refuse_two_currencies(found, file, column)
    decimal = numbers.WORDS.get(word.strip().lower()) if word else _decimal(found)
    if word and not decimal:
        _refuse_word(word, file, column, numbers.WORDS)
    if not decimal:
        return _number_question(found, file, column)
    return numbers.Numbers(decimal, False, numbers.shown(decimal, found), 1 if maximum == 100 else 100, currency=found.currency)


def _refuse_two_currencies(found: numbers.Evidence, file: str, column: str) -> None:
    if len(found.currencies) > 1:
        raise ImportRefused(
            _("A column holds two currencies"),
            _("{file}, column “{column}”: {currencies}.").format(file=file, column=column, currencies=", ".join(found.currencies)),
            _("A store has one currency. Convert the amounts before you import them."),
        )


def _decimal(found: numbers.Evidence) -> str | None:
    less, more = sorted((found.point, found.comma))
    if less and less >= CONTRADICTION_SHARE * (less + more):
        return None
    if not more and found.ambiguous:
        return None
    return "," if found.comma > found.point else "."


def _number_question(found: numbers.Evidence, file: str, column: str) -> Question:
    note = ""
    if found.point and found.comma:
        note = _("Some rows are written like {point}, others like {comma}.").format(point=found.point_example, comma=found.comma_example)
    example = found.example or found.point_example or ""
    bare = "".join(character for character in example if character.isdigit() or character in ".,")
    readings = (
        Reading("1,234.56", bare.replace(",", "")),
        Reading("1.234,56", bare.replace(".", "").replace(",", ".")),
    )
    return Question(file, column, example, readings, note)
