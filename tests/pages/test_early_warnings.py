"""The early warnings page: thresholds move the queue; people acknowledge alarms, say how they turned out, and the page counts it."""

import json

import pytest
from streamlit.testing.v1 import AppTest

from data.journal import Journal
from data.records import Record, add, all_records, change, history
from data.store import Store
from measures.__main__ import main
from measures.customers.warning_record import RECORD_KIND
from tests.pages.conftest import Dashboard, pressed, texts
from tests.pages.test_widgets import figures, widget

PAGE, LEAD = "customers/early_warnings", "lead.r-03@cartera.example"
MOVED = [("alarm_h", 6.0), ("alarm_k", 1.5), ("alarm_clip", 1.5), ("silence_odds", 2), ("alarm_capacity", 3)]


def queue(app: AppTest) -> list[str]:
    return app.dataframe[0].value["account_id"].to_list()


def shown(app: AppTest) -> dict[str, str]:
    return {metric.label: metric.value for metric in app.metric}


@pytest.mark.parametrize(("name", "value"), MOVED)
def test_a_threshold_changes_the_queue(demo: Store, dashboard: Dashboard, name: str, value: float) -> None:
    app = dashboard(demo.root, PAGE, alarm_capacity="500")
    before = figures(app)
    widget(app, f"cut_early_warnings_{name}").set_value(value).run()
    assert [problem.message for problem in app.exception] == []
    assert figures(app) != before


def test_a_cause_suggests_its_countermeasure(demo: Store, dashboard: Dashboard) -> None:
    app = dashboard(demo.root, PAGE)
    first = queue(app)[0]
    widget(app, f"warning_cause_{first}").set_value("competitor").run()
    assert app.text_area[0].value.startswith("Stress what our product does better")


def test_an_acknowledged_alarm_leaves_the_queue_and_its_outcome_is_counted(own: Store, dashboard: Dashboard) -> None:
    app = dashboard(own.root, PAGE)
    first, waiting = queue(app)[0], shown(app)
    assert waiting["Right alarms"] == "–"
    widget(app, f"warning_cause_{first}").set_value("novelty").run()
    widget(app, f"warning_owner_{first}").set_value("S-002").run()
    app = pressed(app, f"warning_acknowledge_{first}")
    assert first not in queue(app)
    app = widget(app, "warning_view").set_value("in_hand").run()
    assert queue(app) == [first]
    app = pressed(app, "It was right")
    assert [problem.message for problem in app.exception] == []
    assert shown(app)["Right alarms"] == "100.0%"
    (record,) = all_records(Journal(own.journal_path), RECORD_KIND)
    assert (record.content["cause"], record.content["outcome"], record.is_open) == ("novelty", "true_alarm", False)
    assert record.content["countermeasure"].startswith("Work out with them")


def test_an_alarm_is_acknowledged_only_for_somebody(demo: Store, dashboard: Dashboard) -> None:
    app = dashboard(demo.root, PAGE)
    first = queue(app)[0]

    def is_open() -> bool:
        return not next(button for button in app.button if button.key == f"warning_acknowledge_{first}").disabled

    assert not is_open()
    app = widget(app, f"warning_owner_{first}").set_value("S-002").run()
    assert is_open()


def test_the_last_alarm_in_hand_can_be_settled(own: Store, dashboard: Dashboard) -> None:
    rows = dashboard(own.root, PAGE).dataframe[0].value.head(2)
    for account_id in rows["account_id"]:
        content = {"kind": "fall", "raised_on": "2026-10-01", "seen_on": "2026-10-31"}
        add(Journal(own.journal_path), RECORD_KIND, account_id, content, by="somebody")
    app = widget(dashboard(own.root, PAGE), "warning_view").set_value("in_hand").run()
    first, last = queue(app)
    app.session_state["warning_in_hand"] = {"selection": {"rows": [1], "columns": []}}
    app = pressed(app.run(), "It was right")
    assert queue(app) == [first]
    assert [record.subject for record in all_records(Journal(own.journal_path), RECORD_KIND) if not record.is_open] == [last]


def test_an_alarm_that_somebody_acknowledged_meanwhile_is_not_acknowledged_twice(own: Store, dashboard: Dashboard, capsys: pytest.CaptureFixture[str]) -> None:
    first = shell(own, capsys)["queue"][0]
    app = dashboard(own.root, PAGE)
    app.text_area[0].set_value("Call the owner").run()
    widget(app, f"warning_owner_{first['account_id']}").set_value("S-002").run()
    content = {"kind": first["kind"], "raised_on": first["raised_on"], "seen_on": "2026-10-31"}
    add(Journal(own.journal_path), RECORD_KIND, first["account_id"], content, by="ana")
    app = pressed(app, f"warning_acknowledge_{first['account_id']}")
    assert [title.value for title in app.subheader] == ["Somebody changed this first"]
    assert "Call the owner" in texts(app)
    assert [record.written_by for record in all_records(Journal(own.journal_path), RECORD_KIND)] == ["ana"]


def test_an_outcome_that_somebody_wrote_meanwhile_stands(own: Store, dashboard: Dashboard) -> None:
    account_id = queue(dashboard(own.root, PAGE))[0]
    content = {"kind": "fall", "raised_on": "2026-10-01", "seen_on": "2026-10-31"}
    record = add(Journal(own.journal_path), RECORD_KIND, account_id, content, by="ana")
    app = widget(dashboard(own.root, PAGE), "warning_view").set_value("in_hand").run()
    change(Journal(own.journal_path), record, content | {"outcome": "false_alarm"}, by="ana")
    app = pressed(app, "It was right")
    assert [title.value for title in app.subheader] == ["Somebody changed this first"]
    assert [record.content["outcome"] for record in all_records(Journal(own.journal_path), RECORD_KIND)] == ["false_alarm"]


def in_hand(store: Store, dashboard: Dashboard, viewer: str | None = None) -> AppTest:
    """The view of acknowledged alarms."""
    return widget(dashboard(store.root, PAGE, viewer=viewer), "warning_view").set_value("in_hand").run()


def acknowledged(store: Store, account_id: str) -> Record:
    """An alarm that ana acknowledged: a competitor, S-002, "Call"."""
    content = {"kind": "fall", "raised_on": "2026-10-01", "seen_on": "2026-10-31", "cause": "competitor", "countermeasure": "Call", "owner": "S-002"}
    return add(Journal(store.journal_path), RECORD_KIND, account_id, content, by="ana")


def test_an_acknowledged_alarm_is_corrected_and_keeps_what_was_said_before(own: Store, dashboard: Dashboard) -> None:
    record = acknowledged(own, queue(dashboard(own.root, PAGE))[0])
    app = in_hand(own, dashboard)
    widget(app, f"warning_correct_{record.record_id}_0_cause").set_value("dissatisfied")
    widget(app, f"warning_correct_{record.record_id}_0_countermeasure").set_value("Visit")
    widget(app, f"warning_correct_{record.record_id}_0_owner").set_value("S-003")
    app = pressed(app, "Change it")
    assert [toast.value for toast in app.toast] == ["Alarm changed"]
    first, second = history(Journal(own.journal_path), record.record_id)
    assert first == record
    assert second.content == record.content | {"cause": "dissatisfied", "countermeasure": "Visit", "owner": "S-003"}
    assert (second.is_open, second.written_by) == (True, "local")
    assert app.dataframe[1].value["countermeasure"].to_list() == ["Visit", "Call"]


def test_an_alarm_that_is_left_as_it_is_gets_no_version(own: Store, dashboard: Dashboard) -> None:
    record = acknowledged(own, queue(dashboard(own.root, PAGE))[0])
    pressed(in_hand(own, dashboard), "Change it")
    assert history(Journal(own.journal_path), record.record_id) == [record]


def test_a_correction_over_one_that_nobody_saw_is_told_first_and_keeps_what_was_typed(own: Store, dashboard: Dashboard) -> None:
    record = acknowledged(own, queue(dashboard(own.root, PAGE))[0])
    app, journal = in_hand(own, dashboard), Journal(own.journal_path)
    widget(app, f"warning_correct_{record.record_id}_0_countermeasure").set_value("Visit")
    theirs = change(journal, record, record.content | {"cause": "novelty"}, by="ana")
    app = pressed(app, "Change it")
    assert [title.value for title in app.subheader] == ["Somebody changed this first"]
    assert history(journal, record.record_id) == [record, theirs]
    assert any(text.value.startswith("**ana changed it while this was open.**") for text in app.markdown)
    assert widget(app, f"warning_correct_{record.record_id}_0_countermeasure").value == "Visit"
    pressed(app, "Take theirs")
    assert widget(app, f"warning_correct_{record.record_id}_1_countermeasure").value == "Call"
    assert widget(app, f"warning_correct_{record.record_id}_1_cause").value == "novelty"


def test_a_lead_keeps_an_owner_of_another_region_without_reading_their_name(own: Store, dashboard: Dashboard, capsys: pytest.CaptureFixture[str]) -> None:
    mine = next(row for row in shell(own, capsys)["queue"] if row["region_id"] == "R-03")
    owner = next(row for row in shell(own, capsys, "coverage")["territories"] if row["region_id"] not in ("R-03", None))
    record = acknowledged(own, mine["account_id"])
    change(Journal(own.journal_path), record, record.content | {"owner": owner["salesperson_id"]}, by="ana")
    app = in_hand(own, dashboard, viewer=LEAD)
    assert owner["salesperson"] not in texts(app)
    widget(app, f"warning_correct_{record.record_id}_0_countermeasure").set_value("Visit")
    pressed(app, "Change it")
    assert history(Journal(own.journal_path), record.record_id)[-1].content["owner"] == owner["salesperson_id"]


@pytest.mark.parametrize(("outcome", "charts"), [(None, 0), ("true_alarm", 1)])
def test_the_record_is_drawn_once_an_alarm_has_turned_out(own: Store, dashboard: Dashboard, outcome: str | None, charts: int) -> None:
    record = acknowledged(own, queue(dashboard(own.root, PAGE))[0])
    change(Journal(own.journal_path), record, record.content | {"outcome": outcome}, by="ana")
    app = widget(dashboard(own.root, PAGE), "warning_view").set_value("hits").run()
    assert len(app.get("vega_lite_chart")) == charts
    assert app.dataframe[0].value["alarms"].to_list() == [1]


def test_a_loss_without_an_alarm_lowers_recall(own: Store, dashboard: Dashboard) -> None:
    app = dashboard(own.root, PAGE)
    widget(app, "warning_view").set_value("hits").run()
    next(box for box in app.selectbox if box.key.startswith("warning_missed")).set_value("D-0005").run()
    app = pressed(app, "warning_log_missed")
    assert shown(app)["Announced losses"] == "0.0%"
    assert app.dataframe[0].value["missed"].to_list() == [1]


def test_a_lead_sees_no_record_of_another_region(own: Store, dashboard: Dashboard, capsys: pytest.CaptureFixture[str]) -> None:
    foreign = next(row for row in shell(own, capsys)["queue"] if row["region_id"] != "R-03")
    content = {"kind": foreign["kind"], "raised_on": "2026-10-01", "seen_on": "2026-10-31", "countermeasure": "Nobody else may read this"}
    add(Journal(own.journal_path), RECORD_KIND, foreign["account_id"], content, by="somebody")
    app = dashboard(own.root, PAGE, viewer=LEAD)
    widget(app, "warning_view").set_value("in_hand").run()
    assert "Nobody else may read this" not in figures(app) + texts(app)
    assert "Nobody else may read this" in figures(widget(dashboard(own.root, PAGE), "warning_view").set_value("in_hand").run())


def test_a_lead_reads_no_name_of_an_owner_of_another_region(own: Store, dashboard: Dashboard, capsys: pytest.CaptureFixture[str]) -> None:
    mine = next(row for row in shell(own, capsys)["queue"] if row["region_id"] == "R-03")
    owner = next(row for row in shell(own, capsys, "coverage")["territories"] if row["region_id"] not in ("R-03", None))
    content = {"kind": mine["kind"], "raised_on": "2026-10-01", "seen_on": "2026-10-31", "owner": owner["salesperson_id"]}
    add(Journal(own.journal_path), RECORD_KIND, mine["account_id"], content, by="somebody")
    for viewer, told in ((LEAD, "another region's salesperson"), (None, owner["salesperson"])):
        app = widget(dashboard(own.root, PAGE, viewer=viewer), "warning_view").set_value("in_hand").run()
        assert app.dataframe[0].value["owner"].to_list() == [told]
    assert [row["owner"] for row in shell(own, capsys, viewer=LEAD)["log"]] == ["another_region"]
    assert [row["owner"] for row in shell(own, capsys)["log"]] == [owner["salesperson_id"]]


def test_the_shell_prints_what_was_logged(own: Store, capsys: pytest.CaptureFixture[str]) -> None:
    first = shell(own, capsys)["queue"][0]
    content = {"kind": first["kind"], "raised_on": "2026-10-01", "seen_on": "2026-10-31", "outcome": "false_alarm"}
    add(Journal(own.journal_path), RECORD_KIND, first["account_id"], content, by="somebody")
    printed = shell(own, capsys)
    assert printed["record"][0]["precision"] == 0
    assert first["account_id"] not in [row["account_id"] for row in printed["queue"]]


def shell(store: Store, capsys: pytest.CaptureFixture[str], answer: str = "early_warnings", viewer: str | None = None) -> dict[str, list[dict]]:
    assert main([answer, "--store", str(store.root), "--format", "json", *(("--as", viewer) if viewer else ())]) == 0
    return json.loads(capsys.readouterr().out)["tables"]
