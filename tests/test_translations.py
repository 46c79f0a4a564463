"""Nothing is shown that is not translated."""

import ast
import re
from collections import Counter
from functools import lru_cache
from io import BytesIO
from pathlib import Path

from babel.messages.pofile import read_po

from data.language import LANGUAGES, LOCALE_FOLDER, catalogue

ROOT = Path(__file__).parents[1]
FOLDERS = ("data", "queries", "measures", "charts", "reports", "pages")
ARGUMENTS = {"_": 1, "mark": 1, "ngettext": 2}
PLACEHOLDER = re.compile(r"\{[a-z_]*\}")

Ids = tuple[str, ...]


@lru_cache(maxsize=1)
def messages() -> dict[Ids, str]:
    """Every message in the code, those within f-strings too, as its ids (two where it has a plural) → the file where it stands."""
    return {ids: str(path.relative_to(ROOT)) for path in sources() for ids in asked_in(path.read_text())}


def sources() -> list[Path]:
    """Every file of the product that may say something."""
    return [ROOT / "dashboard.py", *(path for folder in FOLDERS for path in sorted((ROOT / folder).rglob("*.py")))]


def asked_in(source: str) -> list[Ids]:
    """The ids of the messages that the source text asks for in so many words."""
    calls = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)]
    found = [call.args[: ARGUMENTS.get(getattr(call.func, "id", None) or getattr(call.func, "attr", ""), 0)] for call in calls]
    return [ids for args in found if (ids := tuple(arg.value for arg in args if isinstance(arg, ast.Constant) and arg.value))]


def spoken(language: str) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    """Every message of a language as (its ids, its forms): several of each where it has a plural."""

    def listed(texts: str | tuple[str, ...]) -> tuple[str, ...]:
        return texts if isinstance(texts, tuple) else (texts,)

    return [(listed(message.id), listed(message.string)) for message in catalogue(language)]


def placeholders(texts: tuple[str, ...]) -> set[str]:
    return {name for text in texts for name in PLACEHOLDER.findall(text)}


def test_every_message_has_a_spanish_text() -> None:
    # A plural's first id can be asked for alone; its second one has no text of its own.
    spanish = {ids for whole, forms in spoken("es") if all(forms) for ids in (whole, whole[:1])}
    assert sorted(f"{where}: {ids}" for ids, where in messages().items() if ids not in spanish) == []


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


def test_every_translation_is_of_a_text_that_the_code_still_has() -> None:
    texts = {node.value for path in sources() for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Constant)}
    assert sorted(ids[0] for language in LANGUAGES.keys() - {"en"} for ids, _forms in spoken(language) if ids[0] and ids[0] not in texts) == []


def test_every_line_of_the_translations_is_understood() -> None:
    for path in LOCALE_FOLDER.glob("*/*.po"):
        read_po(BytesIO(path.read_bytes()), locale=path.parent.name, abort_invalid=True)
