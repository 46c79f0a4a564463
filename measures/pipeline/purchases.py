"""Who buys what, as positions and values: the ground of what is proposed to whom."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import polars as pl

from measures.sorting import order_by

MOST_PRODUCTS = 500
"""Of a larger catalogue the most bought ones: what few buy has no evidence. Online Retail's 3,700 products cut to 500 lose two in a
hundred of the hits, and a thirtieth of the time is left."""


@dataclass(frozen=True)
class Purchases:
    """Cells of account × product of a year. `accounts` and `products` are the store's keys, products in falling order of their buyers.

    `account`, `product` are each cell's positions among them, in their order; `quantity` and `net_sales` are the year's. `size` is each
    account's net sales over all products, those that were cut off too.
    """

    accounts: np.ndarray
    products: np.ndarray
    account: np.ndarray
    product: np.ndarray
    quantity: np.ndarray
    net_sales: np.ndarray
    size: np.ndarray

    @cached_property
    def bought(self) -> np.ndarray:
        """What each account buys in the year, (accounts, products)."""
        cells = self.quantity > 0
        return _matrix(self.account[cells], self.product[cells], (len(self.accounts), len(self.products)))


@dataclass(frozen=True)
class Trial:
    """`known` and `hidden` (accounts, products): what each account bought before the months that the test hides, and in these.

    `products` are the store's keys: the year's that anybody buys, in the same positions, then those that nobody buys any more.
    `catalogue` is their number before the cut.
    """

    products: np.ndarray
    known: np.ndarray
    hidden: np.ndarray
    catalogue: int


def purchases(year: pl.DataFrame) -> Purchases:
    """The rows of queries/pipeline/bought_products.sql as a sparse table of accounts × products."""
    accounts, account = _numbered(year["account_key"])
    keys, product = _numbered(year["product_key"])
    cells = order_by(account, product)
    quantity, net_sales = (year[name].to_numpy()[cells] for name in ("quantity", "net_sales"))
    own, of = account[cells], product[cells]
    order, place = _most_bought(np.bincount(of, quantity > 0, len(keys)))
    kept, size = place[of] >= 0, np.bincount(own, net_sales, len(accounts))
    return Purchases(accounts, keys[order], own[kept], place[of[kept]], quantity[kept], net_sales[kept], size)


def trial(found: Purchases, tried: pl.DataFrame) -> Trial:
    """The rows of queries/pipeline/trial_products.sql, of the same year and the months before it, as tables of accounts × products."""
    accounts, account = _numbered(tried["account_key"])
    keys, product = _numbered(pl.Series(found.products, dtype=tried.schema["product_key"]), tried["product_key"])
    bought = np.zeros(len(keys))
    bought[product[: len(found.products)]] = found.bought.sum(axis=0)
    order, place = _most_bought(bought)
    tested = place[product[len(found.products) :]]
    counts = (tried[name].to_numpy() & (tested >= 0) for name in ("is_known", "is_hidden"))
    return Trial(keys[order], *(_matrix(account[rows], tested[rows], (len(accounts), len(order))) for rows in counts), len(keys))


def _most_bought(buyers: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The most bought products by falling `buyers`, equal ones in their order, and the place of every product among these, -1 of the others."""
    order = np.argsort(-buyers, kind="stable")[:MOST_PRODUCTS]
    place = np.full(len(buyers), -1)
    place[order] = np.arange(len(order))
    return order, place


def _numbered(*parts: pl.Series) -> tuple[np.ndarray, np.ndarray]:
    """The distinct keys of all parts in their order, and each key's position among them, one part after the other."""
    keys = np.concatenate([part.to_numpy() for part in parts])
    found = np.zeros(keys.max(initial=0) + 1, bool)
    found[keys] = True
    return np.flatnonzero(found), (np.cumsum(found) - 1)[keys]


def _matrix(account: np.ndarray, product: np.ndarray, shape: tuple[int, int]) -> np.ndarray:
    """Booleans (accounts, products), true in these cells."""
    found = np.zeros(shape, bool)
    found[account, product] = True
    return found
