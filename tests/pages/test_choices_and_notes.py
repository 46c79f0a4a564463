"""The remaining choices change what is shown, and what people type into the forms of the customers' pages is what the journal keeps."""

import pytest

from data.journal import Journal
from data.records import all_records, open_records
from data.store import Store
from measures.customers.quadrant_actions import KIND, VERDICT_KIND
from measures.customers.warning_record import RECORD_KIND
from tests.pages.conftest import Dashboard, pressed
from tests.pages.test_widgets import assert_moves_a_number, widget

OVERVIEW, WARNINGS, QUADRANTS = "overview/overview", "customers/early_warnings", "customers/portfolio_quadrants"


@pytest.mark.parametrize(
    ("key", "value"), [("overview_by", "category"), ("overview_by", "product"), ("overview_measure", "gross_margin"), ("overview_measure", "quantity")]
)
def test_a_choice_of_the_overview_changes_a_number(demo: Store, dashboard: Dashboard, key: str, value: str) -> None:
    assert_moves_a_number(dashboard(demo.root, OVERVIEW), key, value)


def test_a_sentence_about_an_account_opens_that_account(demo: Store, dashboard: Dashboard) -> None:
    app = dashboard(demo.root, OVERVIEW)
    note = next(button for button in app.button if str(button.key).startswith("note_"))
    name = note.label.split("] ", 1)[1].split(":")[0]
    opened = note.click().run()
    assert name.replace("\\", "") in opened.header[0].value.replace("\\", "")


def test_a_search_keeps_the_definitions_that_hold_the_word(demo: Store, dashboard: Dashboard) -> None:
    app = dashboard(demo.root, "store/definitions")
    everything = len(app.dataframe[0].value)
    widget(app, "definitions_search").set_value("GINI").run()
    rows = app.dataframe[0].value
    assert 0 < len(rows) < everything
    assert all("gini" in " ".join(map(str, row)).lower() for row in rows.itertuples())


def test_a_path_instead_of_files_is_asked_for(demo: Store, dashboard: Dashboard) -> None:
    app = dashboard(demo.root, "store/import_files")
    assert "Path of a file or folder" not in [field.label for field in app.text_input]
    widget(app, "upload_way").set_value("path").run()
    assert "Path of a file or folder" in [field.label for field in app.text_input]


def test_an_acknowledged_alarm_keeps_the_countermeasure_and_the_owner_that_were_chosen(own: Store, dashboard: Dashboard) -> None:
    app = dashboard(own.root, WARNINGS)
    first = app.dataframe[0].value["account_id"][0]
    app.text_area[0].set_value("Visit the cellar together")
    widget(app, f"warning_owner_{first}").set_value("S-002").run()
    pressed(app, f"warning_acknowledge_{first}")
    (record,) = all_records(Journal(own.journal_path), RECORD_KIND)
    assert (record.subject, record.content["countermeasure"], record.content["owner"]) == (first, "Visit the cellar together", "S-002")


def test_a_settlement_keeps_its_note(own: Store, dashboard: Dashboard) -> None:
    app = dashboard(own.root, QUADRANTS, view="settlement")
    account = next(str(field.key) for field in app.text_input if str(field.key).startswith("settle_note_")).removeprefix("settle_note_")
    widget(app, f"settle_hard_{account}").set_value(False).run()
    widget(app, f"settle_note_{account}").set_value("A new owner in May").run()
    pressed(app, f"settle_save_{account}")
    (record,) = open_records(Journal(own.journal_path), VERDICT_KIND)
    assert (record.subject, record.content) == (account, {"is_hard_to_change": False, "note": "A new owner in May"})


def test_an_action_keeps_its_note(own: Store, dashboard: Dashboard) -> None:
    app = dashboard(own.root, QUADRANTS, view="actions")
    widget(app, "work_accounts_EII_0").set_value([widget(app, "work_accounts_EII_0").options[0]])
    widget(app, "work_owner_EII").set_value("S-002")
    widget(app, "work_note_EII").set_value("After the fair")
    pressed(app, "Put on the worklist")
    (record,) = open_records(Journal(own.journal_path), KIND)
    assert record.content["note"] == "After the fair"
