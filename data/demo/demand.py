"""What each buyer takes each month, in hl, products and euros, before it is cut into order lines."""

from dataclasses import dataclass

import numpy as np

from data.demo.assortment import leaned
from data.demo.buyers import BUYERS, Buyers
from data.demo.catalogue import Catalogue
from data.demo.chance import shares_to_counts, stream
from data.demo.places import REGIONS, seasonal_index
from data.demo.programmes import Programmes, effects
from data.demo.rhythm import bought_ahead, is_buying, rhythm, season, structure
from data.demo.span import MONTHS, Span

MEAN_HL = 70.0
"""Volume of the mean buyer in an average month, hl."""

FULL_VOLUME_LINES = 250_000
"""Beyond this number of lines volume grows with its square root: more lines, and still whole cases on each."""

VISIT_EFFECT = 0.03
"""Log change of a month's volume for each visit in the month before, up to three."""

PRICE_RISE, COST_RISE = 0.035, 0.041
"""Yearly rises, each January: costs rose faster, so that the margin narrows."""


@dataclass(frozen=True)
class Demand:
    """Arrays by buyer (b), product (p) and month (m).

    `volume` b × m in hl; `planned` b × m, what a planner would have expected, in hl; `lines` b × m; `mix` m × b × p, shares of volume
    that add up to 1; `buyer_discount` b off the list price and `extra_discount` m × b × p from programmes; `mark` m × b × p the
    programme's position or -1; `price_level` and `cost_level` m against the last year's.
    """

    volume: np.ndarray
    planned: np.ndarray
    lines: np.ndarray
    mix: np.ndarray
    buyer_discount: np.ndarray
    extra_discount: np.ndarray
    mark: np.ndarray
    price_level: np.ndarray
    cost_level: np.ndarray


def _stocked(buyers: Buyers, catalogue: Catalogue, rng: np.random.Generator) -> np.ndarray:
    """Which products each buyer keeps: larger buyers keep more, popular ones are kept by more."""
    breadth = np.clip(10 * (buyers.size + 0.15) ** 0.45 * rng.uniform(0.8, 1.25, BUYERS), 5, 72).astype(int)
    appeal = np.log(catalogue.popularity) * 0.8 + rng.gumbel(0, 1, (BUYERS, len(catalogue.ids)))
    appeal[:, catalogue.flagships] = np.inf
    rank = np.argsort(np.argsort(-appeal, axis=1, kind="stable"), axis=1, kind="stable")
    return rank < breadth[:, None]


def _taste(buyers: Buyers, catalogue: Catalogue, rng: np.random.Generator) -> np.ndarray:
    """Each buyer's share of volume by product in a month without season: b × p."""
    category = rng.lognormal(0, 0.45, (BUYERS, catalogue.category.max() + 1))[:, catalogue.category]
    return (
        _stocked(buyers, catalogue, rng) * catalogue.popularity * category * rng.lognormal(0, 0.5, (BUYERS, len(catalogue.ids)))
    )


def _base_mix(buyers: Buyers, catalogue: Catalogue, span: Span, seed: int, rng: np.random.Generator) -> np.ndarray:
    """Shares by month, buyer and product (m × b × p), before programmes: the structure shifts with the season."""
    index = np.array([seasonal_index(region) for region in REGIONS])[buyers.region][:, span.calendar_month]
    month = np.arange(MONTHS)
    alive = (catalogue.first <= month[:, None]) & (month[:, None] <= catalogue.last)
    ramp = np.clip((month[:, None] - catalogue.first + 1) / 6, 0, 1) * alive
    shift = index.T[:, :, None] ** (catalogue.season - 1)
    mix = leaned(_taste(buyers, catalogue, rng) * shift * ramp[:, None, :], ramp, catalogue, seed)
    return mix / mix.sum(axis=2, keepdims=True)


def _discounts(buyers: Buyers, rng: np.random.Generator) -> np.ndarray:
    """Off the list price, by buyer: larger ones get more; a few get so much that nothing is earned with them."""
    discount = np.clip(0.09 + 0.025 * np.log(buyers.size) + rng.normal(0, 0.02, BUYERS), 0.02, 0.24)
    generous = rng.permutation(np.flatnonzero(buyers.size < 1))[:8]
    discount[generous] = rng.uniform(0.46, 0.55, len(generous))
    return discount


def _plan(buyers: Buyers, span: Span) -> np.ndarray:
    """What a planner expects in relative volume: a third of the level known at the start of the year, the rest of the true one."""
    level = structure(buyers) * is_buying(buyers)
    january = np.maximum(np.arange(MONTHS) - span.calendar_month, 0)
    return (0.65 * level + 0.35 * level[:, january]) * season(buyers, span)


def _level(yearly: float, span: Span) -> np.ndarray:
    return (1 + yearly) ** (span.year - span.year[-1]).astype(float)


def lines_per_month(volume: np.ndarray, lines: int) -> np.ndarray:
    """Order lines of each buyer and month, b × m, `lines` in all.

    Where there are enough, each month with a purchase has two at least; the rest grow with volume, less than proportionally.
    """
    weights = np.ascontiguousarray((volume**0.6).T)
    least = np.where(volume > 0, 2, 0)
    if lines < 2 * least.sum():
        return shares_to_counts(weights, lines).T
    return least + shares_to_counts(weights, lines - int(least.sum())).T


def make_demand(
    seed: int, lines: int, span: Span, buyers: Buyers, catalogue: Catalogue, programmes: Programmes, visits: np.ndarray
) -> Demand:
    """The demand behind `lines` sold lines; `visits` (b × m) raise the next month's volume a little."""
    rng = stream(seed, "demand")
    scale = MEAN_HL * max(1.0, lines / FULL_VOLUME_LINES) ** 0.5
    volume = scale * structure(buyers) * is_buying(buyers) * season(buyers, span) * rhythm(buyers, seed)
    before = np.roll(np.minimum(visits, 3), 1, axis=1)
    before[:, 0] = 0
    volume *= np.exp(VISIT_EFFECT * (before - before.mean()))
    volume = bought_ahead(volume, buyers, span, seed)
    mix = _base_mix(buyers, catalogue, span, seed, rng)
    parts = [effects(programmes, month, catalogue.category, BUYERS) for month in range(MONTHS)]
    mix *= np.stack([part[0] for part in parts])
    uplift = mix.sum(axis=2)
    volume *= uplift.T
    return Demand(
        volume=volume,
        planned=scale * _plan(buyers, span),
        lines=lines_per_month(volume, lines),
        mix=mix / uplift[:, :, None],
        buyer_discount=_discounts(buyers, rng),
        extra_discount=np.stack([part[1] for part in parts]),
        mark=np.stack([part[2] for part in parts]),
        price_level=_level(PRICE_RISE, span),
        cost_level=_level(COST_RISE, span),
    )
