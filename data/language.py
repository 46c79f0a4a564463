"""The words and the numbers of the reader's language.

`use("es")` sets the language of the running thread; `_` and `ngettext` translate, the `format_*` functions write numbers,
money and dates as the language does (Babel), `listed` joins names. Translations are the `data/locale/<language>/*.po` files, merged when
first used.
"""

import gettext as gettext_module
import re
from collections.abc import Iterable, Sequence
from contextvars import ContextVar
from datetime import date, datetime
from functools import lru_cache
from io import BytesIO
from math import isfinite
from pathlib import Path

from babel import Locale
from babel.dates import format_date as babel_date
from babel.dates import format_time as babel_time
from babel.lists import format_list
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_compact_decimal, format_currency, format_decimal
from babel.numbers import format_percent as babel_percent

LANGUAGES: dict[str, str] = {"en": "English", "es": "Español"}
"""Language codes and their own names."""

LOCALES = {"en": "en_GB", "es": "es_ES"}
LOCALE_FOLDER = Path(__file__).parent / "locale"
NOT_AVAILABLE = "–"

_language: ContextVar[str] = ContextVar("language", default="en")
_currency: ContextVar[str] = ContextVar("currency", default="EUR")


def use(language: str, currency: str | None = None) -> None:
    """Set the language (and the store's currency) of the running thread. An unknown language reads as English."""
    _language.set(language if language in LANGUAGES else "en")
    if currency:
        _currency.set(currency)


def current() -> str:
    """The running thread's language code."""
    return _language.get()


def currency() -> str:
    """The running thread's ISO 4217 currency code."""
    return _currency.get()


def best_of(wanted: Iterable[str | None]) -> str:
    """The first language of `wanted` (browser tags such as es-AR) that we speak, else English."""
    for tag in wanted:
        code = (tag or "").lower().replace("_", "-").split("-")[0]
        if code in LANGUAGES:
            return code
    return "en"


@lru_cache(maxsize=len(LANGUAGES))
def catalogue(language: str) -> Catalog:
    """All messages of a language, merged from its .po files in the order of their names."""
    merged = Catalog(locale=language)
    for path in sorted((LOCALE_FOLDER / language).glob("*.po")):
        with path.open("rb") as file:
            for message in read_po(file, locale=language):
                if message.id:
                    merged.add(message.id, message.string)
    return merged


@lru_cache(maxsize=len(LANGUAGES))
def _translations(language: str) -> gettext_module.NullTranslations:
    if language == "en":
        return gettext_module.NullTranslations()
    buffer = BytesIO()
    write_mo(buffer, catalogue(language))
    buffer.seek(0)
    return gettext_module.GNUTranslations(buffer)


def _(message: str) -> str:
    """The message in the running thread's language."""
    return _translations(current()).gettext(message)


def translated(message: str, language: str) -> str:
    """The message in a language that need not be the reader's."""
    return _translations(language).gettext(message)


def ngettext(singular: str, plural: str, n: int) -> str:
    """The message in the number that `n` asks for."""
    return _translations(current()).ngettext(singular, plural, n)


def mark(message: str) -> str:
    """Mark a message for translation where it is defined; `_` translates it where it is shown."""
    return message


def locale() -> Locale:
    """Babel's locale of the running thread."""
    return _locale(current())


@lru_cache(maxsize=len(LANGUAGES))
def _locale(language: str) -> Locale:
    return Locale.parse(LOCALES[language])


def _is_missing(value: float | None) -> bool:
    return value is None or not isfinite(value)


def format_number(value: float | None, decimals: int = 0) -> str:
    """1234.5 → 1,234.5 or 1.234,5; missing → –."""
    if _is_missing(value):
        return NOT_AVAILABLE
    pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
    return format_decimal(round(value, decimals) + 0.0, format=pattern, locale=locale(), group_separator=True)


def format_compact(value: float | None, decimals: int = 1) -> str:
    """1234567 → 1.2M or 1,2 M; missing → –."""
    if _is_missing(value):
        return NOT_AVAILABLE
    if abs(value) < 1000:
        return format_number(value, 0 if float(value).is_integer() else decimals)
    return format_compact_decimal(value, format_type="short", locale=locale(), fraction_digits=decimals)


def format_money(value: float | None, decimals: int = 0) -> str:
    """1234.5 → €1,235 or 1.235 € in the store's currency; missing → –."""
    if _is_missing(value):
        return NOT_AVAILABLE
    pattern = locale().currency_formats["standard"].pattern
    pattern = re.sub(r"\.0+", "." + "0" * decimals if decimals else "", pattern)
    amount = round(value, decimals) + 0.0
    return format_currency(amount, currency(), format=pattern, locale=locale(), currency_digits=False)


TEN, THOUSAND = 9.95, 999.5


def format_money_compact(value: float | None) -> str:
    """1234567 → €1.2M or 1,2 M €; missing → –."""
    if _is_missing(value):
        return NOT_AVAILABLE
    symbol = locale().currency_symbols.get(currency(), currency())
    # Tens and hundreds have no cents to show; of a few, or of thousands and more, the first decimal says something.
    number = format_compact(abs(value), 0 if TEN <= abs(value) < THOUSAND else 1)
    sign = "-" if value < 0 else ""
    return f"{sign}{number}\u00a0{symbol}" if current() == "es" else f"{sign}{symbol}{number}"


def format_percent(rate: float | None, decimals: int = 1) -> str:
    """0.923 → 92.3% or 92,3 %; missing → –."""
    if _is_missing(rate):
        return NOT_AVAILABLE
    pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
    # A space that does not break: a sentence never goes on with the sign alone.
    suffix = "\u00a0%" if current() == "es" else "%"
    return babel_percent(round(rate, decimals + 2) + 0.0, format=pattern + suffix, locale=locale())


LARGEST_AS_RATE = 10.0
"""Beyond ten times nobody reads a percentage."""


def format_change(rate: float | None, decimals: int = 1) -> str:
    """0.05 → +5.0%; always with its sign; more than tenfold as a multiple, 15.2 → ×16; missing → –."""
    if _is_missing(rate):
        return NOT_AVAILABLE
    if 1 + rate > LARGEST_AS_RATE:
        return f"×{format_number(1 + rate)}"
    return ("+" if round(rate, decimals + 2) > 0 else "") + format_percent(rate, decimals)


def format_points(change: float | None, decimals: int = 1) -> str:
    """The change of a rate in points of a percent: 0.065 → +6.5 pts; always with its sign; missing → –."""
    if _is_missing(change):
        return NOT_AVAILABLE
    points = format_number(100 * change, decimals)
    return _("{points} pts").format(points=f"+{points}" if round(100 * change, decimals) > 0 else points)


def format_date(day: date | None) -> str:
    """2026-10-31 → 31 Oct 2026 or 31 oct 2026; missing → –."""
    return babel_date(day, format="medium", locale=locale()) if day else NOT_AVAILABLE


def format_instant(moment: datetime | None) -> str:
    """A day with its hour and minute; missing → –."""
    return f"{format_date(moment)}, {babel_time(moment, format='short', locale=locale())}" if moment else NOT_AVAILABLE


def format_month(day: date | None, *, short: bool = True) -> str:
    """2026-10-01 → Oct 2026 (short) or October 2026; missing → –."""
    return babel_date(day, format="MMM y" if short else "LLLL y", locale=locale()) if day else NOT_AVAILABLE


def month_names(*, short: bool = True) -> list[str]:
    """The twelve months' names, January first."""
    names = locale().months["stand-alone"]["abbreviated" if short else "wide"]
    return [names[month] for month in range(1, 13)]


_SOUNDS_I = re.compile(r"\W*(?:[ií]|h[ií](?![ae]))", re.IGNORECASE)
"""How a Spanish word begins that "y" is not said before: Islas, Índice, Hijos; but not Hielo or Hiato."""


def listed(names: Sequence[str]) -> str:
    """North, Coast and Valley, as the language lists names; in Spanish "e" before the sound of i: Norte e Islas."""
    text = format_list(list(names), locale=locale())
    if current() == "es" and len(names) > 1 and _SOUNDS_I.match(names[-1]):
        return f"{text.removesuffix(f'y {names[-1]}')}e {names[-1]}"
    return text
