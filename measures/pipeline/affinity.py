"""Which products go together, and which an account lacks: item cosine, popularity, and how well each foretells (methods.md section 12).

Two products are as near as the cosine of who buys them: the accounts that buy both ÷ √(buyers of the one × buyers of the other), and not
near at all where fewer than `least` accounts buy both. A product that an account does not buy scores the sum of its nearness to those
that it does. Lift is never a rank: it is large where buyers are few (Groceries, recall of the first five: .015 against .267).
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
from scipy.sparse import csr_array

from measures.blocks import blocks
from measures.peers import IN_CACHE, bits, nearest, shared

Weigh = Callable[[np.ndarray], np.ndarray]
"""Of what some accounts buy, (accounts, products), how much speaks for each product: (accounts, products), or (products,) where it is the same for all."""


class Proposals(NamedTuple):
    """Products proposed to accounts: the row of the `account`, the `product`, its `rank` with that account from 1, and its weight."""

    account: np.ndarray
    product: np.ndarray
    rank: np.ndarray
    weight: np.ndarray


@dataclass(frozen=True)
class Affinity:
    """Which products go together: `both` (products, products) counts the accounts that buy two, its diagonal those that buy one.

    `accounts` is how many buy anything, `least` the co-buyers under which two products are not near.
    """

    both: np.ndarray
    accounts: int
    least: int

    @cached_property
    def buyers(self) -> np.ndarray:
        """How many accounts buy each product, (products,)."""
        return np.diag(self.both)

    @cached_property
    def cosine(self) -> np.ndarray:
        """Nearness of each product to each other, 0–1, with a diagonal of 0."""
        near = np.where(self.both >= self.least, self.both, 0) / np.sqrt(np.maximum(np.outer(self.buyers, self.buyers), 1))
        np.fill_diagonal(near, 0.0)
        return near

    @cached_property
    def excess(self) -> np.ndarray:
        """The part of the nearness that chance does not explain: what everybody buys is near to all, and no reason for anything."""
        chance = np.sqrt(np.outer(self.buyers, self.buyers)) / max(self.accounts, 1)
        # Rounded: what all buy is near by chance exactly, and must not be left with the last digit of a root.
        return np.where(self.cosine > 0, np.maximum(np.round(self.cosine - chance, 9), 0.0), 0.0)

    @cached_property
    def popularity(self) -> np.ndarray:
        """The buyers of each product, 0 where they are fewer than `least`: the benchmark that knows nothing of the account."""
        return np.where(self.buyers >= self.least, self.buyers, 0).astype(float)


def affinity(bought: np.ndarray, least: int) -> Affinity:
    """How often any two products are bought by the same account; `bought` is (accounts, products), and pairs need `least` common buyers."""
    words = bits(bought.T)
    return Affinity(shared(words, words).astype(np.int64), int(bought.any(axis=1).sum()), least)


def scores(bought: np.ndarray, near: np.ndarray) -> np.ndarray:
    """How much each account's own products speak for each product, (accounts, products)."""
    # Of a table of booleans scipy makes the same three times slower.
    cells = np.flatnonzero(bought)
    begins = np.append(0, np.count_nonzero(bought, axis=1).cumsum())
    return csr_array((np.ones(len(cells)), cells % max(bought.shape[1], 1), begins), shape=bought.shape) @ near


def proposals(bought: np.ndarray, weigh: Weigh, count: int) -> Proposals:
    """The first `count` products with a weight above 0 that each account does not buy; equal weights go by the product's order."""
    found = [_proposed(part.start, bought[part], weigh, count) for part in blocks(len(bought), max(1, IN_CACHE // max(bought.shape[1], 1)))]
    return Proposals(*(np.concatenate(of) for of in zip(*found, strict=True))) if found else Proposals(*(np.zeros(0, kind) for kind in (int, int, int, float)))


def _proposed(before: int, bought: np.ndarray, weigh: Weigh, count: int) -> Proposals:
    weight = np.where(bought, 0.0, weigh(bought))
    first = nearest(weight, count)
    of_first = np.take_along_axis(weight, first, axis=1)
    account, place = np.nonzero(of_first > 0)
    return Proposals(before + account, first[account, place], place + 1, of_first[account, place])


def recalled(proposed: Proposals, taken: np.ndarray, count: int) -> tuple[int, int]:
    """How many of the first `count` proposals were taken up, and how many were made to the accounts that took up something.

    `taken` (accounts, products): what an account took up later and had not bought before.
    """
    counted = (proposed.rank <= count) & taken.any(axis=1)[proposed.account]
    return int(taken[proposed.account[counted], proposed.product[counted]].sum()), int(counted.sum())
