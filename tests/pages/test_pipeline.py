"""Funnel, life cycle and forecast: every control changes a number, clicks lead to deals and accounts, each view computes its own."""

import re
from base64 import b64decode
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from streamlit.testing.v1 import AppTest

from charts import labels
from data import language
from data.store import Store
from tests.measures.pipeline.pipelines import deals_store
from tests.pages.conftest import Dashboard, texts
from tests.pages.test_widgets import figures, widget

FUNNEL, LIFE, FORECAST = "pipeline/funnel", "pipeline/life_cycle", "pipeline/forecast"
LEAD = "lead.r-03@cartera.example"

MOVED = [
    (FUNNEL, "cut_funnel_view", "transitions"),
    (FUNNEL, "cut_funnel_sales_model", "small_c"),
    (FUNNEL, "funnel_measure", "value"),
    (FUNNEL, "cut_funnel_deal_sources", ["Web"]),
    (FUNNEL, "funnel_compare", "previous_year"),
    (FUNNEL, "funnel_compare", "previous_period"),
    (FUNNEL, "funnel_compare", "teams"),
    (FUNNEL, "funnel_compare", "dates"),
    (LIFE, "cut_life_cycle_sales_model", "heavy_b"),
    (LIFE, "cut_life_cycle_protection_days", 10),
    (LIFE, "cut_life_cycle_lost_days", 90),
    (LIFE, "cut_life_cycle_alive_cut", 0.5),
    (FORECAST, "cut_pipeline_forecast_prior_win_rate", 0.9),
    (FORECAST, "cut_pipeline_forecast_forecast_months", 2),
    (FORECAST, "cut_pipeline_forecast_deal_sources", ["Web"]),
]
VIEWS = [
    (FUNNEL, "funnel_tab", ("by", "cohorts", "times", "stuck", "velocity", "losses", "deals")),
    (LIFE, "life_view", ("accounts", "leads", "repurchase", "hand_overs", "openings")),
    (FORECAST, "forecast_tab", ("record", "stages", "deals")),
]


def problems(app: AppTest) -> list[str]:
    return [problem.message for problem in app.exception]


def picked(app: AppTest, key: str, name: str, value: str) -> AppTest:
    """The page after a click on a mark of the chart of that key."""
    app.session_state[key] = {"selection": {"picked": [{name: value}]}}
    return app.run()


@pytest.mark.parametrize(("page", "key", "value"), MOVED)
def test_a_control_changes_a_number(demo: Store, dashboard: Dashboard, page: str, key: str, value: object) -> None:
    app = dashboard(demo.root, page)
    before = figures(app)
    widget(app, key).set_value(value).run()
    assert problems(app) == []
    assert figures(app) != before


@pytest.mark.parametrize(("page", "key", "view"), [(page, key, view) for page, key, views in VIEWS for view in views])
@pytest.mark.parametrize("lang", ["en", "es"])
def test_a_secondary_view_shows_something_of_its_own(demo: Store, dashboard: Dashboard, page: str, key: str, view: str, lang: str) -> None:
    app = dashboard(demo.root, page, lang=lang)
    before = figures(app)
    widget(app, key).set_value(view).run()
    assert problems(app) == []
    assert figures(app) != before


@pytest.mark.parametrize("view", ["manager", "salesperson", "source", "product", "quarter"])
def test_a_breakdown_is_by_region_team_person_source_product_or_quarter(demo: Store, dashboard: Dashboard, view: str) -> None:
    app = dashboard(demo.root, FUNNEL)
    widget(app, "funnel_tab").set_value("by").run()
    before = figures(app)
    widget(app, "funnel_by").set_value(view).run()
    assert problems(app) == []
    assert figures(app) != before


@pytest.mark.parametrize(("tab", "key", "value"), [
    ("by", "funnel_by_measure", "win_rate"), ("by", "funnel_by_measure", "created"), ("by", "funnel_by_measure", "open_value"),
    ("losses", "funnel_losses_measure", "lost_value"), ("stuck", "cut_funnel_stuck_percentile", 0.2), ("cohorts", "cut_funnel_maturity_days", 20),
])  # fmt: skip
def test_a_control_of_a_secondary_view_changes_a_number(demo: Store, dashboard: Dashboard, tab: str, key: str, value: object) -> None:
    app = dashboard(demo.root, FUNNEL)
    widget(app, "funnel_tab").set_value(tab).run()
    before = figures(app)
    widget(app, key).set_value(value).run()
    assert problems(app) == []
    assert figures(app) != before


def test_two_teams_can_be_chosen(demo: Store, dashboard: Dashboard) -> None:
    app = dashboard(demo.root, FUNNEL)
    widget(app, "funnel_compare").set_value("teams").run()
    before = figures(app)
    other = next(box for box in app.selectbox if box.key == "funnel_team_1")
    other.set_value(other.options[3]).run()
    assert problems(app) == []
    assert figures(app) != before


def test_a_team_has_all_its_people_be_it_that_some_created_no_deal_in_the_period(tmp_path: Path, dashboard: Dashboard) -> None:
    """Of Ana's two people one has a deal of January and the other one of March, as has Eva's: at the end of March Ana's team has both open."""
    people = [{"salesperson_id": name, "salesperson": name} for name in ("Ana", "Eva")]
    people += [{"salesperson_id": name, "salesperson": name, "manager_id": manager} for name, manager in (("a1", "Ana"), ("a2", "Ana"), ("e1", "Eva"))]
    store = deals_store(
        tmp_path, {"old": [("lead", 5)], "new": [("lead", 65)], "other": [("lead", 66), ("offer", 70)]},
        {"old": {"salesperson_id": "a1"}, "new": {"salesperson_id": "a2"}, "other": {"salesperson_id": "e1"}}, salespeople=people,
    )  # fmt: skip
    march = {"period": "custom", "from": "2026-03", "through": "2026-03"}
    app = dashboard(store.root, FUNNEL, beside="teams", team="manager.Ana", other_team="manager.Eva", **march)
    app = widget(app, "cut_funnel_view").set_value("snapshot").run()
    assert problems(app) == []
    assert app.dataframe[0].value["open"].to_list() == [2, 0]


def test_any_two_days_are_compared_and_the_address_keeps_them(demo: Store, dashboard: Dashboard) -> None:
    app = dashboard(demo.root, FUNNEL, beside="dates", beside_from="2026-02-03", beside_through="2026-03-10")
    assert [field.value for field in app.date_input] == [date(2026, 2, 3), date(2026, 3, 10)]
    assert "3 Feb 2026 – 10 Mar 2026" in app.header[0].value
    before = figures(app)
    widget(app, "funnel_beside_through").set_value(date(2026, 6, 30)).run()
    assert problems(app) == []
    assert figures(app) != before


def test_days_in_the_wrong_order_are_put_right_and_impossible_ones_left_out(demo: Store, dashboard: Dashboard) -> None:
    right = dashboard(demo.root, FUNNEL, beside="dates", beside_from="2026-02-03", beside_through="2026-03-10")
    turned = dashboard(demo.root, FUNNEL, beside="dates", beside_from="2026-03-10", beside_through="2026-02-03")
    assert figures(turned) == figures(right)
    assert problems(dashboard(demo.root, FUNNEL, beside="dates", beside_from="yesterday", beside_through="0001-01-01")) == []


def test_each_view_of_the_funnel_has_its_own_metrics(demo: Store, dashboard: Dashboard) -> None:
    app = dashboard(demo.root, FUNNEL)
    labels = {}
    for view in ("cohort", "snapshot", "transitions"):
        widget(app, "cut_funnel_view").set_value(view).run()
        labels[view] = [metric.label for metric in app.metric]
    assert labels["cohort"] == ["Created", "Win rate", "Won value", "Open value", "Velocity a day"]
    assert labels["snapshot"] == ["Open deals", "Open value", "Stuck deals", "Velocity a day"]
    assert labels["transitions"] == ["Deals created", "Won deals", "Win rate", "Sales cycle", "Velocity a day"]


def test_a_click_on_a_stage_shows_its_deals(demo: Store, dashboard: Dashboard) -> None:
    app = picked(dashboard(demo.root, FUNNEL), "funnel_cohort_deals", "stage", "proposal")
    assert problems(app) == []
    assert set(app.dataframe[0].value["stage"]) == {"Proposal"}


@pytest.mark.parametrize(("view", "told"), [("cohort", "now"), ("transitions", "at the period's end")])
def test_a_clicked_stage_says_of_which_day_its_deals_are(demo: Store, dashboard: Dashboard, view: str, told: str) -> None:
    app = picked(dashboard(demo.root, FUNNEL, view=view), f"funnel_{view}_deals", "stage", "proposal")
    assert [caption.value for caption in app.caption if f"Proposal {told};" in caption.value]


@pytest.mark.parametrize("tab", ["by", "losses"])
@pytest.mark.parametrize(("view", "says"), [("cohort", 0), ("snapshot", 1), ("transitions", 1)])
def test_a_breakdown_says_what_counts_where_it_is_not_the_deals_created_in_the_period(demo: Store, dashboard: Dashboard, tab: str, view: str, says: int) -> None:
    app = dashboard(demo.root, FUNNEL, view=view, tab=tab)
    assert problems(app) == []
    words = {"by": "Created, won and lost in the period; open at its end.", "losses": "Lost in the period, whenever they were created."}
    assert [caption.value for caption in app.caption].count(words[tab]) == says


def test_a_click_on_a_stage_of_life_shows_its_accounts(demo: Store, dashboard: Dashboard) -> None:
    app = picked(dashboard(demo.root, LIFE), "life_cycle", "life_stage", "lost")
    assert problems(app) == []
    assert set(app.dataframe[0].value["life_stage"]) == {"Lost customer"}


@pytest.mark.parametrize(
    ("page", "chart", "mark", "tab", "view", "column"),
    [(LIFE, "life_cycle", ("life_stage", "lost"), "life_view", "repurchase", "first_quarter"),
     (FUNNEL, "funnel_cohort_deals", ("stage", "proposal"), "funnel_tab", "cohorts", "cohort")],
)  # fmt: skip
def test_a_view_that_is_chosen_after_a_click_shows_itself_until_the_next_click(
    demo: Store, dashboard: Dashboard, page: str, chart: str, mark: tuple[str, str], tab: str, view: str, column: str
) -> None:
    app = picked(dashboard(demo.root, page), chart, *mark)
    assert column not in app.dataframe[0].value
    widget(app, tab).set_value(view).run()
    assert problems(app) == []
    assert column in app.dataframe[0].value
    other = {"lost": "active", "proposal": "lead"}[mark[1]]
    app = picked(app, chart, mark[0], other)
    assert column not in app.dataframe[0].value
    assert len(set(app.dataframe[0].value[mark[0]])) == 1


def test_a_click_on_a_month_shows_the_deals_of_that_month(demo: Store, dashboard: Dashboard) -> None:
    app = dashboard(demo.root, FORECAST)
    month = f"{app.dataframe[0].value['month'][0]:%Y-%m}"
    app = picked(app, "forecast", "month_key", month)
    assert problems(app) == []
    assert {f"{day:%Y-%m}" for day in app.dataframe[0].value["month"]} == {month}
    assert "stage_probability" in widget(app, "forecast_tab").set_value("stages").run().dataframe[0].value
    assert {f"{day:%Y-%m}" for day in widget(app, "forecast_tab").set_value("deals").run().dataframe[0].value["month"]} == {month}


@pytest.mark.parametrize("status", ["protected", "reawakened"])
def test_leads_are_shown_by_their_protection(demo: Store, dashboard: Dashboard, status: str) -> None:
    app = dashboard(demo.root, LIFE)
    widget(app, "life_view").set_value("leads").run()
    before = figures(app)
    widget(app, "life_status").set_value(status).run()
    assert problems(app) == []
    assert figures(app) != before


def test_leads_say_it_where_no_contact_is_known(tmp_path: Path, demo: Store, dashboard: Dashboard) -> None:
    said = "No contact was ever imported (table “Activities”): every lead counts from its creation alone."
    found = {}
    for store in (deals_store(tmp_path, {"d": [("lead", 1)]}), demo):
        app = dashboard(store.root, LIFE, period="all")
        widget(app, "life_view").set_value("leads").run()
        found[store.root] = said in [caption.value for caption in app.caption]
    assert list(found.values()) == [True, False]


@pytest.mark.parametrize(("page", "key", "view"), [(FUNNEL, "funnel_tab", "deals"), (FUNNEL, "funnel_tab", "stuck"), (LIFE, "life_view", "accounts"), (LIFE, "life_view", "hand_overs"), (FORECAST, "forecast_tab", "deals")])
def test_a_lead_sees_only_rows_of_their_region(demo: Store, dashboard: Dashboard, page: str, key: str, view: str) -> None:
    regions = {}
    for viewer in (None, LEAD):
        app = dashboard(demo.root, page, viewer=viewer)
        widget(app, key).set_value(view).run()
        assert problems(app) == []
        regions[viewer] = {name for name in app.dataframe[0].value["region"] if name}
    assert regions[LEAD] == {"Litoral"}
    assert len(regions[None]) > 5


@pytest.mark.parametrize(("lang", "text"), [("en", "another region's salesperson"), ("es", "vendedor de otra región")])
def test_an_unseen_person_is_worded_in_the_readers_language(lang: str, text: str) -> None:
    language.use(lang)
    frame = pl.DataFrame({"salesperson": ["Nora", "another_region", None], "former": [None, "another_region", "Sol"], "manager": ["another_region", None, "Sol"]})
    assert labels.people(frame).rows() == [("Nora", None, text), (text, text, None), (None, "Sol", "Sol")]
    language.use("en")


def test_a_stages_bar_and_its_list_are_reconciled_where_deals_went_back(demo: Store, dashboard: Dashboard) -> None:
    app = dashboard(demo.root, FUNNEL)
    is_open = dict(zip(app.dataframe[0].value["stage"], app.dataframe[0].value["open"], strict=True))
    app = picked(app, "funnel_cohort_deals", "stage", "negotiation")
    listed = len(app.dataframe[0].value)
    assert listed != is_open["Negotiation"]
    said = f"The bar counts {is_open['Negotiation']} open deals whose furthest stage this is, the list the {listed} that stand here now"
    assert any(caption.value.startswith(said) for caption in app.caption)
    widget(app, "cut_funnel_view").set_value("snapshot").run()
    assert "The bar counts" not in texts(picked(app, "funnel_snapshot_deals", "stage", "negotiation"))


def sparkline_lengths(app: AppTest) -> dict[str, int]:
    """How many values each tile's line has, by its alternative text."""
    pictures = {image.alt: b64decode(image.url.partition(",")[2]).decode() for element in app.get("image") for image in element.proto.imgs}
    return {alt: len(re.search('points="([^"]+)"', picture)[1].split()) for alt, picture in pictures.items()}


def test_a_cohorts_lines_are_of_the_months_old_enough_to_judge(demo: Store, dashboard: Dashboard) -> None:
    """Of twelve months, those of the last half year are too young: deals are created in them, but most wins are still to come."""
    drawn = sparkline_lengths(dashboard(demo.root, FUNNEL))
    told = [drawn[f"{metric}, oldest to newest"] for metric in ("Created", "Win rate", "Won value")]
    assert told == [12, 6, 6]
