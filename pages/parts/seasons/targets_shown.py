"""What the target board's page hands to each of its parts."""

from dataclasses import dataclass

import polars as pl

from measures.seasons.off_season_targets import OffSeasonTargets
from measures.thresholds import Cuts
from pages.parts.seasons.targets_working import Working
from queries.filters import Filters


@dataclass(frozen=True)
class Shown:
    """What the page shows: the answer with its filters and cuts, the board that is worked on, by account or product, and the finding."""

    answer: OffSeasonTargets
    working: Working
    filters: Filters
    cuts: Cuts
    by: str
    finding: str


def in_units(rows: pl.DataFrame) -> pl.DataFrame:
    """The board's rows for reading: the target beside natural sales, then what makes it; their lift is in units, while the metric of that name is a rate."""
    shown = rows.rename({"lift": "lift_units"}).drop("method", strict=False)
    before = shown.columns[: shown.columns.index("natural") + 1]
    return shown.select(*before, "target", pl.exclude(*before, "target"))
