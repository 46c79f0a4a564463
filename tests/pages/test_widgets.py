"""Every widget changes a number: a control that moves nothing is a defect."""

import pytest
from streamlit.testing.v1 import AppTest

from data.store import Store
from tests.pages.conftest import Dashboard

PYRAMID, QUADRANTS = "customers/value_pyramid", "customers/portfolio_quadrants"
FUNNEL, SEASONS = "pipeline/funnel", "seasons/seasonality"

MOVED = [
    (PYRAMID, "cut_value_pyramid_scheme", "abc"),
    (PYRAMID, "cut_value_pyramid_tier_vip", 0.10),
    (PYRAMID, "cut_value_pyramid_tier_large", 0.30),
    (PYRAMID, "cut_value_pyramid_tier_medium", 0.60),
    (PYRAMID, "cut_value_pyramid_abc_a", 0.50),
    (PYRAMID, "cut_value_pyramid_abc_b", 0.85),
    (PYRAMID, "cut_value_pyramid_weight_sales", 0.90),
    (PYRAMID, "cut_value_pyramid_weight_expected", 0.90),
    (PYRAMID, "cut_value_pyramid_weight_credit", 0.90),
    (PYRAMID, "cut_value_pyramid_weight_profit", 0.90),
    (PYRAMID, "cut_value_pyramid_weight_reference", 0.90),
    (QUADRANTS, "cut_portfolio_quadrants_contribution_share", 0.50),
    (QUADRANTS, "cut_portfolio_quadrants_stability_cut", 0.60),
    (QUADRANTS, "cut_portfolio_quadrants_stability_months", 12),
    (FUNNEL, "cut_funnel_view", "snapshot"),
    (FUNNEL, "cut_funnel_maturity_days", 30),
    (FUNNEL, "cut_funnel_stuck_percentile", 0.20),
    (SEASONS, "cut_seasonality_measure", "net_sales"),
    (SEASONS, "cut_seasonality_method", "median"),
    (SEASONS, "cut_seasonality_years", 3),
    (SEASONS, "cut_seasonality_window", 2),
    (SEASONS, "cut_seasonality_off_season_cut", 0.80),
    (SEASONS, "cut_seasonality_peak_start", 3),
    (SEASONS, "cut_seasonality_off_season_start", 7),
    (SEASONS, "cut_seasonality_off_season_months", 2),
]
"""(page, widget's key, another value)."""

FILTERED = [
    ("filter_period", "3m"),
    ("filter_region", ["R-02"]),
    ("filter_distributor", ["D-0123"]),
    ("filter_category", ["Lager"]),
    ("filter_product", ["P-001"]),
    ("filter_salesperson", ["S-005"]),
]


def figures(app: AppTest) -> str:
    """All that the page computes: its finding, metrics, chart data and tables, without its widgets."""
    charts = [str(chart.proto.data.data if chart.proto.HasField("data") else chart.proto.spec) for chart in app.get("vega_lite_chart")]
    return str([title.value for title in app.header] + [metric.value for metric in app.metric] + charts + [table.value.to_csv() for table in app.dataframe])


def widget(app: AppTest, key: str):
    """The widget of that key, whatever its kind."""
    kinds = (app.slider, app.number_input, app.button_group, app.radio, app.multiselect, app.text_input, app.selectbox, app.toggle, app.date_input, app.text_area)
    return next(found for kind in kinds for found in kind if found.key == key)


def assert_moves_a_number(app: AppTest, key: str, value: object) -> None:
    """The widget of that key, given this value, changes what the page computes."""
    before = figures(app)
    widget(app, key).set_value(value).run()
    assert [problem.message for problem in app.exception] == []
    assert figures(app) != before


@pytest.mark.parametrize(("page", "key", "value"), MOVED)
def test_a_cut_changes_a_number(demo: Store, dashboard: Dashboard, page: str, key: str, value: object) -> None:
    assert_moves_a_number(dashboard(demo.root, page), key, value)


@pytest.mark.parametrize(("key", "value"), FILTERED)
def test_a_filter_changes_a_number(demo: Store, dashboard: Dashboard, key: str, value: object) -> None:
    app = dashboard(demo.root)
    before = figures(app)
    widget(app, key).set_value(value).run()
    assert [problem.message for problem in app.exception] == []
    assert figures(app) != before


def test_filters_stay_when_the_page_changes(demo: Store, dashboard: Dashboard) -> None:
    app = dashboard(demo.root)
    widget(app, "filter_region").set_value(["R-02"]).run()
    app.switch_page(f"pages/{PYRAMID}.py").run()
    assert widget(app, "filter_region").value == ["R-02"]
    assert app.query_params["region"] == "R-02"


def test_the_dead_band_changes_who_moved(demo: Store, dashboard: Dashboard) -> None:
    app = dashboard(demo.root, QUADRANTS)
    widget(app, "quadrants_view").set_value("moves").run()
    before = figures(app)
    widget(app, "cut_portfolio_quadrants_hysteresis").set_value(0.0).run()
    assert figures(app) != before
