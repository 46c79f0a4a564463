"""What the funnel's secondary views draw from."""

from dataclasses import dataclass

from measures.pipeline.funnel import Funnel
from measures.registry import kind
from measures.thresholds import Cuts
from pages.parts import answers
from pages.parts.pipeline.funnel_compare import Pair
from queries.filters import Filters


@dataclass(frozen=True)
class Shown:
    """The answer, whose deals, how they are cut, what the page says, and the other side if there is one."""

    answer: Funnel
    filters: Filters
    cuts: Cuts
    finding: str
    pair: Pair | None

    def part(self, name: str) -> object:
        """One of the funnel's parts, asked now."""
        return answers.get(name, self.filters, self.cuts.only(kind(name).thresholds))
