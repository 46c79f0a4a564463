"""Which products a buyer keeps beside each other, and when it took them up: what a proposal to it can be learnt from.

A buyer leans to some brewing houses: who keeps one beer of a house keeps its others, whatever their category. One product in some came
into its assortment within the five years. How much a buyer takes of each category and size of unit stays as it was each month: only
the brands among them change, so that neither its volume nor its season nor its number of units tells of it.
"""

import numpy as np

from data.demo.catalogue import Catalogue
from data.demo.chance import stream
from data.demo.span import MONTHS

LEANING = 2.0
"""How much a leaning to a house weighs against chance in what a buyer keeps."""

LATER = 0.3
"""Share of its products that a buyer took up within the five years."""


def leaned(mix: np.ndarray, alive: np.ndarray, catalogue: Catalogue, seed: int) -> np.ndarray:
    """A mix (months × buyers × products) with brands as each buyer leans to; `alive` (months × products) is how far a product is sold."""
    rng = stream(seed, "assortment")
    kept = mix.max(axis=0) > 0
    leaning = rng.normal(0, 1, (len(kept), catalogue.house.max() + 1))[:, catalogue.house]
    appeal = 0.8 * np.log(catalogue.popularity) + LEANING * leaning + rng.gumbel(0, 1, kept.shape)
    appeal[:, catalogue.flagships] = np.inf
    since = np.where(rng.random(kept.shape) < LATER, rng.integers(1, MONTHS, kept.shape), 0)
    since[:, catalogue.flagships] = 0
    weight = catalogue.popularity * rng.lognormal(0, 0.5, kept.shape)
    changed = mix.copy()
    for group in _groups(catalogue):
        chosen = _first(appeal[:, group], kept[:, group].sum(axis=1))
        wanted = alive[:, None, group] * (chosen * weight[:, group]) * (np.arange(MONTHS)[:, None, None] >= since[:, group])
        changed[:, :, group] = _as_much(wanted, mix[:, :, group])
    return changed


def _groups(catalogue: Catalogue) -> list[np.ndarray]:
    """Positions of the products of one category, size of unit and season."""
    keys = np.stack([catalogue.category, np.round(catalogue.volume * 1e4), np.round(catalogue.season * 100)])
    number = np.unique(keys, axis=1, return_inverse=True)[1].ravel()
    return [np.flatnonzero(number == each) for each in range(number.max() + 1)]


def _first(appeal: np.ndarray, count: np.ndarray) -> np.ndarray:
    """For each row whether a column is among its `count` most appealing."""
    rank = np.argsort(np.argsort(-appeal, axis=1, kind="stable"), axis=1, kind="stable")
    return rank < count[:, None]


def _as_much(wanted: np.ndarray, before: np.ndarray) -> np.ndarray:
    """`wanted` scaled to the sums of `before` over the products; as before where nothing wanted is there yet."""
    have, need = wanted.sum(axis=2, keepdims=True), before.sum(axis=2, keepdims=True)
    return np.where(have > 0, wanted * (need / np.where(have > 0, have, 1)), before)
