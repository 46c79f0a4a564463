"""Which deals an answer is about: by where they came from, and by their account's kind and channel."""

from collections.abc import Iterable
from dataclasses import replace

from measures.pipeline import named_words
from measures.thresholds import Cuts
from queries.filters import Filters

OF_ACCOUNTS = ("deals_of", "deal_kinds", "deal_channels")
"""The sales model that was chosen, and the kinds and channels of accounts that it stands for."""
SOURCES = "deal_sources"
FIELDS = {SOURCES: "sources", "deal_kinds": "account_kinds", "deal_channels": "channels"}
UNSOURCED, NO_TEXT = "-", ""
"""How a text names the deals of which nobody wrote where they came from, and what their source is among the sources."""


def narrowed(filters: Filters, cuts: Cuts) -> Filters:
    """The filters with what the cuts choose among the deals, in lower case; a cut that names nothing chooses all."""
    given = cuts.as_dict()
    return replace(filters, **{field: tuple(_sought(word) for word in named_words.read(given.get(name, ""))) or None for name, field in FIELDS.items()})


def read(text: object) -> tuple[str, ...]:
    """The sources that a text names."""
    return tuple(NO_TEXT if word == UNSOURCED else word for word in named_words.read(text))


def written(sources: Iterable[str]) -> str:
    """The text that `read` takes for these sources."""
    return named_words.written(source or UNSOURCED for source in sources)


def _sought(word: str) -> str:
    return NO_TEXT if word == UNSOURCED else word.lower()
