"""Every page, in every language, on a full store, an empty one, and one with the required tables only."""

from pathlib import Path

import pytest

from charts import labels
from data.language import LANGUAGES
from data.store import Store
from tests.pages.conftest import PAGES, Dashboard

WITHOUT_SALES = frozenset({"store/import_files", "store/data_quality", "store/definitions", "store/settings"})
MISSING = {"pipeline/funnel": "stage_events", "pipeline/forecast": "stage_events", "customers/share_of_wallet": "wallet", "trade/programmes": "programmes", "trade/rebates": "rebates", "team/development_plan": "development_plans", "team/monthly_evaluation": "salespeople"}
"""Pages that are about a table that is not required."""


def problems(app) -> list[str]:
    return [problem.message for problem in app.exception]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("page", PAGES)
def test_a_page_states_its_finding_on_a_full_store(demo: Store, dashboard: Dashboard, page: str, lang: str) -> None:
    app = dashboard(demo.root, page, lang=lang)
    assert problems(app) == []
    assert len(app.header) == 1
    assert len(app.header[0].value) > 10


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("page", PAGES)
def test_a_page_on_an_empty_store_says_what_to_do(tmp_path: Path, dashboard: Dashboard, page: str, lang: str) -> None:
    app = dashboard(tmp_path, page, lang=lang)
    assert problems(app) == []
    if page not in WITHOUT_SALES:
        assert app.subheader[0].value == {"en": "There are no data yet", "es": "Todavía no hay datos"}[lang]


@pytest.mark.parametrize("page", PAGES)
def test_a_page_works_with_the_required_tables_only(three_tables: Store, dashboard: Dashboard, page: str) -> None:
    app = dashboard(three_tables.root, page)
    assert problems(app) == []
    if page in MISSING:
        assert app.subheader[0].value == f"The table “{labels.label(MISSING[page])}” is missing"
        # Its controls are gone: they would control nothing.
        assert [*app.main.slider] == []
    else:
        assert len(app.header) == 1


def test_an_address_that_names_what_does_not_exist_is_read_without_it(demo: Store, dashboard: Dashboard) -> None:
    app = dashboard(demo.root, product="P-999", salesperson="nobody", region="R-99", period="sometime")
    assert problems(app) == []
    assert app.header[0].value == dashboard(demo.root).header[0].value
