"""The off-season targets page: every control moves a figure, the requirement is one figure, and what cannot be met is said."""

from datetime import date
from io import BytesIO
from pathlib import Path
from shutil import copytree

import polars as pl
import pytest
import xlsxwriter
from streamlit.testing.v1 import AppTest

from data import target_versions
from data.access import Viewer
from data.journal import Journal
from data.store import Store
from measures.seasons.board_edits import Edit
from pages.parts.seasons.targets_edit import changes
from queries.filters import Filters
from tests.builders import ask_as
from tests.pages.conftest import Dashboard, pressed
from tests.pages.test_viewers import LEAD
from tests.pages.test_widgets import figures, widget

PAGE = "seasons/off_season_targets"
CUT = "cut_off_season_targets_"
MOVED = [
    ("requirement_basis", "forecast"), ("requirement_growth", 0.2), ("lift_shape", "held"), ("growth_share", 0.0), ("cell_ceiling", 0.01),
    ("outlet_probability", 0.9), ("wallet_probability", 0.9), ("least_outlets", 1000), ("outlet_peers", 1000), ("outlet_percentile", 0.95),
    ("ordering_outcomes", "alta"), ("window", 2), ("off_season_start", 7),
    ("board_accounts", "resellers"),
]  # fmt: skip


def linked(dashboard: Dashboard, store: Store, **address: str) -> AppTest:
    """The page as a link with this address opens it."""
    app = dashboard(store.root)
    for name, value in address.items():
        app.query_params[name] = value
    return app.switch_page(f"pages/{PAGE}.py").run()


def shown(app: AppTest) -> dict[str, str]:
    return {metric.label.removesuffix(" (units)"): metric.value for metric in app.metric}


@pytest.mark.parametrize(("name", "value"), MOVED)
def test_a_control_changes_a_number(demo: Store, dashboard: Dashboard, name: str, value: object) -> None:
    app = dashboard(demo.root, PAGE)
    before = figures(app)
    widget(app, CUT + name).set_value(value).run()
    assert [problem.message for problem in app.exception] == []
    assert figures(app) != before


def test_a_stated_requirement_begins_from_what_the_board_asked_for_and_then_counts(demo: Store, dashboard: Dashboard) -> None:
    app = dashboard(demo.root, PAGE)
    asked = shown(app)["Requirement"]
    widget(app, CUT + "requirement_basis").set_value("stated").run()
    assert shown(app)["Requirement"] == asked
    widget(app, CUT + "requirement").set_value(123_456.0).run()
    assert shown(app)["Requirement"] == "123.5K"
    assert app.query_params["requirement"] == "123456.0"
    widget(app, CUT + "requirement_basis").set_value("last_peak").run()
    assert shown(app)["Requirement"] == asked


def test_a_link_with_a_requirement_states_it(demo: Store, dashboard: Dashboard) -> None:
    assert shown(linked(dashboard, demo, requirement="123456"))["Requirement"] == "123.5K"


def test_what_the_limits_do_not_allow_is_refused_with_the_nearest_that_they_do(demo: Store, dashboard: Dashboard) -> None:
    app = linked(dashboard, demo, requirement_growth="1.5")
    assert any("cannot be met" in text.value for text in app.markdown)
    target = shown(app)["Off-season target"]
    next(button for button in app.button if button.key == "targets_nearest").click().run()
    assert not any("cannot be met" in text.value for text in app.markdown)
    assert shown(app)["Off-season target"] == target


def test_a_season_that_does_not_run_is_said(demo: Store, dashboard: Dashboard) -> None:
    app = linked(dashboard, demo, target_season="running")
    assert [note.value for note in app.info] == ["No off-season is running at the end of the data: this is the next one."]


def test_a_season_that_runs_is_offered_and_its_rest_can_be_planned(demo: Store, dashboard: Dashboard) -> None:
    """The demo's data end in October: an off-season from September to December has two months left."""
    address = {"off_season_start": "9", "off_season_months": "4", "peak_start": "1"}
    offered = linked(dashboard, demo, **address)
    assert "2 months of it are left" in offered.info[0].value
    rest = linked(dashboard, demo, target_season="running", **address)
    assert [problem.message for problem in rest.exception] == []
    assert len(rest.info) == 0
    assert shown(rest)["Off-season target"] != shown(offered)["Off-season target"]


@pytest.fixture
def own(demo: Store, tmp_path: Path) -> Store:
    """A demo store whose journal the test may write."""
    copytree(demo.root, tmp_path / "own")
    return Store.at(tmp_path / "own")


def opened(dashboard: Dashboard, store: Store, view: str, **who: str) -> AppTest:
    return widget(dashboard(store.root, PAGE, **who), "targets_view").set_value(view).run()


def box(app: AppTest, key: str):
    return next(found for found in app.selectbox if found.key == key)


def grid(app: AppTest) -> list[dict]:
    """The rows of the edit view's grid, without its total."""
    return app.dataframe[0].value.to_dict("records")[:-1]


def set_first(app: AppTest, more: int) -> AppTest:
    """Give the first row of the grid more units over the season."""
    figure = next(field for field in app.number_input if str(field.key).startswith("targets_set_units"))
    figure.set_value(int(figure.value) + more).run()
    return pressed(app, "targets_set")


def test_a_figure_that_is_set_is_paid_by_the_others_and_the_total_holds(own: Store, dashboard: Dashboard) -> None:
    app = opened(dashboard, own, "edit")
    before = grid(app)
    app = set_first(app, 50)
    after = {row["account_id"]: row for row in grid(app)}
    assert after[before[0]["account_id"]]["target"] == before[0]["target"] + 50
    assert after[before[0]["account_id"]]["locked"]
    assert sum(row["target"] for row in after.values()) == sum(row["target"] for row in before)
    app = pressed(app, "targets_undo")
    assert [row["target"] for row in grid(app)] == [row["target"] for row in before]


def test_a_step_is_kept_for_the_next_visit_and_for_nobody_else(own: Store, dashboard: Dashboard) -> None:
    first = grid(set_first(opened(dashboard, own, "edit"), 50))
    assert grid(opened(dashboard, own, "edit")) == first
    assert not any(row["locked"] for row in grid(opened(dashboard, own, "edit", viewer=LEAD)))


def test_a_locked_figure_is_named_and_can_be_unlocked(own: Store, dashboard: Dashboard) -> None:
    app = set_first(opened(dashboard, own, "edit"), 10)
    (box_of_locks,) = [one for one in app.selectbox if one.key.startswith("targets_lock_")]
    assert box_of_locks.label == "1 figure is locked"
    assert len(box_of_locks.options) == 1
    pressed(app, "targets_unlock")
    assert not [one for one in app.selectbox if one.key.startswith("targets_lock_")]
    assert [problem.message for problem in app.exception] == []


def test_a_figure_out_of_reach_is_refused_with_the_nearest(own: Store, dashboard: Dashboard) -> None:
    app = opened(dashboard, own, "edit")
    before = grid(app)
    app = set_first(app, 10_000_000)
    assert any("the nearest" in text.value or "at the nearest" in text.value for text in app.markdown)
    assert grid(app) == before


def test_an_account_opens_into_its_products(own: Store, dashboard: Dashboard) -> None:
    app = opened(dashboard, own, "edit")
    row = grid(app)[0]
    box(app, "targets_edit_account").set_value(row["account_id"]).run()
    assert sum(product["target"] for product in grid(app)) == row["target"]


def version(app: AppTest, reason: str) -> AppTest:
    next(field for field in app.text_input if field.key == "targets_reason").set_value(reason)
    return pressed(app, "Save as a version")


def test_a_version_is_saved_compared_approved_and_frozen(own: Store, dashboard: Dashboard) -> None:
    app = version(opened(dashboard, own, "versions"), "First proposal")
    assert app.dataframe[0].value["reason"].to_list() == ["First proposal"]
    widget(app, "targets_view").set_value("edit").run()
    app = set_first(app, 50)
    widget(app, "targets_view").set_value("versions").run()
    app = version(app, "More for the largest")
    assert app.dataframe[0].value["version"].to_list() == [2, 1]
    box(app, "targets_compare_from").set_value(1).run()
    assert app.dataframe[1].value["change_units"].sum() == 0
    assert app.dataframe[1].value["change_units"].abs().sum() >= 100
    app = pressed(pressed(app, "Approve version 2"), "Freeze version 2")
    assert "Approved: This computer (whole company); Frozen: This computer (whole company)" in app.dataframe[0].value["signed"].to_list()
    assert any("frozen since" in note.value for note in app.info)
    assert not any(field.key == "targets_reason" for field in app.text_input)


def test_a_version_without_a_reason_is_not_saved(own: Store, dashboard: Dashboard) -> None:
    app = pressed(opened(dashboard, own, "versions"), "Save as a version")
    assert "A version needs a reason" in [title.value for title in app.subheader]


def test_two_who_change_the_same_targets_see_both(own: Store, dashboard: Dashboard) -> None:
    app = version(opened(dashboard, own, "versions"), "First proposal")
    mine = set_first(widget(app, "targets_view").set_value("edit").run(), 50)
    journal = Journal(own.journal_path)
    board, rows = mine_board(journal)
    changed = {row: tuple(unit + 1 for unit in units) for row, units in rows.items()}
    target_versions.save(journal, board, changed, viewer=Viewer("ben", "Ben", "manager", None), accounts={a for a, _ in rows}, seen=1, reason="Theirs", about={})
    app = version(widget(mine, "targets_view").set_value("versions").run(), "Mine")
    assert "Somebody changed the same targets first" in [title.value for title in app.subheader]
    assert {"theirs", "mine"} <= set(app.dataframe[0].value.columns)
    app = pressed(app, "targets_over_theirs")
    assert [saved.reason for saved in target_versions.versions(journal, board, None)] == ["First proposal", "Theirs", "Mine"]


def mine_board(journal: Journal) -> tuple[str, dict]:
    """The one board that was saved, and its first version's rows."""
    with journal.reading() as connection:
        board = connection.execute("select board from target_versions").fetchone()[0]
    return board, target_versions.rows_at(journal, board, 1, None)


def test_a_lead_sees_and_saves_only_their_regions_part(own: Store, dashboard: Dashboard) -> None:
    version(opened(dashboard, own, "versions"), "Of the company")
    app = opened(dashboard, own, "edit", viewer=LEAD)
    # The region's own off-season has other months than the company's.
    app = set_first(pressed(app, "Open it"), 5)
    app = version(widget(app, "targets_view").set_value("versions").run(), "Of the lead")
    journal = Journal(own.journal_path)
    board, rows = mine_board(journal)
    seen = set(ask_as(own, journal.viewer(LEAD))("store/accounts", Filters())["account_id"])
    after = target_versions.rows_at(journal, board, 2, None)
    assert {row[0] for row in rows if rows[row] != after[row]} <= seen
    assert set(app.dataframe[0].value["reason"]) == {"Of the company", "Of the lead"}
    assert sum(sum(units) for units in after.values()) == sum(sum(units) for units in rows.values())


def test_a_grids_changed_cells_are_edits() -> None:
    frame = pl.DataFrame({"account_id": ["A", "B", None], "account": ["Alma", "Bravo", "Total"], "2027-04": [1, 2, 3], "target": [1, 2, 3], "locked": [False] * 3})
    april = date(2027, 4, 1)
    found = changes(frame, {0: {"2027-04": 5, "locked": True}, 1: {"target": 7.0}, 2: {"2027-04": 9, "locked": True}}, "account", None)
    assert found == (Edit("A", None, april, 5), Edit("A"), Edit("B", None, None, 7), Edit(None, None, april, 9))
    inside = frame.rename({"account_id": "product_id"})
    assert changes(inside, {0: {"target": 5}, 2: {"target": 8}}, "product", "D") == (Edit("D", "A", None, 5), Edit("D", None, None, 8))


def test_a_workbook_that_comes_back_lists_its_changes_before_they_are_taken(own: Store, dashboard: Dashboard) -> None:
    app = opened(dashboard, own, "edit")
    row = grid(app)[0]
    box(app, "targets_edit_account").set_value(row["account_id"]).run()
    product = grid(app)[0]
    month = next(name for name in product if name[:2] == "20")
    app = widget(app, "targets_view").set_value("excel").run()
    content = returned_workbook(row["account_id"], product, month, int(product[month]) + 7)
    app.file_uploader[0].set_value(("back.xlsx", content, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")).run()
    assert [problem.message for problem in app.exception] == []
    assert app.dataframe[0].value.to_dict("records")[0]["change_units"] == 7
    app = widget(pressed(app, "targets_take"), "targets_view").set_value("edit").run()
    box(app, "targets_edit_account").set_value(row["account_id"]).run()
    after = {found["product_id"]: found for found in grid(app)}
    assert after[product["product_id"]][month] == product[month] + 7


def returned_workbook(account: str, product: dict, month: str, units: int) -> bytes:
    """One row as it came back, beside the hidden sheet as it was handed out."""
    months = [name for name in product if name[:2] == "20"]
    key = f"{months[0]}+{len(months)}"
    handed_out = [account, product["product_id"], *(int(product[name]) for name in months)]
    out = BytesIO()
    with xlsxwriter.Workbook(out) as book:
        for name, row, more in (("Targets", [units if name == month else value for name, value in zip(["", "", *months], handed_out, strict=True)], []), ("cartera", handed_out, [key])):
            sheet = book.add_worksheet(name)
            sheet.write_row(0, 0, ["account_id", "product_id", *months, *(["board"] if more else [])])
            sheet.write_row(1, 0, [*row, *more])
    return out.getvalue()
