"""What a page hands out is what it shows."""

import pytest
from streamlit.testing.v1 import AppTest

from data.store import Store
from pages.parts import hand_out
from reports.formats import FORMATS
from tests.pages.conftest import PAGES, Dashboard

WITHOUT = ("store/import_files", "store/settings")
"""Pages for doing something, not for presenting."""


def deck(app: AppTest):
    return hand_out.deck(app.session_state[hand_out._SHOWN], (("Region", "North"),))


@pytest.mark.parametrize("page", [page for page in PAGES if page not in WITHOUT])
def test_every_page_that_has_a_finding_hands_it_out(demo: Store, dashboard: Dashboard, page: str) -> None:
    app = dashboard(demo.root, page)
    made = deck(app)
    assert made.slides[0].finding == app.header[0].value.replace("\\", "")
    assert [button.proto.label for button in app.get("download_button")][:3] == list(hand_out.FORMATS)


def test_figures_are_the_screens_own(demo: Store, dashboard: Dashboard) -> None:
    app = dashboard(demo.root, "overview/overview")
    assert [(figure.label, figure.value) for figure in deck(app).slides[0].figures] == [(metric.label, metric.value) for metric in app.metric]


def test_another_page_starts_anew(demo: Store, dashboard: Dashboard) -> None:
    app = dashboard(demo.root, "seasons/seasonality")
    assert deck(app).title == "Seasonality"
    app.switch_page("pages/customers/coverage.py").run()
    assert deck(app).title == "Coverage"


@pytest.mark.parametrize("kind", FORMATS)
def test_every_format_can_be_made_of_a_page(demo: Store, dashboard: Dashboard, kind: str) -> None:
    assert FORMATS[kind](deck(dashboard(demo.root, "overview/overview", lang="es")))[:4] in (b"PK\x03\x04", b"%PDF")
