"""Several of the user's own words in one text."""

import re
from collections.abc import Iterable

_BETWEEN_SEMICOLONS = re.compile(r"(?:;;|[^;])+")


def read(text: object) -> tuple[str, ...]:
    """The words that a text names, separated by semicolons, or by commas where it has no semicolon. A doubled semicolon is a word's own."""
    parts = _BETWEEN_SEMICOLONS.findall(str(text)) if ";" in str(text) else str(text).split(",")
    return tuple(part.replace(";;", ";") for word in parts if (part := word.strip()))


def written(words: Iterable[str]) -> str:
    """The text that `read` takes for these words; a word may have a comma or a semicolon in it."""
    text = "; ".join(word.replace(";", ";;") for word in words)
    return f"{text};" if "," in text and ";" not in text else text
