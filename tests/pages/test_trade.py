"""Pace, rebates and products on the page: every widget changes a number, and a view shows what its name says."""

import pytest

from data.store import Store
from tests.pages.conftest import Dashboard
from tests.pages.test_widgets import figures, widget

PACE, REBATES, PRODUCTS = "seasons/pace", "trade/rebates", "trade/products"

MOVED = [
    (PACE, "cut_pace_pace_period", "season"),
    (PACE, "cut_pace_pace_measure", "quantity"),
    (PACE, "cut_pace_pace_expected", "plan"),
    (PACE, "cut_pace_pace_band", 0.2),
    (PACE, "pace_sum", "summed"),
    (PACE, "pace_view", "region"),
    (PACE, "pace_view", "salesperson"),
    (PACE, "pace_view", "months"),
    (PACE, "pace_view", "bridge"),
    (REBATES, "cut_rebates_push_share", 0.5),
    (REBATES, "cut_rebates_switch_share", 0.6),
    (REBATES, "cut_rebates_fiscal_year_start", 4),
    (REBATES, "rebates_near", "leave"),
    (REBATES, "rebates_view", "sheet"),
    (REBATES, "rebates_view", "schemes"),
    (REBATES, "rebates_view", "forward"),
    (PRODUCTS, "cut_products_new_product_months", 12),
    (PRODUCTS, "cut_products_variety_peers", 12),
    (PRODUCTS, "cut_products_median_tolerance", 0.5),
    (PRODUCTS, "cut_products_wide_distribution", 0.03),
    *((PRODUCTS, "products_view", view) for view in ("delivery", "mix", "launches", "delisting")),
]
"""(page, widget's key, another value)."""

SEASON = [("off_season_cut", 0.8), ("peak_start", 9), ("off_season_start", 8), ("off_season_months", 2)]


@pytest.mark.parametrize(("page", "key", "value"), MOVED)
def test_a_widget_changes_a_number(demo: Store, dashboard: Dashboard, page: str, key: str, value: object) -> None:
    app = dashboard(demo.root, page)
    before = figures(app)
    widget(app, key).set_value(value).run()
    assert [problem.message for problem in app.exception] == []
    assert figures(app) != before


@pytest.mark.parametrize(("name", "value"), SEASON)
def test_the_season_s_dates_change_the_period(demo: Store, dashboard: Dashboard, name: str, value: object) -> None:
    app = dashboard(demo.root, PACE)
    widget(app, "cut_pace_pace_period").set_value("season").run()
    before = figures(app)
    widget(app, f"cut_pace_{name}").set_value(value).run()
    assert figures(app) != before


def test_the_bridge_is_shown_of_a_region_and_of_a_category(demo: Store, dashboard: Dashboard) -> None:
    app = dashboard(demo.root, PACE)
    widget(app, "pace_view").set_value("bridge").run()
    seen = {figures(app)}
    for scope in ("region", "category"):
        widget(app, "pace_bridge_of").set_value(scope).run()
        seen.add(figures(app))
    assert len(seen) == 3
    assert [problem.message for problem in app.exception] == []


@pytest.mark.parametrize(("name", "value"), [("forward_months", 2), ("forward_cut", 0.6)])
def test_what_counts_as_bought_ahead_can_be_moved(demo: Store, dashboard: Dashboard, name: str, value: float) -> None:
    app = dashboard(demo.root, REBATES)
    widget(app, "rebates_view").set_value("forward").run()
    before = figures(app)
    widget(app, f"cut_rebates_{name}").set_value(value).run()
    assert figures(app) != before


def test_the_account_that_is_calculated_can_be_chosen(demo: Store, dashboard: Dashboard) -> None:
    app = dashboard(demo.root, REBATES)
    widget(app, "rebates_view").set_value("sheet").run()
    before = figures(app)
    (choice,) = [box for box in app.selectbox if box.key == "rebates_account"]
    choice.set_value("D-0001").run()
    assert [problem.message for problem in app.exception] == []
    assert figures(app) != before


@pytest.mark.parametrize(("view", "name", "value"), [
    ("delivery", "value_high", 0.9), ("delivery", "value_low", 0.1), ("delivery", "standard_high", 95.0), ("delivery", "standard_low", 10.0),
    ("launches", "launch_months", 3), ("launches", "launch_reach", 0.05),
])  # fmt: skip
def test_the_cuts_move_the_products_of_their_view(demo: Store, dashboard: Dashboard, view: str, name: str, value: float) -> None:
    app = dashboard(demo.root, PRODUCTS)
    widget(app, "products_view").set_value(view).run()
    before = figures(app)
    widget(app, f"cut_products_{name}").set_value(value).run()
    assert [problem.message for problem in app.exception] == []
    assert figures(app) != before
