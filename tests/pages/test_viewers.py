"""Two viewers: a lead sees no other region anywhere, and an unknown person sees nothing at all."""

import polars as pl
import pytest
from streamlit.testing.v1 import AppTest

from data.journal import Journal
from data.store import Store
from queries.filters import Filters
from tests.builders import ask_as
from tests.pages.conftest import PAGES, Dashboard, texts

LEAD = "lead.r-03@cartera.example"


def mine(demo: Store) -> pl.DataFrame:
    """The accounts that the lead sees."""
    return ask_as(demo, Journal(demo.journal_path).viewer(LEAD))("store/accounts", Filters())


@pytest.fixture(scope="module")
def foreign_names(demo: Store) -> list[str]:
    """Names of other regions and of their largest accounts and people, none of which is a part of an own name."""
    ask = ask_as(demo)
    own = mine(demo)["account"].to_list()
    regions = [name for key, name, _key in ask("store/regions", Filters()).rows() if key.startswith("R-") and key != "R-03"]
    accounts = ask("customers/account_value", Filters(region_ids=("R-01", "R-09")), end=None).sort("net_sales", descending=True)
    return regions + [name for name in accounts["account"].head(40) if name not in own]


@pytest.mark.parametrize("page", [page for page in PAGES if page != "store/settings"])
def test_a_lead_sees_no_other_region_on_a_page(demo: Store, dashboard: Dashboard, page: str, foreign_names: list[str]) -> None:
    shown = texts(dashboard(demo.root, page, viewer=LEAD))
    assert [name for name in foreign_names if name in shown] == []


def test_a_link_to_another_region_shows_a_lead_their_own(demo: Store, dashboard: Dashboard) -> None:
    linked = dashboard(demo.root, viewer=LEAD, region="R-01")
    assert linked.header[0].value == dashboard(demo.root, viewer=LEAD).header[0].value


def test_a_link_says_what_of_it_its_reader_does_not_see(demo: Store, dashboard: Dashboard) -> None:
    own = mine(demo)["account_id"][0]
    foreign = ask_as(demo)("customers/account_value", Filters(region_ids=("R-01",)), end=None)["account_id"][0]

    def told(app: AppTest) -> list[str]:
        return [caption.value for caption in app.caption if "this link" in caption.value]

    whole = "Account: this link names 1 that you do not see, and none that you do: nothing is filtered by it."
    assert told(dashboard(demo.root, viewer=LEAD, distributor=foreign)) == [whole]
    app = dashboard(demo.root, viewer=LEAD, distributor=[own, foreign])
    assert told(app) == ["Account: this link names 1 that you do not see; they are left out."]
    app.session_state["filter_distributor"] = []
    assert told(app.run()) == []
    assert told(dashboard(demo.root, distributor=[own, foreign])) == []


def test_a_lead_does_not_open_another_regions_account(demo: Store, dashboard: Dashboard) -> None:
    foreign = ask_as(demo)("customers/account_value", Filters(region_ids=("R-01",)), end=None)["account_id"][0]
    app = dashboard(demo.root, viewer=LEAD)
    app.session_state["account_choice"] = foreign
    app = app.switch_page("pages/customers/account.py").run()
    assert [title.value for title in app.subheader] == ["This account is not in your list"]


def test_the_scope_is_said(demo: Store, dashboard: Dashboard) -> None:
    assert dashboard(demo.root, viewer=LEAD).caption[0].value.startswith("You see: Litoral, 461 of 5,236 accounts")
    assert dashboard(demo.root).caption[0].value.startswith("You see: everything, 5,236 accounts")


def test_a_stranger_is_told_to_ask_for_access(demo: Store, dashboard: Dashboard) -> None:
    app = dashboard(demo.root, viewer="stranger@example.com")
    assert [title.value for title in app.subheader] == ["You have no access yet"]
    assert len(app.header) == 0


def test_only_a_manager_changes_settings(demo: Store, dashboard: Dashboard) -> None:
    app = dashboard(demo.root, "store/settings", viewer=LEAD)
    assert len(app.info) == 1


@pytest.mark.parametrize("page", ["overview/overview", "customers/value_pyramid", "customers/portfolio_quadrants", "store/data_quality"])
def test_the_same_search_finds_those_names_for_a_manager(demo: Store, dashboard: Dashboard, page: str, foreign_names: list[str]) -> None:
    shown = texts(dashboard(demo.root, page))
    assert len([name for name in foreign_names if name in shown]) > 10
