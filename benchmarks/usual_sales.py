"""What the usual pages ask, Streamlit's, Dash's and Vizro's alike: one plain query for each thing that they show, on the same roll-ups as ours.

USUAL_FILE names the generation.
"""

import os
from functools import cache

import duckdb
import pandas as pd

SALES = """
    from account_month as sales
    join accounts on accounts.account_key = sales.account_key
    join regions on regions.region_key = accounts.region_key
    where $where and month >= date '2024-01-01'
"""
PRODUCTS = """
    from region_product_month as sales
    join products on products.product_key = sales.product_key
    join regions on regions.region_key = sales.region_key
    where $where and month >= date '2025-01-01'
"""

METRICS = ("net_sales", "margin", "volume", "accounts", "orders")
KPIS = (
    "select month >= date '2025-01-01' as current, sum(net_amount)::double as net_sales, sum(margin_amount)::double as margin,"
    " sum(volume) as volume, count(distinct sales.account_key) as accounts, sum(order_count)::bigint as orders" + SALES + "group by 1"
)
MONTHLY = "select month, sum(net_amount)::double as net_sales" + SALES + "group by 1 order by 1"
BY_REGION = "select regions.region, sum(net_amount)::double as net_sales" + SALES + "and month >= date '2025-01-01' group by 1 order by 2 desc"
BY_PRODUCT = (
    "select products.product, products.category, sum(net_amount)::double as net_sales" + PRODUCTS + "group by all order by 3 desc limit 20"
)
BY_ACCOUNT = (
    "select accounts.account, regions.region, sum(net_amount)::double as net_sales, sum(margin_amount)::double as margin"
    + SALES
    + "and month >= date '2025-01-01' group by all"
)


@cache
def connection() -> duckdb.DuckDBPyConnection:
    return duckdb.connect(os.environ["USUAL_FILE"], read_only=True)


def region_names() -> list[str]:
    return connection().cursor().execute("select region from regions order by region").df()["region"].tolist()


def read(query: str, regions: list[str]) -> pd.DataFrame:
    """A query's rows of some regions, or of all where none is chosen."""
    where = "regions.region in (select unnest($regions))" if regions else "true"
    parameters = {"regions": regions} if regions else {}
    return connection().cursor().execute(query.replace("$where", where), parameters).df()


def metrics(kpis: pd.DataFrame) -> list[tuple[str, str, str | None]]:
    """Each metric's name, its figure and by how much it changed, as they are shown."""
    rows = kpis.set_index("current")
    shown = []
    for name in METRICS:
        now, before = (rows[name].get(year, 0) for year in (True, False))
        shown.append((name.replace("_", " ").capitalize(), f"{now:,.0f}", f"{now / before - 1:.1%}" if before else None))
    return shown
