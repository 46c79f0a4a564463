"""One name for a word that people write in several ways: with other capitals, or with blanks around it.

What is asked of the store by word compares lower(trim(…)); so what is shown by word is one row for these, under the first of its spellings.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import polars as pl

from data.lower_case import lowered
from queries.filters import Filters
from queries.runner import Ask


@dataclass(frozen=True)
class Spellings:
    """`names` by the word in lower case; `others`: the texts that are not their own name, with it, None where they are blank."""

    names: Mapping[str, str]
    others: Mapping[str, str | None]

    def name(self, text: str) -> str | None:
        """What the text's word is called; as it is written where nobody else writes it, None where it is blank."""
        own = _trimmed(text)
        return self.names.get(lowered(own), own) or None

    def named(self, rows: pl.DataFrame, column: str) -> pl.DataFrame:
        """The rows with the column's texts, which are of those that the spellings were made of, by their names."""
        # Most data write each word in one way: then there is nothing to look up in a row for every account.
        if not self.others:
            return rows
        names = pl.Series(self.others.values(), dtype=pl.String)
        return rows.with_columns(pl.col(column).replace(pl.Series(self.others.keys(), dtype=pl.String), names))


def spellings(texts: Iterable[str | None], known: Mapping[str, str] | None = None) -> Spellings:
    """How these texts are written: each word by the first of its spellings, in order, unless it is `known` by another."""
    written = {text for text in texts if text is not None}
    first = {lowered(text): text for text in sorted(map(_trimmed, written), reverse=True) if text}
    told = Spellings({**first, **(known or {})}, {})
    return Spellings(told.names, {text: name for text in sorted(written) if (name := told.name(text)) != text})


def channels(ask: Ask) -> Spellings:
    """The channels of all accounts that the viewer sees: a channel is called the same whatever is filtered."""
    return spellings(ask("store/channels", Filters())["channel"])


def _trimmed(text: str) -> str:
    """Without the blanks that the store's trim() takes away: tabs and line breaks stay."""
    return text.strip(" ")
