"""The portfolio's page: every control of every view moves a number; a box becomes a filter; actions and judgements are never lost."""

from datetime import date

import polars as pl
import pytest
from streamlit.testing.v1 import AppTest

from data.journal import LOCAL_EMAIL, Journal
from data.records import Record, add, change, close, history, open_records
from data.saved_views import saved_views
from data.store import Store
from measures.customers.quadrant_actions import KIND, VERDICT_KIND
from pages.parts.customers.quadrant_box import inside
from pages.parts.customers.quadrant_settlement import with_verdicts
from pages.parts.customers.quadrant_worklist import PLAY
from pages.parts.worklist import work
from tests.pages.conftest import Dashboard, pressed, texts
from tests.pages.test_widgets import assert_moves_a_number, figures, widget

PAGE = "customers/portfolio_quadrants"
LEAD = "lead.r-03@cartera.example"
VIEWS = ("map", "moves", "bases", "agreement", "actions", "settlement", "loyalty")
MOVED = [
    ("map", {}, "quadrants_tails", True),
    ("map", {}, "quadrants_of", "EIV"),
    ("map", {}, "cut_portfolio_quadrants_hysteresis", 0.0),
    ("moves", {}, "cut_portfolio_quadrants_hysteresis", 0.0),
    ("moves", {}, "quadrants_moves_of", "tails"),
    ("bases", {}, "bases_x", "amount"),
    ("bases", {}, "bases_y", "attitude"),
    ("bases", {}, "cut_agreement_credit_good", 0.5),
    ("bases", {"x": "performance", "y": "credit"}, "cut_agreement_credit_poor", 0.7),
    ("bases", {"y": "attitude"}, "cut_agreement_attitude_warm", 0.5),
    ("bases", {"y": "attitude"}, "cut_agreement_attitude_cold", 0.85),
    ("bases", {"y": "amount"}, "cut_agreement_abc_a", 0.3),
    ("bases", {"y": "amount"}, "cut_agreement_abc_b", 0.85),
    ("bases", {}, "cut_portfolio_quadrants_stability_cut", 0.6),
    ("agreement", {}, "cut_agreement_basis_order", ["attitude", "performance"]),
    ("agreement", {}, "agreement_of", "all"),
    ("settlement", {}, "settle_quadrant", "EI"),
    ("settlement", {}, "cut_quadrant_settlement_hour_cost", 30.0),
    ("settlement", {}, "cut_quadrant_settlement_delivery_cost", 30.0),
    ("settlement", {}, "cut_quadrant_settlement_showcase_value", 5000.0),
    ("settlement", {}, "cut_quadrant_settlement_headroom_probability", 0.9),
    ("settlement", {}, "cut_portfolio_quadrants_contribution_share", 0.3),
    ("loyalty", {}, "cut_loyalty_loyalty_by", "tenure"),
    ("loyalty", {}, "cut_portfolio_quadrants_contribution_share", 0.3),
    ("loyalty", {}, "loyalty_table", "years"),
]
"""(view, address, widget's key, another value)."""
MAP = f"quadrants_{hash(None)}"
BOX = {"selection": {"box": {"stability_cv": [0.0, 0.305], "contribution": [0.00995, 1.0]}}}
"""Ends between two steps of the rounded table."""


def picked(app: AppTest, key: str, row: int = 0) -> AppTest:
    app.session_state[key] = {"selection": {"rows": [row], "columns": []}}
    return app.run()


def subheads(app: AppTest) -> list[str]:
    return [title.value for title in app.subheader]


def an_action(store: Store, account: str, **content: object) -> Record:
    whole = {"action": "listen", "quadrant": "EII", "owner": "S-001", "due_on": "2026-12-01", "note": None} | content
    return add(Journal(store.journal_path), KIND, account, whole, by="ana")


@pytest.mark.parametrize(("view", "address", "key", "value"), MOVED)
def test_a_control_of_a_view_changes_a_number(demo: Store, dashboard: Dashboard, view: str, address: dict, key: str, value: object) -> None:
    assert_moves_a_number(dashboard(demo.root, PAGE, view=view, **address), key, value)


@pytest.mark.parametrize("lang", ["en", "es"])
def test_every_view_states_a_finding_of_its_own(demo: Store, dashboard: Dashboard, lang: str) -> None:
    apps = [dashboard(demo.root, PAGE, lang=lang, view=view) for view in VIEWS]
    assert [problem.message for app in apps for problem in app.exception] == []
    assert len({app.header[0].value for app in apps}) == len(VIEWS)


@pytest.mark.parametrize("view", VIEWS)
def test_every_view_works_with_the_required_tables_only(three_tables: Store, dashboard: Dashboard, view: str) -> None:
    app = dashboard(three_tables.root, PAGE, view=view)
    assert [problem.message for problem in app.exception] == []
    assert len(app.header) == 1


def test_a_box_keeps_the_accounts_in_it_and_they_become_the_filter(demo: Store, dashboard: Dashboard) -> None:
    app = dashboard(demo.root, PAGE)
    rows = app.dataframe[0].value
    expected = rows[(rows["stability_cv"] <= 0.3) & (rows["contribution"] >= 0.01) & rows["quadrant"].str.startswith("EI Con")]["account_id"].to_list()
    app.session_state[MAP] = BOX
    app.run()
    assert app.dataframe[0].value["account_id"].to_list() == expected
    app = pressed(app, "Filter by these accounts")
    assert widget(app, "filter_distributor").value == expected
    assert app.query_params["distributor"] == expected
    assert app.dataframe[0].value["account_id"].to_list() == expected


def test_a_box_over_two_bases_becomes_the_filter_too(demo: Store, dashboard: Dashboard) -> None:
    app = dashboard(demo.root, PAGE, view="bases", x="amount", y="performance")
    known = app.header[0].value.split(" of ")[1].split()[0]
    app.session_state[f"bases_amount_performance_{known}"] = {"selection": {"box": {"x": [500_000.0, 1e9], "y": [0.0, 1.0]}}}
    app.run()
    assert any("chosen" in text.value for text in app.markdown)
    chosen = widget(pressed(app, "Filter by these accounts"), "filter_distributor").value
    largest = dashboard(demo.root, PAGE).dataframe[0].value
    assert sorted(chosen) == sorted(largest[(largest["net_sales"] >= 500_000) & largest["stability_cv"].notna()]["account_id"])


def test_a_box_becomes_a_saved_view_that_holds_its_accounts(own: Store, dashboard: Dashboard) -> None:
    app = dashboard(own.root, PAGE)
    app.session_state[MAP] = BOX
    app.run()
    ids = app.dataframe[0].value["account_id"].to_list()
    widget(app, "box_view_name_0").set_value("The steady ten")
    pressed(app, "Save this view")
    (view,) = saved_views(Journal(own.journal_path), LOCAL_EMAIL)
    assert view.content == {"name": "The steady ten", "page": "portfolio_quadrants", "query": "&".join(f"distributor={key}" for key in ids)}


def test_among_whom_contribution_adds_up_is_said_where_something_is_filtered(demo: Store, dashboard: Dashboard) -> None:
    def said(app: AppTest) -> list[str]:
        return [caption.value.split(", so that")[0] for caption in app.caption if caption.value.startswith("Filtered")]

    app = dashboard(demo.root, PAGE)
    two = app.dataframe[0].value["account_id"].to_list()[:2]
    assert said(app) == []
    app = dashboard(demo.root, PAGE, distributor=two)
    assert said(app) == ["Filtered: contribution and ranks are among what the filters leave (2 accounts)"]
    assert app.dataframe[0].value["contribution"].sum() == pytest.approx(1)


def test_a_lasso_keeps_the_accounts_in_it_and_they_become_the_filter(demo: Store, dashboard: Dashboard) -> None:
    app = dashboard(demo.root, PAGE)
    ids = app.dataframe[0].value["account_id"].to_list()[1:4]
    widget(app, "quadrants_lasso").set_value(True).run()
    app.session_state[f"quadrants_lasso_{hash(None)}"] = {"selection": {"points": [{"customdata": [key]} for key in ids]}}
    app.run()
    assert [problem.message for problem in app.exception] == []
    assert app.dataframe[0].value["account_id"].to_list() == ids
    assert widget(pressed(app, "Filter by these accounts"), "filter_distributor").value == ids


def test_a_box_is_inclusive_and_takes_its_ends_in_any_order() -> None:
    rows = pl.DataFrame({"account_id": ["a", "b", "c"], "x_score": [0.1, 0.2, 0.3]})
    assert inside(rows, {"x": [0.3, 0.2]}, {"x": "x_score"})["account_id"].to_list() == ["b", "c"]
    assert inside(rows, None).height == 3


def test_a_click_on_a_cell_of_the_agreement_shows_who_is_opposite(demo: Store, dashboard: Dashboard) -> None:
    app = dashboard(demo.root, PAGE, view="agreement")
    app.session_state["agreement_matrix"] = {"selection": {"picked": [{"row": "amount", "column": "credit"}]}}
    app.run()
    rows = app.dataframe[1].value
    assert set(zip(rows["amount"], rows["credit"], strict=True)) == {("A", "Poor"), ("C", "Good")}


def test_a_click_on_a_cell_of_the_moves_shows_who_moved(demo: Store, dashboard: Dashboard) -> None:
    app = dashboard(demo.root, PAGE, view="moves")
    app.session_state["quadrants_matrix"] = {"selection": {"picked": [{"row": "EI", "column": "EI"}]}}
    app.run()
    assert set(app.dataframe[0].value["quadrant"]) == {"EI Consolidate"}


def test_an_action_is_taken_on_moved_and_done(own: Store, dashboard: Dashboard) -> None:
    app = dashboard(own.root, PAGE, view="actions")
    (first, *_others) = widget(app, "work_accounts_EII_0").options
    widget(app, "work_accounts_EII_0").set_value([first])
    widget(app, "work_action_EII").set_value("switching_cost")
    widget(app, "work_owner_EII").set_value("S-002")
    widget(app, "work_due_EII").set_value(date(2030, 1, 31))
    app = pressed(app, "Put on the worklist")
    journal = Journal(own.journal_path)
    (record,) = open_records(journal, KIND)
    assert (record.content["action"], record.content["owner"], record.content["due_on"]) == ("switching_cost", "S-002", "2030-01-31")
    assert app.header[0].value == "1 open action, 0 overdue"
    app = picked(app, "work_table")
    widget(app, f"work_edit_owner_{record.record_id}").set_value("S-003")
    app = pressed(app, "Change")
    assert [open_one.content["owner"] for open_one in open_records(journal, KIND)] == ["S-003"]
    pressed(picked(app, "work_table"), "Done")
    assert open_records(journal, KIND) == []
    assert len(history(journal, record.record_id)) == 3


def test_an_action_needs_an_account_and_somebody_who_does_it(own: Store, dashboard: Dashboard) -> None:
    app = dashboard(own.root, PAGE, view="actions")
    first = widget(app, "work_accounts_EII_0").options[0]
    widget(app, "work_accounts_EII_0").set_value([first])
    app = pressed(app, "Put on the worklist")
    assert len(app.warning) == 1
    assert open_records(Journal(own.journal_path), KIND) == []
    assert len(widget(app, "work_accounts_EII_0").value) == 1


def test_an_action_that_somebody_changed_meanwhile_is_not_ended(own: Store, dashboard: Dashboard) -> None:
    record = an_action(own, "D-0392")
    app = picked(dashboard(own.root, PAGE, view="actions"), "work_table")
    change(Journal(own.journal_path), record, record.content | {"owner": "S-009"}, by="ana")
    app = pressed(app, "Done")
    assert subheads(app) == ["Somebody changed this first"]
    assert [open_one.content["owner"] for open_one in open_records(Journal(own.journal_path), KIND)] == ["S-009"]


def test_who_moves_an_action_that_somebody_ended_meanwhile_is_told(own: Store, dashboard: Dashboard) -> None:
    record = an_action(own, "D-0392")
    app = picked(dashboard(own.root, PAGE, view="actions"), "work_table")
    close(Journal(own.journal_path), record, by="ana")
    app = pressed(app, "Change")
    assert subheads(app) == ["Somebody changed this first"]
    assert len(history(Journal(own.journal_path), record.record_id)) == 2


def test_an_action_that_moves_up_into_an_ended_one_s_row_stays_open(own: Store, dashboard: Dashboard) -> None:
    first, other = an_action(own, "D-0392", due_on="2026-12-01"), an_action(own, "D-0123", due_on="2026-12-02")
    app = picked(dashboard(own.root, PAGE, view="actions"), "work_table")
    close(Journal(own.journal_path), first, by="ana")
    app = pressed(app, "Done")
    assert subheads(app) == ["Somebody changed this first"]
    assert open_records(Journal(own.journal_path), KIND) == [other]


def test_a_lead_sees_the_actions_of_their_own_accounts_only(own: Store, dashboard: Dashboard) -> None:
    mine = dashboard(own.root, PAGE, viewer=LEAD).dataframe[0].value["account_id"][0]
    foreign = dashboard(own.root, PAGE, region="R-01").dataframe[0].value["account_id"][0]
    an_action(own, foreign, note="Nobody else may read this")
    an_action(own, mine, note="Mine to do")
    shown = dashboard(own.root, PAGE, viewer=LEAD, view="actions")
    assert shown.header[0].value.startswith("1 open action")
    assert "Mine to do" in figures(shown)
    assert "Nobody else may read this" not in figures(shown) + texts(shown)
    assert dashboard(own.root, PAGE, view="actions").header[0].value.startswith("2 open actions")


def test_the_worklist_puts_what_is_due_first_and_marks_what_is_late() -> None:
    accounts = pl.DataFrame({"account_id": ["A", "B"], "account": ["Aurora", "Bravo"], "quadrant": ["EI", None]})
    records = [
        Record(1, 1, KIND, "A", {"action": "visits", "due_on": "2026-03-01", "owner": "S"}, True, "ana", ""),
        Record(2, 1, KIND, "B", {"action": "retired code", "due_on": "2026-02-01", "owner": "unseen"}, True, "ana", ""),
        Record(3, 1, KIND, "hidden", {"action": "visits"}, True, "ana", ""),
    ]
    found = work(PLAY, records, accounts, {"S": "Sara"}, date(2026, 2, 15))
    assert found.select("account", "is_overdue", "owner", "action").rows() == [
        ("Bravo", True, "another region's salesperson", "retired code"), ("Aurora", False, "Sara", "Visit it regularly"),
    ]


def test_an_account_is_let_go_only_once_somebody_says_that_it_cannot_be_changed(own: Store, dashboard: Dashboard) -> None:
    app = dashboard(own.root, PAGE, view="settlement", hour_cost="100")
    worst = app.dataframe[0].value
    account = worst["account_id"][0]
    assert (worst["net_result"][0] < 0, worst["verdict"][0]) == (True, "Can it be changed?")
    widget(app, f"settle_hard_{account}").set_value(True).run()
    app = pressed(app, "Write it down")
    assert app.dataframe[0].value["verdict"][0] == "Let it go"
    (record,) = open_records(Journal(own.journal_path), VERDICT_KIND)
    assert (record.subject, record.content["is_hard_to_change"]) == (account, True)


def test_a_judgement_that_somebody_wrote_meanwhile_is_not_written_over(own: Store, dashboard: Dashboard) -> None:
    app = dashboard(own.root, PAGE, view="settlement", hour_cost="100")
    account = app.dataframe[0].value["account_id"][0]
    widget(app, f"settle_hard_{account}").set_value(True).run()
    add(Journal(own.journal_path), VERDICT_KIND, account, {"is_hard_to_change": False, "note": None}, by="ana")
    app = pressed(app, "Write it down")
    assert subheads(app) == ["Somebody changed this first"]
    assert [record.content["is_hard_to_change"] for record in open_records(Journal(own.journal_path), VERDICT_KIND)] == [False]


def test_verdicts_join_figures_and_judgements() -> None:
    rows = pl.DataFrame({"account_id": ["A", "B", "C"], "net_result": [5.0, -1.0, -2.0]})
    hard = Record(1, 1, VERDICT_KIND, "B", {"is_hard_to_change": True}, True, "ana", "")
    assert with_verdicts(rows, {"B": hard})["verdict"].to_list() == ["keep", "let_go", "judge"]
