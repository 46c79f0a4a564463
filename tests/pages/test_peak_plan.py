"""The peak-season plan's page: every control changes a number, plans are kept in versions, and two viewers differ."""

import shutil
from pathlib import Path

import pytest

from data import records
from data.journal import LOCAL_EMAIL, Journal
from data.store import Store
from measures.seasons.peak_plans import RECORD_KIND
from tests.pages.conftest import Dashboard
from tests.pages.test_widgets import figures, widget

PAGE = "seasons/peak_plan"
MOVED = [
    ("cut_peak_forecast_peak_by", "company"),
    ("cut_peak_forecast_interval", 0.95),
    ("cut_peak_forecast_window", 2),
    ("cut_peak_forecast_peak_start", 3),
    ("peak_level", "region"),
    ("peak_view", "backtest"),
    ("peak_view", "rows"),
]
INSIDE = [
    ("weak", "cut_weak_varieties_new_product_months", 24),
    ("weak", "cut_weak_varieties_variety_peers", 20),
    ("weak", "cut_weak_varieties_median_tolerance", 0.5),
    ("weak", "cut_weak_varieties_wide_distribution", 0.03),
    ("launches", "cut_launch_readiness_launch_months", 24), ("launches", "cut_launch_readiness_launch_reach", 0.05),
    ("winter", "winter_work", "visits"),
    ("winter", "winter_by", "salesperson"),
]


@pytest.mark.parametrize(("key", "value"), MOVED)
def test_a_control_changes_a_number(demo: Store, dashboard: Dashboard, key: str, value: object) -> None:
    app = dashboard(demo.root, PAGE)
    before = figures(app)
    widget(app, key).set_value(value).run()
    assert [problem.message for problem in app.exception] == []
    assert figures(app) != before


@pytest.mark.parametrize(("view", "key", "value"), INSIDE)
def test_a_control_of_a_view_changes_a_number(demo: Store, dashboard: Dashboard, view: str, key: str, value: object) -> None:
    app = dashboard(demo.root, PAGE)
    widget(app, "peak_view").set_value(view).run()
    before = figures(app)
    widget(app, key).set_value(value).run()
    assert [problem.message for problem in app.exception] == []
    assert figures(app) != before


def test_a_variety_is_decided_about_for_those_whom_it_concerns(three_tables: Store, dashboard: Dashboard, tmp_path: Path) -> None:
    store = Store.at(shutil.copytree(three_tables.root, tmp_path / "store"))
    app = dashboard(store.root, PAGE)
    widget(app, "peak_view").set_value("weak").run()
    journal = Journal(store.journal_path)
    records.add(journal, "variety_decision", "p", {"decision": "weaken", "note": "slow", "region_ids": ["elsewhere"]}, by="x@y")
    records.add(journal, "variety_decision", "q", {"decision": "keep", "note": "stays", "region_ids": None}, by="x@y")
    app.run()
    assert [problem.message for problem in app.exception] == []
    decided = app.dataframe[-1].value
    assert decided["product_id"].to_list() == ["q"]


def test_a_plan_is_saved_over_what_was_seen_and_its_versions_stay(three_tables: Store, dashboard: Dashboard, tmp_path: Path) -> None:
    store = Store.at(shutil.copytree(three_tables.root, tmp_path / "store"))
    app = dashboard(store.root, PAGE)
    widget(app, "peak_view").set_value("plan").run()
    app.button(key="plan_save").click().run()
    assert [problem.message for problem in app.exception] == []
    app.button(key="plan_save").click().run()
    journal = Journal(store.journal_path)
    (kept,) = records.open_records(journal, RECORD_KIND)
    assert (kept.version, kept.written_by, kept.subject) == (2, LOCAL_EMAIL, "a")
    assert set(kept.content["lines"]) == {"p", "q"}
    assert len(records.history(journal, kept.record_id)) == 2
    assert any("Plans for this peak" in text.value for text in app.markdown)


def test_a_lead_has_their_own_peak(demo: Store, dashboard: Dashboard) -> None:
    lead = dashboard(demo.root, PAGE, viewer="lead.r-03@cartera.example")
    assert lead.header[0].value != dashboard(demo.root, PAGE).header[0].value
