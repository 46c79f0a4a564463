"""How long an effect lasts: the uplift month by month around the start, of one kind of programmes (the life cycle of a resource, coverage.md 24)."""

import numpy as np
import polars as pl

from measures.trade.programme_effects import Baseline, estimate
from measures.trade.programme_estimate import Estimate, together
from measures.trade.programme_panels import AFTER, Panel

SHOWN_BEFORE = 6
"""Months before the start: an effect that was there already is seen."""
LIFE_SCHEMA = {
    "kind": pl.String, "offset": pl.Int64, "uplift_rate": pl.Float64, "uplift_rate_low": pl.Float64, "uplift_rate_high": pl.Float64,
    "natural_sales": pl.Float64, "programmes": pl.Int64, "accounts": pl.Int64,
}  # fmt: skip


def month_estimates(panel: Panel, by: Baseline) -> dict[int, Estimate]:
    """The uplift in each month from six before the start to six after, by its offset."""
    shown = [int(offset) for offset in panel.offset if -SHOWN_BEFORE <= offset <= AFTER]
    return {offset: estimate(panel, panel.values["net_sales"], panel.months(offset, offset + 1), by) for offset in shown}


def life(found: list[tuple[str, dict[int, Estimate]]], share: float) -> pl.DataFrame:
    """LIFE_SCHEMA of (kind, month estimates) of programmes that can be judged, by kind and month."""
    rows = [row for kind in dict.fromkeys(kind for kind, _months in found) for row in _of_kind(kind, [months for own, months in found if own == kind], share)]
    return pl.DataFrame(rows, schema=LIFE_SCHEMA, orient="row")


def lasting_months(curve: pl.DataFrame) -> int:
    """Months in a row from the first in which more was surely sold than naturally; 0 where not even the first is sure."""
    low = curve.filter(pl.col("offset") >= 0).sort("offset")["uplift_rate_low"].fill_null(-1.0).to_numpy()
    over = np.flatnonzero(low <= 0)
    return int(over[0]) if len(over) else len(low)


def _of_kind(kind: str, programmes: list[dict[int, Estimate]], share: float) -> list[tuple]:
    offsets = sorted({offset for months in programmes for offset in months})
    return [_month(kind, offset, [months[offset] for months in programmes if offset in months], share) for offset in offsets]


def _month(kind: str, offset: int, parts: list[Estimate], share: float) -> tuple:
    known = [part for part in parts if part.freedom > 0 and np.isfinite(part.error)]
    whole = together(known)
    if not known or whole.natural <= 0:
        return kind, offset, None, None, None, whole.natural, len(known), whole.accounts
    low, high = whole.ends(share)
    return kind, offset, whole.uplift / whole.natural, low / whole.natural, high / whole.natural, whole.natural, len(known), whole.accounts
