"""Which deals an answer is about: by where they came from, and by their account's kind and channel."""

from dataclasses import replace

from measures.pipeline.named_words import read
from measures.thresholds import Cuts
from queries.filters import Filters

OF_ACCOUNTS = ("deals_of", "deal_kinds", "deal_channels")
"""The sales model that was chosen, and the kinds and channels of accounts that it stands for."""
SOURCES = "deal_sources"
FIELDS = {SOURCES: "sources", "deal_kinds": "account_kinds", "deal_channels": "channels"}


def narrowed(filters: Filters, cuts: Cuts) -> Filters:
    """The filters with what the cuts choose among the deals, in lower case; a cut that names nothing chooses all."""
    given = cuts.as_dict()
    return replace(filters, **{field: tuple(word.lower() for word in read(given.get(name, ""))) or None for name, field in FIELDS.items()})
