"""Where do deals come from? The sources to choose among."""

from dataclasses import dataclass

import polars as pl

from measures.thresholds import Cuts
from queries.filters import Filters
from queries.runner import Ask

THRESHOLDS = ()


@dataclass(frozen=True)
class DealSources:
    """`sources` [source, deals] of all that the viewer sees, the most frequent first; an empty source stands for deals without one."""

    sources: pl.DataFrame


def answer(ask: Ask, filters: Filters, cuts: Cuts) -> DealSources:
    """The sources that somebody wrote, and the deals of which nobody did."""
    return DealSources(ask("pipeline/sources", filters))
