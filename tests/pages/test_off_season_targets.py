"""The off-season targets page: every control moves a figure, the requirement is one figure, and what cannot be met is said."""

import pytest
from streamlit.testing.v1 import AppTest

from data.store import Store
from tests.pages.conftest import Dashboard
from tests.pages.test_widgets import figures, widget

PAGE = "seasons/off_season_targets"
CUT = "cut_off_season_targets_"
MOVED = [
    ("requirement_basis", "forecast"), ("requirement_growth", 0.2), ("lift_shape", "held"), ("growth_share", 0.0), ("cell_ceiling", 0.01),
    ("outlet_probability", 0.9), ("wallet_probability", 0.9), ("ordering_outcomes", "alta"), ("window", 2), ("off_season_start", 7),
]  # fmt: skip


def linked(dashboard: Dashboard, store: Store, **address: str) -> AppTest:
    """The page as a link with this address opens it."""
    app = dashboard(store.root)
    for name, value in address.items():
        app.query_params[name] = value
    return app.switch_page(f"pages/{PAGE}.py").run()


def shown(app: AppTest) -> dict[str, str]:
    return {metric.label: metric.value for metric in app.metric}


@pytest.mark.parametrize(("name", "value"), MOVED)
def test_a_control_changes_a_number(demo: Store, dashboard: Dashboard, name: str, value: object) -> None:
    app = dashboard(demo.root, PAGE)
    before = figures(app)
    widget(app, CUT + name).set_value(value).run()
    assert [problem.message for problem in app.exception] == []
    assert figures(app) != before


def test_a_stated_requirement_begins_from_what_the_board_asked_for_and_then_counts(demo: Store, dashboard: Dashboard) -> None:
    app = dashboard(demo.root, PAGE)
    asked = shown(app)["Requirement"]
    widget(app, CUT + "requirement_basis").set_value("stated").run()
    assert shown(app)["Requirement"] == asked
    widget(app, CUT + "requirement").set_value(123_456.0).run()
    assert shown(app)["Requirement"] == "123.5K"
    assert app.query_params["requirement"] == "123456.0"
    widget(app, CUT + "requirement_basis").set_value("last_peak").run()
    assert shown(app)["Requirement"] == asked


def test_a_link_with_a_requirement_states_it(demo: Store, dashboard: Dashboard) -> None:
    assert shown(linked(dashboard, demo, requirement="123456"))["Requirement"] == "123.5K"


def test_what_the_limits_do_not_allow_is_refused_with_the_nearest_that_they_do(demo: Store, dashboard: Dashboard) -> None:
    app = linked(dashboard, demo, requirement_growth="1.5")
    assert any("cannot be met" in text.value for text in app.markdown)
    target = shown(app)["Off-season target"]
    next(button for button in app.button if button.key == "targets_nearest").click().run()
    assert not any("cannot be met" in text.value for text in app.markdown)
    assert shown(app)["Off-season target"] == target


def test_a_season_that_does_not_run_is_said(demo: Store, dashboard: Dashboard) -> None:
    app = linked(dashboard, demo, target_season="running")
    assert [note.value for note in app.info] == ["No off-season is running at the end of the data: this is the next one."]


def test_a_season_that_runs_is_offered_and_its_rest_can_be_planned(demo: Store, dashboard: Dashboard) -> None:
    """The demo's data end in October: an off-season from September to December has two months left."""
    address = {"off_season_start": "9", "off_season_months": "4", "peak_start": "1"}
    offered = linked(dashboard, demo, **address)
    assert "2 months of it are left" in offered.info[0].value
    rest = linked(dashboard, demo, target_season="running", **address)
    assert [problem.message for problem in rest.exception] == []
    assert len(rest.info) == 0
    assert shown(rest)["Off-season target"] != shown(offered)["Off-season target"]
