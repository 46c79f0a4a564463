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


def test_a_decision_is_not_written_over_what_somebody_decided_meanwhile(demo: Store, dashboard: Dashboard, tmp_path: Path) -> None:
    store = Store.at(shutil.copytree(demo.root, tmp_path / "store"))
    journal, kind = Journal(store.journal_path), "variety_decision"
    app = dashboard(store.root, PAGE)
    widget(app, "peak_view").set_value("weak").run()
    key = next(button.key for button in app.button if button.label == "Write it down")
    product = next(element.key for element in app.text_input if element.key and element.key.startswith("variety_")).removeprefix("variety_").rpartition("_")[0].rpartition("_")[0]
    records.add(journal, kind, product, {"decision": "eliminate", "note": "theirs", "region_ids": None}, by="x@y")
    widget(app, f"variety_{product}_0_note").set_value("mine")
    widget(app, f"variety_{product}_0_decision").set_value("keep")
    app.button(key=key).click().run()
    assert "Somebody changed this first" in [heading.value for heading in app.subheader]
    assert [record.content["note"] for record in records.open_records(journal, kind)] == ["theirs"]
    assert widget(app, f"variety_{product}_0_note").value == "mine"
    app.button(key=key).click().run()
    assert [(record.version, record.content["note"]) for record in records.open_records(journal, kind)] == [(2, "mine")]


def test_a_plan_saved_meanwhile_is_shown_beside_what_was_typed(three_tables: Store, dashboard: Dashboard, tmp_path: Path) -> None:
    store = Store.at(shutil.copytree(three_tables.root, tmp_path / "store"))
    journal = Journal(store.journal_path)
    app = dashboard(store.root, PAGE)
    widget(app, "peak_view").set_value("plan").run()
    app.button(key="plan_save").click().run()
    (first,) = records.open_records(journal, RECORD_KIND)
    records.change(journal, first, first.content | {"lines": {"p": 1.0, "q": 2.0}, "note": "theirs"}, by="x@y")
    app.button(key="plan_save").click().run()
    assert "Somebody changed this first" in [heading.value for heading in app.subheader]
    assert records.open_records(journal, RECORD_KIND)[0].content["note"] == "theirs"
    assert any(frame.value.columns.to_list()[1:3] == ["theirs", "mine"] for frame in app.dataframe)
    app.button(key="plan_theirs").click().run()
    assert not any("while this was open" in text.value for text in app.markdown)
    app.button(key="plan_save").click().run()
    assert [(record.version, record.content["lines"]) for record in records.open_records(journal, RECORD_KIND)] == [(3, {"p": 1.0, "q": 2.0})]


def test_a_lead_has_their_own_peak(demo: Store, dashboard: Dashboard) -> None:
    lead = dashboard(demo.root, PAGE, viewer="lead.r-03@cartera.example")
    assert lead.header[0].value != dashboard(demo.root, PAGE).header[0].value
