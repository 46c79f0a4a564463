"""Saved views by hand: saving is confirmed, a name that is taken is said, and only who saved a view sees it and deletes it."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from data import saved_views
from data.journal import LOCAL_EMAIL, Journal
from data.records import Record
from data.store import Store
from tests.builders import make_store
from tests.pages.conftest import Dashboard, pressed

MINE = ("funnel", "region=N")


@pytest.fixture
def own(tmp_path: Path) -> Store:
    """A store that a test may change."""
    return make_store(
        tmp_path, accounts=[{"account_id": "a", "account": "Bar A"}], products=[{"product_id": "p", "product": "Pale"}], transactions=[]
    )


@pytest.fixture
def journal(own: Store) -> Journal:
    return Journal(own.journal_path)


def saved(journal: Journal) -> list[tuple[str, str, str]]:
    views = saved_views.saved_views(journal, LOCAL_EMAIL)
    return [(str(view.content["name"]), str(view.content["page"]), str(view.content["query"])) for view in views]


def keep(journal: Journal, name: str, owner: str = LOCAL_EMAIL, over: Record | None = None) -> Record:
    return saved_views.save(journal, owner, over, name, *MINE)


def named(app: AppTest, name: str) -> AppTest:
    """The page after this view was saved under a name."""
    next(field for field in app.text_input if field.label == "Name of this view").set_value(name)
    return pressed(app, "Save this view")


def test_saving_keeps_the_page_and_its_filters_and_says_so(journal: Journal, own: Store, dashboard: Dashboard) -> None:
    app = named(dashboard(own.root, period="all"), " Everything ")
    assert saved(journal) == [("Everything", "", "period=all")]
    assert [toast.value for toast in app.toast] == ["View “Everything” saved"]
    assert next(field for field in app.text_input if field.label == "Name of this view").value == ""


def test_a_view_opens_in_the_language_of_who_opens_it(journal: Journal, own: Store, dashboard: Dashboard) -> None:
    keep(journal, "North")
    app = dashboard(own.root, lang="es")
    assert [text.value for text in app.markdown if "North" in text.value] == ["[North](/funnel?region=N&lang=es)"]


def test_a_name_that_is_taken_is_said_and_replaced_only_on_demand(journal: Journal, own: Store, dashboard: Dashboard) -> None:
    keep(journal, "North")
    app = named(dashboard(own.root, period="all"), "North")
    assert saved(journal) == [("North", *MINE)]
    assert any(text.value.startswith("You have a view “North”, saved at ") for text in app.markdown)
    pressed(app, "Replace it")
    assert saved(journal) == [("North", "", "period=all")]


def test_another_name_after_one_that_was_taken_leaves_that_one_alone(journal: Journal, own: Store, dashboard: Dashboard) -> None:
    keep(journal, "North")
    named(named(dashboard(own.root, period="all"), "North"), "South")
    assert saved(journal) == [("North", *MINE), ("South", "", "period=all")]


def test_who_would_replace_a_view_that_was_changed_meanwhile_is_told(journal: Journal, own: Store, dashboard: Dashboard) -> None:
    view = keep(journal, "North")
    app = named(dashboard(own.root, period="all"), "North")
    saved_views.save(journal, LOCAL_EMAIL, view, "North", "pace", "")
    app = pressed(app, "Replace it")
    assert "Somebody changed this first" in [title.value for title in app.subheader]
    assert saved(journal) == [("North", "pace", "")]


def test_a_deleted_view_can_be_brought_back(journal: Journal, own: Store, dashboard: Dashboard) -> None:
    keep(journal, "North")
    app = pressed(dashboard(own.root), "Delete")
    assert saved(journal) == []
    assert [toast.value for toast in app.toast] == ["View “North” deleted"]
    pressed(app, "bring_view_back")
    assert saved(journal) == [("North", *MINE)]


def test_a_view_deleted_elsewhere_meanwhile_is_said(journal: Journal, own: Store, dashboard: Dashboard) -> None:
    view = keep(journal, "North")
    app = dashboard(own.root)
    saved_views.delete(journal, view)
    app = pressed(app, "Delete")
    assert "Somebody changed this first" in [title.value for title in app.subheader]


def test_others_neither_see_nor_delete_a_view(journal: Journal, own: Store, dashboard: Dashboard) -> None:
    keep(journal, "Theirs", owner="ben@example.com")
    app = dashboard(own.root)
    assert not [text for text in app.markdown if "Theirs" in text.value]
    assert not [button for button in app.button if button.label == "Delete"]
