"""Which deals an answer is about: by where they came from, and by their account's kind and channel."""

from collections.abc import Iterable
from dataclasses import replace

from data.lower_case import lowered
from measures.pipeline import named_words
from measures.thresholds import Cuts
from queries.filters import Filters

OF_ACCOUNTS = ("deals_of", "deal_kinds", "deal_channels")
"""The sales model that was chosen, and the kinds and channels of accounts that it stands for."""
SOURCES = "deal_sources"
FIELDS = {SOURCES: "sources", "deal_kinds": "account_kinds", "deal_channels": "channels"}
UNSOURCED, NO_TEXT = "-", ""
"""How a text names the deals of which nobody wrote where they came from, and what their source is among the sources."""
OWN_SIGN = ";"
"""What a text has before that mark where somebody did write it: a source may well be called "-"."""


def narrowed(filters: Filters, cuts: Cuts) -> Filters:
    """The filters with what the cuts choose among the deals, in lower case; a cut that names nothing chooses all."""
    given = cuts.as_dict()
    named = {field: (read if name == SOURCES else named_words.read)(given.get(name, "")) for name, field in FIELDS.items()}
    return replace(filters, **{field: tuple(map(lowered, words)) or None for field, words in named.items()})


def read(text: object) -> tuple[str, ...]:
    """The sources that a text names."""
    return tuple(NO_TEXT if word == UNSOURCED else word.removeprefix(OWN_SIGN) if _is_sign(word) else word for word in named_words.read(text))


def written(sources: Iterable[str]) -> str:
    """The text that `read` takes for these sources."""
    return named_words.written(f"{OWN_SIGN}{source}" if _is_sign(source) else source or UNSOURCED for source in sources)


def _is_sign(word: str) -> bool:
    return word.lstrip(OWN_SIGN) == UNSOURCED
