"""Each salesperson's monthly development plan, and what came of it."""

from dataclasses import dataclass

import numpy as np
import polars as pl

from data.demo.chance import stream
from data.demo.people import Force
from data.demo.places import REGIONS, seasonal_index
from data.demo.span import MONTHS, Span

KINDS = ("wholesaler", "outlet")
VISITS = ((2, 6), (5, 13))
"""Planned visits a month, by kind: lowest, highest (not included)."""

OPENINGS = ((0.12, 0.05), (1.3, 0.5))
"""Mean planned openings a month, by kind: in the low months, in the others. New outlets are won out of season."""


@dataclass(frozen=True)
class Plans:
    """One row per representative, month and kind: `area` a city, planned visits and openings, and openings `made`."""

    owner: np.ndarray
    month: np.ndarray
    kind: np.ndarray
    area: np.ndarray
    visits: np.ndarray
    openings: np.ndarray
    made: np.ndarray


def _areas(region: np.ndarray, month: np.ndarray, owner: np.ndarray) -> np.ndarray:
    """Each representative goes round the region's cities, one a month."""
    cities = [REGIONS[number].cities for number in region]
    return np.array([own[(turn + who) % len(own)] for own, turn, who in zip(cities, month, owner, strict=True)], dtype=object)


def make_plans(seed: int, span: Span, force: Force) -> Plans:
    """The development plans of a seed."""
    rng = stream(seed, "plans")
    owner, month, kind = (part.ravel() for part in np.meshgrid(force.representatives, np.arange(MONTHS), [0, 1], indexing="ij"))
    region = force.region[owner]
    index = np.array([seasonal_index(item) for item in REGIONS])
    is_low = index[region, span.calendar_month[month]] < 1
    low, high = np.array(VISITS)[kind].T
    openings = rng.poisson(np.where(is_low, *np.array(OPENINGS)[kind].T))
    chance = np.clip(0.84 + 1.5 * force.drive[owner], 0.5, 1.0)
    return Plans(
        owner=owner,
        month=month,
        kind=kind,
        area=_areas(region, month, owner),
        visits=rng.integers(low, high) + np.where(is_low, 2, 0),
        openings=openings,
        made=rng.binomial(openings, chance) + (rng.random(len(owner)) < 0.02),
    )


def development_plans_table(plans: Plans, span: Span, force: Force) -> pl.DataFrame:
    """The contract table."""
    return pl.DataFrame(
        {
            "month": pl.Series(span.first_days[plans.month]),
            "salesperson_id": force.ids[plans.owner].tolist(),
            "area": plans.area.tolist(),
            "kind": [KINDS[number] for number in plans.kind],
            "planned_visits": plans.visits,
            "planned_developments": plans.openings,
        }
    )
