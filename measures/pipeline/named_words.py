"""Several of the user's own words in one text."""

from collections.abc import Iterable


def read(text: object) -> tuple[str, ...]:
    """The words that a text names, separated by semicolons, or by commas where it has no semicolon."""
    separator = ";" if ";" in str(text) else ","
    return tuple(part for word in str(text).split(separator) if (part := word.strip()))


def written(words: Iterable[str]) -> str:
    """The text that `read` takes for these words; a word may have a comma in it."""
    named = tuple(words)
    return f"{named[0]};" if len(named) == 1 and "," in named[0] else "; ".join(named)
