"""The pace page against a signed board: the choice of targets moves the numbers, and each viewer has their part."""

from pathlib import Path
from shutil import copytree

import polars as pl
import pytest
from streamlit.testing.v1 import AppTest

from data import target_versions as kept
from data.access import Viewer
from data.journal import Journal
from data.store import Store
from measures.thresholds import cuts
from measures.trade import price_volume_mix
from measures.trade.price_volume_mix import SCOPES
from pages.parts.seasons.pace_views import wide
from queries.filters import Filters
from tests.builders import ask_as
from tests.pages.conftest import Dashboard
from tests.pages.test_viewers import LEAD
from tests.pages.test_widgets import figures, widget

PAGE, SOURCE = "seasons/pace", "cut_pace_pace_targets"


@pytest.fixture
def signed(demo: Store, tmp_path: Path) -> Store:
    """A demo store with a frozen board: 1,000 units in each of six months of every account that was sold to."""
    copytree(demo.root, tmp_path / "own")
    store = Store.at(tmp_path / "own")
    filters = Filters()
    accounts = ask_as(store)("seasons/pace_accounts", filters)["account_id"].to_list()
    product = ask_as(store)("seasons/board_products", filters)["product_id"].first()
    year = ask_as(store)("store/generation", filters)["as_of"].item().year
    journal, manager = Journal(store.journal_path), Viewer("ana", "Ana", "manager", None)
    rows = {(account, product): (1000,) * 6 for account in accounts}
    kept.save(journal, f"{year}-04+6", rows, viewer=manager, accounts=accounts, seen=0, reason="Agreed", about={})
    kept.freeze(journal, f"{year}-04+6", 1, viewer=manager)
    return store


def by_account(app: AppTest) -> list[float]:
    return next(list(table.value["target"]) for table in app.dataframe if "account_id" in table.value.columns)


def chosen(dashboard: Dashboard, store: Store, source: str, **who: str) -> AppTest:
    app = widget(dashboard(store.root, PAGE, **who), SOURCE).set_value(source).run()
    assert [problem.message for problem in app.exception] == []
    return app


def test_the_board_is_a_source_of_targets_beside_the_imported_ones(signed: Store, dashboard: Dashboard) -> None:
    imported, board = (chosen(dashboard, signed, source) for source in ("imported", "signed_board"))
    assert figures(imported) != figures(board)
    assert any("signed off-season board" in text.value for text in board.caption)
    assert set(by_account(board)) == {6000.0}


def test_a_lead_sees_their_part_of_the_board(signed: Store, dashboard: Dashboard) -> None:
    whole, mine = by_account(chosen(dashboard, signed, "signed_board")), by_account(chosen(dashboard, signed, "signed_board", viewer=LEAD))
    assert 0 < len(mine) < len(whole)


def test_without_a_signed_board_the_page_says_how_to_sign_one(demo: Store, dashboard: Dashboard) -> None:
    app = chosen(dashboard, demo, "signed_board")
    assert any("No signed board" in text.value for text in app.subheader)


@pytest.mark.parametrize("scope", list(SCOPES))
def test_what_moved_net_sales_adds_up_column_by_column_to_the_whole(demo: Store, scope: str) -> None:
    moved = price_volume_mix.answer(ask_as(demo), Filters(), cuts(price_volume_mix.THRESHOLDS))
    rows = wide(moved, scope)
    assert rows[scope][-2:].to_list() == ["Between them", "Whole"]
    amounts = rows.select(pl.col(pl.Float64))
    assert [round(of[:-1].sum(), 2) for of in amounts] == [round(of[-1], 2) for of in amounts]
    assert round(rows["change"][-2], 2) == 0
    assert rows["change"][-1] == pytest.approx(moved.ends["change"].item())
    assert any(round(of[-2], 2) for of in amounts)
