"""The usual page in Vizro: the same metrics, charts and table from the same queries, without a filter."""

import pandas as pd
import vizro.models as vm
import vizro.plotly.express as px
from usual_sales import BY_ACCOUNT, BY_PRODUCT, BY_REGION, KPIS, METRICS, MONTHLY, read
from vizro import Vizro
from vizro.figures import kpi_card_reference
from vizro.managers import data_manager
from vizro.tables import dash_ag_grid


def kpis() -> pd.DataFrame:
    """One row: each metric of the year, and of the year before under its name with "before"."""
    rows = read(KPIS, []).set_index("current")
    return pd.DataFrame([{name: rows[name][True] for name in METRICS} | {f"{name}_before": rows[name][False] for name in METRICS}])


data_manager["kpis"] = kpis
for name, query in (("monthly", MONTHLY), ("regions", BY_REGION), ("products", BY_PRODUCT), ("accounts", BY_ACCOUNT)):
    data_manager[name] = lambda query=query: read(query, [])

cards = [
    vm.Figure(figure=kpi_card_reference("kpis", value_column=name, reference_column=f"{name}_before", title=name.replace("_", " ").capitalize()))
    for name in METRICS
]
graphs = [
    vm.Graph(figure=px.line("monthly", x="month", y="net_sales", title="Net sales by month")),
    vm.Graph(figure=px.bar("regions", x="net_sales", y="region", orientation="h", title="Regions")),
    vm.Graph(figure=px.bar("products", x="net_sales", y="product", color="category", orientation="h", title="Products")),
    vm.Graph(figure=px.scatter("accounts", x="net_sales", y="margin", color="region", hover_name="account", title="Accounts")),
]
table = vm.Table(figure=dash_ag_grid("accounts"))
grid = vm.Grid(
    grid=[[0, 1, 2, 3, 4], [5] * 5, [5] * 5, [6, 6, 6, 7, 7], [6, 6, 6, 7, 7], [8] * 5, [8] * 5, [9] * 5, [9] * 5], row_min_height="180px"
)
page = vm.Page(title="Sales overview", layout=grid, components=[*cards, *graphs, table])
server = Vizro().build(vm.Dashboard(pages=[page])).dash.server
