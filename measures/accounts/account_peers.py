"""What do similar accounts buy that this one does not? (coverage.md numbers 10 and 15)

Similar: of the same kind in the same region, and of the same channel where at least `least_peers` of them bought something; else all
channels of the region. Products are ranked by how many peers buy them, then by the median that a buying peer takes.
"""

import polars as pl

from measures.accounts.account_tree import own_key
from measures.metrics import ratio
from measures.names import named
from measures.typed import typed
from queries.filters import Filters
from queries.runner import Ask

SCHEMA = {
    "product_id": pl.String, "product": pl.String, "category": pl.String, "peer_buyers": pl.Int64, "peers": pl.Int64,
    "peer_rate": pl.Float64, "median_quantity": pl.Float64, "median_sales": pl.Float64,
}
SUMMARY_SCHEMA = {
    "peers": pl.Int64, "same_channel": pl.Boolean, "median_products": pl.Float64, "median_net_sales": pl.Float64,
    "own_products": pl.Int64, "own_net_sales": pl.Float64,
}


def bought(ask: Ask, filters: Filters, tree: pl.DataFrame) -> pl.DataFrame:
    """The rows of queries/accounts/peer_purchases about the account (`is_self`) and its peers, with the products' names, by product.

    A discontinued product is nothing to propose and left out. `tree` is account_tree.tree's.
    """
    self = tree.filter(pl.col("depth") == 0)
    rows = ask("accounts/peer_purchases", filters, kind=self["kind"].first(), region_key=self["region_key"].first())
    gone = pl.col("discontinued_on") <= pl.lit(ask("store/generation", Filters())["as_of"].first(), pl.Date)
    own = self["channel"].first()
    return named(ask, rows, "products").lazy().filter(~gone.fill_null(value=False)).with_columns(
        (pl.col("account_key") == own_key(self)).alias("is_self"),
        (pl.col("channel") == pl.lit(own, pl.String)).fill_null(value=False).alias("is_same_channel"),
    ).sort("product_key", "account_key").collect(engine="in-memory")  # fmt: skip


def peers_of(rows: pl.DataFrame, least: int) -> tuple[pl.DataFrame, bool]:
    """The peers' rows of `bought`, and whether they are of the same channel."""
    others = rows.filter(~pl.col("is_self"))
    near = others.filter("is_same_channel")
    is_near = near["account_key"].n_unique() >= least
    return (near if is_near else others), is_near


def not_bought(rows: pl.DataFrame, least: int) -> pl.DataFrame:
    """The products that peers buy and the account doesn't, what most of them buy first, by SCHEMA."""
    peers, _same = peers_of(rows, least)
    count = peers["account_key"].n_unique()
    own = rows.lazy().filter("is_self").select("product_id")
    gaps = peers.lazy().join(own, on="product_id", how="anti").group_by("product_id", "product", "category").agg(
        pl.col("account_key").n_unique().cast(pl.Int64).alias("peer_buyers"),
        pl.col("quantity").median().alias("median_quantity"), pl.col("net_sales").median().alias("median_sales"),
    )  # fmt: skip
    ranked = gaps.with_columns(pl.lit(count, pl.Int64).alias("peers"), (pl.col("peer_buyers") / max(count, 1)).alias("peer_rate")).sort(
        "peer_buyers", "median_quantity", "product_id", descending=[True, True, False]
    )
    return ranked.select(typed(SCHEMA)).collect(engine="in-memory")


def summary(rows: pl.DataFrame, least: int) -> pl.DataFrame:
    """One row: how many peers, and the median peer's products and net sales beside the account's own."""
    peers, is_near = peers_of(rows, least)
    each = peers.group_by("account_key").agg(pl.col("product_id").n_unique().alias("products"), pl.col("net_sales").sum())
    own = rows.filter("is_self")
    row = (each.height, is_near, each["products"].median(), each["net_sales"].median(), own["product_id"].n_unique(), own["net_sales"].sum())
    return pl.DataFrame([row], schema=SUMMARY_SCHEMA, orient="row")


def facts(gaps: pl.DataFrame) -> dict[str, float | str | None]:
    """The first product to propose, as the rules of next_actions read it."""
    first = gaps.row(0, named=True) if gaps.height else dict.fromkeys(SCHEMA)
    return {"peer_rate": first["peer_rate"], "peer_product": first["product"], "peer_quantity": first["median_quantity"]}


def breadth(found: pl.DataFrame) -> float | None:
    """The account's number of products ÷ the median peer's; None without peers."""
    row = found.row(0, named=True)
    return ratio(row["own_products"], row["median_products"])
