"""Programmes on the page: every widget changes a number, every view shows what its name says, a lead sees their own."""

from datetime import date
from pathlib import Path

import pytest

from data.store import Store
from tests.builders import lines, make_store
from tests.pages.conftest import Dashboard, mentions
from tests.pages.test_widgets import figures, widget

PAGE, LEAD = "trade/programmes", "lead.r-03@cartera.example"
VIEWS = ("kinds", "life", "touches", "cuts", "relationship", "participants")

MOVED = [
    ("cut_programmes_programme_baseline", "own_season"),
    ("cut_programmes_programme_baseline", "others"),
    ("cut_programmes_programme_rest", 1.0),
    ("cut_programmes_programme_after", 0),
    ("cut_programmes_programme_interval", 0.5),
    ("cut_programmes_programme_accounts", 40),
    ("cut_programmes_promoted_share", 1.0),
    *(("programmes_view", view) for view in VIEWS),
]
INSIDE = [
    ("touches", "cut_programmes_touch_days", 5), ("touches", "cut_programmes_order_days", 30), ("life", "programmes_kind", "trip"),
    ("relationship", "cut_relationship_spending_relationship_high", 0.2), ("relationship", "cut_relationship_spending_visit_cap", 1),
    ("relationship", "cut_programmes_programme_interval", 0.5),
]  # fmt: skip
"""(view, widget's key, another value)."""


def problems(app) -> list[str]:
    return [problem.message for problem in app.exception]


@pytest.mark.parametrize(("key", "value"), MOVED)
def test_a_widget_changes_a_number(demo: Store, dashboard: Dashboard, key: str, value: object) -> None:
    app = dashboard(demo.root, PAGE)
    before = figures(app)
    widget(app, key).set_value(value).run()
    assert problems(app) == []
    assert figures(app) != before


@pytest.mark.parametrize(("view", "key", "value"), INSIDE)
def test_a_widget_of_a_view_changes_a_number(demo: Store, dashboard: Dashboard, view: str, key: str, value: object) -> None:
    app = dashboard(demo.root, PAGE)
    widget(app, "programmes_view").set_value(view).run()
    before = figures(app)
    widget(app, key).set_value(value).run()
    assert problems(app) == []
    assert figures(app) != before


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("lang", ["en", "es"])
def test_every_view_is_drawn_for_a_lead_without_another_regions_accounts(demo: Store, dashboard: Dashboard, view: str, lang: str) -> None:
    app = dashboard(demo.root, PAGE, viewer=LEAD, lang=lang)
    widget(app, "programmes_view").set_value(view).run()
    assert problems(app) == []
    assert mentions(app, ("Pampa", "Cuyo", "Patagonia", "Levante")) == []


def test_a_lead_reads_what_their_accounts_bought_and_no_cost_that_they_cannot_know(demo: Store, dashboard: Dashboard) -> None:
    ours, theirs = dashboard(demo.root, PAGE), dashboard(demo.root, PAGE, viewer=LEAD)
    assert theirs.header[0].value != ours.header[0].value
    assert theirs.metric[0].value != ours.metric[0].value


def test_a_period_without_programmes_says_so(tmp_path: Path, dashboard: Dashboard) -> None:
    old = {"programme_id": "OLD", "programme": "Old deal", "kind": "price", "starts_on": date(2020, 1, 1), "cost": 10}
    store = make_store(
        tmp_path, accounts=[{"account_id": "a", "account": "Bar A"}], products=[{"product_id": "p", "product": "Pale"}], programmes=[old],
        transactions=lines((date(2025, 1, 2), "a", "p", 1, 1.0)),
    )  # fmt: skip
    app = dashboard(store.root, PAGE, period="custom", **{"from": "2025-01", "through": "2025-01"})
    assert problems(app) == []
    assert app.subheader[0].value == "Nothing to show here"
