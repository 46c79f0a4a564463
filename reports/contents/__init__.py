"""What an answer's deck shows: its finding with the chart that the page leads with, and what belongs beside it.

One module per section, each with SLIDES: answer's name → function(answer, cuts) → slides. An answer that has none there is handed out as
its tables.
"""

from collections.abc import Callable, Mapping

import polars as pl

from data.language import _
from measures.registry import AnswerKind
from measures.thresholds import Cuts
from reports.contents import company, customers, pipeline, seasons, trade
from reports.deck import Slide

SLIDES: dict[str, Callable[[object, Cuts], list[Slide]]] = {
    **company.SLIDES, **customers.SLIDES, **pipeline.SLIDES, **seasons.SLIDES, **trade.SLIDES,
}  # fmt: skip


def slides(kind: AnswerKind, answer: object, cuts: Cuts, tables: Mapping[str, pl.DataFrame]) -> list[Slide]:
    """The answer's slides: findings with their charts; where there is nothing to draw, the question with each table that has rows."""
    drawn = SLIDES[kind.name](answer, cuts) if kind.name in SLIDES else []
    return drawn or [Slide(_(kind.title), table=frame) for frame in tables.values() if frame.height] or [Slide(_("There is nothing in this selection"))]
