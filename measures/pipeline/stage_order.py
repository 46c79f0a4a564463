"""The pipeline's stages in order: as the settings say, else learnt from the deals' own paths."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

import polars as pl

from queries.shape import PlainEnds

WON, LOST, OPEN = "won", "lost", "open"


@dataclass(frozen=True)
class StageOrder:
    """`stages` in order, without the two ends; `keys` are their bits in a deal's stage_mask.

    `won` and `lost` are the texts that mean these ends; `last_on` is the last event's day. `numbers` are the store's stage_number of every
    text: questions compare stages by them. `has_plain_ends`: no deal went on from one word for an end to another.
    """

    stages: tuple[str, ...] = ()
    keys: tuple[int, ...] = ()
    won: tuple[str, ...] = (WON,)
    lost: tuple[str, ...] = (LOST,)
    last_on: date | None = None
    numbers: Mapping[str, int] = field(default_factory=dict)
    has_plain_ends: bool = True

    @property
    def stage_numbers(self) -> list[int]:
        """The numbers of the stages in order."""
        return self._numbers(self.stages)

    @property
    def won_numbers(self) -> list[int]:
        """The numbers of the texts that mean won; none where no deal was ever won."""
        return self._numbers(self.won)

    @property
    def lost_numbers(self) -> list[int]:
        """The numbers of the texts that mean lost."""
        return self._numbers(self.lost)

    @property
    def closed_numbers(self) -> tuple[int, ...]:
        """The numbers of the texts that end a deal; PlainEnds where no end asks for more than its own stay."""
        numbers = (*self.won_numbers, *self.lost_numbers)
        return PlainEnds(numbers) if self.has_plain_ends else numbers

    @property
    def ends(self) -> dict[str, tuple[int, ...]]:
        """The parameters of questions that ask when deals ended: `won`, and `closed`, which are won and lost."""
        return {"won": tuple(self.won_numbers), "closed": self.closed_numbers}

    @property
    def won_position(self) -> int:
        """The place of the last stage, won."""
        return len(self.stages) + 1

    def text_of(self, number: str) -> pl.Expr:
        """The texts of a column of the store's numbers of stages; null where there is none."""
        texts = {place: text for text, place in self.numbers.items()}
        return pl.col(number).replace_strict(texts, default=None, return_dtype=pl.String)

    def outcome_of(self, number: str) -> pl.Expr:
        """What a column of the store's numbers of stages means: won, lost or open."""
        stage = pl.col(number)
        closed = pl.when(stage.is_in(self.won_numbers)).then(pl.lit(WON)).when(stage.is_in(self.lost_numbers)).then(pl.lit(LOST))
        return closed.otherwise(pl.lit(OPEN))

    def _numbers(self, texts: tuple[str, ...]) -> list[int]:
        return [self.numbers[text] for text in texts if text in self.numbers]


def stage_order(found: pl.DataFrame, wanted: str = "", won: tuple[str, ...] = (WON,), lost: tuple[str, ...] = (LOST,)) -> StageOrder:
    """The order of the stages in `found` (queries/pipeline/stage_order.sql).

    `wanted` names stages separated by commas, upper or lower case alike; those that it leaves out follow in learnt order. `won` and
    `lost` are the words that end a deal, in lower case. A stage that is written in several ways is a stage in each: no deal goes missing.
    """
    texts = found["stage"].unique(maintain_order=True).to_list()
    ends = _spelt(texts, WON, won), _spelt(texts, LOST, lost)
    learnt = _learnt(found, ends[0] + ends[1])
    asked = [text for name in wanted.split(",") for text in learnt if text.strip().casefold() == name.strip().casefold()]
    stages = tuple(dict.fromkeys([*asked, *learnt]))
    keys = dict(found.select("stage", "stage_key").iter_rows())
    return StageOrder(
        stages=stages,
        keys=tuple(keys[stage] for stage in stages),
        won=ends[0],
        lost=ends[1],
        last_on=found["last_on"].max(),
        numbers=dict(found.select("stage", "stage_number").iter_rows()),
        has_plain_ends=all(_is_plain(found, end) for end in ends),
    )


def _learnt(found: pl.DataFrame, ends: tuple[str, ...]) -> list[str]:
    """By mean position within the deals; among equals first the stage from which fewer deals close, then by name."""
    inner = found.lazy().filter(~pl.col("stage").is_in(list(ends))).group_by("stage").agg(
        pl.col("stays", "position_sum").sum(), pl.col("stays").filter(pl.col("next_stage").is_in(list(ends))).sum().alias("closings")
    )
    mean, closing = pl.col("position_sum") / pl.col("stays"), pl.col("closings") / pl.col("stays")
    return inner.sort(mean, closing, "stage").collect(engine="in-memory")["stage"].to_list()


def _is_plain(found: pl.DataFrame, end: tuple[str, ...]) -> bool:
    """Whether no deal went on from one of the texts of an end to another."""
    return found.filter(pl.col("stage").is_in(list(end)), pl.col("next_stage").is_in(list(end))).is_empty()


def _spelt(texts: list[str], end: str, words: tuple[str, ...]) -> tuple[str, ...]:
    """The texts in the data that mean this end; the end's own name is always one of them."""
    return tuple(dict.fromkeys([end, *(text for text in texts if text.strip().lower() in words)]))
