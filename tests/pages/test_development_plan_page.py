"""The development plan on the page: every widget changes a number, every view is drawn, a lead sees their own."""

import pytest

from data.store import Store
from tests.pages.conftest import Dashboard, mentions
from tests.pages.test_widgets import figures, widget

PAGE, LEAD = "team/development_plan", "lead.r-03@cartera.example"
VIEWS = ("months", "areas", "life", "channel", "candidates")

MOVED = [
    (None, "cut_development_plan_alive_days", 30), (None, "cut_development_plan_alive_window", 20), (None, "cut_development_plan_managed_levels", 1),
    ("candidates", "cut_development_plan_candidate_months", 3), (None, "cut_development_plan_ordered_outcomes", "Alta"), (None, "cut_development_plan_plan_limits", 0.3),
    ("candidates", "cut_development_plan_outstanding_percentile", 0.99), ("candidates", "development_kind", "outlet"), ("months", "development_months_of", "developments"),
    ("areas", "development_areas_of", "developments"), *((None, "development_view", view) for view in VIEWS),
]  # fmt: skip
"""(view, widget's key, another value)."""


def problems(app) -> list[str]:
    return [problem.message for problem in app.exception]


@pytest.mark.parametrize(("view", "key", "value"), MOVED)
def test_a_widget_changes_a_number(demo: Store, dashboard: Dashboard, view: str | None, key: str, value: object) -> None:
    app = dashboard(demo.root, PAGE)
    if view:
        widget(app, "development_view").set_value(view).run()
    before = figures(app)
    widget(app, key).set_value(value).run()
    assert problems(app) == []
    assert figures(app) != before


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("lang", ["en", "es"])
def test_every_view_is_drawn_for_a_lead_without_another_regions_people(demo: Store, dashboard: Dashboard, view: str, lang: str) -> None:
    app = dashboard(demo.root, PAGE, viewer=LEAD, lang=lang)
    widget(app, "development_view").set_value(view).run()
    assert problems(app) == []
    assert mentions(app, ("Pampa", "Cuyo", "Patagonia", "Levante", "Rosario", "Mendoza")) == []


def test_two_viewers_read_different_findings(demo: Store, dashboard: Dashboard) -> None:
    ours, theirs = dashboard(demo.root, PAGE), dashboard(demo.root, PAGE, viewer=LEAD)
    assert theirs.header[0].value != ours.header[0].value
    assert [tile.value for tile in theirs.metric] != [tile.value for tile in ours.metric]
