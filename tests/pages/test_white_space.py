"""The white space page: every control changes a number, views are asked when they are open, and what people state is kept with its writer."""

from datetime import date
from pathlib import Path
from shutil import copytree

import pytest
from streamlit.testing.v1 import AppTest

from data.journal import Journal
from data.records import UNIVERSE, add, change, history, open_records
from data.store import Store
from measures.__main__ import main
from tests.builders import lines, make_store
from tests.pages.conftest import Dashboard, pressed, texts
from tests.pages.test_widgets import figures, widget

PAGE = "pipeline/white_space"
MOVED = [
    ("products", "cut_white_space_reached_by", "own_orders"),
    ("products", "cut_white_space_reach_months", 24),
    ("products", "space_shape", "channel"),
    ("products", "space_shape", "both"),
    ("products", "cut_white_space_products_proposal_rank", "popularity"),
    ("products", "cut_white_space_products_proposal_count", 2),
    ("products", "cut_white_space_products_least_co_buyers", 40),
    ("products", "space_list", "products"),
    ("products", "space_list", "pairs"),
    ("channels", "cut_white_space_new_months", 60),
    ("launches", "cut_white_space_new_months", 60),
    ("map", "space_area", "1"),
]
LEAD = "lead.r-03@cartera.example"


@pytest.fixture
def own(demo: Store, tmp_path: Path) -> Store:
    """A demo store whose journal the test may write."""
    copytree(demo.root, tmp_path / "own")
    return Store.at(tmp_path / "own")


def opened(dashboard: Dashboard, store: Store, view: str, **more: str) -> AppTest:
    app = dashboard(store.root, PAGE, **more)
    return app if view == "products" else widget(app, "space_view").set_value(view).run()


def chosen(app: AppTest, key: str, value: str) -> AppTest:
    return next(box for box in app.selectbox if box.key == key).set_value(value).run()


def shown(app: AppTest) -> dict[str, str]:
    return {metric.label: metric.value for metric in app.metric}


@pytest.mark.parametrize(("view", "key", "value"), MOVED)
def test_a_control_changes_a_number(demo: Store, dashboard: Dashboard, view: str, key: str, value: object) -> None:
    app = opened(dashboard, demo, view)
    before = figures(app)
    widget(app, key).set_value(value).run()
    assert [problem.message for problem in app.exception] == []
    assert figures(app) != before


def test_the_hidden_months_change_the_test(demo: Store, dashboard: Dashboard) -> None:
    app = dashboard(demo.root, PAGE)
    widget(app, "space_list").set_value("test").run()
    before = figures(app)
    widget(app, "cut_white_space_products_hidden_months").set_value(12).run()
    assert figures(app) != before


@pytest.mark.parametrize("lang", ["en", "es"])
@pytest.mark.parametrize("view", ["products", "accounts", "sources", "channels", "launches", "map", "universe"])
def test_every_view_opens_in_every_language(demo: Store, dashboard: Dashboard, view: str, lang: str) -> None:
    app = opened(dashboard, demo, view, lang=lang)
    assert [problem.message for problem in app.exception] == []
    assert len(app.dataframe) >= 2


@pytest.mark.parametrize("view", ["products", "accounts", "sources", "channels", "launches", "map", "universe"])
def test_every_view_stands_without_optional_tables(three_tables: Store, dashboard: Dashboard, view: str) -> None:
    app = opened(dashboard, three_tables, view)
    assert [problem.message for problem in app.exception] == []
    assert app.header[0].value == "We reach all 2 accounts known here; nobody has stated how many there are outside"


def test_without_coordinates_the_map_says_what_is_missing(three_tables: Store, dashboard: Dashboard) -> None:
    app = opened(dashboard, three_tables, "map")
    assert "latitude and longitude" in app.info[0].value


def test_what_is_stated_becomes_the_universe_with_its_writer(own: Store, dashboard: Dashboard) -> None:
    app = opened(dashboard, own, "universe")
    before = shown(app)["Universe"]
    app = chosen(app, "universe_region", "R-06")
    app = widget(app, "universe_count_R-06_").set_value(2_000).run()
    app = widget(app, "universe_source_R-06_").set_value("Chamber of commerce").run()
    app = pressed(app, "universe_save")
    assert shown(app)["Universe"] != before
    written = open_records(Journal(own.journal_path), UNIVERSE)[-1]
    assert (written.subject, written.content, written.version) == ("R-06", {"channel": None, "accounts": 2_000, "source": "Chamber of commerce"}, 1)
    assert written.written_by in texts(app) and "Chamber of commerce" in texts(app)
    app = pressed(app, "universe_close")
    assert shown(app)["Universe"] == before


def test_a_channel_can_be_stated_that_no_account_has(own: Store, dashboard: Dashboard) -> None:
    app = opened(dashboard, own, "universe")
    app = chosen(app, "universe_region", "R-06")
    app = chosen(app, "universe_channel", "\0")
    app = widget(app, "universe_unlisted").set_value("Ferries").run()
    app = widget(app, "universe_count_R-06_Ferries").set_value(12).run()
    app = pressed(app, "universe_save")
    assert "Ferries" in str(app.dataframe[1].value["channel"].to_list())


def test_a_typed_channel_is_the_one_that_is_stated_in_another_spelling(own: Store, dashboard: Dashboard) -> None:
    journal = Journal(own.journal_path)
    first = add(journal, UNIVERSE, "R-06", {"channel": "Ferries", "accounts": 12, "source": None}, by="ana")
    app = opened(dashboard, own, "universe")
    app = chosen(app, "universe_region", "R-06")
    app = chosen(app, "universe_channel", "\0")
    app = widget(app, "universe_unlisted").set_value("FERRIES ").run()
    app = widget(app, "universe_count_R-06_Ferries").set_value(15).run()
    pressed(app, "universe_save")
    assert [version.content["accounts"] for version in history(journal, first.record_id)] == [12, 15]


def test_who_is_slower_is_told_and_loses_nothing(own: Store, dashboard: Dashboard) -> None:
    journal = Journal(own.journal_path)
    first = add(journal, UNIVERSE, "R-06", {"channel": None, "accounts": 900, "source": None}, by="ana")
    app = opened(dashboard, own, "universe")
    app = chosen(app, "universe_region", "R-06")
    app = widget(app, "universe_count_R-06_").set_value(1_000).run()
    change(journal, first, {"channel": None, "accounts": 950, "source": None}, by="bea")
    app = pressed(app, "universe_save")
    assert "Somebody changed this first" in [title.value for title in app.subheader]
    assert [version.content["accounts"] for version in history(journal, first.record_id)] == [900, 950]


def test_two_who_state_a_place_first_do_not_overwrite_each_other(own: Store, dashboard: Dashboard) -> None:
    app = opened(dashboard, own, "universe")
    app = chosen(app, "universe_region", "R-06")
    app = widget(app, "universe_count_R-06_").set_value(1_000).run()
    add(Journal(own.journal_path), UNIVERSE, "R-06", {"channel": None, "accounts": 950, "source": None}, by="bea")
    app = pressed(app, "universe_save")
    assert "Somebody changed this first" in [title.value for title in app.subheader]


def test_a_lead_sees_the_statements_of_their_region_only(demo: Store, dashboard: Dashboard) -> None:
    app = opened(dashboard, demo, "universe", viewer=LEAD)
    assert set(app.dataframe[1].value["region"]) == {"Litoral"}
    assert [box.options for box in app.selectbox if box.key == "universe_region"] == [["Litoral"]]
    assert shown(app)["Universe"] != shown(opened(dashboard, demo, "universe"))["Universe"]


def test_the_same_numbers_come_from_the_shell(demo: Store, dashboard: Dashboard, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["white_space", "--store", str(demo.root), "--to", "2026-11-01", "--format", "json"]) == 0
    printed = capsys.readouterr().out
    assert f'"universe": {shown(dashboard(demo.root, PAGE))["Universe"].replace(",", "")}' in printed
    assert '"recall_at_k"' in printed and '"cost_per_win"' in printed and '"came_with"' in printed


TOWNS = [
    {"account_id": "buyer", "city": "San José", "region_id": "N", "latitude": 9.9, "longitude": -84.1},
    {"account_id": "north", "city": "San José", "region_id": "N", "latitude": 9.8, "longitude": -84.0},
    {"account_id": "south", "city": "San José", "region_id": "S", "latitude": 8.1, "longitude": -83.2},
    {"account_id": "nowhere", "city": "San José", "region_id": "N"},
    {"account_id": "field", "region_id": "N", "latitude": 10.21, "longitude": -84.62},
]


@pytest.mark.parametrize(("town", "region", "listed"), [("San José", "N", ["north"]), ("San José", "S", ["south"]), ("10.2 / -84.6", "N", ["field"])])
def test_a_clicked_place_lists_the_accounts_that_its_mark_counts(tmp_path: Path, dashboard: Dashboard, town: str, region: str, listed: list[str]) -> None:
    months = [date(2025, month, 28) for month in range(1, 13)]
    store = make_store(
        tmp_path, accounts=[{"account": row["account_id"]} | row for row in TOWNS], products=[{"product_id": "p", "product": "Pale"}],
        transactions=lines(*((day, "buyer", "p", 1, 10.0) for day in months)), regions=[{"region_id": name, "region": name} for name in "NS"],
    )  # fmt: skip
    app = opened(dashboard, store, "map")
    app.session_state["space_map"] = {"selection": {"picked": [{"town": town, "region": region}]}}
    app.run()
    assert [problem.message for problem in app.exception] == []
    assert app.dataframe[-1].value["account_id"].to_list() == listed
