"""Funnel, life cycle and forecast of small pipelines that lack something: an end, a period's deals, a source, a base to compare with."""

from datetime import date
from pathlib import Path

import pytest

from data.journal import Journal
from tests.builders import lines, make_store
from tests.measures.pipeline.pipelines import deals_store
from tests.pages.conftest import Dashboard
from tests.pages.test_pipeline import FORECAST, FUNNEL, LIFE, VIEWS, problems
from tests.pages.test_widgets import figures, widget


@pytest.mark.parametrize("lang", ["en", "es"])
@pytest.mark.parametrize("page", [FUNNEL, LIFE, FORECAST])
def test_a_pipeline_without_a_closed_deal_is_shown(tmp_path: Path, dashboard: Dashboard, page: str, lang: str) -> None:
    store = deals_store(tmp_path, {"d": [("Primer contacto", 1)], "e": [("Primer contacto", 3), ("Oferta", 9)]}, {"d": {"expected_amount": 100}})
    app = dashboard(store.root, page, lang=lang, period="all")
    assert problems(app) == []
    assert len(app.header) == 1
    for view, key in [(view, key) for own, key, views in VIEWS if own == page for view in views]:
        widget(app, key).set_value(view).run()
        assert problems(app) == []


def test_a_pipeline_without_deals_says_which_table_is_missing(tmp_path: Path, dashboard: Dashboard) -> None:
    store = make_store(tmp_path, accounts=[{"account_id": "a", "account": "A"}])
    app = dashboard(store.root, FUNNEL, period="all")
    assert problems(app) == []
    assert app.subheader[0].value == "The table “Stage events” is missing"


@pytest.mark.parametrize("page", [FUNNEL, FORECAST])
def test_a_pipeline_none_of_whose_stages_ends_a_deal_says_where_to_name_them(tmp_path: Path, dashboard: Dashboard, page: str) -> None:
    store = deals_store(tmp_path, {"1": [("Erstkontakt", 1), ("Abschluss", 9)], "2": [("Erstkontakt", 3)]})
    said = dashboard(store.root, page, period="all").info
    Journal(store.journal_path).save_setting("won_stages", "won, abschluss", by="m")
    assert ([info.value[:40] for info in said], len(dashboard(store.root, page, period="all").info)) == (["No stage of these deals is known to end "], 0)


@pytest.mark.parametrize(("page", "view"), [(FUNNEL, "cohort"), (FUNNEL, "snapshot"), (FUNNEL, "transitions"), (FORECAST, None)])
def test_a_period_without_a_deal_says_that_there_is_nothing_in_it(tmp_path: Path, dashboard: Dashboard, page: str, view: str | None) -> None:
    sold = {"products": [{"product_id": "p", "product": "P"}], "transactions": lines((date(2026, 1, 5), "a", "p", 1, 10.0))}
    store = deals_store(tmp_path, {"1": [("lead", 400), ("offer", 405)]}, **sold)
    shown = {"view": view} if view else {}
    app = dashboard(store.root, page, period="custom", **{"from": "2026-01", "through": "2026-02"}, **shown)
    assert problems(app) == []
    assert app.subheader[0].value == ("No deal is open" if page == FORECAST else "Nothing to show here")


def test_a_pipeline_whose_deals_all_closed_says_so(tmp_path: Path, dashboard: Dashboard) -> None:
    store = deals_store(tmp_path, {"1": [("lead", 3), ("won", 5)], "2": [("lead", 4), ("lost", 9)]})
    app = dashboard(store.root, FORECAST, period="all")
    assert problems(app) == []
    assert app.subheader[0].value == "No deal is open"


@pytest.mark.parametrize(("page", "key"), [(FUNNEL, "cut_funnel_deal_sources"), (FORECAST, "cut_pipeline_forecast_deal_sources")])
@pytest.mark.parametrize(("lang", "chip"), [("en", "No source"), ("es", "Sin origen")])
def test_deals_of_which_nobody_wrote_a_source_are_shown_alone(tmp_path: Path, dashboard: Dashboard, page: str, key: str, lang: str, chip: str) -> None:
    store = deals_store(
        tmp_path, {"1": [("lead", 1), ("offer", 5)], "2": [("lead", 2)], "3": [("lead", 3)]},
        {"1": {"source": "Web", "expected_amount": 100}, "2": {"expected_amount": 30}, "3": {"source": " ", "expected_amount": 7}},
    )  # fmt: skip
    app = dashboard(store.root, page, lang=lang, period="all")
    assert chip in widget(app, key).options
    before = figures(app)
    widget(app, key).set_value([""]).run()
    assert problems(app) == []
    assert figures(app) != before
    assert app.query_params["deal_sources"] == "-"
    assert figures(dashboard(store.root, page, lang=lang, period="all", deal_sources="-")) == figures(app)
    money = next(metric for metric in app.metric if metric.label == ("Open value" if lang == "en" else "Importe abierto"))
    assert money.value.replace("\xa0", " ") == ("€37" if lang == "en" else "37 €")


@pytest.mark.parametrize(("source", "text", "value"), [("Fair; hall 3", "Fair;; hall 3", "€100"), ("-", ";;-", "€30"), ("İstanbul", "İstanbul", "€7")])
def test_a_source_of_any_name_is_shown_alone_and_by_its_link(tmp_path: Path, dashboard: Dashboard, source: str, text: str, value: str) -> None:
    store = deals_store(
        tmp_path, {"1": [("lead", 1), ("offer", 5)], "2": [("lead", 2)], "3": [("lead", 3)], "4": [("lead", 4)], "5": [("lead", 4)]},
        {
            "1": {"source": "Fair; hall 3", "expected_amount": 100}, "2": {"source": "-", "expected_amount": 30}, "3": {"source": "İstanbul", "expected_amount": 7},
            "4": {"source": "Fair", "expected_amount": 1}, "5": {"expected_amount": 2},
        },
    )  # fmt: skip
    app = dashboard(store.root, FORECAST, period="all")
    widget(app, "cut_pipeline_forecast_deal_sources").set_value([source]).run()
    assert problems(app) == []
    assert app.query_params["deal_sources"] == text
    linked = dashboard(store.root, FORECAST, period="all", deal_sources=text)
    assert widget(linked, "cut_pipeline_forecast_deal_sources").value == [source]
    assert [metric.value for shown in (app, linked) for metric in shown.metric if metric.label == "Open value"] == [value, value]


@pytest.mark.parametrize("page", [FUNNEL, FORECAST])
def test_deals_of_which_only_the_end_is_known_miss_no_table(tmp_path: Path, dashboard: Dashboard, page: str) -> None:
    app = dashboard(deals_store(tmp_path, {"1": [("won", 5)], "2": [("lost", 9)]}).root, page, period="all")
    assert problems(app) == []
    assert app.subheader[0].value == "The deals have no stages"


def test_a_base_of_two_deals_is_no_base(tmp_path: Path, dashboard: Dashboard) -> None:
    """Two deals won a year earlier, twelve now: no percentage, and the page says why."""
    won = {f"now {n}": [("lead", 10 + n), ("won", 15 + n)] for n in range(12)} | {f"old {n}": [("lead", -360 + n), ("won", -355 + n)] for n in range(2)}
    paths = won | {"open": [("lead", 40)], "open then": [("lead", -340), ("lost", 35)]}
    deals = {deal: {"expected_amount": 100 if deal.startswith("old") else 10_000} for deal in paths}
    app = dashboard(deals_store(tmp_path, paths, deals).root, FUNNEL, period="custom", **{"from": "2026-01", "through": "2026-02"}, view="transitions")
    assert problems(app) == []
    tiles = {metric.label: (metric.delta, metric.delta_description if hasattr(metric, "delta_description") else None) for metric in app.metric}
    assert tiles["Velocity a day"][0] == "" and tiles["Win rate"][0] == ""
    assert not any("%" in str(delta) for delta, _text in tiles.values())
