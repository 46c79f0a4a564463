"""Share of wallet and coverage: every control changes a number, every view opens, and what people write is kept and seen by few."""

import re
from pathlib import Path
from shutil import copytree

import pytest
from streamlit.testing.v1 import AppTest

from data.journal import Journal
from data.records import open_records, put
from data.store import Store
from measures.customers.wallet_ranks import RANK_KIND
from pages.parts.customers import territory_moves
from tests.pages.conftest import Dashboard, pressed, texts
from tests.pages.test_widgets import figures, widget

WALLET, COVERAGE = "customers/share_of_wallet", "customers/coverage"
LEAD = "lead.r-03@cartera.example"

MOVED = [
    (WALLET, "cut_share_of_wallet_wallet_share_cut", 0.3),
    (WALLET, "cut_share_of_wallet_wallet_large_cut", 0.5),
    (WALLET, "cut_share_of_wallet_upcoming_basis", "bought"),
    (WALLET, "cut_share_of_wallet_upcoming_basis", "open_orders"),
    (WALLET, "cut_share_of_wallet_wallet_attribute", "accounts_under"),
    (WALLET, "cut_share_of_wallet_wallet_attribute", "account"),
    (COVERAGE, "cut_coverage_coverage_a", 2.0),
    (COVERAGE, "cut_coverage_coverage_b", 3.0),
    (COVERAGE, "cut_coverage_coverage_c_low", 4.0),
    (COVERAGE, "cut_coverage_coverage_c_high", 6.0),
    (COVERAGE, "cut_coverage_calls_a", 8.0),
    (COVERAGE, "cut_coverage_calls_b", 4.0),
    (COVERAGE, "cut_coverage_calls_c", 2.0),
    (COVERAGE, "cut_coverage_calls_other", 1.0),
    (COVERAGE, "cut_coverage_calls_per_person", 30.0),
    (COVERAGE, "cut_coverage_territory_band", 0.5),
    (COVERAGE, "cut_coverage_abc_a", 0.5),
    (COVERAGE, "cut_coverage_abc_b", 0.85),
]
"""(page, widget's key, another value)."""

VIEWS = [
    (WALLET, "wallet_view", "inside"), (WALLET, "wallet_view", "categories"), (WALLET, "wallet_view", "strategies"),
    (COVERAGE, "coverage_view", "workload"), (COVERAGE, "coverage_view", "hours"), (COVERAGE, "coverage_view", "territories"),
]  # fmt: skip


@pytest.fixture
def own(demo: Store, tmp_path: Path) -> Store:
    """A demo store whose journal the test may write."""
    copytree(demo.root, tmp_path / "own")
    return Store.at(tmp_path / "own")


def problems(app: AppTest) -> list[str]:
    return [problem.message for problem in app.exception]


def opened(app: AppTest, view: str, code: str) -> AppTest:
    return widget(app, view).set_value(code).run()


def select(app: AppTest, key: str):
    return next(box for box in app.selectbox if box.key == key)


@pytest.mark.parametrize(("page", "key", "value"), MOVED)
def test_a_cut_changes_a_number(demo: Store, dashboard: Dashboard, page: str, key: str, value: object) -> None:
    app = dashboard(demo.root, page)
    before = figures(app)
    widget(app, key).set_value(value).run()
    assert problems(app) == []
    assert figures(app) != before


@pytest.mark.parametrize("quadrant", ["ei", "eii", "eiii", "eiv"])
def test_the_plan_of_hours_changes_the_hours_that_are_missing(demo: Store, dashboard: Dashboard, quadrant: str) -> None:
    app = opened(dashboard(demo.root, COVERAGE), "coverage_view", "hours")
    before = figures(app)
    widget(app, f"cut_coverage_hours_{quadrant}").set_value(0.9).run()
    assert problems(app) == []
    assert figures(app) != before


@pytest.mark.parametrize("lang", ["en", "es"])
@pytest.mark.parametrize(("page", "view", "code"), VIEWS)
def test_a_view_shows_other_figures(demo: Store, dashboard: Dashboard, page: str, view: str, code: str, lang: str) -> None:
    app = dashboard(demo.root, page, lang=lang)
    before = figures(app)
    opened(app, view, code)
    assert problems(app) == []
    assert figures(app) != before


def test_another_account_is_seen_from_inside(demo: Store, dashboard: Dashboard) -> None:
    app = opened(dashboard(demo.root, WALLET), "wallet_view", "inside")
    before = figures(app)
    app = select(app, "wallet_inside_account").set_value("D-0099").run()
    assert problems(app) == []
    assert figures(app) != before


@pytest.mark.parametrize("lang", ["en", "es"])
def test_every_view_of_coverage_states_a_finding_of_its_own(demo: Store, dashboard: Dashboard, lang: str) -> None:
    app = dashboard(demo.root, COVERAGE, lang=lang)
    said = {view: opened(app, "coverage_view", view).header[0].value for view in ("people", "workload", "hours", "territories")}
    assert len(set(said.values())) == len(said)
    asked = {"en": "people look after", "es": "personas atienden"}[lang]
    assert asked in said["people"]


def test_tiles_and_the_finding_of_people_say_the_same_whole_people(demo: Store, dashboard: Dashboard) -> None:
    app = dashboard(demo.root, COVERAGE)
    tiles = {metric.label: metric.value for metric in app.metric}
    assert re.search(r"the classes ask for [\d,]+ to ([\d,]+), the calls for ([\d,]+)$", app.header[0].value).groups() == (tiles["People by class"], tiles["People by workload"])


@pytest.mark.parametrize(("key", "chosen"), [("move_account", "D-0123"), ("move_to", "S-025")])
def test_another_account_or_taker_moves_both_territories(demo: Store, dashboard: Dashboard, key: str, chosen: str) -> None:
    app = opened(dashboard(demo.root, COVERAGE), "coverage_view", "territories")
    moved = next(table.value for table in app.dataframe if "accounts_after" in table.value.columns)
    box = next(box for box in app.selectbox if box.key.startswith(key))
    app = box.set_value(chosen).run()
    again = next(table.value for table in app.dataframe if "accounts_after" in table.value.columns)
    assert problems(app) == []
    assert not moved.equals(again)
    assert (again["accounts_after"] - again["accounts"]).to_list() == [-1, 1]


def test_a_proposal_is_kept_shown_and_withdrawn(own: Store, dashboard: Dashboard) -> None:
    app = pressed(opened(dashboard(own.root, COVERAGE), "coverage_view", "territories"), "move_save")
    assert problems(app) == []
    journal = Journal(own.journal_path)
    (record,) = open_records(journal, territory_moves.KIND)
    assert "proposed by" in texts(app)
    assert next(button for button in app.button if button.key == "move_save").disabled
    app = pressed(app, f"move_withdraw_{record.record_id}")
    assert open_records(journal, territory_moves.KIND) == []
    assert "proposed by" not in texts(app)


def test_a_lead_sees_no_proposal_about_another_regions_account(own: Store, dashboard: Dashboard) -> None:
    app = pressed(opened(dashboard(own.root, COVERAGE), "coverage_view", "territories"), "move_save")
    assert "proposed by" in texts(app)
    seen = opened(dashboard(own.root, COVERAGE, viewer=LEAD), "coverage_view", "territories")
    (record,) = open_records(Journal(own.journal_path), territory_moves.KIND)
    assert record.subject not in figures(seen)
    assert "proposed by" not in texts(seen)


def test_a_rank_gives_a_share_where_nobody_knows_volumes(three_tables: Store, tmp_path: Path, dashboard: Dashboard) -> None:
    copytree(three_tables.root, tmp_path / "own")
    store = Store.at(tmp_path / "own")
    app = pressed(dashboard(store.root, WALLET), "rank_save")
    assert problems(app) == []
    (record,) = open_records(Journal(store.journal_path), RANK_KIND)
    assert record.content == {"rank": 1, "suppliers": 2}
    # Rank 1 of 2: (1 − 1/3) · 2/2.
    assert app.metric[0].value == "66.7%"
    assert "By rank" in figures(app)
    app = pressed(app, "rank_close")
    assert app.subheader[0].value == "The table “Wallet” is missing"


def test_a_rank_that_somebody_wrote_first_is_not_written_over(three_tables: Store, tmp_path: Path, dashboard: Dashboard) -> None:
    copytree(three_tables.root, tmp_path / "own")
    journal = Journal(Store.at(tmp_path / "own").journal_path)
    app = dashboard(tmp_path / "own", WALLET)
    put(journal, RANK_KIND, "a", None, {"rank": 3, "suppliers": 4}, by="ana@example.com")
    app = pressed(app, "rank_save")
    assert "Somebody changed this first" in [title.value for title in app.subheader]
    (record,) = open_records(journal, RANK_KIND)
    assert (record.content["rank"], record.written_by) == (3, "ana@example.com")


def test_the_rank_and_the_suppliers_decide_the_share(three_tables: Store, tmp_path: Path, dashboard: Dashboard) -> None:
    copytree(three_tables.root, tmp_path / "own")
    app = dashboard(tmp_path / "own", WALLET)
    numbers = {box.key: box for box in app.number_input}
    numbers["rank_suppliers_a"].set_value(3).run()
    app = next(box for box in app.number_input if box.key == "rank_rank_a").set_value(2).run()
    assert pressed(app, "rank_save").metric[0].value == "33.3%"


def test_a_box_on_the_wallets_keeps_the_accounts_in_it_and_they_become_the_filter(demo: Store, dashboard: Dashboard) -> None:
    app = dashboard(demo.root, WALLET)
    rows = app.dataframe[0].value
    expected = set(rows[(rows["share_of_wallet"] <= 0.3) & (rows["upcoming"] >= 1000) & (rows["own_sales"] > 0)]["account_id"])
    assert 0 < len(expected) <= 200
    # The table's figures are rounded: the box ends between two of its steps.
    app.session_state[f"wallet_{hash(None)}"] = {"selection": {"box": {"share": [0.0, 0.3005], "upcoming": [999.5, 1e9]}}}
    app.run()
    assert problems(app) == []
    assert any("chosen" in text.value for text in app.markdown)
    assert set(widget(pressed(app, "box_filter"), "filter_distributor").value) == expected
