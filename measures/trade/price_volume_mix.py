"""What moved net sales: price, volume, mix, products, accounts; as a whole, by region and by category (methods.md section 6).

    new_accounts, lost_accounts       accounts that bought only in this period, only in the compared one
    new_products, delisted_products   of the accounts that bought in both: products that they, together, bought only now, only then
    volume, mix, price                the rest, product by product (measures/bridge.py)

Components sum to the change of net sales exactly, in whole cents: those of the whole to the whole's change, those of a region to the
region's. Each scope compares its own average price and mix, so that a region's mix is not a part of the company's: what moved between the
scopes (`between`) is a line of its own beside them, which sums to 0, and with it each component of the scopes adds up to the company's.
"""

from dataclasses import dataclass

import numpy as np
import polars as pl

from measures.bridge import price_volume_mix
from measures.customers import compared_period
from measures.customers.ranking import UNITS, exact_units
from measures.history import whole_history
from measures.periods import YEAR
from measures.thresholds import Cuts
from queries.filters import Filters, add_months
from queries.runner import Ask

THRESHOLDS = compared_period.THRESHOLDS
COMPONENTS = ("volume", "mix", "price", "new_accounts", "lost_accounts", "new_products", "delisted_products")

BRIDGE_SCHEMA = {"component": pl.String, "amount": pl.Float64}
ENDS_SCHEMA = {
    "previous_from": pl.Date, "previous_to": pl.Date, "from_date": pl.Date, "to_date": pl.Date,
    "previous_net_sales": pl.Float64, "net_sales": pl.Float64, "change": pl.Float64,
}
SIDES = ("previous_quantity", "previous_sales", "quantity", "net_sales")
SCOPES = {
    "region": {"region_id": pl.String, "region": pl.String},
    "category": {"category": pl.String},
}


@dataclass(frozen=True)
class PriceVolumeMix:
    """`price_volume_mix`, one row per component; `by_region` and `by_category` the same for each; `ends` both periods' net sales.

    Without a period to compare with that had sales all are empty.
    """

    price_volume_mix: pl.DataFrame
    by_region: pl.DataFrame
    by_category: pl.DataFrame
    ends: pl.DataFrame


@dataclass(frozen=True)
class Compared:
    """Sales by product, region and kind of account (queries/customers/value_bridge) in the period of `now` and in that of `before`."""

    rows: pl.DataFrame
    now: Filters
    before: Filters


def answer(ask: Ask, filters: Filters, cuts: Cuts) -> PriceVolumeMix:
    """The components of the filters' period; an open period stands for the last twelve complete months."""
    found = compared_sales(ask, _with_a_period(ask, filters), cuts)
    if found is None:
        return PriceVolumeMix(components(None), *(_by_scope(None, scope) for scope in SCOPES), ends(None))
    return PriceVolumeMix(components(found.rows), *(_by_scope(found.rows, scope) for scope in SCOPES), ends(found))


def compared_sales(ask: Ask, filters: Filters, cuts: Cuts) -> Compared | None:
    """Both periods' sales; None where there is no period to compare with, or nothing was sold in it."""
    reach = ask("store/generation", Filters())
    before = compared_period.compared(filters, cuts, reach["as_of"].item()) if reach.height else None
    if before is None:
        return None
    rows = ask(_question(filters, before), filters, previous_from=before.from_date, previous_to=before.to_date)
    return None if (rows["previous_sales"] == 0).all() else Compared(rows, filters, before)


def _question(filters: Filters, before: Filters) -> str:
    """The same rows come from roll-ups where the periods and filters allow it."""
    is_narrow = filters.account_ids is not None or filters.has_products or filters.salesperson_ids is not None
    is_open = None in (filters.from_date, filters.to_date)
    by_months = filters.is_whole_months and before.is_whole_months and not is_narrow and not is_open
    return "customers/value_bridge_months" if by_months else "customers/value_bridge"


def components(rows: pl.DataFrame | None) -> pl.DataFrame:
    """Component and amount of rows of product × kind of account (or finer), money in whole cents; no rows without them."""
    if rows is None:
        return pl.DataFrame(schema=BRIDGE_SCHEMA)
    kept = rows.filter(pl.col("buyers") == "kept").group_by("product_id", maintain_order=True).agg(pl.col(SIDES).sum())
    found = price_volume_mix(*(kept[name].to_numpy() for name in SIDES))
    new, lost = (_change(rows.filter(pl.col("buyers") == kind)) for kind in ("new", "lost"))
    parts = np.array([found.volume, found.mix, found.price, new, lost, found.new, found.lost])
    before, now = cents(rows)
    return pl.DataFrame({"component": COMPONENTS, "amount": in_cents(parts, now - before) / 100}, schema=BRIDGE_SCHEMA)


def between(moved: PriceVolumeMix, scope: str) -> pl.DataFrame:
    """What each component of the whole is more than the sum of the scopes' own, by BRIDGE_SCHEMA: volume and mix that moved between them."""
    own = getattr(moved, f"by_{scope}").group_by("component").agg(pl.col("amount").sum().alias("own"))
    found = moved.price_volume_mix.join(own, on="component", how="left", maintain_order="left")
    return found.select("component", amount=(pl.col("amount") - pl.col("own").fill_null(0.0)).round(2))


def ends(found: Compared | None) -> pl.DataFrame:
    """One row: both periods, their net sales and the change; no row without a comparison."""
    if found is None:
        return pl.DataFrame(schema=ENDS_SCHEMA)
    days = (found.before.from_date, found.before.to_date, found.now.from_date, found.now.to_date)
    before, now = cents(found.rows)
    return pl.DataFrame([(*days, before / 100, now / 100, (now - before) / 100)], schema=ENDS_SCHEMA, orient="row")


def cents(rows: pl.DataFrame) -> tuple[int, int]:
    """Net sales before and now in cents, each total rounded once."""
    before, now = (int(np.rint(exact_units(rows[name]).sum() * 100 / UNITS)) for name in ("previous_sales", "net_sales"))
    return before, now


def in_cents(parts: np.ndarray, total: int) -> np.ndarray:
    """Amounts of money as whole cents, int64, that sum to `total` cents: each rounded, the largest takes what rounding leaves."""
    whole = np.rint(np.asarray(parts, float) * 100).astype(np.int64)
    whole[np.abs(whole).argmax()] += total - whole.sum()
    return whole


def _by_scope(rows: pl.DataFrame | None, scope: str) -> pl.DataFrame:
    names = SCOPES[scope]
    empty = pl.DataFrame(schema=names | BRIDGE_SCHEMA)
    if rows is None:
        return empty
    parts = rows.partition_by(*names, maintain_order=True, as_dict=True)
    return pl.concat([empty, *(_named(components(of), dict(zip(names, keys, strict=True))) for keys, of in parts.items())]).sort(
        next(iter(names)), nulls_last=True, maintain_order=True
    )


def _named(parts: pl.DataFrame, scope: dict[str, str | None]) -> pl.DataFrame:
    return parts.select(*(pl.lit(key, pl.String).alias(name) for name, key in scope.items()), *BRIDGE_SCHEMA)


def _change(rows: pl.DataFrame) -> float:
    return float((rows["net_sales"] - rows["previous_sales"]).sum())


def _with_a_period(ask: Ask, filters: Filters) -> Filters:
    whole = whole_history(ask)
    if whole is None or (filters.from_date and filters.to_date):
        return filters
    end = filters.to_date or whole.end
    return filters.within(filters.from_date or add_months(end, -YEAR), end)
