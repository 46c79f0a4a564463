"""Seasonality's page: its views and controls change numbers, and a region's season is set for everybody."""

import shutil
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from data.journal import Journal
from data.store import Store
from tests.builders import lines, make_store
from tests.measures.seasons.test_season_mix import MONTHS, SHAPE
from tests.pages.conftest import Dashboard, texts
from tests.pages.test_widgets import figures, widget

PAGE = "seasons/seasonality"
LEAD = "lead.r-03@cartera.example"
MOVED = [
    (None, "season_per", "day"), (None, "cut_seasonality_interval", 0.95), (None, "season_kind", "account"), (None, "season_kind", "mix"),
    ("mix", "season_mix_kind", "product"), ("mix", "cut_season_mix_mix_cut", 0.5),
]  # fmt: skip


@pytest.mark.parametrize(("view", "key", "value"), MOVED)
def test_a_control_changes_a_number(demo: Store, dashboard: Dashboard, view: str | None, key: str, value: object) -> None:
    app = dashboard(demo.root, PAGE)
    if view:
        widget(app, "season_kind").set_value(view).run()
    before = figures(app)
    widget(app, key).set_value(value).run()
    assert [problem.message for problem in app.exception] == []
    assert figures(app) != before


@pytest.mark.parametrize(("key", "value"), [("cut_seasonality_selling_days", "monday_friday"), ("cut_seasonality_holidays", "01-01, 12-25")])
def test_the_selling_calendar_changes_the_index_per_day(demo: Store, dashboard: Dashboard, key: str, value: str) -> None:
    app = dashboard(demo.root, PAGE)
    widget(app, "season_per").set_value("day").run()
    before = figures(app)
    widget(app, key).set_value(value).run()
    assert [problem.message for problem in app.exception] == []
    assert figures(app) != before


def save(app: AppTest):
    """The button that keeps a region's season."""
    return next(button for button in app.button if button.label == "Save for everybody")


@pytest.fixture
def southern(tmp_path: Path) -> Store:
    sold = lines(*((day, "a", "p", 10 * SHAPE[day.month - 1], 5.0) for day in MONTHS))
    return make_store(
        tmp_path / "south", regions=[{"region_id": "S", "region": "South"}], accounts=[{"account_id": "a", "account": "A", "region_id": "S"}],
        products=[{"product_id": "p", "product": "P", "category": "Beer"}], transactions=sold,
    )  # fmt: skip


def test_a_regions_season_is_set_for_everybody_and_taken_back(southern: Store, dashboard: Dashboard) -> None:
    app = dashboard(southern.root, PAGE)
    widget(app, "season_kind").set_value("by_hand").run()
    before = app.header[0].value
    app.selectbox(key="by_hand_peak_S_start").set_value(2)
    app.number_input(key="by_hand_peak_S_months").set_value(2)
    save(app).click().run()
    assert [problem.message for problem in app.exception] == []
    assert Journal(southern.journal_path).setting_values()["region_seasons"] == '{"S": {"peak": [2, 2]}}'
    assert app.header[0].value != before
    app.selectbox(key="by_hand_peak_S_start").set_value(0)
    save(app).click().run()
    assert Journal(southern.journal_path).setting_values()["region_seasons"] == ""


def test_a_season_that_somebody_else_saved_meanwhile_is_not_written_over_unseen(southern: Store, dashboard: Dashboard) -> None:
    app = dashboard(southern.root, PAGE)
    widget(app, "season_kind").set_value("by_hand").run()
    journal, theirs = Journal(southern.journal_path), '{"S": {"peak": [5, 3]}}'
    journal.save_setting("region_seasons", theirs, by="ana@cartera.example")
    app.selectbox(key="by_hand_peak_S_start").set_value(2)
    save(app).click().run()
    assert "Somebody changed this first" in texts(app)
    assert any("as South\\: peak May – Jul, off-season as the data say at " in text.value for text in app.markdown)
    assert journal.setting_values()["region_seasons"] == theirs
    save(app).click().run()
    assert journal.setting_values()["region_seasons"] == '{"S": {"peak": [2, 3]}}'


def test_a_lead_sees_the_seasons_in_force_and_cannot_set_them(demo: Store, dashboard: Dashboard, tmp_path: Path) -> None:
    store = Store.at(shutil.copytree(demo.root, tmp_path / "store"))
    app = dashboard(store.root, PAGE, viewer=LEAD)
    widget(app, "season_kind").set_value("by_hand").run()
    assert [problem.message for problem in app.exception] == []
    assert list(app.selectbox(key="by_hand_region").options) == ["Litoral"]
    assert save(app).disabled


@pytest.mark.parametrize(("months", "said"), [(30, "Too short"), (37, "Seen in two years")])
def test_a_short_history_says_what_it_cannot_prove(tmp_path: Path, dashboard: Dashboard, months: int, said: str) -> None:
    rows = lines(*((day, "a", "p", 10 * SHAPE[day.month - 1] + at % 2, 5.0) for at, day in enumerate(MONTHS[:months])))
    store = make_store(tmp_path, accounts=[{"account_id": "a", "account": "A"}], products=[{"product_id": "p", "product": "P"}], transactions=rows)
    app = dashboard(store.root, PAGE)
    assert app.header[0].value.startswith(said)


def test_a_lead_reads_no_other_regions_season_on_the_page_or_in_the_settings(demo: Store, dashboard: Dashboard, tmp_path: Path) -> None:
    store = Store.at(shutil.copytree(demo.root, tmp_path / "store"))
    Journal(store.journal_path).save_setting("region_seasons", '{"R-01": {"peak": [6, 3]}, "R-03": {"peak": [2, 2]}}', by="local")
    assert '"R-01"' in texts(dashboard(store.root, PAGE))
    for page in (PAGE, "store/settings"):
        app = dashboard(store.root, page, viewer=LEAD)
        if page == "store/settings":
            app.selectbox(key="settings_group").set_value("seasons").run()
            assert app.text_input(key="setting_region_seasons").value == '{"R-03": {"peak": [2, 2]}}'
        assert ("R-01" in texts(app), "R-03" in texts(app)) == (False, True)
