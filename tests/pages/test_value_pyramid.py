"""The value pyramid's page: every control of every view moves a number; exceptions are written, seen and never lost."""

import re

import pytest

from data.journal import Journal
from data.records import add, change, close, history, open_records
from data.store import Store
from pages.parts.customers.pyramid_register import KIND
from tests.pages.conftest import Dashboard, pressed, texts
from tests.pages.test_widgets import assert_moves_a_number, figures, widget

PAGE = "customers/value_pyramid"
LEAD = "lead.r-03@cartera.example"
VIEWS = ("accounts", "abc", "migration", "bridge", "classes", "lifetime")
MOVED = [
    ("migration", {}, "cut_value_pyramid_hysteresis", 0.0),
    ("migration", {"period": "3m"}, "cut_value_pyramid_compared_with", "previous_period"),
    ("migration", {}, "cut_value_pyramid_scheme", "abc"),
    ("migration", {}, "cut_value_pyramid_weight_credit", 0.9),
    ("abc", {}, "cut_value_pyramid_abc_a", 0.5),
    ("bridge", {"period": "3m"}, "cut_value_pyramid_compared_with", "previous_period"),
    ("classes", {}, "pyramid_class", "below_zero"),
    ("classes", {}, "cut_value_classes_mvc_share", 0.5),
    ("classes", {}, "cut_value_classes_mgc_share", 0.9),
    ("classes", {}, "cut_value_classes_headroom_probability", 0.9),
    ("classes", {}, "cut_value_classes_hour_cost", 30.0),
    ("classes", {}, "cut_value_classes_delivery_cost", 20.0),
    ("classes", {}, "cut_value_classes_capital_rate", 0.5),
    ("lifetime", {}, "cut_lifetime_value_lifetime_weeks", 104),
    ("lifetime", {}, "cut_lifetime_value_lifetime_accounts", 100_000),
    ("lifetime", {}, "cut_lifetime_value_spend_correlation", 0.0),
    ("lifetime", {"lifetime_accounts": "100000"}, "cut_lifetime_value_discount_rate", 0.5),
]
"""(view, address, widget's key, another value)."""


def written(store: Store) -> list:
    return open_records(Journal(store.journal_path), KIND)


@pytest.mark.parametrize(("view", "address", "key", "value"), MOVED)
def test_a_control_of_a_view_changes_a_number(demo: Store, dashboard: Dashboard, view: str, address: dict, key: str, value: object) -> None:
    assert_moves_a_number(dashboard(demo.root, PAGE, pyramid=view, **address), key, value)


@pytest.mark.parametrize("lang", ["en", "es"])
@pytest.mark.parametrize("view", VIEWS)
def test_every_view_states_a_finding_of_its_own(demo: Store, dashboard: Dashboard, view: str, lang: str) -> None:
    app = dashboard(demo.root, PAGE, lang=lang, pyramid=view)
    assert [problem.message for problem in app.exception] == []
    others = [dashboard(demo.root, PAGE, lang=lang, pyramid=other).header[0].value for other in VIEWS if other != view]
    assert app.header[0].value not in others


@pytest.mark.parametrize("view", VIEWS)
def test_every_view_works_with_the_required_tables_only(three_tables: Store, dashboard: Dashboard, view: str) -> None:
    app = dashboard(three_tables.root, PAGE, pyramid=view)
    assert [problem.message for problem in app.exception] == []
    assert len(app.header) == 1


def test_other_months_to_compare_with_move_the_bridge(demo: Store, dashboard: Dashboard) -> None:
    app = dashboard(demo.root, PAGE, pyramid="bridge", compared_with="own_dates", compared_from="2024-11", compared_to="2025-04")
    assert app.metric[0].value != dashboard(demo.root, PAGE, pyramid="bridge").metric[0].value
    before = figures(app)
    months = widget(app, "pyramid_compared_through")
    months.set_value(months.value.replace(year=2025, month=6)).run()
    assert figures(app) != before


def test_two_periods_of_unlike_lengths_are_said_to_be_so(demo: Store, dashboard: Dashboard) -> None:
    app = dashboard(demo.root, PAGE, pyramid="accounts", compared_with="own_dates", compared_from="2024-11", compared_to="2025-04")
    said = texts(app)
    assert "12 months compared with 6" in said
    assert "on 6 other months" in said
    whole = texts(dashboard(demo.root, PAGE, pyramid="accounts", period="all", compared_with="own_dates", compared_from="2024-11", compared_to="2025-04"))
    assert re.search(r"\d+ months compared with 6", whole)
    alike = texts(dashboard(demo.root, PAGE, pyramid="accounts", compared_with="own_dates", compared_from="2024-11", compared_to="2025-10"))
    assert "compared with 12" not in alike


def test_the_weights_always_sum_to_one(demo: Store, dashboard: Dashboard) -> None:
    app = dashboard(demo.root, PAGE)
    widget(app, "cut_value_pyramid_weight_credit").set_value(0.6).run()
    weights = [slider.value for slider in app.slider if "weight" in slider.key]
    assert len(weights) == 5
    assert sum(weights) == pytest.approx(1)
    assert widget(app, "cut_value_pyramid_weight_credit").value == 0.6


def test_a_link_with_another_scheme_opens_as_it_was_sent(demo: Store, dashboard: Dashboard) -> None:
    app = dashboard(demo.root, PAGE, scheme="abc")
    assert widget(app, "cut_value_pyramid_scheme").value == "abc"
    assert "Share of A" in [metric.label for metric in app.metric]
    assert "Share of VIP" in [metric.label for metric in dashboard(demo.root, PAGE).metric]


def test_a_click_on_a_band_keeps_its_accounts(demo: Store, dashboard: Dashboard) -> None:
    app = dashboard(demo.root, PAGE)
    everybody = app.dataframe[0].value.shape[0]
    app.session_state["pyramid"] = {"selection": {"picked": [{"code": "vip"}]}}
    app.run()
    assert set(app.dataframe[0].value.iloc[:, 3]) == {"VIP"}
    assert 0 < app.dataframe[0].value.shape[0] < everybody


def test_a_click_on_a_stream_keeps_who_went_that_way(demo: Store, dashboard: Dashboard) -> None:
    app = dashboard(demo.root, PAGE, pyramid="migration")
    app.session_state["pyramid_flow_tier"] = {"selection": {"picked": [{"from_tier": "small", "to_tier": "lost"}]}}
    app.run()
    assert set(app.dataframe[1].value["to_tier"]) == {"No sales"}


def test_an_exception_is_written_shown_and_ended(own: Store, dashboard: Dashboard) -> None:
    app = dashboard(own.root, PAGE, pyramid="classes")
    account = widget(app, "register_account").value
    widget(app, "register_note_0").set_value("Seen at the airport")
    widget(app, "register_reason").set_value("related_sales")
    app = pressed(app, "Write down")
    (record,) = written(own)
    assert (record.subject, record.content["reason"], record.content["note"]) == (account, "related_sales", "Seen at the airport")
    assert "Seen at the airport" in figures(app)
    assert widget(app, "register_note_1").value == ""
    pressed(app, "End it")
    assert written(own) == []
    assert [version.is_open for version in history(Journal(own.journal_path), record.record_id)] == [True, False]


def test_an_exception_without_a_reason_is_not_written(own: Store, dashboard: Dashboard) -> None:
    app = pressed(dashboard(own.root, PAGE, pyramid="classes"), "Write down")
    assert len(app.warning) == 1
    assert written(own) == []


def test_an_exception_that_somebody_wrote_meanwhile_is_not_written_over(own: Store, dashboard: Dashboard) -> None:
    app = dashboard(own.root, PAGE, pyramid="classes")
    account = widget(app, "register_account").value
    add(Journal(own.journal_path), KIND, account, {"reason": "visibility", "note": "Ana's"}, by="ana")
    widget(app, "register_note_0").set_value("Mine")
    app = pressed(app, "Write down")
    assert [title.value for title in app.subheader] == ["Somebody changed this first"]
    assert [record.content["note"] for record in written(own)] == ["Ana's"]
    assert widget(app, "register_note_0").value == "Mine"
    pressed(app, "Write down")
    assert [record.content["note"] for record in written(own)] == ["Mine"]


def test_an_exception_that_changed_since_it_was_seen_is_not_ended(own: Store, dashboard: Dashboard) -> None:
    journal = Journal(own.journal_path)
    account = widget(dashboard(own.root, PAGE, pyramid="classes"), "register_account").value
    first = add(journal, KIND, account, {"reason": "visibility", "note": "Ana's"}, by="ana")
    app = dashboard(own.root, PAGE, pyramid="classes")
    change(journal, first, {"reason": "visibility", "note": "Ana's better reason"}, by="ana")
    app = pressed(app, "End it")
    assert [title.value for title in app.subheader] == ["Somebody changed this first"]
    assert [record.content["note"] for record in written(own)] == ["Ana's better reason"]


def test_an_exception_that_somebody_ended_meanwhile_does_not_end_another_one(own: Store, dashboard: Dashboard) -> None:
    journal = Journal(own.journal_path)
    kept, gone = (add(journal, KIND, account, {"reason": "visibility", "note": "Seen"}, by="ana") for account in ("D-0005", "D-0123"))
    app = dashboard(own.root, PAGE, pyramid="classes")
    widget(app, "register_ended").set_value(gone.record_id)
    close(journal, gone, by="ana")
    app = pressed(app, "End it")
    assert [title.value for title in app.subheader] == ["Somebody changed this first"]
    assert written(own) == [kept]


def test_a_lead_neither_sees_nor_writes_an_exception_of_another_region(own: Store, dashboard: Dashboard) -> None:
    foreign = widget(dashboard(own.root, PAGE, pyramid="classes", region="R-01"), "register_account").value
    add(Journal(own.journal_path), KIND, foreign, {"reason": "visibility", "note": "Nobody else may read this"}, by="ana")
    app = dashboard(own.root, PAGE, viewer=LEAD, pyramid="classes")
    assert "Nobody else may read this" not in figures(app) + texts(app)
    names = dashboard(own.root, PAGE, pyramid="classes", region="R-03")
    assert len(widget(app, "register_account").options) == len(widget(names, "register_account").options)
    assert "Nobody else may read this" in figures(dashboard(own.root, PAGE, pyramid="classes"))
