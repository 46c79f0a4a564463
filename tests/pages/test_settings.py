"""Settings are everybody's defaults."""

from pathlib import Path

import pytest

from data.imports import money
from data.journal import Journal
from data.store import Store
from measures.thresholds import SECTIONS, THRESHOLDS
from tests.builders import make_store
from tests.pages.conftest import Dashboard


@pytest.fixture
def own(tmp_path: Path, three_tables: Store) -> Store:
    """A store with accounts and products, that a test may change."""
    return make_store(
        tmp_path, accounts=[{"account_id": "a", "account": "Bar A"}], products=[{"product_id": "p", "product": "Pale"}], transactions=[]
    )


def save(app):
    next(button for button in app.button if button.label == "Save").click().run()
    return app


def test_a_saved_setting_is_in_the_journal_with_its_author(own: Store, dashboard: Dashboard) -> None:
    app = dashboard(own.root, "store/settings")
    next(field for field in app.text_input if field.key == "setting_currency").set_value("USD")
    save(app)
    setting = Journal(own.journal_path).settings()["currency"]
    assert (setting.value, setting.changed_by) == ("USD", "local")
    assert app.header[0].value == "1 setting differs from its default"


def test_a_share_is_typed_in_per_cent_and_kept_as_a_share(own: Store, dashboard: Dashboard) -> None:
    app = dashboard(own.root, "store/settings")
    next(field for field in app.selectbox if field.key == "settings_group").set_value("share_of_wallet").run()
    field = next(field for field in app.number_input if field.key == "setting_wallet_large_cut")
    assert (field.value, field.label) == (80, "Large up to this cumulative share (%)")
    field.set_value(72.5)
    save(app)
    assert Journal(own.journal_path).setting_values() == {"wallet_large_cut": 0.725}


def currency_field(app):
    return next(field for field in app.text_input if field.key.startswith("setting_currency"))


def save_currency(app, written: str):
    currency_field(app).set_value(written)
    return save(app)


def test_a_currency_that_is_the_default_is_kept_and_holds_against_later_files(own: Store, dashboard: Dashboard) -> None:
    save_currency(dashboard(own.root, "store/settings"), "EUR")
    journal = Journal(own.journal_path)
    money.keep(journal, "USD", "ana")
    assert journal.setting_values() == {"currency": "EUR"}


def test_a_currency_that_nobody_chose_is_open(own: Store, dashboard: Dashboard) -> None:
    app = dashboard(own.root, "store/settings")
    assert (currency_field(app).value, currency_field(app).placeholder) == ("", "EUR")


def test_a_chosen_default_is_open_again_when_it_is_put_back(own: Store, dashboard: Dashboard) -> None:
    app = save_currency(dashboard(own.root, "store/settings"), "EUR")
    assert (app.header[0].value, currency_field(app).value) == ("Every setting has its default", "EUR")
    app.button(key="settings_reset").click().run()
    assert (Journal(own.journal_path).setting_values(), currency_field(app).value) == ({}, "")


@pytest.mark.parametrize(("written", "code"), [(" chf ", "CHF"), ("usd", "USD"), ("€", "EUR"), ("R$", "BRL"), ("zł", "PLN")])
def test_a_currency_is_kept_by_its_code_however_it_is_written(own: Store, dashboard: Dashboard, written: str, code: str) -> None:
    app = save_currency(dashboard(own.root, "store/settings"), written)
    assert (Journal(own.journal_path).setting_values(), currency_field(app).value) == ({"currency": code}, code)


@pytest.mark.parametrize("written", ["EURO", "XYZ", "<b>", "$", "kr", "12"])
def test_what_is_no_currency_is_refused_and_nothing_is_saved(own: Store, dashboard: Dashboard, written: str) -> None:
    app = dashboard(own.root, "store/settings")
    next(field for field in app.number_input if field.key == "setting_fiscal_year_start").set_value(4)
    save_currency(app, written)
    assert "The currency is not known" in [title.value for title in app.subheader]
    assert Journal(own.journal_path).settings() == {}


def test_saving_without_a_change_saves_nothing(own: Store, dashboard: Dashboard) -> None:
    save(dashboard(own.root, "store/settings"))
    assert Journal(own.journal_path).settings() == {}


def test_who_saves_over_a_newer_setting_is_told_and_loses_nothing(own: Store, dashboard: Dashboard) -> None:
    app = dashboard(own.root, "store/settings")
    next(field for field in app.text_input if field.key == "setting_currency").set_value("USD")
    Journal(own.journal_path).save_setting("currency", "CLP", by="ana")
    save(app)
    assert "Somebody changed this first" in [title.value for title in app.subheader]
    assert Journal(own.journal_path).setting_values() == {"currency": "CLP"}


def test_who_was_told_of_a_newer_setting_saves_over_it_the_next_time_and_over_nothing_else(own: Store, dashboard: Dashboard) -> None:
    app = dashboard(own.root, "store/settings")
    next(field for field in app.text_input if field.key == "setting_currency").set_value("USD")
    journal = Journal(own.journal_path)
    journal.save_setting("currency", "CLP", by="ana")
    journal.save_setting("fiscal_year_start", 4, by="ana")
    save(app)
    assert any("ana saved “Currency” as CLP at " in text.value and "T" not in text.value.split(" at ")[1] for text in app.markdown)
    save(app)
    assert journal.setting_values() == {"currency": "USD", "fiscal_year_start": 4}


def test_who_saves_over_a_setting_that_was_put_back_is_told(own: Store, dashboard: Dashboard) -> None:
    journal = Journal(own.journal_path)
    seen = journal.save_setting("currency", "CLP", by="ana")
    app = dashboard(own.root, "store/settings")
    next(field for field in app.text_input if field.key == "setting_currency").set_value("USD")
    journal.forget_setting("currency", by="ana", seen_version=seen.version)
    save(app)
    assert any(text.value.startswith("ana put “Currency” back to its default at ") for text in app.markdown)
    assert (journal.setting_values(), next(field for field in app.text_input if field.key == "setting_currency").value) == ({}, "USD")
    save(app)
    assert journal.setting_values() == {"currency": "USD"}


def test_what_somebody_saved_meanwhile_is_put_back_by_the_second_press_alone(own: Store, dashboard: Dashboard) -> None:
    journal = Journal(own.journal_path)
    seen = journal.save_setting("currency", "CLP", by="local")
    app = dashboard(own.root, "store/settings")
    journal.save_setting("currency", "USD", by="ana", seen_version=seen.version)
    app.button(key="settings_reset").click().run()
    assert any(text.value.startswith("ana saved “Currency” as USD at ") for text in app.markdown)
    assert journal.setting_values() == {"currency": "USD"}
    app.button(key="settings_reset").click().run()
    assert journal.setting_values() == {}


def test_a_setting_that_was_saved_as_its_default_is_no_difference(own: Store, dashboard: Dashboard) -> None:
    Journal(own.journal_path).save_setting("currency", THRESHOLDS["currency"].default, by="ana")
    assert dashboard(own.root, "store/settings").header[0].value == "Every setting has its default"


def test_every_threshold_is_a_field_of_the_settings(own: Store, dashboard: Dashboard) -> None:
    app = dashboard(own.root, "store/settings")
    shown = set()
    for name in SECTIONS:
        next(field for field in app.selectbox if field.key == "settings_group").set_value(name).run()
        assert [problem.message for problem in app.exception] == []
        kinds = (app.text_input, app.number_input, app.selectbox)
        shown |= {field.key.removeprefix("setting_") for kind in kinds for field in kind if field.key and field.key.startswith("setting_")}
    # Sales models have a form of their own (test_sales_models.py).
    assert shown == {name for name, threshold in THRESHOLDS.items() if not threshold.is_personal} - {"sales_models"}
