"""The page as it is usually written: streamlit run, pandas, plotly express, one query per chart. Measured beside our own.

It reads the same file and, to be fair, the same roll-ups. USUAL_FILE names the generation; USUAL_CACHE=1 puts st.cache_data on the
queries.
"""

import os

import plotly.express as px
import streamlit as st
from usual_sales import BY_ACCOUNT, BY_PRODUCT, BY_REGION, KPIS, MONTHLY, metrics, read, region_names

st.set_page_config(page_title="Sales", layout="wide")

if os.environ.get("USUAL_CACHE"):
    read = st.cache_data(read)

with st.sidebar:
    regions = st.multiselect("Region", region_names())

st.title("Sales overview")
for column, (label, figure, change) in zip(st.columns(5), metrics(read(KPIS, regions)), strict=True):
    column.metric(label, figure, change)

st.plotly_chart(px.line(read(MONTHLY, regions), x="month", y="net_sales", title="Net sales by month"))

left, right = st.columns(2)
left.plotly_chart(px.bar(read(BY_REGION, regions), x="net_sales", y="region", orientation="h", title="Regions"))
by_product = read(BY_PRODUCT, regions)
right.plotly_chart(px.bar(by_product, x="net_sales", y="product", color="category", orientation="h", title="Products"))
by_account = read(BY_ACCOUNT, regions)
st.plotly_chart(px.scatter(by_account, x="net_sales", y="margin", color="region", hover_name="account", title="Accounts"))
st.dataframe(by_account)
