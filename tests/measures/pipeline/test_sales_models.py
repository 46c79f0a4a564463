"""Sales models of the company's own: whom each is for, its stages and its windows."""

import json
from datetime import date

import pytest

from data.errors import BadRequest
from data.journal import Journal
from measures.__main__ import main
from measures.accounts import account
from measures.pipeline import account_stages
from measures.pipeline.sales_models import SalesModel, canonical, own_model, read, with_model, written
from measures.registry import ANSWERS, all_thresholds, complete
from measures.thresholds import cuts
from queries.filters import Filters
from tests.builders import ask_as, lines, make_store
from tests.measures.pipeline.pipelines import deals_store

BARS = '{"Bars": {"kinds": ["outlet"], "channels": ["bar"], "stages": ["tasting", "visit"], "maturity_days": 20, "protection_days": 5, "lost_days": 40}}'
ACCOUNTS = [
    {"account_id": "a", "account": "Chain A", "kind": "distributor"},
    {"account_id": "b", "account": "Bar B", "kind": "outlet", "channel": "Bar "},
    {"account_id": "c", "account": "Shop C", "kind": "outlet", "channel": "shop"},
]
PATHS = {
    "1": [("visit", 1), ("tasting", 4), ("won", 9)], "2": [("visit", 1), ("tasting", 6), ("lost", 20)], "3": [("visit", 2), ("tasting", 5)],
    "4": [("visit", 3)], "5": [("visit", 60)],
}  # fmt: skip
DEALS = {"1": {"account_id": "b"}, "2": {"account_id": "b"}, "3": {"account_id": "c"}, "4": {"account_id": "b"}}


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    found = deals_store(tmp_path_factory.mktemp("models"), PATHS, DEALS, accounts=ACCOUNTS)
    Journal(found.journal_path).save_setting("sales_models", canonical(BARS), by="m")
    return found


def asked(store, name: str, model: str) -> dict:
    kind = ANSWERS[name]
    settings = with_model(Journal(store.journal_path).setting_values(), model)
    return complete(kind, ask_as(store), Filters(), cuts(all_thresholds(kind), settings), lambda _kind: [])


def test_a_model_is_written_as_it_is_read() -> None:
    assert canonical(BARS) == BARS
    assert read("") == {} and written({}) == ""
    assert read('{"Companies": {}}') == {"Companies": SalesModel()}


@pytest.mark.parametrize("text", ['["Bars"]', '{"Bars": 3}', '{"Bars": {"speed": 1}}', '{"Bars": {"lost_days": 0}}', '{"Bars": {"lost_days": 29}}', '{"Bars": {"protection_days": 1001}}', '{"Bars": {"lost_days": true}}', '{"Bars": {"kinds": "outlet"}}', '{" ": {}}', "{"])
def test_a_text_that_is_no_sales_model_is_refused(text: str) -> None:
    with pytest.raises(BadRequest):
        cuts(["sales_models"], overrides={"sales_models": text})


def test_a_model_shows_the_deals_of_its_accounts_in_its_own_order(store) -> None:
    found = asked(store, "funnel", "Bars")
    assert found["summary"].select("created", "won", "lost", "open").row(0) == (3, 1, 1, 1)
    assert found["stages"].select("stage", "entered").rows() == [("tasting", 3), ("visit", 3), ("won", 1)]
    assert asked(store, "funnel", "")["stages"].select("stage", "entered").rows() == [("visit", 5), ("tasting", 3), ("won", 1)]


@pytest.mark.parametrize("channel", ["Bar; terrace", "-", "İkram", "ΟΔΟΣ"])
def test_a_models_channel_may_have_any_name(tmp_path, channel: str) -> None:
    accounts = [{"account_id": "a", "account": "Bar A", "channel": "bar"}, {"account_id": "b", "account": "Bar B", "channel": channel}]
    found = deals_store(tmp_path, {"1": [("visit", 1)], "2": [("visit", 1)]}, {"2": {"account_id": "b"}}, accounts=accounts)
    models = {"Own": SalesModel(channels=(channel,))}
    Journal(found.journal_path).save_setting("sales_models", written(models), by="m")
    assert asked(found, "funnel", "Own")["deals"]["opportunity_id"].to_list() == ["2"]
    assert asked(found, "life_cycle", "Own")["accounts"]["account_id"].to_list() == ["b"]
    assert (own_model(models, None, channel), own_model(models, None, "bar")) == ("Own", "")


def test_its_windows_are_meant_as_they_are_written(store) -> None:
    # The data end on 1 March, 20 days before which is 9 February: the bars' deals of January are mature after 20 days, not after 180.
    assert asked(store, "funnel", "Bars")["by_month"]["is_mature"].to_list() == [True]
    assert asked(store, "funnel", "")["by_month"]["is_mature"].to_list() == [False, False]
    assert cuts(["sales_model", "lost_days"], with_model({"sales_model": "heavy_b", "sales_models": BARS}, "Bars")).as_dict() == {"sales_model": "big_c", "lost_days": 40}


def test_what_a_model_leaves_open_is_as_for_all_deals() -> None:
    settings = with_model({"sales_models": '{"All": {"kinds": ["outlet"]}}', "stage_order": "a, b", "lost_days": 100}, "All")
    assert (settings["stage_order"], settings["lost_days"], settings["deal_kinds"], settings["deal_channels"]) == ("a, b", 100, "outlet", "")


def test_life_cycle_and_forecast_are_of_the_models_accounts(store) -> None:
    assert asked(store, "life_cycle", "Bars")["accounts"]["account_id"].to_list() == ["b"]
    assert asked(store, "life_cycle", "Bars")["leads"].select("opportunity_id", "lead_status").rows() == [("4", "cooled")]
    assert asked(store, "pipeline_forecast", "Bars")["deals"]["opportunity_id"].to_list() == ["4"]
    assert asked(store, "pipeline_forecast", "")["deals"]["opportunity_id"].sort().to_list() == ["3", "4", "5"]


def test_the_shell_answers_for_a_model_and_what_is_set_beside_it_wins(store, capsys) -> None:
    assert main(["funnel", "--store", str(store.root), "--set", "deals_of=Bars", "--set", "maturity_days=300", "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["thresholds"]["deals_of"], found["thresholds"]["deal_kinds"], found["thresholds"]["maturity_days"]) == ("Bars", "outlet", 300)
    assert found["tables"]["summary"][0]["created"] == 3


def test_prospects_are_of_the_models_accounts(store) -> None:
    assert asked(store, "prospects", "")["prospects"]["account_id"].sort().to_list() == ["a", "b", "c"]
    found = asked(store, "prospects", "Bars")
    assert found["prospects"]["account_id"].to_list() == ["b"]
    assert found["deals"]["opportunity_id"].to_list() == ["4"]


MODELS = {
    "All": SalesModel(), "Outlets": SalesModel(kinds=("Outlet",)), "Bars": SalesModel(channels=("bar",)),
    "Small bars": SalesModel(kinds=("outlet",), channels=("Bar",)),
}  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "channel", "model"),
    [("outlet", "bar ", "Small bars"), ("outlet", "shop", "Outlets"), ("distributor", "BAR", "Bars"), ("distributor", None, "All"), (None, None, "All")],
)
def test_an_account_is_sold_by_the_model_that_says_most_closely_whom_it_is_for(kind: str | None, channel: str | None, model: str) -> None:
    assert own_model(MODELS, kind, channel) == model
    assert own_model({"Bars": MODELS["Bars"]}, "outlet", "shop") == ""


def test_each_account_stands_in_its_life_by_the_windows_of_its_own_model(tmp_path) -> None:
    sold = [(date(2026, 1, 5), "b", "p", 1, 10.0), (date(2026, 1, 5), "c", "p", 1, 10.0), (date(2026, 4, 20), "a", "p", 1, 10.0)]
    places = make_store(tmp_path, accounts=ACCOUNTS, products=[{"product_id": "p", "product": "P"}], transactions=lines(*sold))
    stages = {name: _stages(places, text) for name, text in (("company", ""), ("own", BARS))}
    assert stages == {"company": {"a": "first_order", "b": "first_order", "c": "first_order"}, "own": {"a": "first_order", "b": "lost", "c": "first_order"}}
    chosen = cuts(account.THRESHOLDS, {"sales_models": BARS})
    of_one = [account.answer(ask_as(places), Filters(account_ids=(name,)), chosen).profile["life_stage"].item() for name in "abc"]
    assert of_one == ["first_order", "lost", "first_order"]


def _stages(places, models: str) -> dict[str, str]:
    found = account_stages.answer(ask_as(places), Filters(), cuts(account_stages.THRESHOLDS, {"sales_models": models})).account_stages
    return dict(found.select("account_id", "life_stage").sort("account_id").iter_rows())


def test_an_unknown_model_is_refused_with_those_that_exist(store, capsys) -> None:
    assert main(["funnel", "--store", str(store.root), "--set", "deals_of=Shops"]) == 2
    assert "Bars" in capsys.readouterr().err
