"""Two people's months side by side, indicator by indicator, and which differences chance does not explain (coverage.md 21's contests)."""

import polars as pl

from measures.team.scorecard import INDICATORS

RANGES = {"adherence": ("adherence_low", "adherence_high"), "strike_index": ("strike_low", "strike_high")}
"""Indicators of counted cases, and the columns of their ranges; a strike rate's range stands for its index."""
DUEL_SCHEMA = {"indicator": pl.String, "first": pl.Float64, "second": pl.Float64, "leader": pl.String, "is_sure": pl.Boolean}
FIRST, SECOND, LEVEL = "first", "second", "level"


def duel(scorecards: pl.DataFrame, first: str, second: str) -> pl.DataFrame:
    """DUEL_SCHEMA of two people's cards of one month: the score, then each indicator.

    `leader` is null where one of the two is not known. `is_sure` says whether the 95 % ranges keep apart; null where there are none.
    """
    cards = {card["salesperson_id"]: card for card in scorecards.iter_rows(named=True)}
    one, other = cards[first], cards[second]
    rows = [(name, one[name], other[name], _ahead(one[name], other[name]), _is_sure(name, one, other)) for name in ("evaluation_score", *INDICATORS)]
    return pl.DataFrame(rows, schema=DUEL_SCHEMA, orient="row")


def _ahead(one: float | None, other: float | None) -> str | None:
    if one is None or other is None:
        return None
    return LEVEL if one == other else FIRST if one > other else SECOND


def _is_sure(name: str, one: dict[str, object], other: dict[str, object]) -> bool | None:
    if name not in RANGES or one[name] is None or other[name] is None:
        return None
    low, high = RANGES[name]
    return one[low] > other[high] or other[low] > one[high]
