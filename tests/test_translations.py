"""Nothing is shown that is not translated."""

import re
from functools import lru_cache
from pathlib import Path

from babel.messages.extract import extract_from_dir

from data.language import LANGUAGES, catalogue

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


def translated(language: str) -> dict[str, tuple[str, ...]]:
    """Every translated message of a language with its forms; plurals under both of their ids."""
    found: dict[str, tuple[str, ...]] = {}
    for message in catalogue(language):
        forms = message.string if isinstance(message.string, tuple) else (message.string,)
        for identifier in message.id if isinstance(message.id, tuple) else (message.id,):
            found[identifier] = forms
    return found


def test_every_message_has_a_spanish_text() -> None:
    spanish = translated("es")
    missing = sorted(f"{where}: {text}" for text, where in messages().items() if not all(spanish.get(text, ("",))))
    assert missing == []


def test_translations_keep_the_placeholders() -> None:
    wrong = [
        (identifier, form)
        for language in LANGUAGES.keys() - {"en"}
        for identifier, forms in translated(language).items()
        for form in forms
        if set(PLACEHOLDER.findall(form)) != set(PLACEHOLDER.findall(identifier)) and "{n}" in "".join(forms) + identifier
        or set(PLACEHOLDER.findall(form)) - set(PLACEHOLDER.findall(identifier))
    ]
    assert wrong == []
