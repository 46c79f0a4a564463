"""The monthly evaluation on the page: every widget changes a number, every view is drawn, who may read and sign, and what two leads do at once."""

import json

import pytest

from data.access import Viewer
from data.journal import LOCAL_EMAIL, Journal
from data.records import EVALUATION, open_records, put
from data.store import Store
from measures.__main__ import main
from tests.pages.conftest import Dashboard, mentions, pressed
from tests.pages.test_widgets import figures, widget

PAGE, LEAD = "team/monthly_evaluation", "lead.r-03@cartera.example"
VIEWS = ("months", "duel", "week", "sign")
MOVED = [
    *((None, f"cut_monthly_evaluation_{name}", value) for name, value in (
        ("weight_attainment", 0.1), ("weight_kept", 0.9), ("weight_adherence", 0.9), ("weight_strikes", 0.9), ("payout_from", 0.6), ("payout_first", 0.1),
        ("payout_slope", 1.0), ("payout_cap", 1.0), ("strike_goal", 0.9), ("indicator_cap", 1.0), ("least_indicators", 4), ("order_days", 0), ("plan_limits", 0.2), ("alive_days", 20),
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


def written(store: Store) -> list:
    return open_records(Journal(store.journal_path), EVALUATION)


def test_a_signature_keeps_the_figures_of_its_day_and_closes_the_form(own: Store, dashboard: Dashboard) -> None:
    app = pressed(view(dashboard(own.root, PAGE, viewer=LEAD), "sign"), "Sign")
    (record,) = written(own)
    assert record.content["is_signed"] and record.written_by == LEAD and record.content["figures"]["evaluation_score"] > 0
    assert "1 of" in app.caption[1].value + app.caption[0].value + " ".join(one.value for one in app.markdown)
    assert [button.label for button in app.button if button.label in ("Sign", "Save") and not button.disabled] == []
    pressed(app, "Open it again")
    assert [(one.version, one.content["is_signed"]) for one in written(own)] == [(2, False)]


def test_a_decision_against_the_proposal_needs_a_comment(own: Store, dashboard: Dashboard) -> None:
    app = view(dashboard(own.root, PAGE), "sign")
    next(group for group in app.button_group if str(group.key).startswith("evaluation_decision")).set_value("penalty")
    app = pressed(app, "Save")
    assert written(own) == [] and app.warning[0].value.startswith("Choose a decision")
    next(area for area in app.text_area if area.key.startswith("evaluation_comment")).set_value("Three months of excuses")
    pressed(app, "Save")
    assert [(one.content["decision"], one.content["comment"]) for one in written(own)] == [("penalty", "Three months of excuses")]


def test_who_is_second_is_told_and_loses_nothing(own: Store, dashboard: Dashboard) -> None:
    app = view(dashboard(own.root, PAGE), "sign")
    person = widget(app, "evaluation_person").value
    month = f"{widget(app, 'evaluation_month').value:%Y-%m}"
    put(Journal(own.journal_path), EVALUATION, f"{person} {month}", None, {"decision": "review", "is_signed": False, "figures": {}, "comment": "First"}, by="somebody")
    app = pressed(app, "Sign")
    assert [one.content["comment"] for one in written(own)] == ["First"]
    assert "Somebody changed this first" in [title.value for title in app.subheader]


def test_evaluations_are_read_by_managers_and_leads_of_the_region_only(own: Store, dashboard: Dashboard, capsys: pytest.CaptureFixture[str]) -> None:
    pressed(view(dashboard(own.root, PAGE, viewer=LEAD), "sign"), "Sign")
    salesperson = "v@example.com"
    Journal(own.journal_path).save_user(Viewer(salesperson, "V", "salesperson", ("R-03",)), by=LOCAL_EMAIL)
    for viewer, seen in ((LOCAL_EMAIL, 1), (LEAD, 1), ("lead.r-02@cartera.example", 0), (salesperson, 0)):
        assert main(["monthly_evaluation", "--store", str(own.root), "--format", "json", "--as", viewer]) == 0
        assert len(json.loads(capsys.readouterr().out)["tables"]["evaluations"]) == seen
    assert "sign" not in widget(dashboard(own.root, PAGE, viewer=salesperson), "evaluation_view").options
