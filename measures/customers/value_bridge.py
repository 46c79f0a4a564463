"""What moved net sales from the compared period to this one? (methods.md sections 3 and 6, source 000: decide on changes of value)

A part of the value pyramid that is asked apart: the components of measures/trade/price_volume_mix.py, and the products behind them.
"""

from dataclasses import dataclass

import polars as pl

from measures.thresholds import Cuts
from measures.trade import price_volume_mix
from measures.trade.price_volume_mix import BRIDGE_SCHEMA, ENDS_SCHEMA, SIDES, compared_sales, components, ends
from measures.typed import typed
from queries.filters import Filters
from queries.runner import Ask

THRESHOLDS = price_volume_mix.THRESHOLDS

PRODUCTS_SCHEMA = {
    "product_id": pl.String, "product": pl.String, "previous_quantity": pl.Float64, "quantity": pl.Float64,
    "previous_price": pl.Float64, "price": pl.Float64, "price_effect": pl.Float64, "volume_and_mix": pl.Float64, "change": pl.Float64,
}


@dataclass(frozen=True)
class ValueBridge:
    """`bridge`, one row per component, money in whole cents; `bridge_ends`, one row: both periods and their net sales.

    `bridge_products`: the accounts that bought in both periods, product by product, the largest change first. All are empty without
    a period to compare with that had sales.
    """

    bridge: pl.DataFrame
    bridge_ends: pl.DataFrame
    bridge_products: pl.DataFrame


def answer(ask: Ask, filters: Filters, cuts: Cuts) -> ValueBridge:
    """The bridge of the filters' period from the one that the cuts compare it with."""
    found = compared_sales(ask, filters, cuts)
    if found is None:
        return ValueBridge(*(pl.DataFrame(schema=schema) for schema in (BRIDGE_SCHEMA, ENDS_SCHEMA, PRODUCTS_SCHEMA)))
    kept = found.rows.filter(pl.col("buyers") == "kept").group_by("product_id", "product", maintain_order=True).agg(pl.col(SIDES).sum())
    return ValueBridge(components(found.rows), ends(found), _products(kept))


def _products(kept: pl.DataFrame) -> pl.DataFrame:
    """Per product: prices of both periods, what the price did, and what more or fewer units at the old price did."""

    def price(amount: str, units: str) -> pl.Expr:
        return pl.when(pl.col(units) > 0).then(pl.col(amount) / pl.col(units))

    priced = kept.with_columns(
        previous_price=price("previous_sales", "previous_quantity"), price=price("net_sales", "quantity"),
        change=pl.col("net_sales") - pl.col("previous_sales"),
    )
    by_price = pl.col("quantity") * (pl.col("price") - pl.col("previous_price"))
    effects = priced.with_columns(price_effect=by_price).with_columns(volume_and_mix=pl.col("change") - pl.col("price_effect"))
    shown = effects.select(typed(PRODUCTS_SCHEMA))
    return shown.sort(pl.col("change").abs(), "product_id", descending=[True, False])

