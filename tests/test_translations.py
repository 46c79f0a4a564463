"""Nothing is shown that is not translated."""

import re
from collections import Counter
from functools import lru_cache
from io import BytesIO
from pathlib import Path

from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from data.language import LANGUAGES, LOCALE_FOLDER, catalogue

ROOT = Path(__file__).parents[1]
FOLDERS = ("data", "measures", "charts", "reports", "pages")
KEYWORDS = {"_": None, "mark": None, "ngettext": (1, 2)}
PLACEHOLDER = re.compile(r"\{[a-z_]*\}")


@lru_cache(maxsize=1)
def messages() -> dict[str, str]:
    """Every message in the code → the file where it stands."""
    found: dict[str, str] = {}
    for folder in (*FOLDERS, "."):
        patterns = [("**.py", "python")] if folder != "." else [("dashboard.py", "python")]
        for file, _line, message, _comments, _context in extract_from_dir(ROOT / folder, patterns, keywords=KEYWORDS):
            for text in message if isinstance(message, tuple) else (message,):
                if text:
                    found[text] = f"{folder}/{file}"
    return found


def spoken(language: str) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    """Every message of a language as (its ids, its forms): several of each where it has a plural."""

    def listed(texts: str | tuple[str, ...]) -> tuple[str, ...]:
        return texts if isinstance(texts, tuple) else (texts,)

    return [(listed(message.id), listed(message.string)) for message in catalogue(language)]


def placeholders(texts: tuple[str, ...]) -> set[str]:
    return {name for text in texts for name in PLACEHOLDER.findall(text)}


def test_every_message_has_a_spanish_text() -> None:
    spanish = {identifier for identifiers, forms in spoken("es") if all(forms) for identifier in identifiers}
    assert sorted(f"{where}: {text}" for text, where in messages().items() if text not in spanish) == []


def test_translations_keep_the_placeholders() -> None:
    wrong = [
        (identifiers, forms)
        for language in LANGUAGES.keys() - {"en"}
        for identifiers, forms in spoken(language)
        if placeholders(forms) != placeholders(identifiers) or placeholders(forms[-1:]) != placeholders(identifiers[-1:])
    ]
    assert wrong == []


def test_a_message_is_translated_in_one_file_only() -> None:
    ids = [message.id for path in LOCALE_FOLDER.glob("es/*.po") for message in read_po(BytesIO(path.read_bytes()), locale="es") if message.id]
    firsts = [text if isinstance(text, str) else text[0] for text in ids]
    assert sorted(text for text, times in Counter(firsts).items() if times > 1) == []
