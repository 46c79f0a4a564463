"""The usual page in Dash: the same metrics, charts and table from the same queries, drawn anew by one callback when a region is chosen."""

import pandas as pd
import plotly.express as px
from dash import Dash, Input, Output, callback, dash_table, dcc, html
from plotly.graph_objects import Figure
from usual_sales import BY_ACCOUNT, BY_PRODUCT, BY_REGION, KPIS, MONTHLY, metrics, read, region_names

COLUMNS = ("account", "region", "net_sales", "margin")

app = Dash(__name__, title="Sales")
server = app.server


def layout() -> html.Div:
    return html.Div(
        [
            dcc.Dropdown(region_names(), id="region", multi=True, placeholder="Region"),
            html.H1("Sales overview"),
            html.Div(id="metrics", style={"display": "flex", "gap": "4rem"}),
            dcc.Graph(id="monthly"),
            html.Div(
                [dcc.Graph(id="regions", style={"flex": 1}), dcc.Graph(id="products", style={"flex": 1})],
                style={"display": "flex"},
            ),
            dcc.Graph(id="accounts"),
            dash_table.DataTable(id="table", columns=[{"name": name, "id": name} for name in COLUMNS], page_size=15),
        ]
    )


app.layout = layout


@callback(
    Output("metrics", "children"),
    Output("monthly", "figure"),
    Output("regions", "figure"),
    Output("products", "figure"),
    Output("accounts", "figure"),
    Output("table", "data"),
    Input("region", "value"),
)
def draw(chosen: list[str] | None) -> tuple[list[html.Div], Figure, Figure, Figure, Figure, list[dict[str, object]]]:
    regions = chosen or []
    by_account = read(BY_ACCOUNT, regions)
    return (
        _tiles(read(KPIS, regions)),
        px.line(read(MONTHLY, regions), x="month", y="net_sales", title="Net sales by month"),
        px.bar(read(BY_REGION, regions), x="net_sales", y="region", orientation="h", title="Regions"),
        px.bar(read(BY_PRODUCT, regions), x="net_sales", y="product", color="category", orientation="h", title="Products"),
        px.scatter(by_account, x="net_sales", y="margin", color="region", hover_name="account", title="Accounts"),
        by_account.to_dict("records"),
    )


def _tiles(kpis: pd.DataFrame) -> list[html.Div]:
    return [html.Div([html.Small(label), html.H2(figure), html.Span(change or "")]) for label, figure, change in metrics(kpis)]


if __name__ == "__main__":
    app.run(debug=False)
