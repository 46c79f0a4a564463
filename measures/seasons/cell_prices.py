"""What a unit brings: the price that targets in units are turned into money by."""

import numpy as np
import polars as pl


def cell_prices(rows: pl.DataFrame, accounts: pl.DataFrame, products: pl.DataFrame, account: np.ndarray, product: np.ndarray) -> np.ndarray:
    """Money per unit of each cell, (cells,): `account` and `product` are rows of `accounts` and `products`.

    What the account paid for the product on average (`rows` of seasons/cell_prices), else what all accounts paid for it, else its list
    price; 0 where none of these is known. An account whose returns leave it without units or money says nothing of a price.
    """
    told = rows.filter(pl.col("quantity") > 0, pl.col("net_sales") > 0)
    of_account, of_product = places(accounts["account_key"], told["account_key"]), places(products["product_key"], told["product_key"])
    units, money = told["quantity"].to_numpy(), told["net_sales"].to_numpy()
    sums, sold = (np.bincount(of_product, of, products.height) for of in (money, units))
    usual = np.where(sold > 0, sums / np.where(sold > 0, sold, 1.0), products["list_price"].fill_null(0.0).to_numpy())
    known, wanted = of_account * products.height + of_product, account * products.height + product
    if not len(known):
        return usual[product]
    order = np.argsort(known)
    at = np.minimum(np.searchsorted(known[order], wanted), len(known) - 1)
    return np.where(known[order][at] == wanted, (money / units)[order][at], usual[product])


def places(keys: pl.Series, wanted: pl.Series | np.ndarray) -> np.ndarray:
    """The row of each wanted key among the keys."""
    lookup = np.zeros(int(keys.max() or 0) + 1, np.int64)
    lookup[keys.to_numpy()] = np.arange(len(keys))
    return lookup[np.asarray(wanted)]
