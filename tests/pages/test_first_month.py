"""The first five minutes: a store with three order lines of a month that is not over says what can be said, and why there is no more yet."""

from datetime import date

import pytest

from data.store import Store
from tests.builders import lines, make_store
from tests.pages.conftest import Dashboard, texts

WHOLE_MONTHS = (
    "customers/portfolio_quadrants", "customers/share_of_wallet", "customers/coverage", "customers/early_warnings", "customers/segments",
    "seasons/seasonality", "trade/products",
)  # fmt: skip


@pytest.fixture(scope="module")
def young(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """Two accounts, of which one only returned, on the fourth and fifth of March."""
    return make_store(
        tmp_path_factory.mktemp("young"),
        accounts=[{"account_id": "a", "account": "Alfa", "region_id": "South"}, {"account_id": "b", "account": "Beta", "region_id": "North"}],
        products=[{"product_id": "p", "product": "Pale", "category": "Ale"}],
        transactions=lines((date(2026, 3, 4), "a", "p", 24, 31.2), (date(2026, 3, 4), "a", "p", 6, 15.0), (date(2026, 3, 5), "b", "p", -2, -2.6)),
    )


@pytest.mark.parametrize("page", WHOLE_MONTHS)
@pytest.mark.parametrize(("lang", "title"), [("en", "No month is complete yet"), ("es", "Todavía no hay ningún mes completo")])
def test_a_page_of_complete_months_says_that_none_is_over(young: Store, dashboard: Dashboard, page: str, lang: str, title: str) -> None:
    app = dashboard(young.root, page, lang=lang)
    assert [problem.message for problem in app.exception] == []
    assert [subheader.value for subheader in app.subheader] == [title]


def test_an_accounts_finding_tells_when_it_bought_last(young: Store, dashboard: Dashboard) -> None:
    app = dashboard(young.root, "customers/account", account="a")
    assert [header.value for header in app.header] == ["Alfa brought no net sales in the last 12 complete months; its last sale was on 4 Mar 2026"]


def test_one_account_below_zero_is_said_in_the_singular(young: Store, dashboard: Dashboard) -> None:
    assert "1 account below zero" in texts(dashboard(young.root, "customers/value_pyramid"))


def test_white_space_calls_no_running_month_complete(young: Store, dashboard: Dashboard) -> None:
    said = texts(dashboard(young.root, "pipeline/white_space"))
    assert ("White space · as of 5 Mar 2026" in said, "complete months" in said) == (True, False)


def test_without_deals_the_life_cycle_has_no_stage_of_opportunities(young: Store, dashboard: Dashboard) -> None:
    app = dashboard(young.root, "pipeline/life_cycle")
    stages = app.dataframe[0].value
    assert list(stages["life_stage"]) == ["Future", "Prospect", "First order", "Repurchase", "Active", "At risk", "Lost customer", "Reactivated"]
    assert "open_value" not in stages
