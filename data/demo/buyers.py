"""The accounts that buy from the brewery, each with a rhythm given to it by construction.

Four hundred distributors and forty direct key accounts. What is decided here is the truth that tests compare
measures with: an account's pattern, level, trend, noise, own amplitude of the season, and when it came, left or fell.
"""

from dataclasses import dataclass
from statistics import NormalDist

import numpy as np

from data.demo.chance import stream
from data.demo.people import Force
from data.demo.places import REGIONS, WEIGHTS
from data.demo.span import MONTHS

DISTRIBUTORS, DIRECT = 400, 40
BUYERS = DISTRIBUTORS + DIRECT

PATTERNS = ("stable", "growing", "falling", "erratic", "seasonal", "borderline", "new", "lost", "reactivated")
PER_BLOCK = (13, 6, 4, 8, 3, 2, 4, 3, 1)
"""How many of each 44 accounts of similar size have each pattern: so that every size knows every fate."""

BLOCK = sum(PER_BLOCK)
LASTING_TOP = 25
"""The largest buyers, none of whom comes or goes: one loss must not empty a whole region."""

SIZE_SPREAD = 1.65
"""Deviation of the log of size: the top fifth holds a good three quarters of sales."""

NOISE = {
    "stable": (0.07, 0.15), "growing": (0.09, 0.16), "falling": (0.08, 0.15), "erratic": (0.45, 0.75), "seasonal": (0.08, 0.14),
    "borderline": (0.27, 0.29), "new": (0.10, 0.30), "lost": (0.10, 0.22), "reactivated": (0.10, 0.20),
}  # fmt: skip
"""Deviation of the log of monthly volume around its level, by pattern: lowest, highest."""


@dataclass(frozen=True)
class Buyers:
    """Buyers by position: 0–399 the distributors, 400–439 the direct accounts.

    `size` is relative (mean 1). `trend` is the log change a month between months `bent` (its start) and the
    last; `step` the factor that applies from month `fell` on (MONTHS = never). A buyer buys from month `start` to month
    `stop`, but not from `away` to `back` - 1. `owner` gives the salesperson's position for each month. `skips` is
    the share of months without an order.
    """

    ids: np.ndarray
    region: np.ndarray
    pattern: np.ndarray
    size: np.ndarray
    noise: np.ndarray
    amplitude: np.ndarray
    trend: np.ndarray
    bent: np.ndarray
    step: np.ndarray
    fell: np.ndarray
    start: np.ndarray
    stop: np.ndarray
    away: np.ndarray
    back: np.ndarray
    skips: np.ndarray
    owner: np.ndarray

    @property
    def is_direct(self) -> np.ndarray:
        """Whether a buyer is a direct key account."""
        return np.arange(BUYERS) >= DISTRIBUTORS


def _block(rng: np.random.Generator, lasting: int = 0) -> np.ndarray:
    """A block's patterns in the order of size; none of the first `lasting` comes or goes."""
    mixed = rng.permutation(np.repeat(np.array(PATTERNS, dtype=object), PER_BLOCK))
    stays = ~np.isin(mixed, ("new", "lost", "reactivated"))
    later = np.concatenate([mixed[stays][lasting:], mixed[~stays]])
    return np.concatenate([mixed[stays][:lasting], rng.permutation(later)])


def _sizes_and_patterns(rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    normal = NormalDist()
    ranks = np.array([normal.inv_cdf((number + 0.5) / BUYERS) for number in range(BUYERS)])[::-1]
    sizes = np.exp(SIZE_SPREAD * np.clip(ranks, -2.0, 2.7))
    patterns = np.concatenate([_block(rng, LASTING_TOP), *(_block(rng) for _ in range(BUYERS // BLOCK - 1))])
    shuffle = rng.permutation(BUYERS)
    return (sizes / sizes.mean())[shuffle], patterns[shuffle]


def _regions(size: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """A region for each buyer: the largest first, each to the region that lacks most of its share of the business."""
    missing = WEIGHTS * size.sum()
    region = np.empty(BUYERS, dtype=np.int64)
    for buyer in np.argsort(-size, kind="stable"):
        region[buyer] = np.argmax(missing * rng.lognormal(0, 0.4, len(WEIGHTS)))
        missing[region[buyer]] -= size[buyer]
    return region


def _between(pattern: np.ndarray, limits: dict[str, tuple[float, float]], rng: np.random.Generator) -> np.ndarray:
    low = np.array([limits.get(name, (0, 0))[0] for name in pattern], dtype=float)
    high = np.array([limits.get(name, (0, 0))[1] for name in pattern], dtype=float)
    return low + (high - low) * rng.random(len(pattern))


def _owners(region: np.ndarray, is_direct: np.ndarray, force: Force, rng: np.random.Generator) -> np.ndarray:
    """Salesperson by buyer and month: one in eight was handed over once; direct accounts stay with the manager."""
    owner = np.empty((BUYERS, MONTHS), dtype=np.int64)
    for number in range(len(REGIONS)):
        team = force.representatives[force.region[force.representatives] == number]
        own = np.flatnonzero(region == number)
        owner[own] = rng.permutation(np.resize(team, len(own)))[:, None]
        moved = own[rng.random(len(own)) < 0.125]
        until = rng.integers(10, MONTHS - 6, len(moved))[:, None]
        owner[moved] = np.where(np.arange(MONTHS) < until, rng.choice(team, len(moved))[:, None], owner[moved])
    owner[is_direct] = (1 + region[is_direct])[:, None]
    return owner


def _fates(pattern: np.ndarray, rng: np.random.Generator) -> dict[str, np.ndarray]:
    """When each buyer came, left, paused, bent or fell."""
    count = len(pattern)
    falls, slides = (pattern == "falling") & (rng.random(count) < 0.5), pattern == "falling"
    slides &= ~falls
    away = np.where(pattern == "reactivated", rng.integers(20, 42, count), MONTHS)
    trend = _between(pattern, {"growing": (0.010, 0.022), "stable": (-0.003, 0.003), "seasonal": (-0.003, 0.003)}, rng)
    return {
        "trend": np.where(slides, -rng.uniform(0.025, 0.045, count), trend),
        "bent": np.where(slides, rng.integers(30, 46, count), np.where(pattern == "growing", rng.integers(10, 31, count), 0)),
        "step": np.where(falls, 1 - rng.uniform(0.35, 0.55, count), 1.0),
        "fell": np.where(falls, rng.integers(42, MONTHS - 2, count), MONTHS),
        "start": np.where(pattern == "new", rng.integers(28, MONTHS - 2, count), 0),
        "stop": np.where(pattern == "lost", rng.integers(12, MONTHS - 4, count), MONTHS - 1),
        "away": away,
        "back": np.where(pattern == "reactivated", away + rng.integers(5, 13, count), MONTHS),
    }


def make_buyers(seed: int, force: Force) -> Buyers:
    """The buyers of a seed; nothing of them depends on the number of lines."""
    rng = stream(seed, "buyers")
    size, pattern = _sizes_and_patterns(rng)
    region = _regions(size, rng)
    is_direct = np.arange(BUYERS) >= DISTRIBUTORS
    noise = _between(pattern, NOISE, rng)
    noise = np.where((pattern == "erratic") & (size > 2), np.minimum(noise, 0.55), noise)
    amplitude = np.where(pattern == "seasonal", rng.uniform(1.5, 1.9, BUYERS), np.clip(rng.normal(1, 0.12, BUYERS), 0.7, 1.3))
    small = np.where(size < 0.3, 0.35, 0.08) * rng.random(BUYERS)
    ids = [f"D-{number:04d}" for number in range(1, DISTRIBUTORS + 1)] + [f"K-{number:04d}" for number in range(1, DIRECT + 1)]
    return Buyers(
        ids=np.array(ids, dtype=object),
        region=region,
        pattern=pattern,
        size=size,
        noise=noise,
        amplitude=amplitude,
        skips=np.where(pattern == "erratic", small, 0.0),
        owner=_owners(region, is_direct, force, rng),
        **_fates(pattern, rng),
    )
