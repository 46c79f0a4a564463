"""What the pipeline's answers look at: whose deals, in which view, up to which day, and how they are cut.

    cohort       the deals created in the period, followed to the last day of the data
    snapshot     what is open at the period's end; counts and value, never called conversion
    transitions  the moves that deals made in the period
"""

from dataclasses import dataclass
from datetime import date, timedelta

import polars as pl

from measures.pipeline.chosen_deals import OF_ACCOUNTS, SOURCES, narrowed
from measures.pipeline.sales_model import Windows, windows, words
from measures.pipeline.stage_order import StageOrder, stage_order
from measures.thresholds import Cuts
from queries.cache import made_once
from queries.filters import Filters
from queries.runner import Ask

STAGE_THRESHOLDS = ("stage_order", "won_stages", "lost_stages")
"""What says which stages there are, in which order, and which of them end a deal."""

DEAL_THRESHOLDS = (*OF_ACCOUNTS, SOURCES)
"""What chooses among the deals."""


@dataclass(frozen=True)
class Reading:
    """How one answer asks, with the stages' order, the sales model's windows and the last day of the data."""

    ask: Ask
    filters: Filters
    cuts: Cuts
    order: StageOrder
    as_of: date | None

    @property
    def windows(self) -> Windows:
        """The windows as the sales model stretches them."""
        return windows(self.cuts)

    @property
    def view(self) -> str:
        """Which of the three views of a funnel is asked for: cohort, snapshot or transitions."""
        return str(self.cuts["view"])

    @property
    def until(self) -> date | None:
        """The last day that the view looks at: a cohort is followed to the end of the data, the others end with the period."""
        return self.as_of if self.view == "cohort" else self.period_end

    @property
    def period_end(self) -> date | None:
        """The period's last day, or the last day of the data where that is earlier."""
        if self.filters.to_date is None or self.as_of is None:
            return self.as_of
        return min(self.as_of, self.filters.to_date - timedelta(days=1))

    @property
    def created(self) -> dict[str, date | None]:
        """Whose stages are looked at: in a cohort the deals created in the period."""
        cohort = self.view == "cohort"
        return {"created_from": self.filters.from_date if cohort else None, "created_to": self.filters.to_date if cohort else None}

    @property
    def entered_from(self) -> date | None:
        """The first day of the stays that are looked at: moves are those of the period."""
        return self.filters.from_date if self.view == "transitions" else None

    def open_deals(self) -> pl.DataFrame:
        """The view's deals that are open on its last day, with their stage and without names."""
        started, ended = self.created.values()
        found = self.ask("pipeline/open_values", self.filters, until=self.until, closed=self.order.closed_numbers)
        return found.filter(
            pl.col("created_on") >= started if started else pl.lit(True), pl.col("created_on") < ended if ended else pl.lit(True),
            pl.col("entered_on") >= self.entered_from if self.entered_from else pl.lit(True),
        ).with_columns(self.order.text_of("stage_number").alias("stage"))  # fmt: skip


def order_of_stages(ask: Ask, filters: Filters, cuts: Cuts) -> StageOrder:
    """The stages, and which of them mean that a deal is won or lost, in the order that `cuts` say or else the learnt one."""
    won, lost, wanted = words(cuts["won_stages"]), words(cuts["lost_stages"]), str(cuts.as_dict().get("stage_order", ""))
    return made_once(ask, ("stage_order", wanted, won, lost), lambda: stage_order(ask("pipeline/stage_order", filters), wanted, won, lost))


def reading(ask: Ask, filters: Filters, cuts: Cuts) -> Reading:
    """The stages, windows and period that these filters and cuts stand for."""
    order = order_of_stages(ask, filters, cuts)
    generation = ask("store/generation", filters)
    # Deals may be newer than the last sale, and one that is in no stage yet newer than the last move.
    days = (*generation["as_of"], order.last_on, *ask("pipeline/last_created", filters)["last_created_on"])
    last = max((day for day in days if day is not None), default=None)
    return Reading(ask, narrowed(filters, cuts), cuts, order, last)
