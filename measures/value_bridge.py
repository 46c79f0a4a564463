"""What moved net sales from the compared period to this one? (methods.md sections 3 and 6, source 000: decide on changes of value)

    new_accounts, lost_accounts       accounts that bought only in this period, only in the compared one
    new_products, delisted_products   of the accounts that bought in both: products that they, together, bought only now, only then
    volume, mix, price                the rest, product by product (measures/bridge.py)

A part of the value pyramid that is asked apart. The seven sum to the change of net sales exactly, in whole cents.
"""

from dataclasses import dataclass

import numpy as np
import polars as pl

from measures import compared_period
from measures.bridge import price_volume_mix
from measures.ranking import UNITS, exact_units
from measures.thresholds import Cuts
from queries.filters import Filters
from queries.runner import Ask

THRESHOLDS = compared_period.THRESHOLDS
COMPONENTS = ("volume", "mix", "price", "new_accounts", "lost_accounts", "new_products", "delisted_products")

BRIDGE_SCHEMA = {"component": pl.String, "amount": pl.Float64}
ENDS_SCHEMA = {
    "previous_from": pl.Date, "previous_to": pl.Date, "from_date": pl.Date, "to_date": pl.Date,
    "previous_net_sales": pl.Float64, "net_sales": pl.Float64, "change": pl.Float64,
}
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
    reach = ask("store/generation", Filters())
    before = compared_period.compared(filters, cuts, reach["as_of"].item()) if reach.height else None
    if before is None:
        return _empty()
    rows = ask("customers/value_bridge", filters, previous_from=before.from_date, previous_to=before.to_date)
    if (rows["previous_sales"] == 0).all():
        return _empty()
    change, ends = _ends(rows)
    days = (before.from_date, before.to_date, filters.from_date, filters.to_date)
    return ValueBridge(
        pl.DataFrame({"component": COMPONENTS, "amount": in_cents(_parts(rows), change) / 100}, schema=BRIDGE_SCHEMA),
        pl.DataFrame([(*days, *(of / 100 for of in ends), change / 100)], schema=ENDS_SCHEMA, orient="row"),
        _products(rows.filter(pl.col("buyers") == "kept")),
    )


def in_cents(parts: np.ndarray, total: int) -> np.ndarray:
    """Amounts of money as whole cents, int64, that sum to `total` cents: each rounded, the largest takes what rounding leaves."""
    cents = np.rint(np.asarray(parts, float) * 100).astype(np.int64)
    cents[np.abs(cents).argmax()] += total - cents.sum()
    return cents


def _parts(rows: pl.DataFrame) -> np.ndarray:
    kept, new, lost = (rows.filter(pl.col("buyers") == kind) for kind in ("kept", "new", "lost"))
    found = price_volume_mix(*(kept[name].to_numpy() for name in ("previous_quantity", "previous_sales", "quantity", "net_sales")))
    changes = [(of["net_sales"] - of["previous_sales"]).sum() for of in (new, lost)]
    return np.array([found.volume, found.mix, found.price, *changes, found.new, found.lost])


def _ends(rows: pl.DataFrame) -> tuple[int, tuple[int, int]]:
    """The change and both net sales in cents, each total rounded once."""
    before, now = (int(np.rint(exact_units(rows[name]).sum() * 100 / UNITS)) for name in ("previous_sales", "net_sales"))
    return now - before, (before, now)


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
    shown = effects.select(pl.col(name).cast(kind) for name, kind in PRODUCTS_SCHEMA.items())
    return shown.sort(pl.col("change").abs(), "product_id", descending=[True, False])


def _empty() -> ValueBridge:
    return ValueBridge(*(pl.DataFrame(schema=schema) for schema in (BRIDGE_SCHEMA, ENDS_SCHEMA, PRODUCTS_SCHEMA)))
