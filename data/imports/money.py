"""Which money the files are in: what stands beside their amounts, and what the store shows. Nothing is converted, and nothing guessed.

A sign that several currencies share ($, ¥, kr) tells none; then the import says what the store shows until Settings name it.
"""

from collections.abc import Iterable

from babel.numbers import is_currency

from data.errors import BadRequest
from data.journal import Journal
from data.language import _, currency

CODES = {"€": "EUR", "£": "GBP", "R$": "BRL", "S/": "PEN", "US$": "USD", "MX$": "MXN", "₡": "CRC", "₲": "PYG", "₱": "PHP", "₹": "INR"}
CODES |= {"₽": "RUB", "₺": "TRY", "฿": "THB", "ZŁ": "PLN", "KČ": "CZK"}
SHARED = {
    "$": {"USD", "MXN", "ARS", "CLP", "COP", "UYU", "CAD", "AUD", "NZD", "DOP"},
    "¥": {"JPY", "CNY"},
    "KR": {"SEK", "NOK", "DKK"},
}
"""Signs of several currencies."""


def code_of(sign: str) -> str:
    """The ISO 4217 code of a sign or code; "" for a sign that several currencies share."""
    return CODES.get(sign, sign if len(sign) == 3 and sign.isalpha() else "")


def code_written(text: str) -> str:
    """The ISO 4217 code that a person wrote, in whatever case, or whose own sign they wrote; "" for anything else."""
    sign = text.strip().upper().rstrip(".")
    code = CODES.get(sign, sign)
    return code if is_currency(code) else ""


def checked(text: str) -> str:
    """The code that a person wrote. Raises BadRequest for what names no one currency: amounts would stand under a word that nobody can read."""
    if code := code_written(text):
        return code
    shared = sorted(SHARED.get(text.strip().upper(), ()))
    raise BadRequest(
        _("The currency is not known"),
        _("“{written}” is the sign of several currencies: {codes}. Nothing was changed.").format(written=text, codes=", ".join(shared))
        if shared
        else _("“{written}” is neither an ISO 4217 code nor the sign of one currency. Nothing was changed.").format(written=text),
        _("Write a code such as EUR, MXN or CHF, or a sign that only one currency has, such as € or R$."),
    )


def told(signs: Iterable[str], held: str | None) -> tuple[str, list[str]]:
    """The one code that the files' signs tell ("" for none or several) and what there is to say, beside the store's own currency."""
    signs = {sign for sign in signs if sign}
    codes = sorted({code_of(sign) for sign in signs} - {""})
    if len(codes) > 1:
        return "", [_("The files name several currencies ({names}): their amounts are added as they are.").format(names=", ".join(codes))]
    if codes and not held:
        return codes[0], [_("The amounts are in {code}: the store shows its money so, until Settings say another.").format(code=codes[0])]
    if codes:
        return codes[0], [_different(codes[0], held)] if codes[0] != held else []
    return "", [said for sign in sorted(signs) if (said := _of_shared(sign, held))]


def _of_shared(sign: str, held: str | None) -> str:
    if held in SHARED.get(sign, ()):
        return ""
    if held:
        return _different(f"“{sign}”", held)
    return _("The amounts carry “{sign}”, as several currencies do: the store shows {held} until you choose yours in Settings.").format(
        sign=sign, held=currency()
    )


def _different(written: str, held: str) -> str:
    return _("The amounts are in {written}, the store's money is {held}: nothing was converted.").format(written=written, held=held)


def keep(journal: Journal, code: str, by: str) -> None:
    """Take the files' currency where the store has none yet."""
    if code and "currency" not in journal.settings():
        journal.save_setting("currency", code, by=by)
