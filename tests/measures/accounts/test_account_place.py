"""An account's place among prospects and in its life, on rows that a person can rank; open deals end by the company's own words."""

from datetime import date

import polars as pl
import pytest

from measures.accounts.account_panels import ended_as
from measures.accounts.account_place import in_life_cycle, in_prospects, in_pyramid, in_quadrants, in_value_classes
from measures.thresholds import cuts
from queries.filters import Filters
from tests.builders import ask_as, make_store

UNTIL = date(2027, 1, 1)
PROSPECTS = pl.DataFrame(
    {"account_id": ["a", "b", "c"], "class": ["A", "C", None], "probability": [0.8, 0.3, None], "quadrant": ["PIII", "PII", None],
     "expected_contribution": [100.0, 900.0, None]}
)  # fmt: skip


PYRAMID = pl.DataFrame(
    {"account_id": ["a", "b", "c", "d"], "tier": ["large", "vip", "unrated", "unrated"], "score": [0.4, 0.9, None, None],
     "abc": ["A", "B", "B", "none"], "net_sales": [80.0, 9.0, 11.0, -5.0], "share": [0.8, 0.09, 0.11, None]}
)  # fmt: skip


def test_tier_and_abc_class_rank_among_the_accounts_that_have_one() -> None:
    assert in_pyramid(PYRAMID, "b", UNTIL) == [("tier", UNTIL, "vip", 1, 2, 0.9), ("abc", UNTIL, "B", 3, 3, 0.09)]
    assert in_pyramid(PYRAMID, "c", UNTIL) == [("tier", UNTIL, "unrated", None, None, None), ("abc", UNTIL, "B", 2, 3, 0.11)]


def test_who_is_in_no_abc_class_has_no_rank() -> None:
    assert in_pyramid(PYRAMID, "d", UNTIL)[1] == ("abc", UNTIL, "none", None, None, None)


@pytest.mark.parametrize(("account", "place"), [("a", (2, 2)), ("b", (1, 2)), ("c", (None, None))])
def test_a_quadrant_ranks_among_the_accounts_that_are_in_one(account: str, place: tuple) -> None:
    rows = pl.DataFrame({"account_id": ["a", "b", "c"], "quadrant": ["EI", "EII", None], "contribution": [0.2, 0.3, 0.5], "stability_cv": [0.1, 0.5, None]})
    ((_name, _until, _code, *found, _number),) = in_quadrants(rows, account, UNTIL)
    assert tuple(found) == place


@pytest.mark.parametrize(("account", "place"), [("a", (1, 2)), ("b", (2, 2)), ("c", (None, None))])
def test_a_value_class_ranks_among_the_accounts_that_have_one(account: str, place: tuple) -> None:
    rows = pl.DataFrame({"account_id": ["a", "b", "c"], "value_class": ["MVC", "below_zero", None], "av": [90.0, -10.0, None]})
    ((_name, _until, _code, *found, _number),) = in_value_classes(rows, account, UNTIL)
    assert tuple(found) == place


def test_a_prospects_class_ranks_by_its_chance_and_its_quadrant_by_what_it_may_bring() -> None:
    assert in_prospects(PROSPECTS, "a", UNTIL) == [("prospect_class", UNTIL, "A", 1, 2, 0.8), ("prospect_quadrant", UNTIL, "PIII", 2, 2, 100.0)]


@pytest.mark.parametrize("account", ["c", "customer"])
def test_who_is_no_prospect_or_is_not_rated_has_no_place_among_them(account: str) -> None:
    assert in_prospects(PROSPECTS, account, UNTIL) == []


def test_a_stage_has_no_rank_and_what_another_account_supplies_has_no_stage() -> None:
    assert (in_life_cycle("lost", UNTIL), in_life_cycle(None, UNTIL)) == ([("life_stage", UNTIL, "lost", None, None, None)], [])


def test_a_deals_end_may_be_in_the_companys_own_words() -> None:
    deals = pl.DataFrame({"stage": ["won", " Ganado ", "perdida", "proposal", None]})
    chosen = cuts(("won_stages", "lost_stages"))
    found = [deals.filter(ended_as(chosen, *ends)).height for ends in (("won",), ("lost",), ("won", "lost"))]
    assert found == [2, 1, 3]


def test_a_deal_that_ended_in_the_companys_own_words_is_not_open(tmp_path) -> None:
    stages = {"1": "won", "2": "Ganado", "3": "propuesta"}
    store = make_store(
        tmp_path, accounts=[{"account_id": "a", "account": "A"}], products=[{"product_id": "p", "product": "P"}], transactions=[],
        opportunities=[{"opportunity_id": name, "account_id": "a", "created_on": date(2026, 5, 1), "expected_amount": 10 ** int(name)} for name in stages],
        stage_events=[{"opportunity_id": name, "stage": stage, "entered_on": date(2026, 5, 2)} for name, stage in stages.items()],
    )  # fmt: skip
    found = [ask_as(store)("customers/open_deals_by_account", Filters(), ended=ended)["open_amount"].to_list() for ended in (("won", "ganado"), ("won",))]
    assert found == [[1000.0], [1100.0]]
