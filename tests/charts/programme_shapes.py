"""The shapes of programmes and development plans, for the tests that hold of every shape."""

from collections.abc import Callable

import polars as pl

from charts.chart import Chart
from charts.forest import FRAME, forest
from charts.team.channel import channel
from charts.team.funnel_plot import funnel_plot
from charts.trade.effect_months import effect_months
from charts.trade.relationship import relationship
from data import language
from measures.trade.programme_life import LIFE_SCHEMA
from measures.trade.relationship_spending import ACCOUNT_SCHEMA, CELL_SCHEMA

ROWS = pl.DataFrame(
    [("a", "Deal", 0.2, -3.0, 0.9, "worse", "0.2", "0.2", "…"), ("b", "Display", 9.0, 1.5, 12.0, "better", "9", "9", "…"), ("c", "Trip", 0.5, None, None, "plain", "–", "–", "…")],
    schema=FRAME, orient="row",
)  # fmt: skip
CURVE = pl.DataFrame(
    [("price", -1, 0.01, -0.05, 0.07, 100.0, 2, 20), ("price", 0, 0.3, 0.2, 0.4, 100.0, 2, 20), ("price", 1, None, None, None, 0.0, 0, 0)], schema=LIFE_SCHEMA, orient="row"
)
TAKEN_OUT = pl.DataFrame(
    [dict.fromkeys(ACCOUNT_SCHEMA) | {"account_id": "a", "account": "A", "event_count": 1, "spending": 80.0, "net_sales": 300.0, "previous": 10.0, "change_rate": 29.0,
                                               "cell": "spent_grew"}], schema=ACCOUNT_SCHEMA,
)  # fmt: skip
CELLS = pl.DataFrame([("spent_grew", 1, 80.0, 300.0, 10.0, 29.0), ("spent_not", 0, 0.0, 0.0, 0.0, None)], schema=CELL_SCHEMA, orient="row")
SEEN = pl.DataFrame({"key": ["e", "f", "g"], "name": ["Eva", "Fe", "Gil"], "trials": [4, 25, 0], "rate": [0.4, 0.3, None]})
PATHS = pl.DataFrame(
    {"path": ["distributor", "distributor > wholesaler > outlet"], "level": [1, 3], "accounts": [2, 3], "account_share": [0.4, 0.6], "visited_rate": [1.0, 1 / 3],
     "net_sales": [10.0, 0.0], "is_managed": [True, False]}
)  # fmt: skip

PROGRAMME_SHAPES: dict[str, Callable[[str], Chart]] = {
    "forest": lambda look: forest(
        ROWS, title=language._("Pay-back"), lines=((1.0, language._("pays back")),), domain=(-2.0, 5.0), theme=look, finding="It rose"
    ),
    "effect months": lambda look: effect_months(CURVE, theme=look, finding="It rose"),
    "relationship": lambda look: relationship(TAKEN_OUT, CELLS, spending_cut=50.0, change_cut=0.1, theme=look, finding="It rose"),
    "funnel plot": lambda look: funnel_plot(
        SEEN, common=0.6, trials_title=language._("New accounts"), rate_title=language._("Still buying"), theme=look, finding="It rose"
    ),
    "channel": lambda look: channel(PATHS, theme=look, finding="It rose"),
}
EMPTY_PROGRAMME_SHAPES = {
    "forest": lambda: forest(ROWS.clear(), title="Pay-back", lines=(), domain=(-2.0, 5.0)),
    "effect months": lambda: effect_months(CURVE.clear()),
    "relationship": lambda: relationship(TAKEN_OUT.clear(), CELLS, spending_cut=None, change_cut=None),
    "funnel plot": lambda: funnel_plot(SEEN.clear(), common=0.6, trials_title="n", rate_title="rate"),
    "channel": lambda: channel(PATHS.clear()),
}
