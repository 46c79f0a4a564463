"""What an account buys: its products of a period against the period before, how broad and how concentrated the assortment is.

The tables take the rows of `bought`.
"""

from dataclasses import dataclass

import polars as pl

from measures.accounts.account_months import known_sum
from measures.accounts.account_tree import own_key
from measures.metrics import ratio
from measures.names import named
from measures.overview_tables import change
from queries.filters import Filters
from queries.runner import Ask

KEY = ("product_id", "product", "category")


def bought(ask: Ask, filters: Filters, tree: pl.DataFrame) -> pl.DataFrame:
    """The rows of queries/accounts/products with their products' names, and `is_discontinued` by the last day of the data; by product and month."""
    found = ask("accounts/products", filters, account_key=own_key(tree))
    rows = named(ask, found.lazy().sort("product_key", "month", "is_own"), "products")
    gone = pl.col("discontinued_on") <= pl.lit(ask("store/generation", Filters())["as_of"].first(), pl.Date)
    return rows.with_columns(gone.fill_null(value=False).alias("is_discontinued"))


def products(now: pl.DataFrame, before: pl.DataFrame | None, orders: pl.DataFrame) -> pl.DataFrame:
    """The products bought in the period, the largest first; `previous` is None where there is no period before.

    `last_sold_on` is exact where the product is among the last order lines and null where it is older; `last_month` is always known.
    """
    own = pl.col("is_own")
    bought = now.lazy().group_by(KEY, maintain_order=True).agg(
        pl.col("net_sales", "quantity").filter(own).sum(),
        known_sum("gross_margin", own).alias("margin"),
        pl.col("month").filter(pl.col("quantity") > 0).max().alias("last_month"),
        pl.col("net_sales").sum().alias("net_sales_with_children"),
    )
    days = orders.lazy().filter(pl.col("quantity") > 0).group_by("product_id").agg(pl.col("sold_on").max().alias("last_sold_on"))
    with_days = _with_previous(bought, before).join(days, on="product_id", how="left")
    return with_days.with_columns(change()).select(
        *KEY, "net_sales", "quantity", "last_sold_on", "previous", "change_rate", "margin", "net_sales_with_children", "last_month"
    ).sort("net_sales", "product_id", descending=[True, False]).collect(engine="in-memory")  # fmt: skip


def _with_previous(bought: pl.LazyFrame, before: pl.DataFrame | None) -> pl.LazyFrame:
    if before is None:
        return bought.with_columns(pl.lit(None, pl.Float64).alias("previous"))
    earlier = before.lazy().filter("is_own").group_by("product_id", maintain_order=True).agg(pl.col("net_sales").sum().alias("previous"))
    return bought.join(earlier, on="product_id", how="left").with_columns(pl.col("previous").fill_null(0.0))


def stopped(now: pl.DataFrame, before: pl.DataFrame | None) -> pl.DataFrame:
    """Products that the account itself bought in the period before and not in this one, the largest first."""
    if before is None:
        before = now.clear()
    own = pl.col("is_own") & (pl.col("quantity") > 0)
    earlier = before.lazy().filter(own).group_by(KEY, maintain_order=True).agg(
        pl.col("net_sales").sum().alias("previous"), pl.col("quantity").sum().alias("previous_quantity"),
        pl.col("month").max().alias("last_month"), pl.col("is_discontinued").any(),
    )  # fmt: skip
    still = now.lazy().filter(own).select("product_id").unique()
    return earlier.join(still, on="product_id", how="anti").sort("previous", "product_id", descending=[True, False]).collect(engine="in-memory")


def categories(products_of_period: pl.DataFrame, gone: pl.DataFrame) -> pl.DataFrame:
    """Own net sales by category against the period before, products bought no more included; `share` is of what is positive.

    A product that outlets alone still buy, or that was only returned, stands among the period's products with its period before.
    """
    lost = gone.join(products_of_period, on="product_id", how="anti").select("category", pl.lit(0.0).alias("net_sales"), "previous")
    rows = pl.concat([products_of_period.select("category", "net_sales", "previous"), lost], how="vertical_relaxed")
    compared = pl.when(pl.col("previous").is_not_null().any()).then(pl.col("previous").sum()).alias("previous")
    sums = rows.group_by("category", maintain_order=True).agg(pl.col("net_sales").sum(), compared).with_columns(change())
    total = sums["net_sales"].clip(lower_bound=0).sum()
    share = pl.col("net_sales") / total if total > 0 else pl.lit(None, pl.Float64)
    return sums.with_columns(share.alias("share")).sort("net_sales", "category", descending=[True, False], nulls_last=True)


@dataclass(frozen=True)
class Assortment:
    """How many products an account buys and how its purchases lie on them.

    `effective` is 1 ÷ Σ share²: the number of equal products that would be as concentrated. `kept` and `gained` count against the
    period before; `kept_share` is the share of that period's money in products that are still bought. None where nothing is known.
    """

    products: int
    top_share: float | None
    effective: float | None
    kept: int | None
    gained: int | None
    lost: int | None
    kept_share: float | None


def assortment(products_of_period: pl.DataFrame, gone: pl.DataFrame) -> Assortment:
    """The assortment of `products` and `stopped`; returns never count as a product."""
    bought = products_of_period.filter(pl.col("quantity") > 0, pl.col("net_sales") > 0)
    shares = bought["net_sales"] / bought["net_sales"].sum()
    top, effective = (shares.max(), 1 / (shares**2).sum()) if bought.height else (None, None)
    if not products_of_period["previous"].count() and gone.is_empty():
        return Assortment(bought.height, top, effective, None, None, None, None)
    kept = bought.filter(pl.col("previous") > 0)
    before = kept["previous"].sum() + gone["previous"].sum()
    return Assortment(
        bought.height, top, effective, kept.height, bought.height - kept.height, gone.height,
        ratio(kept["previous"].sum(), before) if before > 0 else None,
    )  # fmt: skip
