"""The customers-to-be: how good each is, when it was found, and how long people stayed in touch.

The good ones that were found long ago have been won and are buyers now, so that of the old leads mostly the weaker ones are left.
"""

from dataclasses import dataclass

import numpy as np

from data.demo.chance import stream
from data.demo.network import PROSPECTS
from data.demo.span import MONTHS

OLDEST = 44
LEFT_ALONE = 0.5
"""Share of the leads older than eight months that nobody has been in touch with lately."""

NAMELESS = 0.1
"""Share of the leads where nobody is known by name yet."""


@dataclass(frozen=True)
class Leads:
    """Prospects by position: `quality` (0 the usual one, deviation 1), the month in which each was `found` and up to which people
    stayed in touch (`until`, not included), and whether nobody there is known by name."""

    quality: np.ndarray
    found: np.ndarray
    until: np.ndarray
    is_nameless: np.ndarray


def make_leads(seed: int) -> Leads:
    """The leads of a seed."""
    rng = stream(seed, "leads")
    quality = rng.normal(0.1, 0.95, PROSPECTS)
    back = np.minimum(np.floor(rng.gamma(1.6, 8 * np.exp(-0.6 * quality))), OLDEST).astype(np.int64)
    found = MONTHS - 1 - back
    is_left = (back > 8) & (rng.random(PROSPECTS) < LEFT_ALONE)
    until = np.where(is_left, found + rng.integers(3, 8, PROSPECTS), MONTHS)
    return Leads(quality, found, until, rng.random(PROSPECTS) < NAMELESS)
