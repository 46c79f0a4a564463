"""How each buyer's volume moves from month to month, and the truth about it that tests read."""

import numpy as np
import polars as pl

from data.demo.buyers import BUYERS, Buyers
from data.demo.chance import spread_normal, stream
from data.demo.places import REGIONS, seasonal_index
from data.demo.span import MONTHS, Span

AHEAD_BUYERS, AHEAD_SHARE = 12, 0.4
"""Who buys ahead at the year's end, and what part of January."""


def is_buying(buyers: Buyers) -> np.ndarray:
    """Whether each buyer buys in each month, buyers × months, before skipped months."""
    month = np.arange(MONTHS)
    inside = (month >= buyers.start[:, None]) & (month <= buyers.stop[:, None])
    return inside & ((month < buyers.away[:, None]) | (month >= buyers.back[:, None]))


def structure(buyers: Buyers) -> np.ndarray:
    """Each buyer's level in each month without season and noise, relative to the mean buyer: buyers × months."""
    month = np.arange(MONTHS)
    bent = np.exp(buyers.trend[:, None] * np.maximum(0, month - buyers.bent[:, None]))
    fallen = np.where(month >= buyers.fell[:, None], buyers.step[:, None], 1.0)
    ramp = np.where((buyers.pattern == "new")[:, None], np.clip((month - buyers.start[:, None] + 1) / 4, 0.25, 1), 1.0)
    growth = np.array([region.growth for region in REGIONS])[buyers.region]
    market = np.exp(np.log1p(growth)[:, None] * (month - MONTHS + 1) / 12)
    return buyers.size[:, None] * bent * fallen * ramp * market


def season(buyers: Buyers, span: Span) -> np.ndarray:
    """Each buyer's own seasonal factor in each month: buyers × months."""
    index = np.array([seasonal_index(region) for region in REGIONS])[buyers.region]
    return (index ** buyers.amplitude[:, None])[:, span.calendar_month]


def rhythm(buyers: Buyers, seed: int) -> np.ndarray:
    """Each buyer's noise in each month as a factor of mean 1, 0 in a skipped month: buyers × months."""
    rng = stream(seed, "rhythm")
    sigma = buyers.noise[:, None]
    factor = np.exp(sigma * spread_normal(BUYERS, MONTHS, rng) - sigma**2 / 2)
    return np.where(rng.random((BUYERS, MONTHS)) < buyers.skips[:, None], 0.0, factor)


def bought_ahead(volume: np.ndarray, buyers: Buyers, span: Span, seed: int) -> np.ndarray:
    """The volume (buyers × months) with a part of January bought in December by a dozen buyers, who so reach a rebate's tier."""
    growing = np.flatnonzero(np.isin(buyers.pattern, ("growing", "seasonal")) & (buyers.size > 0.6))
    ahead = stream(seed, "ahead").permutation(growing)[:AHEAD_BUYERS]
    january = np.flatnonzero((span.calendar_month == 0) & (np.arange(MONTHS) > 0))
    moved = volume[np.ix_(ahead, january)] * AHEAD_SHARE
    shifted = volume.copy()
    shifted[np.ix_(ahead, january)] -= moved
    shifted[np.ix_(ahead, january - 1)] += moved
    return shifted


def _month_or_none(span: Span, position: np.ndarray, is_known: np.ndarray) -> pl.Series:
    days = span.first_days[np.clip(position, 0, MONTHS - 1)]
    return pl.Series(np.where(is_known, days, np.datetime64("NaT", "D")))


def truth_table(buyers: Buyers, span: Span) -> pl.DataFrame:
    """What was constructed, one row per buyer: for tests only.

    `monthly_change` is the log change of the level a month, from `changed_on` on for growing and sliding buyers; `step`
    the factor that applies from `fell_on` on; months are first days, null where the thing never happened.
    """
    growth = np.array([region.growth for region in REGIONS])[buyers.region]
    return pl.DataFrame(
        {
            "account_id": buyers.ids.tolist(),
            "pattern": buyers.pattern.tolist(),
            "region_id": [REGIONS[number].region_id for number in buyers.region],
            "size": buyers.size,
            "monthly_change": buyers.trend + np.log1p(growth) / 12,
            "changed_on": _month_or_none(span, buyers.bent, buyers.bent > 0),
            "step": buyers.step,
            "fell_on": _month_or_none(span, buyers.fell, buyers.fell < MONTHS),
            "noise": buyers.noise,
            "amplitude": buyers.amplitude,
            "first_month": _month_or_none(span, buyers.start, np.full(BUYERS, True)),
            "last_month": _month_or_none(span, buyers.stop, buyers.stop < MONTHS - 1),
            "away_from": _month_or_none(span, buyers.away, buyers.away < MONTHS),
            "back_on": _month_or_none(span, buyers.back, buyers.back < MONTHS),
        }
    )
