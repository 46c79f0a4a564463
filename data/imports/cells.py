"""Expressions over single cells: their text, a mapping's translations, its constants."""

import unicodedata
from datetime import date

from data.choice_words import CHOICE_WORDS
from data.contract import Column
from data.errors import ImportRefused
from data.imports import formats, quoting
from data.imports.mapping_parts import Source
from data.language import _

FIRST_DAY, LAST_DAY = "1900-01-01", "2100-12-31"


def as_text(place: str, kind: str) -> str:
    """The text of a cell of any type, as a person would write it."""
    base = kind.split("(")[0]
    if base == "VARCHAR":
        return quoting.trimmed(place)
    if base == "DOUBLE":
        return f"case when {place} = floor({place}) and abs({place}) < 1e15 then {place}::bigint::varchar else {place}::varchar end"
    if base == "DECIMAL" and not kind.endswith(",0)"):
        return f"rtrim(rtrim({place}::varchar, '0'), '.')"
    if base == "TIMESTAMP":
        return f"case when {place} = {place}::date then {place}::date::varchar else {place}::varchar end"
    return f"{place}::varchar"


def translated(text: str, source: Source) -> str:
    """The text after a mapping's `empty` and `values`."""
    if source.empty:
        text = f"case when {text} in ({quoting.texts(source.empty)}) then null else {text} end"
    if not source.values:
        return text
    cases = " ".join(f"when {quoting.text(key.strip().lower())} then {quoting.text(value)}" for key, value in source.values)
    return f"case lower({text}) {cases} else {text} end"


def choice(text: str, column: Column) -> str:
    """The expression of the choice that a text names, by its own or another usual word, in any case, with or without accents; else null."""
    words = {_plain(word): choice for choice in column.choices for word in (*CHOICE_WORDS[choice], choice)}
    cases = " ".join(f"when {quoting.text(word)} then {quoting.text(choice)}" for word, choice in words.items())
    return f"case regexp_replace(strip_accents(lower(trim({text}))), '[-_ ]+', ' ', 'g') {cases} end"


def _plain(word: str) -> str:
    without_accents = unicodedata.normalize("NFKD", word).encode("ascii", "ignore").decode()
    return without_accents.lower().replace("_", " ").replace("-", " ")


def within_limits(value: str, column: Column) -> str:
    """Days outside of 1900–2100 are slips of the hand: they become null, and the row is rejected."""
    if column.kind not in ("date", "month"):
        return value
    return f"case when ({value}) between date '{FIRST_DAY}' and date '{LAST_DAY}' then ({value}) end"


def canonical(constant: str, column: Column) -> str:
    """The expression of a constant or a default, which a mapping writes in ISO dates and with a decimal point."""
    try:
        if column.kind in ("date", "month"):
            day = date.fromisoformat(constant if len(constant) > 7 else f"{constant}-01")
            return f"date '{day.replace(day=1) if column.kind == 'month' else day}'"
        if column.kind in ("money", "number"):
            return f"{float(constant)}::decimal(28, 10)"
    except ValueError as error:
        raise ImportRefused(
            _("The mapping cannot be used"),
            _("“{constant}” is not a value for the column {column}.").format(constant=constant, column=column.name),
            _("Constants and defaults are written as 2026-03-31, and 1234.56."),
        ) from error
    if column.kind == "flag":
        return "true" if constant.lower() in formats.YES else "false"
    return choice(quoting.text(constant), column) if column.kind == "choice" else quoting.text(constant)
