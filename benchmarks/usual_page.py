"""The page as it is usually written: streamlit run, pandas, plotly express, one query per chart. Measured beside our own.

It reads the same file and, to be fair, the same roll-ups. USUAL_FILE names the generation; USUAL_CACHE=1 puts st.cache_data on the
queries.
"""

import os

import duckdb
import pandas as pd
import plotly.express as px
import streamlit as st

st.set_page_config(page_title="Sales", layout="wide")


@st.cache_resource
def connection() -> duckdb.DuckDBPyConnection:
    return duckdb.connect(os.environ["USUAL_FILE"], read_only=True)


def read(query: str, regions: list[str]) -> pd.DataFrame:
    where = "regions.region in (select unnest($regions))" if regions else "true"
    parameters = {"regions": regions} if regions else {}
    return connection().cursor().execute(query.replace("$where", where), parameters).df()


if os.environ.get("USUAL_CACHE"):
    read = st.cache_data(read)

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

with st.sidebar:
    names = connection().cursor().execute("select region from regions order by region").df()["region"].tolist()
    regions = st.multiselect("Region", names)

st.title("Sales overview")
kpis = read(
    "select month >= date '2025-01-01' as current, sum(net_amount)::double as net_sales, sum(margin_amount)::double as margin,"
    " sum(volume) as volume, count(distinct sales.account_key) as accounts, sum(order_count)::bigint as orders" + SALES + "group by 1",
    regions,
).set_index("current")
for column, name in zip(st.columns(5), ("net_sales", "margin", "volume", "accounts", "orders"), strict=True):
    now, before = kpis[name].get(True, 0), kpis[name].get(False, 0)
    column.metric(name.replace("_", " ").capitalize(), f"{now:,.0f}", f"{now / before - 1:.1%}" if before else None)

monthly = read("select month, sum(net_amount)::double as net_sales" + SALES + "group by 1 order by 1", regions)
st.plotly_chart(px.line(monthly, x="month", y="net_sales", title="Net sales by month"))

left, right = st.columns(2)
by_region = read(
    "select regions.region, sum(net_amount)::double as net_sales" + SALES + "and month >= date '2025-01-01' group by 1 order by 2 desc",
    regions,
)
left.plotly_chart(px.bar(by_region, x="net_sales", y="region", orientation="h", title="Regions"))
by_product = read(
    "select products.product, products.category, sum(net_amount)::double as net_sales" + PRODUCTS + "group by all order by 3 desc limit 20",
    regions,
)
right.plotly_chart(px.bar(by_product, x="net_sales", y="product", color="category", orientation="h", title="Products"))
by_account = read(
    "select accounts.account, regions.region, sum(net_amount)::double as net_sales, sum(margin_amount)::double as margin"
    + SALES
    + "and month >= date '2025-01-01' group by all",
    regions,
)
st.plotly_chart(px.scatter(by_account, x="net_sales", y="margin", color="region", hover_name="account", title="Accounts"))
st.dataframe(by_account)
