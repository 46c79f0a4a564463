"""Sales models: managers write them in Settings, and the pages about deals show one at a time."""

import pytest
from streamlit.testing.v1 import AppTest

from data.journal import Journal
from data.setting_versions import versions
from data.store import Store
from measures.pipeline.sales_models import SalesModel, read, written
from tests.pages.conftest import Dashboard
from tests.pages.test_widgets import figures, widget

OUTLETS = written({"Outlets": SalesModel(kinds=("outlet",), stages=("proposal", "lead"), maturity_days=20, protection_days=3, lost_days=30)})
PAGES = [("pipeline/funnel", "funnel"), ("pipeline/life_cycle", "life_cycle"), ("pipeline/forecast", "pipeline_forecast"), ("pipeline/prospects", "prospects")]
LEAD = "lead.r-03@cartera.example"


def models(store: Store) -> dict[str, SalesModel]:
    kept = Journal(store.journal_path).settings().get("sales_models")
    return read(str(kept.value)) if kept else {}


def edited(app: AppTest, store: Store) -> AppTest:
    """The settings of the sales model, with a new model typed but not saved."""
    widget(app, "settings_group").set_value("funnel").run()
    field = next(field for field in app.text_input if field.label == "Name")
    field.set_value("Bars")
    next(field for field in app.multiselect if field.label == "Accounts of kind").set_value(["outlet"])
    next(field for field in app.text_input if field.label == "Accounts of channel").set_value("bar")
    next(field for field in app.number_input if field.label == "Days of protection of a lead" and "sales_model_form" in field.key).set_value(9)
    return app


def press(app: AppTest, label: str) -> AppTest:
    return next(button for button in app.button if button.label == label).click().run()


def test_a_model_is_saved_changed_and_removed(own: Store, dashboard: Dashboard) -> None:
    app = press(edited(dashboard(own.root, "store/settings"), own), "Save the model")
    assert models(own) == {"Bars": SalesModel(kinds=("outlet",), channels=("bar",), protection_days=9)}
    widget(app, "sales_model_edited").set_value("Bars").run()
    next(field for field in app.text_input if field.label == "Order of the stages" and "sales_model_form" in field.key).set_value("lead, proposal")
    press(app, "Save the model")
    assert models(own)["Bars"].stages == ("lead", "proposal")
    widget(app, "sales_model_edited").set_value("Bars").run()
    press(app, "Remove the model")
    assert models(own) == {}
    assert [problem.message for problem in app.exception] == []


def test_a_model_that_is_saved_unchanged_keeps_words_with_semicolons_and_commas(own: Store, dashboard: Dashboard) -> None:
    model = SalesModel(channels=("Bar; terrace", "-"), stages=("lead; cold", "demo, second"))
    Journal(own.journal_path).save_setting("sales_models", written({"Bars": model}), by="m")
    app = dashboard(own.root, "store/settings")
    widget(app, "settings_group").set_value("funnel").run()
    widget(app, "sales_model_edited").set_value("Bars").run()
    press(app, "Save the model")
    assert models(own) == {"Bars": model}


def test_who_is_slower_writes_over_nothing(own: Store, dashboard: Dashboard) -> None:
    app = edited(dashboard(own.root, "store/settings"), own)
    Journal(own.journal_path).save_setting("sales_models", OUTLETS, by="somebody")
    press(app, "Save the model")
    assert models(own) == read(OUTLETS)
    assert "Somebody changed this first" in [title.value for title in app.subheader]


def test_a_model_needs_a_name(own: Store, dashboard: Dashboard) -> None:
    app = edited(dashboard(own.root, "store/settings"), own)
    next(field for field in app.text_input if field.label == "Name").set_value(" ")
    press(app, "Save the model")
    assert models(own) == {}
    assert [warning.value for warning in app.warning] == ["A sales model needs a name that no other has."]


def test_a_lead_sees_the_models_and_changes_none(own: Store, dashboard: Dashboard) -> None:
    app = dashboard(own.root, "store/settings", viewer=LEAD)
    widget(app, "settings_group").set_value("funnel").run()
    assert next(button for button in app.button if button.label == "Save the model").disabled


@pytest.mark.parametrize(("page", "answer"), PAGES)
def test_choosing_a_model_changes_the_numbers_and_the_page_says_which(own: Store, dashboard: Dashboard, page: str, answer: str) -> None:
    Journal(own.journal_path).save_setting("sales_models", OUTLETS, by="local")
    app = dashboard(own.root, page)
    assert [problem.message for problem in app.exception] == []
    before = figures(app)
    widget(app, f"cut_{answer}_deals_of").set_value("Outlets").run()
    assert [problem.message for problem in app.exception] == []
    assert figures(app) != before
    assert any("Outlets" in caption.value for caption in app.caption)


def test_prospects_say_from_whose_deals_their_chances_are_learnt(own: Store, dashboard: Dashboard) -> None:
    models_of_two = {"Outlets": SalesModel(kinds=("outlet",)), "Distributors": SalesModel(kinds=("distributor",))}
    Journal(own.journal_path).save_setting("sales_models", written(models_of_two), by="local")
    said = {name: " ".join(caption.value for caption in dashboard(own.root, "pipeline/prospects", deals_of=name).caption) for name in ("", *models_of_two)}
    assert "hances are learnt" not in said[""]
    assert "and a curve takes 20: chances are learnt from the deals of all accounts." in said["Outlets"]
    assert "Chances are learnt from its own" in said["Distributors"]


def test_the_address_opens_a_model_with_its_windows_and_forgets_one_that_is_gone(own: Store, dashboard: Dashboard) -> None:
    Journal(own.journal_path).save_setting("sales_models", OUTLETS, by="local")
    app = dashboard(own.root, "pipeline/funnel", deals_of="Outlets")
    assert widget(app, "cut_funnel_maturity_days_Outlets").value == 20
    assert widget(dashboard(own.root, "pipeline/funnel", deals_of="Shops"), "cut_funnel_maturity_days").value == 180


def test_without_models_there_is_nothing_to_choose(demo: Store, dashboard: Dashboard) -> None:
    app = dashboard(demo.root, "pipeline/funnel", deals_of="Outlets")
    assert [box for box in app.selectbox if box.key == "cut_funnel_deals_of"] == []


BARS = written({"Bars": SalesModel(kinds=("outlet",), stages=("visit", "tasting"), protection_days=9)})
SLOW_BARS = written({"Bars": SalesModel(kinds=("outlet",), stages=("visit", "tasting"), protection_days=15)})


def settings_of(store: Store, dashboard: Dashboard, *saved: str, lang: str = "en", viewer: str | None = None) -> AppTest:
    """The settings of the sales model after these were saved, one upon the other."""
    for seen, text in enumerate(saved):
        Journal(store.journal_path).save_setting("sales_models", text, by="ana@x", seen_version=seen)
    app = dashboard(store.root, "store/settings", lang=lang, viewer=viewer)
    return widget(app, "settings_group").set_value("funnel").run()


def versions_shown(app: AppTest) -> list[tuple[int, str, str]]:
    table = next(table.value for table in app.dataframe if "what_changed" in table.value)
    return list(table[["version", "what_changed", "written_by"]].itertuples(index=False, name=None))


def test_an_earlier_version_is_brought_back_as_the_newest_and_the_journal_keeps_both(own: Store, dashboard: Dashboard) -> None:
    app = settings_of(own, dashboard, BARS, SLOW_BARS, "")
    assert versions_shown(app) == [
        (3, "Bars removed", "ana@x"),
        (2, "Bars (Days of protection of a lead: 9 → 15)", "ana@x"),
        (1, "Bars new (Accounts of kind: Outlet · Order of the stages: visit, tasting · Days of protection of a lead: 9)", "ana@x"),
    ]
    assert [option[:1] for option in widget(app, "sales_models_chosen").options] == ["2", "1"]
    widget(app, "sales_models_chosen").select_index(1).run()
    press(app, "Bring version 1 back")
    assert [problem.message for problem in app.exception] == []
    assert models(own) == read(BARS)
    assert [(kept.number, kept.value, kept.written_by) for kept in versions(Journal(own.journal_path), "sales_models")] == [
        (1, BARS, "ana@x"), (2, SLOW_BARS, "ana@x"), (3, "", "ana@x"), (4, BARS, "local"),
    ]  # fmt: skip
    assert [option[:1] for option in widget(app, "sales_models_chosen").options] == ["3", "2"]


def test_a_version_is_not_brought_back_over_one_that_nobody_saw(own: Store, dashboard: Dashboard) -> None:
    app = settings_of(own, dashboard, BARS, SLOW_BARS)
    Journal(own.journal_path).save_setting("sales_models", OUTLETS, by="ben@x", seen_version=2)
    press(app, "Bring version 1 back")
    assert models(own) == read(OUTLETS)
    assert "Somebody changed this first" in [title.value for title in app.subheader]
    press(app, "Bring version 1 back")
    assert models(own) == read(BARS)


def test_versions_are_told_in_spanish(own: Store, dashboard: Dashboard) -> None:
    app = settings_of(own, dashboard, BARS, SLOW_BARS, lang="es")
    assert versions_shown(app)[0][1] == "Bars (Días de protección: 9 → 15)"
    assert "Frente a lo que está en vigor cambia: Bars (Días de protección: 15 → 9)" in [caption.value.replace("\\", "") for caption in app.caption]
    press(app, "Recuperar la versión 1")
    assert models(own) == read(BARS)


def test_a_lead_does_not_see_who_wrote_the_versions(own: Store, dashboard: Dashboard) -> None:
    app = settings_of(own, dashboard, BARS, SLOW_BARS, viewer=LEAD)
    assert [table for table in app.dataframe if "what_changed" in table.value] == []
    assert [box for box in app.selectbox if box.key == "sales_models_chosen"] == []


def test_models_that_were_never_saved_have_no_versions(own: Store, dashboard: Dashboard) -> None:
    app = settings_of(own, dashboard)
    assert [table for table in app.dataframe if "what_changed" in table.value] == []
