"""What is open on a page lives in its address: a reload, a copied link and a saved view open the same."""

import pytest
from streamlit.testing.v1 import AppTest

from data import saved_views
from data.journal import LOCAL_EMAIL, Journal
from data.store import Store
from tests.pages.conftest import Dashboard
from tests.pages.test_saved_views import named
from tests.pages.test_widgets import figures, widget

ACCOUNT, FUNNEL, LIFE, FORECAST = "customers/account", "pipeline/funnel", "pipeline/life_cycle", "pipeline/forecast"
PYRAMID, QUADRANTS, WALLET, COVERAGE = "customers/value_pyramid", "customers/portfolio_quadrants", "customers/share_of_wallet", "customers/coverage"
WARNINGS, SPACE, PROSPECTS = "customers/early_warnings", "pipeline/white_space", "pipeline/prospects"
OVERVIEW, QUALITY = "overview/overview", "store/data_quality"
PACE, SEASONS, PEAK, TARGETS = "seasons/pace", "seasons/seasonality", "seasons/peak_plan", "seasons/off_season_targets"
PRODUCTS, PROGRAMMES, REBATES = "trade/products", "trade/programmes", "trade/rebates"
PLAN, EVALUATION = "team/development_plan", "team/monthly_evaluation"

TABS = [
    (WALLET, "wallet_view", "tab", "categories"), (COVERAGE, "coverage_view", "tab", "hours"), (WARNINGS, "warning_view", "tab", "hits"),
    (ACCOUNT, "account_group", "group", "work"), (ACCOUNT, "account_buying", "tab", "orders"), (FUNNEL, "funnel_tab", "tab", "losses"),
    (LIFE, "life_view", "tab", "repurchase"), (FORECAST, "forecast_tab", "tab", "record"), (SPACE, "space_view", "tab", "channels"),
    (PYRAMID, "pyramid_view", "pyramid", "abc"), (QUADRANTS, "quadrants_view", "view", "moves"), (PROSPECTS, "prospects_view", "view", "steps"),
    (PACE, "pace_view", "tab", "region"), (SEASONS, "season_kind", "tab", "history"), (PEAK, "peak_view", "tab", "backtest"),
    (TARGETS, "targets_view", "tab", "months"), (PRODUCTS, "products_view", "tab", "delisting"), (PROGRAMMES, "programmes_view", "tab", "kinds"),
    (REBATES, "rebates_view", "tab", "schemes"), (PLAN, "development_view", "tab", "life"), (EVALUATION, "evaluation_view", "tab", "months"),
    (QUALITY, "quality_view", "tab", "freshness"),
]  # fmt: skip
"""(page, the switch's key, its parameter, a code that is not the first)."""

CHOICES = [
    (FUNNEL, "", "funnel_measure", "bars", "value"), (FUNNEL, "tab=losses", "funnel_losses_measure", "losses", "lost_value"),
    (SPACE, "", "space_shape", "universe", "both"), (PYRAMID, "pyramid=classes", "pyramid_class", "class", "migrator"),
    (QUADRANTS, "", "quadrants_of", "quadrants", "EII"), (QUADRANTS, "view=moves", "quadrants_moves_of", "moves", "tails"),
    (QUADRANTS, "view=agreement", "agreement_of", "agreement", "all"), (QUADRANTS, "view=loyalty", "loyalty_table", "loyalty", "years"),
    (LIFE, "tab=leads", "life_status", "leads", "protected"), (PROSPECTS, "", "prospects_of", "prospects", "PIV"),
    (PROSPECTS, "view=strategies", "prospect_work_quadrant", "strategy", "PIII"), (FUNNEL, "tab=by", "funnel_by", "by", "manager"),
    (FUNNEL, "tab=by", "funnel_by_measure", "by_measure", "created"), (SPACE, "", "space_list", "table", "products"),
    (QUADRANTS, "view=actions", "work_quadrant", "work", "EI"), (QUADRANTS, "view=settlement", "settle_quadrant", "settle", "EI"),
    (OVERVIEW, "", "overview_by", "by", "product"), (OVERVIEW, "", "overview_measure", "trend", "quantity"), (PACE, "", "pace_sum", "months", "summed"),
    (PACE, "tab=bridge", "pace_bridge_of", "bridge", "category"), (SEASONS, "", "season_per", "per", "day"),
    (SEASONS, "tab=mix", "season_mix_kind", "mix", "product"), (PEAK, "", "peak_level", "rows", "region"),
    (PEAK, "tab=winter", "winter_work", "work", "visits"), (PEAK, "tab=winter", "winter_by", "winter", "salesperson"),
    (TARGETS, "", "targets_by", "rows", "product"), (REBATES, "", "rebates_near", "near", "leave"),
    (PLAN, "tab=months", "development_months_of", "months", "developments"), (PLAN, "tab=areas", "development_areas_of", "areas", "developments"),
    (PLAN, "tab=candidates", "development_kind", "candidates", "outlet"), (SPACE, "tab=map", "space_area", "area", "1"),
    (PROGRAMMES, "tab=life", "programmes_kind", "kind", "trip"),
]  # fmt: skip
"""(page, what opens the view where it stands, the choice's key, its parameter, a code that is not the usual one)."""


def problems(app: AppTest) -> list[str]:
    return [problem.message for problem in app.exception]


def address(app: AppTest) -> dict[str, str]:
    """The address's parameters that are the page's own."""
    found = {name: app.query_params[name] for name in app.query_params if name != "lang"}
    return {name: value[0] if isinstance(value, list) else value for name, value in found.items()}


@pytest.mark.parametrize(("page", "key", "name", "code"), TABS)
def test_a_reload_opens_the_tab_that_was_chosen(demo: Store, dashboard: Dashboard, page: str, key: str, name: str, code: str) -> None:
    app = dashboard(demo.root, page)
    first = widget(app, key).value
    assert (first == code, name in address(app)) == (False, False)
    widget(app, key).set_value(code).run()
    assert address(app)[name] == code
    again = dashboard(demo.root, page, **address(app))
    assert problems(again) == []
    assert (widget(again, key).value, figures(again)) == (code, figures(app))
    # What is open anyway is not said.
    widget(again, key).set_value(first).run()
    assert name not in address(again)


@pytest.mark.parametrize(("page", "key", "name"), [tab[:3] for tab in TABS])
def test_a_tab_that_a_page_does_not_have_opens_the_first(demo: Store, dashboard: Dashboard, page: str, key: str, name: str) -> None:
    app = dashboard(demo.root, page, **{name: "nonsense"})
    assert problems(app) == []
    assert (widget(app, key).value, name in address(app)) == (widget(dashboard(demo.root, page), key).value, False)


@pytest.mark.parametrize(("page", "opens", "key", "name", "code"), CHOICES)
def test_a_choice_on_a_page_comes_from_its_address(demo: Store, dashboard: Dashboard, page: str, opens: str, key: str, name: str, code: str) -> None:
    at = dict([opens.split("=")]) if opens else {}
    app = dashboard(demo.root, page, **at, **{name: code})
    assert problems(app) == []
    assert (widget(app, key).value, address(app)) == (code, at | {name: code})


def test_a_tab_of_another_group_is_not_looked_for_in_this_one(demo: Store, dashboard: Dashboard) -> None:
    app = dashboard(demo.root, ACCOUNT, account="D-0001", group="work", tab="activities")
    widget(app, "account_group").set_value("standing").run()
    assert (widget(app, "account_standing").value, address(app)) == ("panels", {"account": "D-0001", "group": "standing"})


def test_a_saved_view_of_the_lost_reasons_opens_on_them(own: Store, dashboard: Dashboard) -> None:
    app = dashboard(own.root, FUNNEL)
    widget(app, "funnel_tab").set_value("losses").run()
    named(app, "Lost")
    assert [view.content["query"] for view in saved_views.saved_views(Journal(own.journal_path), LOCAL_EMAIL)] == ["tab=losses"]


def test_a_threshold_of_the_next_steps_stays_in_the_address_of_every_tab(demo: Store, dashboard: Dashboard) -> None:
    app = dashboard(demo.root, ACCOUNT, account="D-0001", silent_days="1")
    assert address(app) == {"account": "D-0001", "silent_days": "1"}
    again = dashboard(demo.root, ACCOUNT, **address(app), group="work")
    assert widget(again, "cut_account_silent_days").value == 1
    assert address(again) == {"account": "D-0001", "silent_days": "1", "group": "work"}


def test_a_threshold_of_the_next_steps_decides_what_to_do_on_every_tab(demo: Store, dashboard: Dashboard) -> None:
    def steps(**more: str) -> list[str]:
        return [text.value for text in dashboard(demo.root, ACCOUNT, account="D-0001", **more).markdown if text.value.startswith("1\\. ")]

    # The next steps' own tab lists them once more.
    assert steps(overdue_share="1.0") * 2 == steps(overdue_share="1.0", group="work")
    assert steps(overdue_share="1.0") != steps()


@pytest.mark.parametrize("tab", ["channels", "launches"])
def test_how_long_a_channel_or_product_is_new_stays_in_the_address_of_every_tab(demo: Store, dashboard: Dashboard, tab: str) -> None:
    app = dashboard(demo.root, SPACE, new_months="60")
    assert address(app) == {"new_months": "60"}
    widget(app, "space_view").set_value(tab).run()
    assert widget(app, "cut_white_space_new_months").value == 60


def test_a_reload_opens_the_prospect_that_was_chosen(demo: Store, dashboard: Dashboard) -> None:
    app = dashboard(demo.root, PROSPECTS, view="one")
    first = widget(app, "prospect_choice").value
    widget(app, "prospect_choice").select_index(1).run()
    other = address(app)["prospect"]
    assert other != first
    again = dashboard(demo.root, PROSPECTS, **address(app))
    assert (widget(again, "prospect_choice").value, figures(again)) == (other, figures(app))


def test_a_prospect_that_there_is_not_opens_the_first(demo: Store, dashboard: Dashboard) -> None:
    first = widget(dashboard(demo.root, PROSPECTS, view="one"), "prospect_choice").value
    assert address(dashboard(demo.root, PROSPECTS, view="one", prospect="nobody")) == {"view": "one", "prospect": first}


def test_what_was_open_and_is_there_no_more_gives_way_to_the_first() -> None:
    def page() -> None:
        import streamlit as st

        from pages.parts import address, tabs

        address.begin()
        st.text(tabs.choose("Kind", dict.fromkeys(st.session_state.get("kinds", ["a", "b"]), ""), key="kind", name="kind"))

    app = AppTest.from_function(page).run()
    widget(app, "kind").set_value("b").run()
    assert app.text[0].value == "b"
    app.session_state["kinds"] = ["a", "c"]
    assert (app.run().text[0].value, problems(app)) == ("a", [])
