"""The pipeline's stages in order: as the settings say, else learnt from the deals' own paths."""

from dataclasses import dataclass
from datetime import date

import polars as pl

WON, LOST, OPEN = "won", "lost", "open"


@dataclass(frozen=True)
class StageOrder:
    """`stages` in order, without the two ends; `keys` are their bits in a deal's stage_mask.

    `won` and `lost` are the texts that mean these ends; `last_on` is the last event's day.
    """

    stages: tuple[str, ...] = ()
    keys: tuple[int, ...] = ()
    won: tuple[str, ...] = (WON,)
    lost: tuple[str, ...] = (LOST,)
    last_on: date | None = None

    @property
    def closed(self) -> tuple[str, ...]:
        """The texts that end a deal."""
        return self.won + self.lost

    @property
    def won_position(self) -> int:
        """The number of the last stage, won."""
        return len(self.stages) + 1

    def outcome(self, last_stage: str | None) -> str:
        """won, lost or open: what a deal is that is in `last_stage` now."""
        if last_stage in self.won:
            return WON
        return LOST if last_stage in self.lost else OPEN

    def reach(self, stage_mask: int, last_stage: str | None) -> int | None:
        """The number of the furthest stage of a deal; a won deal reached the last one. None if it has seen no stage."""
        if last_stage in self.won:
            return self.won_position
        return max((number for number, key in enumerate(self.keys, start=1) if stage_mask >> key & 1), default=None)


def stage_order(found: pl.DataFrame, wanted: str = "") -> StageOrder:
    """The order of the stages in `found` (queries/pipeline/stage_order.sql).

    `wanted` names stages separated by commas, upper or lower case alike; those that it leaves out follow in learnt order.
    """
    texts = found["stage"].to_list()
    known = {text.strip().casefold(): text for text in _learnt(found)}
    asked = [name for name in (part.strip().casefold() for part in wanted.split(",")) if name in known]
    names = dict.fromkeys([*asked, *known])
    keys = dict(found.select("stage", "stage_key").iter_rows())
    return StageOrder(
        stages=tuple(known[name] for name in names),
        keys=tuple(keys[known[name]] for name in names),
        won=(WON, *_spelt(texts, WON)),
        lost=(LOST, *_spelt(texts, LOST)),
        last_on=found["last_on"].max(),
    )


def _learnt(found: pl.DataFrame) -> list[str]:
    """By mean position within the deals; among equals first the stage from which fewer deals close, then by name."""
    inner = found.filter(~pl.col("stage").str.to_lowercase().is_in([WON, LOST]))
    mean, closing = pl.col("position_sum") / pl.col("stays"), pl.col("closings") / pl.col("stays")
    return inner.sort(mean, closing, "stage")["stage"].to_list()


def _spelt(texts: list[str], end: str) -> list[str]:
    return [text for text in texts if text.lower() == end and text != end]
