"""A figure has a date: every page says beside its name which time its figures stand for."""

import re

import pytest

from data.store import Store
from tests.pages.conftest import PAGES, Dashboard

TIMELESS = {"store/import_files", "store/definitions", "store/settings"}
DATED = re.compile(r" · .*\b20\d\d\b")


@pytest.mark.parametrize("page", sorted(set(PAGES) - TIMELESS))
@pytest.mark.parametrize("lang", ["en", "es"])
def test_every_page_dates_its_figures(demo: Store, dashboard: Dashboard, page: str, lang: str) -> None:
    captions = [caption.value for caption in dashboard(demo.root, page, lang=lang).main.caption]
    # The first line is that of the scope, the second the page's name.
    assert DATED.search(captions[1]), captions[1]


@pytest.mark.parametrize(
    ("period", "said"),
    [("12m", "Overview · Jan 2025 – Dec 2025"), ("all", "Overview · All data, data through 15 Dec 2025")],
)
def test_a_period_ends_with_the_month_that_was_booked_last_and_an_open_one_says_how_far_the_data_reach(three_tables: Store, dashboard: Dashboard, period: str, said: str) -> None:
    assert said in [caption.value for caption in dashboard(three_tables.root, period=period).main.caption]


def test_a_funnel_says_what_its_view_stands_for(demo: Store, dashboard: Dashboard) -> None:
    shown = [dashboard(demo.root, "pipeline/funnel", view=view).main.caption[1].value for view in ("cohort", "snapshot", "transitions")]
    period = dashboard(demo.root).main.caption[1].value.removeprefix("Overview · ")
    assert shown[0].startswith(f"Funnel · {period}; as of ") and shown[1].startswith("Funnel · as of ") and shown[2] == f"Funnel · {period}"
