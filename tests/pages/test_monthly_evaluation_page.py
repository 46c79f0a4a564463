"""The monthly evaluation on the page: every widget changes a number, every view is drawn, who may read and sign, and what two leads do at once."""

from pathlib import Path

import pytest

from data.journal import Journal
from data.records import open_records
from data.store import Store
from measures.team.evaluations import RECORD_KIND
from tests.pages.conftest import Dashboard, mentions, pressed
from tests.pages.test_widgets import figures, widget

PAGE, LEAD = "team/monthly_evaluation", "lead.r-03@cartera.example"
VIEWS = ("months", "duel", "week", "sign")
MOVED = [
    *((None, f"cut_monthly_evaluation_{name}", value) for name, value in (
        ("weight_attainment", 0.1), ("weight_kept", 0.9), ("weight_adherence", 0.9), ("weight_strikes", 0.9), ("payout_from", 0.6), ("payout_first", 0.1),
        ("payout_slope", 1.0), ("payout_cap", 1.0), ("strike_goal", 0.9), ("indicator_cap", 1.0), ("order_days", 0), ("plan_limits", 0.2), ("alive_days", 20),
        ("alive_window", 20), ("ordered_outcomes", "Alta"))),
    ("week", "cut_team_week_week_behind", 1.0), *((None, "evaluation_view", view) for view in VIEWS),
]  # fmt: skip
"""(view, widget's key, another value)."""


def problems(app) -> list[str]:
    return [problem.message for problem in app.exception]


def view(app, name: str):
    widget(app, "evaluation_view").set_value(name).run()
    assert problems(app) == []
    return app


@pytest.mark.parametrize(("shown", "key", "value"), MOVED)
def test_a_widget_changes_a_number(demo: Store, dashboard: Dashboard, shown: str | None, key: str, value: object) -> None:
    app = dashboard(demo.root, PAGE)
    if shown:
        view(app, shown)
    before = figures(app)
    widget(app, key).set_value(value).run()
    assert problems(app) == []
    assert figures(app) != before


@pytest.mark.parametrize("name", VIEWS)
@pytest.mark.parametrize("lang", ["en", "es"])
def test_every_view_is_drawn_for_a_lead_without_another_regions_people(demo: Store, dashboard: Dashboard, name: str, lang: str) -> None:
    app = view(dashboard(demo.root, PAGE, viewer=LEAD, lang=lang), name)
    assert mentions(app, ("Pampa", "Cuyo", "Patagonia", "Levante", "Rosario", "Mendoza")) == []


def test_two_viewers_read_different_findings(demo: Store, dashboard: Dashboard) -> None:
    ours, theirs = dashboard(demo.root, PAGE), dashboard(demo.root, PAGE, viewer=LEAD)
    assert theirs.header[0].value != ours.header[0].value
    assert [tile.value for tile in theirs.metric] != [tile.value for tile in ours.metric]


def test_another_month_has_other_figures_and_stands_in_the_address(demo: Store, dashboard: Dashboard) -> None:
    app = dashboard(demo.root, PAGE)
    before, months = figures(app), widget(app, "evaluation_month").options
    widget(app, "evaluation_month").select_index(3).run()
    assert figures(app) != before and len(months) == 12
    assert app.query_params["evaluated_month"]
