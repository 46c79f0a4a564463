"""The prospects page: every control moves a number and holds in every view; what people write counts, is signed, and is never lost."""

import re
from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from data.journal import Journal
from data.records import add, all_records, change, open_records
from data.store import Store
from measures.pipeline.prospect_journal import RECORD_KIND
from tests.builders import lines, make_store
from tests.pages.conftest import Dashboard, pressed, texts
from tests.pages.test_widgets import figures, widget

PAGE = "pipeline/prospects"
VIEWS = ("map", "one", "chances", "steps", "strategies", "rubric", "deals")
MOVED = [
    ("map", "intention_cut", 0.7), ("map", "prospect_cut", 0.3), ("map", "target_wallet", 0.6), ("chances", "class_a_from", 0.9),
    ("chances", "class_b_from", 0.5), ("chances", "class_c_from", 0.05), ("chances", "rating_days", 1), ("steps", "file_days", 5),
    ("rubric", "rubric_least", 0.95), ("rubric", "rubric_scale", "percentile"),
    *(("rubric", f"rubric_{name}", 0.9) for name in (
        "strength", "management", "network", "purchasing_power", "marketing", "growth", "advantage", "importance")),
]  # fmt: skip
LEAD = "lead.r-03@cartera.example"


def opened(dashboard: Dashboard, store: Store, view: str, **more: str) -> AppTest:
    """The page with that view open."""
    app = dashboard(store.root, PAGE, **more)
    return app if view == "map" else widget(app, "prospects_view").set_value(view).run()


def problems(app: AppTest) -> list[str]:
    return [problem.message for problem in app.exception]


def written(store: Store) -> list:
    return all_records(Journal(store.journal_path), RECORD_KIND)


@pytest.mark.parametrize("lang", ["en", "es"])
@pytest.mark.parametrize("view", VIEWS)
def test_a_view_is_drawn(demo: Store, dashboard: Dashboard, view: str, lang: str) -> None:
    app = opened(dashboard, demo, view, lang=lang)
    assert problems(app) == []
    assert app.get("vega_lite_chart") or app.dataframe


@pytest.mark.parametrize(("view", "name", "value"), MOVED)
def test_a_control_changes_a_number(demo: Store, dashboard: Dashboard, view: str, name: str, value: object) -> None:
    app = opened(dashboard, demo, view)
    before = figures(app)
    app = widget(app, f"cut_prospects_{name}").set_value(value).run()
    assert problems(app) == []
    assert figures(app) != before


def test_what_was_moved_in_one_view_holds_in_the_others_and_in_the_address(demo: Store, dashboard: Dashboard) -> None:
    app = opened(dashboard, demo, "map")
    app = widget(app, "cut_prospects_intention_cut").set_value(0.7).run()
    moved = app.metric[0].value
    for view in ("rubric", "map"):
        app = widget(app, "prospects_view").set_value(view).run()
        assert (app.metric[0].value, app.query_params["intention_cut"]) == (moved, "0.7")


@pytest.mark.parametrize(("key", "value"), [("filter_region", ["R-02"]), ("filter_salesperson", ["S-022"]), ("filter_period", "last_year")])
def test_a_filter_changes_a_number(demo: Store, dashboard: Dashboard, key: str, value: object) -> None:
    app = dashboard(demo.root, PAGE)
    before = figures(app)
    app = widget(app, key).set_value(value).run()
    assert problems(app) == []
    assert figures(app) != before


@pytest.mark.parametrize(("view", "key", "value"), [("map", "prospects_of", "PIV"), ("strategies", "prospect_work_quadrant", "PII")])
def test_a_choice_within_a_view_changes_what_it_shows(demo: Store, dashboard: Dashboard, view: str, key: str, value: str) -> None:
    app = opened(dashboard, demo, view)
    before = figures(app)
    assert figures(widget(app, key).set_value(value).run()) != before


def test_deals_without_a_rating_can_be_shown(demo: Store, dashboard: Dashboard) -> None:
    app = opened(dashboard, demo, "deals")
    rated = len(app.dataframe[0].value)
    app = app.toggle[0].set_value(False).run()
    assert len(app.dataframe[0].value) > rated


def test_a_score_written_over_moves_the_chance_and_is_signed(own: Store, dashboard: Dashboard) -> None:
    app = opened(dashboard, own, "one")
    account = app.selectbox[0].value
    before = figures(app)
    app = widget(app, "prospect_topic").set_value("scores").run()
    next(field for field in app.number_input if field.key == f"prospect_score_{account}_advantage").set_value(0.0)
    next(field for field in app.text_input if field.key == f"prospect_reason_{account}").set_value("They sell our competitor's beer only")
    app = pressed(app, "Write over the scores")
    assert problems(app) == []
    (record,) = written(own)
    assert (record.subject, record.content["scores"], record.written_by) == (account, {"advantage": 0.0}, "local")
    assert figures(app) != before
    app = widget(app, "prospects_view").set_value("rubric").run()
    assert app.dataframe[1].value["reason"].to_list() == ["They sell our competitor's beer only"]


def test_scores_beyond_the_chosen_scale_can_be_written_over_too(own: Store, dashboard: Dashboard) -> None:
    """The demo's scores run to 100: on a scale to five all but one stay as they were given."""
    app = opened(dashboard, own, "one", rubric_scale="five")
    account = app.selectbox[0].value
    app = widget(app, "prospect_topic").set_value("scores").run()
    fields = {field.key.removeprefix(f"prospect_score_{account}_"): field for field in app.number_input if field.key.startswith("prospect_score_")}
    assert problems(app) == [] and max(field.value for field in fields.values()) > 5
    fields["advantage"].set_value(2.0)
    next(field for field in app.text_input if field.key == f"prospect_reason_{account}").set_value("Rated anew, from 0 to 5")
    pressed(app, "Write over the scores")
    assert [record.content["scores"] for record in written(own)] == [{"advantage": 2.0}]


def test_a_reason_can_be_said_anew_while_the_scores_stay(own: Store, dashboard: Dashboard) -> None:
    app = opened(dashboard, own, "one")
    account = app.selectbox[0].value
    add(Journal(own.journal_path), RECORD_KIND, account, {"topic": "scores", "scores": {"advantage": 5.0}, "reason": "Heard it"}, by="local")
    app = widget(app.run(), "prospect_topic").set_value("scores").run()
    assert any(caption.value.startswith("This computer, ") for caption in app.caption)
    next(field for field in app.text_input if field.key == f"prospect_reason_{account}").set_value("Saw the contract")
    pressed(app, "Write over the scores")
    (record,) = written(own)
    assert (record.version, record.content["scores"], record.content["reason"]) == (2, {"advantage": 5.0}, "Saw the contract")


def test_the_brier_score_stands_beside_that_of_the_base_rate(demo: Store, dashboard: Dashboard) -> None:
    told = texts(opened(dashboard, demo, "chances"))
    assert re.search(r"Brier score 0\.\d{3}, of the base rate alone 0\.\d{3}; 0 is perfect\.", told)


def test_a_score_without_a_reason_is_not_written(own: Store, dashboard: Dashboard) -> None:
    app = opened(dashboard, own, "one")
    account = app.selectbox[0].value
    app = widget(app, "prospect_topic").set_value("scores").run()
    next(field for field in app.number_input if field.key == f"prospect_score_{account}_advantage").set_value(0.0)
    app = pressed(app, "Write over the scores")
    assert written(own) == [] and len(app.warning) == 1


def test_who_writes_over_a_newer_version_is_told_and_loses_nothing(own: Store, dashboard: Dashboard) -> None:
    app = opened(dashboard, own, "one")
    account = app.selectbox[0].value
    app = widget(app, "prospect_topic").set_value("steps").run()
    app = pressed(app, "Set the step")
    journal = Journal(own.journal_path)
    (seen,) = open_records(journal, RECORD_KIND)
    app = widget(app, "prospect_topic").set_value("steps").run()
    change(journal, seen, seen.content | {"note": "Ana was quicker"}, by="ana@example.com")
    app = pressed(app, "Set the step")
    assert "Somebody changed this first" in [title.value for title in app.subheader]
    assert open_records(journal, RECORD_KIND)[0].content["note"] == "Ana was quicker"
    app = pressed(app, "Set the step")
    assert open_records(journal, RECORD_KIND)[0].written_by == "local"
    assert account == seen.subject


def test_two_people_who_write_the_first_note_at_once_don_t_both_succeed(own: Store, dashboard: Dashboard) -> None:
    app = opened(dashboard, own, "one")
    account = app.selectbox[0].value
    app = widget(app, "prospect_topic").set_value("steps").run()
    add(Journal(own.journal_path), RECORD_KIND, account, {"topic": "steps", "steps": {"trust": None}}, by="ana@example.com")
    app = pressed(app, "Set the step")
    assert "Somebody changed this first" in [title.value for title in app.subheader]
    assert [record.written_by for record in written(own)] == ["ana@example.com"]


def test_a_step_set_by_hand_is_done_and_can_be_taken_back(own: Store, dashboard: Dashboard) -> None:
    app = opened(dashboard, own, "one")
    app = widget(app, "prospect_topic").set_value("steps").run()
    next(box for box in app.selectbox if box.label == "Step").set_value("trust")
    app = pressed(app, "Set the step")
    assert "Set by hand" in texts(app)
    app = pressed(app, "Take it back")
    assert open_records(Journal(own.journal_path), RECORD_KIND) == []
    assert "Set by hand" not in texts(app)


def test_what_keeps_a_prospect_from_signing_is_written_down(own: Store, dashboard: Dashboard) -> None:
    app = opened(dashboard, own, "one")
    app = widget(app, "prospect_topic").set_value("obstacle").run()
    box = next(box for box in app.selectbox if box.label == "What keeps it from signing")
    box.select_index(0)
    app = pressed(app, "Write down")
    assert written(own)[0].content["obstacle"] in texts(app)


def test_an_action_goes_on_the_worklist(own: Store, dashboard: Dashboard) -> None:
    app = opened(dashboard, own, "strategies")
    chosen = next(box for box in app.multiselect if box.key == "prospect_work_accounts_PI_0")
    chosen.set_value(chosen.options[:1])
    next(box for box in app.selectbox if box.key == "prospect_work_owner_PI").set_value("S-002")
    app = pressed(app, "Put on the worklist")
    assert problems(app) == []
    assert app.dataframe[-1].value["action"].to_list() == ["Find why it has not signed, and clear that away"]


def test_a_lead_sees_nothing_written_about_another_region(own: Store, dashboard: Dashboard) -> None:
    app = opened(dashboard, own, "one")
    app = widget(app, "prospect_topic").set_value("steps").run()
    next(field for field in app.text_input if field.label == "Note").set_value("Nobody else may read this")
    app = pressed(app, "Set the step")
    shown = [opened(dashboard, own, view, viewer=LEAD) for view in ("map", "one", "steps")]
    assert not any("Nobody else may read this" in texts(app) for app in shown)
    assert shown[0].header[0].value != dashboard(own.root, PAGE).header[0].value


def test_a_store_where_everybody_bought_says_so(three_tables: Store, dashboard: Dashboard) -> None:
    app = dashboard(three_tables.root, PAGE)
    assert [title.value for title in app.subheader] == ["There is no prospect here"]


def test_where_everybody_bought_the_open_deals_have_their_rate(tmp_path: Path, dashboard: Dashboard) -> None:
    sold = lines((date(2025, 10, 1), "a", "p", 1, 10.0), (date(2025, 11, 28), "a", "p", 1, 10.0))
    deals = [{"opportunity_id": name, "account_id": "a", "created_on": date(2025, 11, 1), "expected_amount": 5} for name in ("won", "open")]
    events = [{"opportunity_id": name, "stage": stage, "entered_on": date(2025, 11, 5)} for name, stage in (("won", "won"), ("open", "offer"))]
    store = make_store(
        tmp_path, accounts=[{"account_id": "a", "account": "Bar A"}], products=[{"product_id": "p", "product": "Pale"}], transactions=sold,
        opportunities=deals, stage_events=events,
    )  # fmt: skip
    app = dashboard(store.root, PAGE)
    assert app.header[0].value.startswith("No account of this selection is still to be won")
    assert app.dataframe[0].value["probability"].to_list() == [pytest.approx((1 + 10 * 0.25) / 11, abs=5e-4)]
    assert "it is 32%: from the closed deals without a rating (1 of 1 won) and 10 more assumed at 25%." in " ".join(caption.value for caption in app.caption)
