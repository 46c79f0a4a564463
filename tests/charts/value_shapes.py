"""Small frames for the shapes of the value pyramid and the portfolio quadrants."""

import polars as pl

from charts.chart import Chart
from charts.customers.alive import alive
from charts.customers.bases import Side, bases
from charts.customers.flow import flow
from charts.customers.indicator_bars import indicator_bars
from charts.customers.lorenz import lorenz
from charts.matrix import matrix
from charts.waterfall import waterfall
from data.language import _

STREAMS = pl.DataFrame(
    {"from_tier": ["vip", "vip", "small", "new", "large"], "to_tier": ["vip", "large", "vip", "small", "lost"], "accounts": [4, 2, 2, 1, 1],
     "net_sales": [9.0, 5.0, 4.0, 1.0, 0.0]}
)  # fmt: skip
CURVE = pl.DataFrame({"accounts_share": [0.0, 0.5, 1.0], "value_share": [0.0, 0.2, 1.0]})
LIFETIME = pl.DataFrame({"p_alive": [1.0, 0.8, 0.79, 0.2, 0.0, None], "expected_value": [100.0, 50.0, 30.0, 4.0, 1.0, 7.0]})
WEIGHTS = pl.DataFrame({"indicator": ["sales", "credit"], "effective_weight": [0.75, 0.25]})
SCORED = pl.DataFrame(
    {"account_id": ["a", "b", "c"], "account": ["Aurora", "Bravo", "Bravo"], "score": [0.9, 0.5, 0.25],
     "sales_percentile": [1.0, 0.5, 0.0], "credit_percentile": [0.5, None, 1.0]}
)  # fmt: skip
STEPS = pl.DataFrame({"name": ["Margin", "Visits", "Actual", "Growth"], "amount": [100.0, -30.0, 70.0, 20.0], "kind": ["step", "step", "total", "modelled"]})
CELLS = pl.DataFrame(
    {"row": ["EI", "EI", "EII"], "column": ["EI", "EII", "EI"], "row_text": ["one", "one", "two"], "column_text": ["one", "two", "one"],
     "heat": [0.5, None, 1.0], "text": ["5", "", "2"], "note": ["50%", "", "100%"]}
)  # fmt: skip
CLASSED = pl.DataFrame(
    {"account_id": ["a", "b", "c"], "account": ["Aurora", "Bravo", "Costa"], "performance": ["EI", "EIV", None], "credit": ["good", "poor", None],
     "amount": ["A", "C", "B"], "performance_score": [0.9, 0.2, None], "credit_score": [1.0, 0.4, None], "amount_score": [900.0, 50.0, 70.0], "net_sales": [900.0, 50.0, 70.0]}
)  # fmt: skip
ACROSS, UP = Side("performance", "stability_cv", 0.7), Side("credit", "on_time_and_limit", None)
HEADING = "Rows and columns"


def a_matrix(cells: pl.DataFrame, look: str = "light") -> Chart:
    """The matrix of these cells, in the order EI, EII."""
    return matrix(cells, order=(("EI", "EII"), ("EI", "EII")), heading=HEADING, titles=(("text", "Cuántos"),), theme=look, finding="It rose")


VALUE_SHAPES = {
    "flow": lambda look: flow(STREAMS, theme=look, finding="It rose"),
    "lorenz": lambda look: lorenz(CURVE, gini=0.4, theme=look, finding="It rose"),
    "alive": lambda look: alive(LIFETIME, theme=look, finding="It rose"),
    "indicator bars": lambda look: indicator_bars(SCORED, WEIGHTS, theme=look, finding="It rose"),
    "waterfall": lambda look: waterfall(STEPS, title=_("Twelve months"), theme=look, finding="It rose"),
    "bases": lambda look: bases(CLASSED, ACROSS, UP, theme=look, finding="It rose"),
}
EMPTY_SHAPES = {
    "flow": lambda: flow(STREAMS.clear()),
    "lorenz": lambda: lorenz(CURVE.clear(), gini=None),
    "alive": lambda: alive(LIFETIME.clear()),
    "indicator bars": lambda: indicator_bars(SCORED.clear(), WEIGHTS),
    "waterfall": lambda: waterfall(STEPS.clear(), title=_("Twelve months")),
    "bases": lambda: bases(CLASSED.clear(), ACROSS, UP),
    "matrix": lambda: a_matrix(CELLS.clear()),
}
