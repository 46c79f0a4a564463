"""Figures at their edges: next to nothing, one, hundreds, level, a name that is too long for a phone."""

import pytest

from charts.accounts import account_words
from charts.customers import segment_words
from charts.findings import attention
from charts.findings.accounts import next_actions
from charts.findings.customers.coverage import people_text
from charts.matrix import BREAK, _head
from data import language


@pytest.fixture(autouse=True)
def english() -> None:
    language.use("en", "EUR")


def test_a_tier_that_is_missed_by_next_to_nothing_is_not_missed_by_zero_per_cent() -> None:
    row = {"rule": "rebate", "value": 0.0004, "amount": 500.0}
    assert next_actions.reason(row) == "At its natural pace the year ends just short of a tier that pays €500"
    assert next_actions.reason(row | {"value": 0.0006}) == "At its natural pace the year ends 0.1% short of a tier that pays €500"


def test_who_returned_more_than_it_bought_did_not_buy_more_than_all_less() -> None:
    row = {"rule": "decline", "value": -1.04, "amount": -400.0, "cut": 0.2}
    assert next_actions.reason(row) == "It returned €400 more than it bought; in the 12 months before it had bought"
    assert next_actions.reason(row | {"value": -1.0, "amount": 0.0}) == "It bought 100% less than in the 12 months before; the cut is 20%"


@pytest.mark.parametrize(
    ("unit", "difference", "text"),
    [("rate", 0.07, "+7 pts"), ("rate", -0.011, "-1 pts"), ("rate", 0.001, "0 pts"), ("days", -1.0, "-1 day"), ("days", 2.0, "+2 days"), ("money", 1_700_000.0, "+€1.7M"), ("money", None, "–")],
)
def test_a_difference_has_its_sign_and_that_of_two_rates_is_in_points(unit: str, difference: float | None, text: str) -> None:
    assert account_words.difference_text("any", unit, difference) == text


@pytest.mark.parametrize(("people", "text"), [(5.3, "5.3"), (190.0, "190"), (209.3, "210"), (34.73, "34.7")])
def test_hundreds_of_people_are_whole_and_rounded_up(people: float, text: str) -> None:
    assert people_text(people) == text


def test_a_product_that_sells_no_more_is_said_so() -> None:
    row = {"kind": "product_change", "subject": "Keg", "value": 0.0, "comparison": 2_000_000.0, "difference": -2_000_000.0}
    assert attention.sentence(row) == "Keg: nothing sold, last year it was €2M"


def test_a_name_that_the_segment_shares_with_all_is_written_once() -> None:
    row = {"fact": "top_product", "unit": "name", "value": None, "text": "Pale", "all_value": None, "all_text": "Pale"}
    assert segment_words.beside_all(row) == ("Pale", "all: the same")
    assert segment_words.beside_all(row | {"all_text": "Quad"}) == ("Pale", "all: Quad")


def test_a_columns_name_breaks_between_words_and_on_a_phone_within_a_long_one() -> None:
    assert _head("Performance and loyalty").split(BREAK) == ["Performance\nand loyalty", "Perfor-\nmance\nand\nloyalty"]


@pytest.mark.parametrize(("rate", "text"), [(0.0, "0%"), (-0.002, "-0.2%"), (0.0099, "1.0%"), (0.014, "1%"), (0.55, "55%")])
def test_a_small_rate_of_an_account_is_no_standstill(rate: float, text: str) -> None:
    assert account_words.fact_text("change_rate_12m", "rate", rate) == text
