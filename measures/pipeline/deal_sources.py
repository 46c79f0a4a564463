"""Where do deals come from? The sources to choose among, and the choice as a cut of the answers about deals."""

from collections.abc import Iterable
from dataclasses import dataclass

import polars as pl

from measures.thresholds import Cuts
from queries.filters import Filters
from queries.runner import Ask

THRESHOLDS = ()
CHOICE = "deal_sources"
"""The threshold that names the chosen sources; empty chooses all deals, those without a source too."""


@dataclass(frozen=True)
class DealSources:
    """`sources` [source, deals] of all that the viewer sees, the most frequent first."""

    sources: pl.DataFrame


def answer(ask: Ask, filters: Filters, cuts: Cuts) -> DealSources:
    """The sources that somebody wrote."""
    return DealSources(ask("pipeline/sources", filters))


def read(text: object) -> tuple[str, ...]:
    """The sources that a text names, separated by semicolons, or by commas where it has no semicolon."""
    separator = ";" if ";" in str(text) else ","
    return tuple(part for word in str(text).split(separator) if (part := word.strip()))


def written(sources: Iterable[str]) -> str:
    """The text that `read` takes for these sources; a source may have a comma in it."""
    named = tuple(sources)
    return f"{named[0]};" if len(named) == 1 and "," in named[0] else "; ".join(named)


def chosen(cuts: Cuts) -> tuple[str, ...] | None:
    """The chosen sources in lower case, as Filters.sources takes them; None for all deals."""
    return tuple(source.lower() for source in read(cuts.as_dict().get(CHOICE, ""))) or None
