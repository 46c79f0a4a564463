"""Five bases of classification side by side: who is in which class, where they disagree, and which strategy wins."""

from datetime import date

import numpy as np
import polars as pl
import pytest

from data.access import Viewer
from data.errors import BadRequest
from measures.customers.agreement import THRESHOLDS, Agreement, answer
from measures.customers.quadrant_bases import BASES, levels
from measures.customers.quadrant_verdicts import DECIDERS, with_verdicts
from measures.thresholds import cuts
from queries.filters import Filters
from tests.builders import ask_as, lines, make_store
from tests.measures.customers.test_portfolio_quadrants import FIVE_YEARS, LARGE, PRODUCTS, SMALL, WILD, accounts, sales


def agreement(store, viewer=None, filters=None, **overrides) -> Agreement:
    ask = ask_as(store, viewer) if viewer else ask_as(store)
    return answer(ask, filters or Filters(), cuts(THRESHOLDS, overrides=overrides))


def contacts(account: str, *outcomes: str) -> list[dict]:
    return [
        {"activity_id": f"{account}{place}", "happened_on": date(2025, 6, 1 + place), "account_id": account, "kind": "call", "outcome": outcome}
        for place, outcome in enumerate(outcomes)
    ]


def invoice(account: str, paid_on: date | None) -> dict:
    return {"invoice_id": account, "account_id": account, "issued_on": date(2025, 5, 1), "due_on": date(2025, 6, 1), "amount": 100, "paid_on": paid_on}


@pytest.fixture(scope="module")
def four(tmp_path_factory):
    """A, large and steady, pays late; B, large and wild, pays on time; C and D, small, answer and don't; E sells at a loss."""
    sold = [
        *sales("A", LARGE * FIVE_YEARS), *sales("B", LARGE * WILD), *sales("C", SMALL * FIVE_YEARS), *sales("D", SMALL * WILD),
        *sales("E", SMALL * FIVE_YEARS, cost=1.5),
    ]
    regions = [{"region_id": "N", "region": "North"}, {"region_id": "S", "region": "South"}]
    people = [*accounts("A", "B", region_id="N"), *accounts("C", "D", "E", region_id="S")]
    answers = contacts("C", "Order", "Order", "Order", " order") + contacts("D", "No answer", "Order", "Complaint", "absent")
    return make_store(
        tmp_path_factory.mktemp("four"), regions=regions, accounts=people, products=PRODUCTS, transactions=lines(*sold),
        receivables=[invoice("A", date(2025, 7, 1)), invoice("B", date(2025, 5, 20))], activities=[*answers, *contacts("B", "Order")],
    )


def by_id(found: Agreement) -> dict[str, dict]:
    return {row["account_id"]: row for row in found.accounts.iter_rows(named=True)}


def test_each_basis_classes_the_accounts_that_it_knows(four):
    rows = by_id(agreement(four))
    assert {key: row["attitude"] for key, row in rows.items()} == {"A": None, "B": None, "C": "warm", "D": "cold", "E": None}
    assert rows["D"]["attitude_score"] == 0.25
    assert {key: row["credit"] for key, row in rows.items()} == {"A": "poor", "B": "good", "C": None, "D": None, "E": None}
    assert [rows[key]["performance"] for key in "ABCD"] == ["EI", "EII", "EIII", "EIV"]
    assert [rows[key]["amount"] for key in "ABCD"] == ["A", "A", "C", "C"]


def test_the_order_of_the_bases_decides_the_strategy_and_says_why(four):
    rows = by_id(agreement(four))
    assert {key: (row["winning_basis"], row["strategy"], row["reason"]) for key, row in rows.items()} == {
        "A": ("credit", "secure_payment", "credit:poor"), "B": ("performance", "recover", "performance:EII"),
        "C": ("performance", "promote", "performance:EIII"), "D": ("performance", "liquidate", "performance:EIV"),
        "E": ("below_zero", "exclude", "below_zero:below_zero"),
    }
    first = by_id(agreement(four, basis_order="performance, amount"))
    assert (first["A"]["strategy"], first["E"]["strategy"]) == ("consolidate", "serve_one_to_five")


def test_an_order_with_a_word_that_is_no_basis_is_refused(four):
    with pytest.raises(BadRequest, match="price"):
        agreement(four, basis_order="price, credit")


def test_a_strategic_account_below_zero_is_kept():
    rows = pl.DataFrame({"value_class": ["below_zero", "below_zero", "invest_to_fix"], "strategic": ["visibility", None, None]})
    empty = rows.with_columns(pl.lit(None, pl.String).alias(name) for name in DECIDERS if name != "below_zero")
    assert with_verdicts(empty, DECIDERS)["strategy"].to_list() == ["keep_strategic", "exclude", "invest_to_fix"]


def test_every_pair_of_bases_counts_who_agrees_and_who_is_opposite(four):
    found = agreement(four)
    pairs = {(row["basis"], row["other_basis"]): row for row in found.matrix.iter_rows(named=True)}
    assert len(pairs) == len(BASES) ** 2
    # A is best by amount and last by credit, B best by both.
    assert [pairs["amount", "credit"][name] for name in ("accounts", "agree", "near", "opposite", "agree_rate")] == [2, 1, 0, 1, 0.5]
    assert pairs["attitude", "credit"]["agree_rate"] is None
    for (basis, other), row in pairs.items():
        assert row["accounts"] == row["agree"] + row["near"] + row["opposite"] == pairs[other, basis]["accounts"]
        assert basis != other or row["agree"] == row["accounts"]


def test_an_account_is_contested_where_one_basis_has_it_first_and_another_last(four):
    found = agreement(four)
    contested = {row["account_id"] for row in found.accounts.filter("is_contested").iter_rows(named=True)}
    assert contested == {"A", "C"}
    assert found.summary["contested"].item() == 2
    assert found.strategies["accounts"].sum() == 5
    assert found.strategies["share"].sum() == pytest.approx(1)


def test_the_middle_quadrants_are_both_of_the_middle_level():
    rows = pl.DataFrame({"attitude": [None] * 5, "amount": ["A", "B", "B", "C", None], "performance": ["EI", "EII", "EIII", "EIV", None],
                         "credit": [None] * 5, "potential": [None] * 5}, schema_overrides=dict.fromkeys(BASES, pl.String))  # fmt: skip
    found = levels(rows)
    assert found[1].tolist() == found[2].tolist() == [1, 2, 2, 3, 0]


def test_without_contacts_the_reference_value_stands_for_attitude_and_without_a_wallet_expected_sales_for_potential(tmp_path):
    sold = [*sales("A", LARGE * FIVE_YEARS), *sales("B", SMALL * FIVE_YEARS)]
    people = [{"account_id": "A", "account": "A", "reference_value": 80}, {"account_id": "B", "account": "B"}]
    found = agreement(make_store(tmp_path, accounts=people, products=PRODUCTS, transactions=lines(*sold)))
    proxies = dict(found.bases.select("basis", "proxy").iter_rows())
    assert proxies == {"attitude": "reference_value", "amount": "net_sales", "performance": "stability_cv", "credit": "unknown", "potential": "expected_sales"}
    rows = by_id(found)
    assert [(rows[key]["attitude"], rows[key]["attitude_score"]) for key in "AB"] == [("warm", 0.8), (None, None)]
    assert rows["A"]["potential_score"] == pytest.approx(rows["A"]["net_sales"])
    assert np.isfinite(found.accounts.select(pl.selectors.float()).fill_null(0).to_numpy()).all()


def test_a_lead_sees_their_accounts_only_and_an_empty_store_says_why(four, tmp_path):
    lead = agreement(four, viewer=Viewer("s@example.com", "S", "lead", ("S",)))
    assert set(lead.accounts["account_id"]) == {"C", "D", "E"}
    nothing = agreement(make_store(tmp_path))
    assert nothing.accounts.is_empty()
    assert nothing.summary["status"].to_list() == ["no_sales"]
