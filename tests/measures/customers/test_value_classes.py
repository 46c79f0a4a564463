"""Value classes: actual and strategic value laid open, exact on rows that a person can add up."""

from datetime import date

import polars as pl
import pytest

from data.access import Viewer
from measures.customers.cost_to_serve import rebates
from measures.customers.value_classes import CLASSES, THRESHOLDS, ValueClasses, answer, classed
from measures.thresholds import cuts
from queries.filters import Filters
from tests.builders import ask_as, lines, make_store

PRODUCTS = [{"product_id": "P", "product": "Lager"}]
YEAR_2024 = Filters(from_date=date(2024, 1, 1), to_date=date(2025, 1, 1))


def classes(store, filters=YEAR_2024, viewer=None, **overrides) -> ValueClasses:
    ask = ask_as(store, viewer) if viewer else ask_as(store)
    return answer(ask, filters, cuts(THRESHOLDS, overrides=overrides))


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    """Big: sales 1000, margin 400, a visit of 30 and 2 hours, 365 owed for 100 days, a rebate of 2 %, two orders.
    Fix: margin 10, a visit of 20, others sell it 40 a month. Drain: margin 10, a visit of 50. Small: margin 50."""
    sold = lines(
        (date(2023, 1, 2), "Big", "P", 1, 800, 400), (date(2024, 2, 1), "Big", "P", 1, 600, 360), (date(2024, 3, 1), "Big", "P", 1, 400, 240),
        (date(2024, 2, 1), "Fix", "P", 1, 20, 10), (date(2024, 2, 1), "Drain", "P", 1, 20, 10), (date(2024, 12, 30), "Small", "P", 1, 100, 50),
        (date(2024, 12, 31), "Small", "P", 0, 0, 0),
    )  # fmt: skip
    visits = [
        {"activity_id": "1", "happened_on": date(2024, 5, 1), "account_id": "Big", "kind": "visit", "cost": 30, "hours": 2},
        {"activity_id": "2", "happened_on": date(2024, 5, 1), "account_id": "Fix", "kind": "visit", "cost": 20},
        {"activity_id": "3", "happened_on": date(2024, 5, 1), "account_id": "Drain", "kind": "visit", "cost": 50},
        {"activity_id": "4", "happened_on": date(2023, 5, 1), "account_id": "Small", "kind": "visit", "cost": 999},
    ]
    owed = [
        {"invoice_id": "1", "account_id": "Big", "issued_on": date(2023, 12, 1), "due_on": date(2024, 1, 1), "amount": 365, "paid_on": date(2024, 4, 10)},
        {"invoice_id": "2", "account_id": "Big", "issued_on": date(2023, 1, 1), "due_on": date(2023, 2, 1), "amount": 9999, "paid_on": date(2023, 2, 1)},
    ]
    elsewhere = [{"account_id": "Fix", "month": month, "competitor": "X", "amount": 40} for month in (date(2024, 1, 1), date(2024, 4, 1))]
    schemes = [{"scheme_id": "S", "account_id": "Big", "measure": "net_sales", "from_value": 1000, "rate": 0.02, "retrospective": True}]
    regions = [{"region_id": "N", "region": "North"}, {"region_id": "S", "region": "South"}]
    people = [{"account_id": key, "account": key, "region_id": "S" if key == "Small" else "N"} for key in ("Big", "Fix", "Drain", "Small")]
    people[2]["strategic"] = "Airport"
    return make_store(
        tmp_path_factory.mktemp("classes"), regions=regions, accounts=people, products=PRODUCTS, transactions=sold, activities=visits,
        receivables=owed, wallet=elsewhere, rebates=schemes,
    )  # fmt: skip


def by_id(found: ValueClasses) -> dict[str, dict]:
    return {row["account_id"]: row for row in found.value_classes.iter_rows(named=True)}


def test_cost_to_serve_is_laid_open_and_actual_value_is_what_margin_leaves(store):
    """Visits 30 + 2 h × 10; delivery 2 × 5; credit 365 × 100 days ÷ 365 × 10 %; rebate 2 % of 1000."""
    big = by_id(classes(store, hour_cost=10, delivery_cost=5, capital_rate=0.1))["Big"]
    assert [big[part] for part in ("visit_cost", "delivery_cost", "credit_cost", "rebate_cost")] == pytest.approx([50, 10, 10, 20])
    assert (big["margin"], big["cost_to_serve"], big["av"]) == pytest.approx((400, 90, 310))
    assert big["growth_rate"] == pytest.approx(1000 / 800 - 1)


def test_strategic_value_adds_the_chance_of_winning_what_competitors_sell(store):
    """Fix buys 40 elsewhere in each month that is known, 480 a year: at its margin of one half and a chance of one quarter, 60."""
    fix = by_id(classes(store))["Fix"]
    assert (fix["av"], fix["potential"], fix["headroom_value"], fix["sv"]) == pytest.approx((-10, 500, 60, 50))
    assert by_id(classes(store))["Small"]["potential_status"] == "insufficient"


def test_what_two_sources_say_of_the_same_purchases_counts_once(tmp_path):
    """The salesperson saw 40 a month, the buyer declares 60 of the same beer: 60 a month is bought elsewhere, 720 a year, not 1,200."""
    told = {"account_id": "A", "month": date(2024, 4, 1), "category": "Beer", "competitor": "X"}
    store = make_store(
        tmp_path, accounts=[{"account_id": "A", "account": "A"}], products=PRODUCTS,
        transactions=lines((date(2024, 2, 1), "A", "P", 1, 100, 50), (date(2024, 12, 31), "A", "P", 0, 0, 0)),
        wallet=[told | {"amount": 40, "source": "observed"}, told | {"amount": 60, "source": "declared"}],
    )  # fmt: skip
    assert by_id(classes(store))["A"]["potential"] == pytest.approx(100 + 12 * 60)


def test_each_account_has_its_class(store):
    found = classes(store)
    assert {key: row["value_class"] for key, row in by_id(found).items()} == {
        "Big": "MVC", "Fix": "invest_to_fix", "Drain": "below_zero", "Small": "migrator",
    }  # fmt: skip
    assert by_id(found)["Drain"]["strategic"] == "Airport"
    assert dict(found.value_class_totals.select("value_class", "accounts").iter_rows()) == dict.fromkeys(CLASSES, 1) | {"MGC": 0}
    assert found.value_class_totals["av"].sum() == found.value_classes["av"].sum()


def test_growing_accounts_are_the_fifth_with_the_largest_gap_that_are_not_most_valuable():
    gaps = [900.0, 50, 40, 0, 0, 0, 0, 0, 0, 0]
    av = [1000.0, 20, 20, 20, 20, 20, 20, 20, 20, 20]
    rows = pl.DataFrame({"account_id": [f"A{n}" for n in range(10)], "av": av, "sv": [value + gap for value, gap in zip(av, gaps, strict=True)]})
    named = dict(classed(rows, cuts(THRESHOLDS)).select("account_id", "value_class").iter_rows())
    assert named["A0"] == "MVC"
    assert [key for key, of in named.items() if of == "MGC"] == ["A1"]
    wider = classed(rows, cuts(THRESHOLDS, overrides={"mgc_share": 0.5}))
    assert wider.filter(value_class="MGC")["account_id"].to_list() == ["A1", "A2"]


def test_a_part_that_the_store_does_not_know_is_null_and_without_costs_nobody_is_classed(tmp_path):
    sold = lines((date(2024, 1, 1), "A", "P", 1, 10), (date(2024, 12, 31), "A", "P", 1, 10))
    found = classes(make_store(tmp_path, accounts=[{"account_id": "A", "account": "A"}], products=PRODUCTS, transactions=sold))
    (row,) = found.value_classes.to_dicts()
    assert (row["visit_cost"], row["credit_cost"], row["rebate_cost"], row["value_class"], row["status"]) == (None, None, None, None, "missing_cost")
    assert found.value_class_totals.filter(value_class="unclassed")["accounts"].to_list() == [1]
    assert found.value_basis["status"].to_list() == ["missing_cost"]


def test_where_no_more_was_sold_than_returned_no_cost_is_missing_and_nobody_is_classed(tmp_path):
    """A bought for 30 and B returned for 30, each line with its cost."""
    sold = lines((date(2024, 2, 1), "A", "P", 3, 30, 18), (date(2024, 3, 1), "B", "P", -3, -30, -18), (date(2024, 12, 31), "A", "P", 0, 0, 0))
    found = classes(make_store(tmp_path, accounts=[{"account_id": key, "account": key} for key in "AB"], products=PRODUCTS, transactions=sold))
    assert found.value_basis.select("cost_coverage", "status").row(0) == (None, "insufficient")
    assert found.value_classes.select("account_id", "margin", "av", "value_class", "status").rows() == [
        ("A", 12.0, None, None, "insufficient"), ("B", -12.0, None, None, "insufficient"),
    ]  # fmt: skip


def test_rebates_pay_on_everything_or_on_what_lies_above_the_step():
    """Section 13: at 1,100 a step of 2 % at 1,000 pays 22 on everything, 2 on what lies above; a second step adds to the first."""
    sums = {"net_sales": [1100.0], "quantity": [110.0], "volume": [None], "previous_sales": [1000.0], "earlier_quantity": [395.0]}
    year = pl.DataFrame({"account_id": ["A"], **sums}, schema_overrides={"volume": pl.Float64})

    def paid(*steps: tuple) -> float:
        names = ("scheme_id", "account_id", "measure", "from_value", "rate", "retrospective")
        return rebates(year, pl.DataFrame([("S", *step) for step in steps], schema=names, orient="row", schema_overrides={"account_id": pl.String}))["rebate_cost"].sum()

    assert paid(("A", "net_sales", 1000.0, 0.02, True)) == pytest.approx(22)
    assert paid(("A", "net_sales", 1000.0, 0.02, False)) == pytest.approx(2)
    assert paid((None, "net_sales", 500.0, 0.01, False), (None, "net_sales", 1000.0, 0.03, False)) == pytest.approx(6 + 2)
    assert paid(("A", "quantity", 100.0, 0.02, True), ("A", "quantity", 50.0, 0.01, True)) == pytest.approx(22)
    assert paid(("A", "net_sales", 1100.0, 0.02, True)) == pytest.approx(22)
    assert paid(("A", "net_sales", 1100.01, 0.02, True), ("A", "volume", 1.0, 0.5, True)) == 0
    assert paid(("A", "growth", 0.1, 0.02, True)) == pytest.approx(22)
    assert paid(("A", "growth", 0.05, 0.02, False)) == pytest.approx(1)
    assert paid(("A", "cumulative", 500.0, 0.02, True)) == pytest.approx(22)


def test_a_lead_sees_only_their_accounts_and_an_empty_store_has_five_empty_classes(store, tmp_path):
    assert set(by_id(classes(store, viewer=Viewer("s", "S", "lead", ("S",))))) == {"Small"}
    empty = classes(make_store(tmp_path), Filters())
    assert empty.value_class_totals["accounts"].to_list() == [0] * 5
    assert empty.value_basis["status"].to_list() == ["insufficient"]
