"""Customer 360: each view and each cut changes what is shown; personal fields only for roles that may see them, on every way out."""

import json
from pathlib import Path
from shutil import copytree

import polars as pl
import pytest
from streamlit.testing.v1 import AppTest

from data.access import Viewer
from data.journal import LOCAL_EMAIL, Journal
from data.language import use
from data.store import Store
from measures.__main__ import main
from pages.parts import tables
from pages.parts.accounts import account_place_view, account_views
from queries.filters import Filters
from tests.builders import ask_as
from tests.pages.conftest import Dashboard, texts
from tests.pages.test_widgets import figures, widget

PAGE = "customers/account"
SELLER = Viewer("seller@cartera.example", "Seller", "salesperson", None)

MOVED = [
    ("D-0001", "overdue_share", 1.0), ("D-0001", "credit_use", 0.05), ("D-0001", "silent_days", 1), ("D-0002", "lost_days", 91),
    ("D-0001", "fall_rate", 0.01), ("D-0001", "visit_days", 2), ("D-0001", "peer_share", 0.05), ("D-0001", "rebate_near", 1.0),
    ("D-0001", "own_share_low", 0.0),
]  # fmt: skip
"""(account, threshold, a value that makes another rule speak)."""


def problems(app: AppTest) -> list[str]:
    return [problem.message for problem in app.exception]


def opened(app: AppTest, view: str) -> AppTest:
    group = next(code for code, (_name, views) in account_views.GROUPS.items() if view in views)
    widget(app, "account_group").set_value(group).run()
    return widget(app, f"account_{group}").set_value(view).run()


@pytest.fixture(scope="module")
def known(demo: Store) -> tuple[str, dict[str, object]]:
    """An account with a contact whose birthday and interests are known, and that contact."""
    ask = ask_as(demo)
    for account_id in ask("store/accounts", Filters())["account_id"]:
        people = ask("accounts/personal", Filters(account_ids=(account_id,))).drop_nulls(["birthday", "interests"])
        if people.height:
            return account_id, people.row(0, named=True)
    raise AssertionError("the demo knows nobody in person")


@pytest.fixture
def staffed(demo: Store, tmp_path: Path) -> Store:
    """The demo with a salesperson who sees the whole company, but nobody's birthday."""
    copytree(demo.root, tmp_path / "own")
    store = Store.at(tmp_path / "own")
    Journal(store.journal_path).save_user(SELLER, by=LOCAL_EMAIL)
    return store


def test_every_view_is_in_one_group() -> None:
    assert sorted(view for _name, views in account_views.GROUPS.values() for view in views) == sorted(account_views.VIEWS)


@pytest.mark.parametrize("lang", ["en", "es"])
@pytest.mark.parametrize("view", [view for view in account_views.VIEWS if view != "products"])
def test_a_view_shows_something_else(demo: Store, dashboard: Dashboard, view: str, lang: str) -> None:
    app = dashboard(demo.root, PAGE, lang=lang)
    before = texts(app)
    opened(app, view)
    assert problems(app) == []
    assert texts(app) != before


@pytest.mark.parametrize(("account", "name", "value"), MOVED)
def test_a_cut_changes_what_to_do_next(demo: Store, dashboard: Dashboard, account: str, name: str, value: float) -> None:
    app = opened(dashboard(demo.root, PAGE, account=account), "next")
    before = [text.value for text in app.markdown]
    widget(app, f"cut_account_{name}").set_value(value).run()
    assert problems(app) == []
    assert [text.value for text in app.markdown] != before


@pytest.mark.parametrize(("lang", "said"), [("en", "No class"), ("es", "Sin clase")])
def test_who_is_in_no_abc_class_is_told_so_in_the_pyramids_word(lang: str, said: str) -> None:
    use(lang)
    assert account_place_view.placed("none", None, None) == said


@pytest.mark.parametrize(
    ("peers", "same_channel", "said"),
    [
        (1, True, "Compared with 1 account of the same kind, region and channel."),
        (2, True, "Compared with 2 accounts of the same kind, region and channel."),
        (1, False, "Compared with 1 account of the same kind and region; too few are of the same channel."),
    ],
)
def test_what_an_account_is_compared_with_is_counted(peers: int, same_channel: bool, said: str) -> None:
    assert account_views.peers_line(peers, same_channel=same_channel) == said


def test_another_account_is_another_screen(demo: Store, dashboard: Dashboard) -> None:
    assert dashboard(demo.root, PAGE, account="D-0001").header[0].value != dashboard(demo.root, PAGE, account="D-0002").header[0].value


def test_another_account_beside_it_changes_the_comparison(demo: Store, dashboard: Dashboard) -> None:
    app = opened(dashboard(demo.root, PAGE, account="D-0001"), "compare")
    before = figures(app)
    next(box for box in app.selectbox if box.key == "account_other").set_value("D-0005").run()
    assert problems(app) == []
    assert figures(app) != before


def test_the_first_screen_has_what_a_call_needs(demo: Store, dashboard: Dashboard) -> None:
    shown = [text.value for text in dashboard(demo.root, PAGE).markdown]
    for title in ("What to do next", "Basics", "Who decides", "Credit", "Last orders", "Last visits and contacts", "Where it stands", "Our share, rebates, gaps"):
        assert f"**{title}**" in shown


def test_a_manager_sees_what_is_known_of_people_in_person(demo: Store, dashboard: Dashboard, known) -> None:
    account_id, person = known
    (table,) = opened(dashboard(demo.root, PAGE, account=account_id), "contacts").dataframe
    assert person["interests"] in table.value["interests"].to_list()


def test_a_salesperson_sees_the_people_but_nothing_personal(staffed: Store, dashboard: Dashboard, known, monkeypatch: pytest.MonkeyPatch) -> None:
    account_id, person = known
    handed_out: list[pl.DataFrame] = []
    monkeypatch.setattr(tables, "downloads", lambda frame, name, **more: handed_out.append(frame))
    app = opened(dashboard(staffed.root, PAGE, viewer=SELLER.email, account=account_id), "contacts")
    (table,) = app.dataframe
    assert person["name"] in table.value["name"].to_list()
    assert {"birthday", "interests"} & set(table.value.columns) == set()
    # What CSV and XLSX are made of.
    assert handed_out
    assert all({"birthday", "interests"} & set(frame.columns) == set() for frame in handed_out)
    assert person["interests"] not in texts(app)
    assert "Birthdays and interests are shown to managers and regional leads only." in [text.value for text in app.caption]


@pytest.mark.parametrize("view", ["file", "compare", "panels"])
def test_no_view_tells_a_salesperson_anything_personal(staffed: Store, dashboard: Dashboard, known, view: str) -> None:
    account_id, person = known
    shown = texts(opened(dashboard(staffed.root, PAGE, viewer=SELLER.email, account=account_id), view))
    assert person["interests"] not in shown
    assert "birthday" not in shown.lower()


def test_a_file_is_as_complete_for_every_role(staffed: Store, dashboard: Dashboard, known) -> None:
    rates = [dashboard(staffed.root, PAGE, viewer=viewer, account=known[0]).metric[-1].value for viewer in (None, SELLER.email)]
    assert rates[0] == rates[1]


@pytest.mark.parametrize("viewer", [LOCAL_EMAIL, SELLER.email])
@pytest.mark.parametrize("form", ["json", "csv"])
def test_the_shell_prints_nothing_personal(staffed: Store, known, viewer: str, form: str, capsys: pytest.CaptureFixture[str]) -> None:
    account_id, person = known
    assert main(["account", "--store", str(staffed.root), "--account", account_id, "--as", viewer, "--format", form]) == 0
    printed = capsys.readouterr().out
    assert person["name"] in printed
    assert person["interests"] not in printed
    assert str(person["birthday"]) not in printed


def test_the_shell_shows_a_lead_no_account_of_another_region(demo: Store, capsys: pytest.CaptureFixture[str]) -> None:
    foreign = ask_as(demo)("customers/account_value", Filters(region_ids=("R-01",)), end=None)["account_id"][0]
    assert main(["account", "--store", str(demo.root), "--account", foreign, "--as", "lead.r-03@cartera.example", "--format", "json"]) == 2
    assert foreign in capsys.readouterr().err


def test_accounts_under_it_are_added_once(demo: Store, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["account", "--store", str(demo.root), "--account", "D-0001", "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)["tables"]
    own, below = (sum(row["net_sales"] for row in found[table]) for table in ("monthly", "children"))
    assert own + below == pytest.approx(sum(row["net_sales_with_children"] for row in found["monthly"]))
